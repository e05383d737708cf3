// What a page that was taken along carries: its views, and the answers to what its inspector asks.

import {thawed} from '../frozen.js';

/** `count` views; `enter` goes to one of them, and the questions are then answered from it. */
export class Contents {
  #views;
  #records;
  #sources;
  #view = null;

  constructor({views, records, sources, style, title}) {
    this.#views = views;
    this.#records = records;
    this.#sources = sources;
    this.style = style;
    this.title = title;
  }

  get count() { return this.#views.length; }

  caption(at) { return this.#views[at].caption; }

  /** `{state, selection, words}` of a view. */
  async enter(at) {
    this.#view = thawed(this.#views[at], this.#records);
    return this.#view;
  }

  async relation(id) {
    const {relations, actors} = this.#view.state;
    const relation = relations.get(id);
    const opposing = relations.get(relation.opposed_by);
    return {
      ...this.#told(relation), opposing: opposing ? this.#told(opposing) : null, sources: this.#sources,
      actors: [relation.subject, relation.object].map(one => actors.get(one)),
    };
  }

  /** The relations between these actors. */
  async subgraph(ids) {
    const among = new Set(ids);
    return {relations: [...this.#view.state.relations.values()].filter(({subject, object}) => among.has(subject) && among.has(object))};
  }

  /** An actor with what this view says of it: its ties, its claims, and counts of these. */
  async actor(id) {
    const {actors, relations} = this.#view.state;
    const own = [...relations.values()].filter(({subject, object}) => subject === id || object === id);
    const claims = own.flatMap(relation => this.#view.claims.get(relation.id) ?? []);
    const ties = own.filter(({polarity}) => polarity === 'positive');
    const dates = claims.map(({date}) => date).filter(Boolean).sort();
    return {
      ...actors.get(id), relations: tiesOf(id, own), evidence: claims, evidenceSources: this.#sources,
      degree: neighboursOf(id, ties).size, claims: claims.length, sources: new Set(claims.map(({dataset, source_id: source}) => `${dataset}\n${source}`)).size,
      first_date: dates[0] ?? null, last_date: dates.at(-1) ?? null,
    };
  }

  #told(relation) { return {...relation, claims: this.#view.claims.get(relation.id) ?? []}; }
}

function neighboursOf(id, relations) {
  return new Set(relations.map(({subject, object}) => (subject === id ? object : subject)).filter(other => other !== id));
}

/** The relations of an actor by type and direction, as the service counts them. */
function tiesOf(id, relations) {
  const groups = new Map();
  for (const relation of relations) {
    const direction = relation.symmetric ? 'both' : relation.subject === id ? 'out' : 'in';
    const key = `${relation.type} ${direction}`;
    groups.set(key, [...groups.get(key) ?? [], relation]);
  }
  return [...groups.entries()].map(([key, group]) => {
    const [{type, label, family, polarity}] = group;
    return {
      type, label, family, polarity, direction: key.slice(type.length + 1), actors: neighboursOf(id, group).size,
      claims: group.reduce((sum, {claim_count: count}) => sum + count, 0),
    };
  }).sort((a, b) => b.actors - a.actors);
}
