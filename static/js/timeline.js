// When: the claims of the map as a histogram, with two handles for a period or for two days to compare, or one for the state
// as of a day, and play.

import {changeKey, withoutDates} from './compare.js';
import {DayPair, isDay} from './daypair.js';
import {el} from './dom.js';
import {sumsOf} from './evidence.js';
import {relationsBeforeLens} from './model.js';
import {barAt, barText, barsOf} from './periods.js';

const STEP_MS = 900;
const PAUSE_MS = 200;
const SVG = 'http://www.w3.org/2000/svg';

/** Emits `filter` ({filter, lens, amend, wanted}): a whole filter of the view, and which days are compared; `amend` where it
 *  belongs to the step before, `wanted` says whether the answer is still to be shown. */
export class Timeline extends EventTarget {
  #evidence;
  #state = null;
  #drawn = null;
  #counted = {bars: []};
  #playing = 0;
  #pause = 0;
  /** Somebody moves a handle: an answer to where it was before does not put it back. */
  #held = false;
  #halts = 0;
  #bars = document.createElementNS(SVG, 'svg');
  #since = this.#handle('From');
  #until = this.#handle('Until');
  #words = el('output', {class: 'when-words'});
  #play = el('button', {type: 'button', class: 'play', click: () => this.#togglePlay()}, 'Play');
  #asOf = el('input', {type: 'checkbox', change: () => this.#setMode(this.#asOf)});
  #compare = el('input', {type: 'checkbox', change: () => this.#setMode(this.#compare)});
  #days = new DayPair();
  #asking = false;
  #day = el('input', {type: 'text', class: 'day', 'aria-label': 'As of the day', placeholder: '2025-03-07', size: 10, maxlength: 12, change: () => this.#setDay()});
  #undated = el('input', {type: 'checkbox', change: () => this.#say({undated: this.#undated.checked ? 'include' : null})});
  #keep = el('label', {class: 'keep'}, this.#undated, el('span', {}, 'keep what has no date'));
  #note = el('p', {class: 'quiet small when-note'});
  #controls = el('div', {class: 'when-controls'}, this.#play, el('label', {}, this.#asOf, el('span', {}, 'as of')), this.#day,
    el('label', {}, this.#compare, el('span', {}, 'compare')));
  #body = el('div', {class: 'when'}, el('div', {class: 'histogram'}, this.#bars, this.#since, this.#until), this.#words, this.#controls, this.#days.element, this.#keep, this.#note);
  element = el('details', {class: 'timeline', toggle: () => this.#refresh()}, el('summary', {}, 'When'), this.#body);

  constructor(evidence) {
    super();
    this.#evidence = evidence;
    this.#bars.setAttribute('preserveAspectRatio', 'none');
    this.#bars.setAttribute('aria-hidden', 'true');
    this.#days.addEventListener('choose', ({detail}) => this.#comparing(detail));
  }

  /** Follow a state: the histogram counts what is on the map, the handles say what the filter is. */
  show(state, reason) {
    this.#state = state;
    if (reason !== 'filtered') this.#halt();
    if (hasDates(state.lens.filter) || state.lens.compare) this.element.open = true;
    this.#refresh();
  }

  /** The same relations may have other claims now: they are counted anew. */
  forget() { this.#drawn = null; }

  stop() {
    clearTimeout(this.#playing);
    this.#playing = 0;
    this.#play.textContent = 'Play';
  }

  /** Somebody went back, on or elsewhere: what play still asks for would overwrite that. */
  #halt() {
    this.stop();
    this.#held = false;
    this.#halts += 1;
  }

  async #refresh() {
    if (!this.element.open || !this.#state?.actors.size) { this.stop(); return; }
    const state = this.#state;
    try {
      const found = await this.#evidence.counts(state);
      if (state !== this.#state) return;
      this.#count(state, found);
      this.#draw('');
    } catch (error) { this.#draw(error.message); }
  }

  #count(state, found) {
    const relations = relationsBeforeLens(state);
    if (this.#drawn?.found === found && this.#drawn.relations === relations) return;
    this.#drawn = {found, relations};
    this.#counted = barsOf(sumsOf(relations, found));
    const last = this.#counted.bars.length - 1;
    for (const handle of [this.#since, this.#until]) handle.max = Math.max(last, 0);
  }

  #draw(problem) {
    const {bars, coarse, undated} = this.#counted;
    const {filter, compare} = this.#state.lens;
    const several = bars.length > 1;
    const waits = !compare && !filter.since && !filter.until;
    const asOf = filter.as_of !== undefined || (this.#asOf.checked && waits);
    const comparing = Boolean(compare) || (this.#asking && waits && !asOf);
    this.#asOf.checked = asOf;
    this.#compare.checked = comparing;
    this.#days.show(comparing, compare);
    this.#day.hidden = !asOf;
    if (document.activeElement !== this.#day) this.#day.value = filter.as_of ?? '';
    this.#since.hidden = asOf;
    if (!this.#held) {
      this.#since.value = barAt(bars, compare?.since ?? filter.since, 0);
      this.#until.value = barAt(bars, asOf ? filter.as_of : compare?.until ?? filter.until, bars.length - 1);
    }
    this.#body.classList.toggle('flat', !several);
    this.#play.disabled = !several;
    this.#play.hidden = this.#keep.hidden = comparing;
    this.#paint();
    this.#undated.disabled = !hasDates(filter);
    this.#undated.checked = filter.undated === 'include';
    this.#note.textContent = problem || (compare ? changeKey(this.#state) : '') || [
      !bars.length ? this.#without() : !several ? `All dated claims are of ${barText(bars[0])}` : '',
      undated ? `${undated.toLocaleString('en')} without a date` : '', coarse ? `${coarse.toLocaleString('en')} dated too roughly for a bar` : '',
    ].filter(Boolean).join(' · ');
  }

  /** Why there are no bars: the claims of a closed bubble are not on the map. */
  #without() {
    const {overview} = this.#state;
    return overview && !overview.opened.size ? 'Open a bubble to see when' : 'No claim on the map has a date';
  }

  /** Bars and words for where the handles are, also while they are dragged. */
  #paint() {
    const {bars} = this.#counted;
    const most = Math.max(1, ...bars.map(({count}) => count));
    const [from, to] = this.#asOf.checked ? [0, Number(this.#until.value)] : [Number(this.#since.value), Number(this.#until.value)];
    this.#bars.setAttribute('viewBox', `0 0 ${Math.max(bars.length, 1)} 40`);
    this.#bars.replaceChildren(...bars.map(({count}, n) => {
      const bar = document.createElementNS(SVG, 'rect');
      const height = count ? 3 + 37 * count / most : 0;
      for (const [name, value] of Object.entries({x: n + 0.08, y: 40 - height, width: 0.84, height, class: n >= from && n <= to ? 'in' : 'out'})) bar.setAttribute(name, value);
      return bar;
    }));
    this.#words.textContent = this.#phrase(bars, from, to);
    for (const handle of [this.#since, this.#until]) handle.setAttribute('aria-valuetext', bars[handle.value] ? barText(bars[handle.value]) : '');
  }

  #phrase(bars, from, to) {
    const {filter} = this.#state.lens;
    if (!bars.length) return '';
    if (this.#asOf.checked) return filter.as_of ? `as of ${filter.as_of}` : 'as of the last day';
    if (this.#compare.checked) return this.#comparedPhrase(bars, from, to);
    return from === 0 && to === bars.length - 1 && !filter.since && !filter.until ? 'all dates' : barText({first: bars[from].first, last: bars[to].last});
  }

  /** The days that are compared may be written more exactly, or less, than a bar says. */
  #comparedPhrase(bars, from, to) {
    const {compare} = this.#state.lens;
    const [since, until] = [barAt(bars, compare?.since, from) === from ? compare?.since : null, barAt(bars, compare?.until, to) === to ? compare?.until : null];
    return `what changed after ${since ?? bars[from].last} and by ${until ?? bars[to].last}`;
  }

  #handle(label) {
    const settle = () => { clearTimeout(this.#pause); this.#pause = setTimeout(() => this.#settle(), PAUSE_MS); };
    return el('input', {type: 'range', min: 0, max: 0, step: 1, 'aria-label': label, input: event => { this.#held = true; this.stop(); this.#keepApart(event.target); this.#paint(); }, change: settle});
  }

  /** A handle pushes the other one along rather than passing it. */
  #keepApart(moved) {
    if (Number(this.#since.value) <= Number(this.#until.value) || this.#asOf.checked) return;
    if (moved === this.#since) this.#until.value = this.#since.value; else this.#since.value = this.#until.value;
  }

  /** What the handles say becomes the filter. */
  #settle(more = {}) {
    this.#held = false;
    const {bars} = this.#counted;
    if (!bars.length) return;
    const [from, to] = [Number(this.#since.value), Number(this.#until.value)];
    if (this.#asOf.checked) this.#say({as_of: bars[to].last, since: null, until: null}, more);
    else if (this.#compare.checked) this.#comparing({since: bars[from].last, until: bars[to].last});
    else this.#say({as_of: null, since: from === 0 ? null : bars[from].first, until: to === bars.length - 1 ? null : bars[to].last}, more);
  }

  /** One box was ticked or cleared: the other one gives way. */
  #setMode(box) {
    this.stop();
    this.#asking = false;
    const other = box === this.#asOf ? this.#compare : this.#asOf;
    if (box.checked) other.checked = false;
    const {bars} = this.#counted;
    if (this.#asOf.checked && !bars.length) this.#askForDay();
    else if (this.#compare.checked && bars.length < 2) this.#askForDays();
    else if (box.checked) this.#settle();
    else this.#say({as_of: null, since: null, until: null});
  }

  /** Where there are no bars a handle says nothing: the day is to be written. */
  #askForDay() {
    this.#day.hidden = false;
    this.#day.focus();
  }

  /** Where all is of one month no handle tells the days apart. */
  #askForDays() {
    this.#asking = true;
    this.#days.show(true, null);
    this.#play.hidden = this.#keep.hidden = true;
    this.#days.focus();
  }

  #setDay() {
    const day = this.#day.value.trim();
    this.#day.setAttribute('aria-invalid', String(Boolean(day) && !isDay(day)));
    if (isDay(day)) this.#say({as_of: day, since: null, until: null});
  }

  /** Playing goes on from where the handle is, or begins anew where that is the end. */
  #togglePlay() {
    if (this.#playing) { this.stop(); return; }
    const last = this.#counted.bars.length - 1;
    if (!this.#asOf.checked) { this.#asOf.checked = true; this.#until.value = last; }
    const begin = Number(this.#until.value) >= last ? 0 : Number(this.#until.value) + 1;
    this.#play.textContent = 'Stop';
    this.#step(begin, false);
  }

  #step(n, amend) {
    this.#until.value = n;
    const halts = this.#halts;
    this.#settle({amend, wanted: () => halts === this.#halts});
    if (n >= this.#counted.bars.length - 1) this.stop();
    else this.#playing = setTimeout(() => this.#step(n + 1, true), STEP_MS);
  }

  #say(change, more = {}) {
    const filter = {...this.#state.lens.filter, ...change};
    if (!hasDates(filter)) filter.undated = null;
    this.#emit({filter, lens: {compare: null}, ...more});
  }

  /** Two days are compared instead of a period or a day; what has no date is no part of that. */
  #comparing(compare) { this.#emit({filter: withoutDates(this.#state.lens.filter), lens: {compare}}); }

  #emit(detail) {
    this.#asking = false;
    this.dispatchEvent(new CustomEvent('filter', {detail}));
  }
}

function hasDates({since, until, as_of: asOf}) { return Boolean(since || until || asOf); }
