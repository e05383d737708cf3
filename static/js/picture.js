// How actors and lines of a state are seen, and the item of each that the drawing library is given.

import {idsOf} from './lines.js';
import {lettered} from './linewords.js';
import {actorMarks, markedLines} from './marks.js';
import {pointerWords} from './pointerwords.js';
import {bubblePaint} from './rings.js';

const FAINT = 0.13;
const FAINT_ACTOR = 0.3;
const CAPTIONED = 24;
const CAPTIONED_AROUND_ONE = 14;
const ACTOR_SHAPE = 'circularImage';
/** Radius of an actor on a map of thousands, and what is added for the one with most neighbours. */
const DOT = [13, 30];
const DISC = [14, 8];

/** The actors; `near` are those that are seen close by on a map of dots. */
export function actorsDrawn({state, actors, bright, bare, theme, detail, near}) {
  const most = detail.dots ? Math.max(1, ...[...actors.values()].map(({degree}) => degree)) : 1;
  const markOf = actorMarks(state);
  return [...actors].map(([id, actor]) => {
    const node = state.nodes.get(id);
    const mark = node.bubble ? null : markOf?.(id);
    const on = bright ? bright.actors.has(id) : !bare.has(id) && !mark?.faint;
    const label = detail.named || node.bubble ? signed(node.label.trim() ? node.label : actor.name, mark?.sign) : ' ';
    const paint = node.bubble ? bubblePaint(theme, node) : {};
    const size = detail.dots && !node.bubble ? dotOrDisc(actor, most, near) : discOf(node);
    return {...node, ...size, ...paint, closed: null, label, sign: mark?.sign ?? '', opacity: on ? 1 : FAINT_ACTOR, font: {...node.font, ...inkOf(theme, on, 'ink')}};
  });
}

/** A name with the sign of what becomes of its actor. */
export function signed(name, sign) { return sign ? `${sign} ${name}` : name; }

function dotOrDisc({id, degree}, most, near) {
  const close = near?.has(id);
  const [least, more] = close ? DISC : DOT;
  return {shape: close ? ACTOR_SHAPE : 'dot', borderWidth: close ? 2 : 0, size: Math.round(10 * (least + more * Math.sqrt(degree / most))) / 10};
}

/** An answer of thousands came with dots; where few of it are left they are discs again. */
function discOf({bubble, shape, size}) { return bubble || shape !== 'dot' ? {shape, size} : {shape: ACTOR_SHAPE, size: Math.max(size, DISC[0])}; }

/** The lines as they are seen, whoever draws them: `[{edge, ids, colour, opacity, width, words, on, chosen}]`. */
export function linesSeen({state, relations, lines, bright, chosen, theme}) {
  const captioned = lines.length <= CAPTIONED || (bright && bright.relations.size <= CAPTIONED_AROUND_ONE);
  const shown = id => relations.has(id);
  const seen = lines.map(edge => {
    const all = idsOf(edge);
    const ids = all.every(shown) ? all : all.filter(shown);
    const on = !bright || ids.some(id => bright.relations.has(id));
    const isChosen = chosen !== null && ids.includes(chosen);
    const words = wordsOf(edge, on, isChosen || (captioned && !relations.get(ids[0]).bond));
    return {edge, ids, colour: colourOf(theme, familyOf(edge, ids, relations)), opacity: on ? 1 : FAINT, width: (edge.width ?? 1.5) + (isChosen ? 1.2 : 0), words, on, chosen: isChosen};
  });
  return markedLines(seen, state, relations, bright);
}

/** A line as the library takes it; `had(id)`: whether it has words there already. */
export function libraryLine({edge, colour, opacity, width, words, on, chosen}, {state, theme, had}) {
  return {
    ...edge, ...lettered(edge), width, title: edge.title ?? pointerWords(idsOf(edge), state),
    // The library takes no empty text for a line that had some.
    label: words || (had(edge.id) ? ' ' : ''),
    color: {color: colour, highlight: colour, hover: colour, opacity, inherit: false},
    font: {...edge.font, ...inkOf(theme, on, chosen ? 'ink' : 'muted'), align: level(state, edge) ? 'horizontal' : 'middle'},
  };
}

/** The family that a line is coloured by: its own one, as long as a relation of it is shown. */
function familyOf(edge, ids, relations) {
  return ids.some(id => relations.get(id).family === edge.family) ? edge.family : relations.get(ids[0]).family;
}

export function colourOf({families}, family) { return families[family] ?? families.unclassified; }

function wordsOf(edge, on, captioned) { return on ? (captioned ? edge.caption : edge.mark) : ''; }

function inkOf({surface}, on, colour) {
  const {[colour]: ink, background} = surface;
  return {color: on ? ink : `${ink}60`, strokeColor: on ? background : `${background}60`};
}

/** The library draws the words of an exactly level line at the origin instead of on the line, unless told not to turn them. */
function level(state, {from, to}) { return state.nodes.get(from)?.y === state.nodes.get(to)?.y; }
