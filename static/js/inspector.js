// The panel on the right: an actor with its ties by type, or a relation with every claim behind it.

import {counted, el, link} from './dom.js';

/** Emits `expand` ({actor, filter}), `select` ({kind, id}), `hide` (id), `connect` ({end, actor}) and `close`. */
export class Inspector extends EventTarget {
  #panel;
  #api;
  #style;
  #asked = 0;

  constructor(panel, api, style) {
    super();
    this.#panel = panel;
    this.#api = api;
    this.#style = style;
  }

  close() {
    this.#asked += 1;
    this.#panel.hidden = true;
    this.#panel.replaceChildren();
  }

  /** Open what is selected; an answer that comes after another question is dropped. */
  async show(selection) {
    const asked = this.#asked += 1;
    this.#panel.hidden = false;
    this.#fill(el('p', {class: 'quiet'}, 'Loading …'));
    try {
      const content = selection.kind === 'actor' ? await this.#actor(selection.id) : await this.#relation(selection.id);
      if (asked === this.#asked) this.#fill(...content);
    } catch (error) {
      if (asked === this.#asked) this.#fill(this.#problem(error, selection));
    }
  }

  #fill(...content) {
    const close = el('button', {type: 'button', class: 'close', 'aria-label': 'Close details', click: () => this.#emit('close')}, '×');
    this.#panel.replaceChildren(close, ...content);
    this.#panel.scrollTop = 0;
  }

  #problem(error, selection) {
    return el('div', {role: 'alert'}, el('h2', {}, error.title ?? 'Something went wrong'), el('p', {}, error.message),
      el('button', {type: 'button', click: () => this.show(selection)}, 'Try again'));
  }

  async #actor(id) {
    const actor = await this.#api.actor(id);
    const positive = actor.relations.filter(count => count.polarity === 'positive');
    const denied = actor.relations.filter(count => count.polarity === 'negative');
    return [
      el('header', {class: 'about'}, this.#picture(actor.kind),
        el('div', {}, el('h2', {}, el('bdi', {}, actor.name)), el('p', {class: 'quiet'}, this.#kind(actor.kind)))),
      actor.aliases.length ? el('p', {class: 'quiet'}, 'Also ', el('bdi', {}, actor.aliases.join(', '))) : null,
      actor.description ? el('p', {}, actor.description) : null,
      el('p', {class: 'facts'}, [counted(actor.degree, 'neighbour'), counted(actor.claims, 'claim'), counted(actor.sources, 'source'),
        period(actor.first_date, actor.last_date)].filter(Boolean).join(' · ')),
      el('div', {class: 'row'},
        el('button', {type: 'button', class: 'primary', click: () => this.#emit('expand', {actor: id, filter: {}})},
          `Expand all (+${actor.degree})`),
        el('button', {type: 'button', click: () => this.#emit('connect', {end: 'from', actor})}, 'Path from here'),
        el('button', {type: 'button', click: () => this.#emit('connect', {end: 'to', actor})}, 'Path to here'),
        el('button', {type: 'button', click: () => this.#emit('hide', id)}, 'Hide')),
      positive.length ? el('h3', {}, 'Ties') : null,
      positive.length ? el('ul', {class: 'ties'}, positive.map(count => this.#tie(id, count))) : null,
      denied.length ? el('h3', {}, 'Denied') : null,
      denied.length ? el('ul', {class: 'ties'}, denied.map(count => this.#tie(id, count))) : null,
      el('p', {class: 'quiet small'}, 'Id ', el('code', {}, id)),
    ];
  }

  #tie(actor, count) {
    const filter = {type: count.type, ...(count.direction === 'out' || count.direction === 'in' ? {direction: count.direction} : {})};
    return el('li', {}, el('button', {
      type: 'button', title: `Show ${counted(count.actors, 'actor')} (${counted(count.claims, 'claim')})`,
      click: () => this.#emit('expand', {actor, filter}),
    }, this.#swatch(count.family), el('span', {}, count.label),
    el('span', {class: 'count'}, `+${count.actors}`, el('small', {}, ` ${counted(count.claims, 'claim')}`))));
  }

  async #relation(id) {
    const relation = await this.#api.relation(id);
    const names = new Map((relation.actors ?? []).map(actor => [actor.id, actor]));
    const sources = new Map((relation.sources ?? []).map(source => [source.id, source]));
    const both = relation.opposing;
    return [
      el('header', {class: 'about tie'},
        el('h2', {}, this.#name(names, relation.subject), el('span', {class: 'verb'}, this.#swatch(relation.family), relation.label),
          this.#name(names, relation.object)),
        el('p', {class: 'quiet'}, [counted(relation.claim_count, 'claim'), counted(relation.source_count, 'source'),
          period(relation.first_date, relation.last_date), relation.contested ? 'contested' : null].filter(Boolean).join(' · '))),
      both ? el('p', {class: 'contested'}, 'Both sides are in the sources; nothing is decided here.') : null,
      el('div', {class: both ? 'sides' : ''},
        this.#side(relation, both ? sideTitle(relation) : null, names, sources),
        both ? this.#side(both, sideTitle(both), names, sources) : null),
    ];
  }

  #side(relation, title, names, sources) {
    return el('section', {}, title ? el('h3', {}, title) : null,
      el('ol', {class: 'claims'}, (relation.claims ?? []).map(claim => this.#claim(claim, names, sources))));
  }

  #claim(claim, names, sources) {
    const source = sources.get(claim.source_id);
    const when = claim.date ?? period(claim.valid_from, claim.valid_to);
    return el('li', {class: `claim ${claim.status}`, 'data-claim': claim.id},
      el('p', {class: 'statement'}, claim.statement),
      claim.quote ? el('blockquote', {}, claim.quote) : null,
      el('dl', {},
        fact('Said by', claim.attributed_to_id && names.has(claim.attributed_to_id)
          ? this.#name(names, claim.attributed_to_id) : claim.attributed_to),
        fact('Status', el('span', {class: `badge ${claim.status}`}, claim.polarity === 'negative' ? `denied, ${claim.status}` : claim.status)),
        fact('When', when || claim.date_text ? [when ?? '', claim.date_text ? ` “${claim.date_text}”` : ''].join('').trim() : 'no date given'),
        fact('Source', this.#source(claim, source)),
        fact('Passage', claim.passage_start === null ? null : `characters ${claim.passage_start} to ${claim.passage_end} of the source text`)));
  }

  #source(claim, source) {
    if (!source) return claim.source_id;
    const title = source.url ? link(source.url, source.title) : source.title;
    const rest = [source.publisher, source.author, source.published].filter(Boolean).join(', ');
    return el('span', {}, title, rest ? ` (${rest})` : '');
  }

  #name(names, id) {
    return el('button', {type: 'button', class: 'name', click: () => this.#emit('select', {kind: 'actor', id})},
      el('bdi', {}, names.get(id)?.name ?? id));
  }

  #picture(kind) {
    return el('img', {src: this.#style.themes[document.documentElement.dataset.theme].kinds[kind], alt: '', width: 36, height: 36});
  }

  #kind(kind) { return this.#style.kinds.find(entry => entry.kind === kind)?.label ?? kind; }

  #swatch(family) { return el('span', {class: `swatch family-${family}`, 'aria-hidden': 'true'}); }

  #emit(name, detail) { this.dispatchEvent(new CustomEvent(name, {detail})); }
}

function sideTitle(relation) { return relation.polarity === 'negative' ? 'Against' : 'For'; }

function fact(term, value) {
  return value === null || value === undefined || value === '' ? null : [el('dt', {}, term), el('dd', {}, value)];
}

/** "2014-01 to 2014-12", one of both, or nothing. */
export function period(first, last) {
  if (!first && !last) return null;
  return first === last || !last ? first : first ? `${first} to ${last}` : `until ${last}`;
}
