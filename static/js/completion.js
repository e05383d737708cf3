// What may stand at a place in a Cypher statement: labels, types, properties, or words of the language. No page, no service.

import {ACTOR_PROPERTIES, CLAIM_PROPERTIES, FUNCTIONS, KEYWORDS, LABELS, named} from './cypherwords.js';

/** As many as the list shows without scrolling: it has no keyboard of its own to scroll with; typing narrows it down. */
const SHOWN = 8;
const FEWEST_LETTERS = 2;
/** Characters looked back at for a word: nobody's statement gets slow by its length. */
const LONGEST_WORD = 100;
const CLOSERS = {')': '(', ']': '[', '}': '{'};
const SKIPPED = /'(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*"|`[^`]*`|\/\*[^]*?\*\/|\/\/[^\n]*(?=\n)/y;
const OPEN_ENDED = /['"`]|\/\*|\/\//y;

/**
 * `{from, items: [{text, note}]}` for the word that ends at `caret`, or null where nothing can be said.
 * `types` are those of the schema; `asked`: somebody wants the list, also before the first letter.
 */
export function completionAt(text, caret, types, asked = false) {
  const before = text.slice(0, caret);
  const open = openBrackets(before);
  if (!open) return null;
  const word = /\w*$/.exec(before.slice(-LONGEST_WORD))[0];
  const lead = before.slice(0, caret - word.length);
  if (/^\d/.test(word) || /\$$/.test(lead)) return null;
  const found = candidates(lead, word, open, text, types, asked);
  const like = found?.filter(item => item.text.replaceAll('`', '').toLowerCase().startsWith(word.toLowerCase())) ?? [];
  const done = like.some(item => item.text === word || item.text === `${word}(`);
  return like.length && (!done || asked) ? {from: caret - word.length, items: like.slice(0, SHOWN)} : null;
}

function candidates(lead, word, open, text, types, asked) {
  const bracket = open.at(-1);
  if (/[:|&!]\s*$/.test(lead) && afterColon(lead, bracket)) return bracket?.sign === '[' ? types.map(asType) : noted(LABELS, 'label');
  const owner = /(\w+)\.$/.exec(lead);
  if (owner) return properties(text, owner[1]);
  if (bracket?.sign === '{' && /[{,]\s*$/.test(lead)) {
    const outer = open.at(-2)?.sign;
    if (outer === '(') return noted(ACTOR_PROPERTIES, 'of an actor');
    if (outer === '[') return noted(CLAIM_PROPERTIES, 'of a claim');
  }
  // A name that somebody makes up is theirs alone.
  if (/\bas\s+$/i.test(lead) || ((bracket?.sign === '(' || bracket?.sign === '[') && bracket.pattern && lead.endsWith(bracket.sign))) return null;
  if (word.length < FEWEST_LETTERS && !asked) return null;
  return [...noted(KEYWORDS, ''), ...FUNCTIONS.map(name => ({text: `${name}(`, note: 'function'}))];
}

/** Alternatives (`:A|B`) need a colon since the bracket; a colon in a map is not one of a label. */
function afterColon(lead, bracket) {
  if (bracket?.sign === '{') return false;
  const inside = lead.slice(bracket ? bracket.at + 1 : 0);
  return /:\s*$/.test(lead) || /:[\w\s|&!`]*$/.test(inside);
}

function asType({type, label, claims}) { return {text: named(type), note: `${label} · ${claims.toLocaleString('en')}`}; }

function noted(words, note) { return words.map(text => ({text, note})); }

/** Properties of what a variable stands for: a claim where it was introduced in [ ], an actor in ( ). */
function properties(text, variable) {
  const ofClaims = noted(CLAIM_PROPERTIES, 'of a claim');
  const ofActors = noted(ACTOR_PROPERTIES, 'of an actor');
  if (new RegExp(`\\[\\s*${variable}\\b`).test(text)) return ofClaims;
  if (new RegExp(`\\(\\s*${variable}\\b`).test(text)) return ofActors;
  return [...ofActors, ...ofClaims.filter(one => !ACTOR_PROPERTIES.includes(one.text))];
}

/** The brackets that are open at the end, outermost first; null inside a text or a comment. */
function openBrackets(text) {
  const open = [];
  for (let at = 0; at < text.length; at += 1) {
    SKIPPED.lastIndex = OPEN_ENDED.lastIndex = at;
    const skipped = SKIPPED.exec(text);
    if (skipped) { at += skipped[0].length - 1; continue; }
    if (OPEN_ENDED.test(text)) return null;
    const sign = text[at];
    if ('([{'.includes(sign)) open.push({sign, at, pattern: opensPattern(text.slice(Math.max(0, at - LONGEST_WORD), at))});
    else if (CLOSERS[sign] && open.at(-1)?.sign === CLOSERS[sign]) open.pop();
  }
  return open;
}

/** After a name a bracket holds arguments or an index; else a pattern. */
function opensPattern(lead) { return !/\w\s*$/.test(lead) || /\b(match|where|not|and|or)\s*$/i.test(lead); }
