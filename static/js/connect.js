// The Connect panel: who is to be connected, under which conditions, and the paths that were found or why none was.

import {Conditions} from './conditions.js';
import {el} from './dom.js';
import {End} from './ends.js';
import {pathList} from './pathlist.js';
import {why} from './why.js';

const MOSTLY_SEEN = 0.6;

/** Emits `ask` ({from, to, filter}), `choose` (index), `evidence` (relation id), `copy` (button), `problem` (error) and `close`. */
export class Connect extends EventTarget {
  #panel;
  #ends = {};
  #conditions;
  #details;
  #applied = el('span', {class: 'applied'});
  #result = el('div', {class: 'result', 'aria-live': 'polite'});
  #filled = null;
  #left = null;
  #unseen = false;

  constructor(panel, api, style) {
    super();
    this.#panel = panel;
    for (const [end, label] of [['from', 'From'], ['to', 'To']]) {
      const box = this.#ends[end] = new End(api, style, `connect-${end}`, label);
      box.addEventListener('choose', () => this.#next(end));
      box.addEventListener('problem', ({detail}) => this.#emit('problem', detail));
    }
    this.#conditions = new Conditions(api, style);
    this.#conditions.addEventListener('problem', ({detail}) => this.#emit('problem', detail));
    this.#details = el('details', {class: 'options', toggle: () => { if (this.#details.open) this.#conditions.prepare(); }},
      el('summary', {}, 'Conditions', this.#applied), this.#conditions.element);
    panel.replaceChildren(
      el('button', {type: 'button', class: 'close', 'aria-label': 'Close paths', click: () => this.#emit('close')}, '×'),
      el('h2', {}, 'How are they connected?'),
      el('form', {submit: event => { event.preventDefault(); this.#submit(); }},
        el('div', {class: 'ends'}, this.#ends.from.element, this.#ends.to.element,
          el('button', {type: 'button', class: 'swap', title: 'Swap', 'aria-label': 'Swap start and end', click: () => this.#swap()}, '⇅')),
        this.#details,
        el('button', {type: 'submit', class: 'primary'}, 'Find paths')),
      this.#result);
  }

  open() {
    this.#panel.hidden = false;
    this.#bringUp();
  }

  close() { this.#panel.hidden = true; }

  /** The graph has changed since: what conditions are made of is asked again. */
  forget() {
    this.#conditions.forget();
    if (this.#details.open) this.#conditions.prepare();
  }

  /** To the first end that is not named yet. */
  focus() { (this.#ends.from.isNamed ? this.#ends.to : this.#ends.from).focus(); }

  /** Back to the footnote that was opened last; `false` when there is none to go to. */
  focusAgain() {
    const button = this.#left && this.#result.querySelector(`.footnote[data-relation="${CSS.escape(this.#left)}"]`);
    this.#left = null;
    button?.focus();
    return Boolean(button);
  }

  /** Put an actor at an end; asks at once when both are there. */
  set(end, actor) {
    this.#ends[end].put(actor);
    this.#next(end);
  }

  /** Show the answer of a state, or nothing. The form follows a new answer only: what somebody is writing stays. */
  show(paths, names) {
    if (!paths) { this.#filled = null; this.#result.replaceChildren(); return; }
    if (this.#filled !== paths.asked) this.#fill(paths);
    const held = this.#held();
    this.#result.replaceChildren(...paths.list.length
      ? pathList(paths, names, {choose: n => this.#emit('choose', n), copy: button => this.#emit('copy', button), evidence: id => { this.#left = id; this.#emit('evidence', id); }})
      : why(paths, filter => this.#emit('ask', {from: paths.asked.from, to: paths.asked.to, filter})));
    if (held >= 0) this.#result.querySelectorAll('button')[held]?.focus();
    this.#bringUp();
  }

  /** Say what was wrong with the question. */
  problem(error) {
    this.#panel.hidden = false;
    const meant = [...error.candidates, ...error.nearest];
    this.#result.replaceChildren(el('p', {class: 'empty', role: 'alert'}, error.message),
      meant.length ? el('p', {class: 'quiet'}, 'Perhaps: ', ...meant.flatMap(({name}, n) => [n ? ', ' : '', el('bdi', {}, name)])) : '');
  }

  /** On a small screen the form fills the sheet: an answer that is out of sight is brought up. */
  #bringUp() {
    if (!this.#unseen || this.#panel.hidden) return;
    this.#unseen = false;
    const {offsetTop} = this.#result;
    this.#panel.scrollTop = offsetTop > this.#panel.clientHeight * MOSTLY_SEEN ? offsetTop : 0;
  }

  /** Which button of the result has the keyboard: drawing anew must not take it away. */
  #held() { return [...this.#result.querySelectorAll('button')].indexOf(document.activeElement); }

  #fill({asked, meta}) {
    this.#filled = asked;
    for (const end of ['from', 'to']) this.#ends[end].set(meta.asked[end]);
    this.#conditions.write(asked.filter, meta.asked);
    const own = meta.conditions.filter(({constraint}) => constraint in asked.filter);
    this.#applied.replaceChildren(...own.flatMap(({text}, n) => [n ? '; ' : '', el('bdi', {}, text)]));
    this.#details.open = false;
    this.#unseen = true;
  }

  #next(end) {
    const other = this.#ends[end === 'from' ? 'to' : 'from'];
    if (!other.isNamed) { if (!this.#panel.hidden) other.focus(); } else if (!other.values.some(id => this.#ends[end].values.includes(id))) this.#submit();
  }

  #swap() {
    const {from, to} = this.#ends;
    [from.draft, to.draft] = [to.draft, from.draft];
    if (from.isNamed && to.isNamed) this.#submit();
  }

  #submit() {
    const [from, to] = [this.#ends.from.values, this.#ends.to.values];
    if (from.length && to.length) this.#emit('ask', {from, to, filter: this.#conditions.read()});
    else this.#ends[from.length ? 'to' : 'from'].focus();
  }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}
