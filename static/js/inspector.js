// The panel on the right: an actor with its ties by type, or a relation with every claim behind it.

import {EXPANSION} from './answers.js';
import {bondDetails, communityDetails} from './communitydetails.js';
import {claimCard, sourcesById} from './claims.js';
import {counted, el, swatch} from './dom.js';
import {shownActors, shownRelations} from './model.js';

const NAMES_SHOWN = 12;
const CLAIMS_SHOWN = 25;

/** Emits `expand` ({actor, filter}), `select` ({kind, id}), `hide` (id), `connect` ({end, actor}) and `close`; for communities
 *  `open`, `shut`, `only` (id) and `member` ({community, actor}). */
export class Inspector extends EventTarget {
  #panel;
  #api;
  #style;
  #model;
  #asked = 0;
  #actorShown = null;

  constructor(panel, api, style, model) {
    super();
    this.#panel = panel;
    this.#api = api;
    this.#style = style;
    this.#model = model;
  }

  close() {
    this.#asked += 1;
    this.#actorShown = null;
    this.#panel.hidden = true;
    this.#panel.replaceChildren();
  }

  /** Open what is selected; an answer that comes after another question is dropped. */
  async show(selection) {
    const asked = this.#asked += 1;
    this.#actorShown = null;
    this.#panel.hidden = false;
    if (this.#ofOverview(selection)) { this.#fill(...this.#ofOverview(selection)); return; }
    this.#panel.setAttribute('aria-busy', 'true');
    if (!this.#panel.childElementCount) this.#fill(el('p', {class: 'quiet'}, 'Loading …'));
    try {
      const content = selection.kind === 'actor' ? await this.#asActor(selection.id) : await this.#relation(selection.id);
      if (asked !== this.#asked) return;
      this.#actorShown = selection.kind === 'actor' ? content.actor : null;
      this.#fill(...(content.actor ? this.#actor(content.actor) : content));
    } catch (error) {
      if (asked === this.#asked) this.#fill(this.#problem(error, selection));
    }
  }

  /** The map has changed: what is still to be brought may be less now. */
  refresh() {
    const content = this.#actorShown ? this.#actor(this.#actorShown) : this.#ofOverview(this.#model.selection);
    if (!content) return;
    const top = this.#panel.scrollTop;
    const focused = [...this.#panel.querySelectorAll('button')].indexOf(document.activeElement);
    this.#fill(...content);
    this.#panel.scrollTop = top;
    if (focused >= 0) this.#panel.querySelectorAll('button')[focused]?.focus();
  }

  #fill(...content) {
    const close = el('button', {type: 'button', class: 'close', 'aria-label': 'Close details', click: () => this.#emit('close')}, '×');
    const back = this.#model.state.paths
      ? el('button', {type: 'button', class: 'back', click: () => this.#emit('close')}, '← Paths') : '';
    this.#panel.replaceChildren(close, back, ...content.filter(Boolean));
    this.#panel.removeAttribute('aria-busy');
    this.#panel.scrollTop = 0;
  }

  #problem(error, selection) {
    return el('div', {role: 'alert'}, el('h2', {}, error.title ?? 'Something went wrong'), el('p', {}, error.message),
      el('button', {type: 'button', click: () => this.show(selection)}, 'Try again'));
  }

  /** What is said of a community or a bond; nothing else is of the overview. */
  #ofOverview(selection) {
    const details = {community: communityDetails, bond: bondDetails}[selection?.kind];
    return details && this.#model.state.overview ? details(this.#model.state, selection.id, this.#style, (name, detail) => this.#emit(name, detail)) : null;
  }

  async #asActor(id) { return {actor: await this.#api.actor(id)}; }

  #actor(actor) {
    const {id} = actor;
    const positive = actor.relations.filter(count => count.polarity === 'positive');
    const denied = actor.relations.filter(count => count.polarity === 'negative');
    const around = this.#neighbours(id, relation => relation.polarity === 'positive').size;
    const left = Math.max(actor.degree - around, 0);
    return [
      el('header', {class: 'about'}, el('img', {src: this.#pictures()[actor.kind], alt: '', width: 42, height: 42}),
        el('div', {}, el('h2', {}, el('bdi', {}, actor.name)), el('p', {class: 'quiet'}, this.#kind(actor.kind)))),
      actor.aliases.length ? el('p', {class: 'quiet'}, 'Also ', ...actor.aliases.flatMap((alias, n) => [n ? ', ' : '', el('bdi', {}, alias)])) : null,
      actor.description ? el('p', {dir: 'auto'}, actor.description) : null,
      el('p', {class: 'facts'}, [counted(actor.degree, 'neighbour'), counted(actor.claims, 'claim'), counted(actor.sources, 'source'),
        period(actor.first_date, actor.last_date)].filter(Boolean).join(' · ')),
      el('div', {class: 'row'},
        el('button', {type: 'button', class: left ? 'primary' : null, disabled: !left, click: () => this.#emit('expand', {actor: id, filter: {}})},
          left > EXPANSION ? `Expand (${EXPANSION} of ${left.toLocaleString('en')})` : left ? `Expand all (+${left})` : 'All neighbours shown'),
        el('button', {type: 'button', click: () => this.#emit('connect', {end: 'from', actor})}, 'Path from here'),
        el('button', {type: 'button', click: () => this.#emit('connect', {end: 'to', actor})}, 'Path to here'),
        el('button', {type: 'button', title: 'Hide in this view (Del)', click: () => this.#emit('hide', id)}, 'Hide')),
      positive.length ? el('h3', {}, 'Ties') : null,
      positive.length ? el('ul', {class: 'ties'}, positive.map(count => this.#tie(id, count))) : null,
      denied.length ? el('h3', {}, 'Denied') : null,
      denied.length ? el('ul', {class: 'ties'}, denied.map(count => this.#tie(id, count))) : null,
      el('p', {class: 'quiet small'}, 'Id ', el('code', {}, id)),
    ];
  }

  /** One type of tie: how many, how many are not on the map yet, and who is. */
  #tie(actor, count) {
    const {type, direction} = count;
    const filter = {type, ...(direction === 'out' || direction === 'in' ? {direction} : {})};
    const shown = this.#neighbours(actor, relation => relation.type === type
      && (direction === 'both' || (direction === 'out' ? relation.subject : relation.object) === actor));
    const left = Math.max(count.actors - shown.size, 0);
    const about = `${count.label}: ${counted(count.actors, 'actor')}, ${counted(count.claims, 'claim')}`;
    return el('li', {},
      el('button', {
        type: 'button', class: 'bring', disabled: !left, title: left ? `Show ${left} more (${about})` : about,
        click: () => this.#emit('expand', {actor, filter}),
      }, swatch(count.family), el('span', {}, count.label),
      el('span', {class: 'count'}, String(count.actors), left ? el('span', {class: 'plus'}, `+${left}`) : null)),
      shown.size ? this.#who(shown) : null);
  }

  #who(shown) {
    const box = el('div', {class: 'who'});
    const fill = all => {
      const entries = [...shown];
      const visible = all ? entries : entries.slice(0, NAMES_SHOWN);
      box.replaceChildren(...visible.map(([other, relation]) => el('button', {
        type: 'button', class: 'name', title: 'Open the tie', click: () => this.#emit('select', {kind: 'relation', id: relation.id}),
      }, el('bdi', {}, this.#model.state.actors.get(other).name))),
      visible.length < entries.length ? el('button', {type: 'button', class: 'text', click: () => fill(true)}, `and ${entries.length - visible.length} more`) : '');
    };
    fill(false);
    return box;
  }

  /** Actors on the map that have such a relation with this one: id → the relation. */
  #neighbours(actor, fits) {
    const {state} = this.#model;
    const actors = shownActors(state);
    const found = new Map();
    for (const relation of shownRelations({...state, off: new Set()}).values()) {
      const other = relation.subject === actor ? relation.object : relation.object === actor ? relation.subject : null;
      if (other !== null && other !== actor && actors.has(other) && fits(relation)) found.set(other, relation);
    }
    return found;
  }

  async #relation(id) {
    const relation = await this.#api.relation(id);
    const {relations} = await this.#api.subgraph([...new Set([relation.subject, relation.object])]);
    const names = new Map(relation.actors.map(actor => [actor.id, actor]));
    const sources = sourcesById(relation.sources);
    const both = relation.opposing;
    const others = relations.filter(other => other.id !== id && other.id !== both?.id);
    const sides = [relation, ...both ? [both] : []].sort((a, b) => (a.polarity === 'positive' ? 0 : 1) - (b.polarity === 'positive' ? 0 : 1));
    return [
      el('header', {class: 'about tie'},
        el('h2', {}, this.#name(names, relation.subject), el('span', {class: 'verb'}, swatch(relation.family), relation.label),
          this.#name(names, relation.object)),
        el('p', {class: 'facts'}, [counted(relation.claim_count, 'claim'), counted(relation.source_count, 'source'),
          period(relation.first_date, relation.last_date), relation.contested ? 'contested' : null].filter(Boolean).join(' · '))),
      both ? el('p', {class: 'contested'}, 'Contested: the sources say both. Nothing is decided here.') : null,
      ...sides.map(side => this.#side(side, both ? sideTitle(side) : null, names, sources)),
      others.length ? el('h3', {}, 'Also between the two') : null,
      others.length ? el('ul', {class: 'others'}, others.map(other => this.#other(other, names))) : null,
    ];
  }

  #side(relation, title, names, sources) {
    const name = id => this.#name(names, id);
    const claims = relation.claims ?? [];
    const list = el('ol', {class: 'claims'}, claims.slice(0, CLAIMS_SHOWN).map(claim => claimCard(claim, sources, name)));
    const rest = claims.slice(CLAIMS_SHOWN);
    const more = rest.length ? el('button', {type: 'button', class: 'rest', click: () => {
      list.append(...rest.map(claim => claimCard(claim, sources, name)));
      more.remove();
    }}, `Show ${counted(rest.length, 'more claim')}`) : null;
    return el('section', {}, title ? el('h3', {}, title) : null, list, more);
  }

  #other(relation, names) {
    const name = id => el('bdi', {}, names.get(id)?.name ?? id);
    return el('li', {}, el('button', {type: 'button', click: () => this.#emit('select', {kind: 'relation', id: relation.id})},
      swatch(relation.family), el('span', {}, name(relation.subject), ` ${relation.label} `, name(relation.object)),
      el('span', {class: 'quiet'}, String(relation.claim_count))));
  }

  #name(names, id) {
    return el('button', {type: 'button', class: 'name', click: () => this.#emit('select', {kind: 'actor', id})},
      el('bdi', {}, names.get(id)?.name ?? this.#model.state.actors.get(id)?.name ?? id));
  }

  #pictures() { return this.#style.themes[document.documentElement.dataset.theme].kinds; }

  #kind(kind) { return this.#style.kinds.find(entry => entry.kind === kind)?.label ?? kind; }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}

function sideTitle(relation) { return relation.polarity === 'negative' ? 'Against' : 'For'; }

/** "2014-01 to 2014-12", one of both, or nothing. */
export function period(first, last) {
  if (!first && !last) return null;
  return first === last || !last ? first : first ? `${first} to ${last}` : `until ${last}`;
}
