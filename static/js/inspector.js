// The panel on the right: shows what is selected, and drops an answer that comes after another question.

import {actorPart} from './actorpart.js';
import {bondPart, communityPart} from './communitypart.js';
import {byId, el} from './dom.js';
import {groupPart, groupParts} from './grouppart.js';
import {relationRemarks} from './marks.js';
import {shownActors, shownRelations} from './model.js';
import {relationPart, relationParts} from './relationpart.js';
import {sameSelection, stillThere} from './selection.js';

/** Emits `expand` ({actor, filter}), `select` (selection), `hide` (id or ids), `others` (ids), `common` (ids),
 *  `connect` ({end, actor}), `paths` ({from, to}), `menu` ({id, at}) and `close`;
 *  for communities `open`, `shut`, `only` (id) and `member` ({community, actor}). */
export class Inspector extends EventTarget {
  #panel;
  #api;
  #style;
  #model;
  #still;
  #asked = 0;
  /** Draws what is shown from what the service said, again and again; null where that does not depend on the map. */
  #again = null;
  /** What the map says of the relation that is shown: the one part of its panel that changes with it. */
  #remarks = el('div', {class: 'remarks'});
  #relation = null;

  /** `still`: only what is there is shown, nothing can be brought or asked. */
  constructor(panel, api, style, model, {still = false} = {}) {
    super();
    this.#panel = panel;
    this.#api = api;
    this.#style = style;
    this.#model = model;
    this.#still = still;
  }

  close() {
    this.#asked += 1;
    this.#again = null;
    const had = this.#panel.contains(document.activeElement);
    this.#panel.hidden = true;
    this.#panel.replaceChildren();
    if (had) byId('map').focus({preventScroll: true});
  }

  async show(selection) {
    const asked = this.#asked += 1;
    this.#again = null;
    this.#panel.hidden = false;
    this.#panel.setAttribute('aria-busy', 'true');
    if (!this.#panel.childElementCount) this.#fill(el('p', {class: 'quiet'}, 'Loading …'));
    try {
      const draw = await this.#drawing(selection);
      if (asked !== this.#asked) return;
      this.#again = selection.kind === 'relation' ? null : draw;
      this.#fill(...draw());
    } catch (error) {
      if (asked === this.#asked) this.#fill(this.#problem(error, selection));
    }
  }

  /** The map has changed: what is still to be brought may be less now. */
  refresh() {
    this.#remark();
    if (!this.#again || this.#leaves()) return;
    const top = this.#panel.scrollTop;
    const focused = [...this.#panel.querySelectorAll('button')].indexOf(document.activeElement);
    this.#fill(...this.#again());
    this.#panel.scrollTop = top;
    if (focused >= 0) this.#panel.querySelectorAll('button')[focused]?.focus();
  }

  /** Whether what is shown has left the map: the selection follows the state at once, and the panel is closed or shows another. */
  #leaves() {
    const {selection, state} = this.#model;
    return !sameSelection(selection, stillThere(selection, shownActors(state), shownRelations(state)));
  }

  /** Asks for what is selected; resolves to the function that draws it. */
  async #drawing({kind, id, ids}) {
    const emit = (name, detail) => this.dispatchEvent(new CustomEvent(name, {detail}));
    const context = () => ({state: this.#model.state, look: this.#look(), emit, still: this.#still});
    const known = one => this.#model.state.actors.get(one)?.name ?? one;
    if (kind === 'relation') {
      const parts = await relationParts(this.#api, id);
      return () => {
        this.#relation = id;
        this.#remark();
        return relationPart(parts, {known, emit, remarks: this.#remarks});
      };
    }
    if (kind === 'group') {
      const parts = this.#still ? {ids} : await groupParts(this.#api, ids);
      return () => groupPart(parts, context());
    }
    if (kind === 'community' || kind === 'bond') {
      const [part, held] = kind === 'bond' ? [bondPart, 'bonds'] : [communityPart, 'communities'];
      // A change is told before the selection is dropped: what is shown may be gone from the state already.
      return () => (this.#model.state.overview?.[held].has(id) ? part(id, context()) : []);
    }
    const actor = await this.#api.actor(id);
    return () => actorPart(actor, context());
  }

  #remark() { this.#remarks.replaceChildren(...relationRemarks(this.#model.state, this.#relation).map(text => el('p', {}, text))); }

  #fill(...content) {
    const emit = () => this.dispatchEvent(new CustomEvent('close'));
    const close = el('button', {type: 'button', class: 'close', 'aria-label': 'Close details', click: emit}, '×');
    const back = this.#model.state.paths && !this.#still ? el('button', {type: 'button', class: 'back', click: emit}, '← Paths') : '';
    const had = this.#panel.contains(document.activeElement);
    this.#panel.replaceChildren(close, back, ...content.filter(Boolean));
    // What had the keyboard is gone: it stays in the panel.
    if (had) this.#panel.focus({preventScroll: true});
    this.#panel.removeAttribute('aria-busy');
    this.#panel.scrollTop = 0;
  }

  #problem(error, selection) {
    return el('div', {role: 'alert'}, el('h2', {}, error.title ?? 'Something went wrong'), el('p', {}, error.message),
      el('button', {type: 'button', click: () => this.show(selection)}, 'Try again'));
  }

  /** Pictures and words of kinds in the theme that is shown. */
  #look() {
    const {kinds} = this.#style.themes[document.documentElement.dataset.theme];
    return {
      picture: kind => kinds[kind], kind: kind => this.#style.kinds.find(entry => entry.kind === kind)?.label ?? kind,
      family: family => this.#style.families.find(entry => entry.family === family)?.label ?? family,
    };
  }
}
