// The claims behind what is on the map, asked for only when somebody wants to see them one by one or count them.

import {shownSingleActors, singleActors} from './model.js';

/** So many actors the service takes at once. */
const MOST_ACTORS = 1000;
const KEPT = 6;
const SOURCES_AT_ONCE = 10_000;

export class Evidence {
  #api;
  #answers = new Map();
  #sources = null;

  constructor(api) { this.#api = api; }

  /** Claims by relation under a filter: `{byRelation, sources}`; null where too many actors are on the map. */
  async of(state, filter = {}) {
    const all = singleActors(state);
    const actors = all.size > MOST_ACTORS ? shownSingleActors(state) : all;
    if (actors.size > MOST_ACTORS) return null;
    const [{relations}, sources] = await Promise.all([this.#claims([...actors.keys()], filter), this.#allSources()]);
    return {byRelation: new Map(relations.map(({id, claims}) => [id, claims])), sources};
  }

  /** The graph has changed since: ask again. */
  forget() {
    this.#answers.clear();
    this.#sources = null;
  }

  /** One question for the same actors under the same filter, also while it is under way. */
  #claims(ids, filter) {
    const key = JSON.stringify([ids, filter]);
    const asked = this.#answers.get(key) ?? (ids.length ? this.#api.evidence(ids, filter) : Promise.resolve({relations: []}));
    this.#answers.delete(key);
    this.#answers.set(key, asked);
    asked.catch(() => this.#answers.delete(key));
    if (this.#answers.size > KEPT) this.#answers.delete(this.#answers.keys().next().value);
    return asked;
  }

  /** Page by page: of a source that is not known, title and address would be lost. */
  async #everySource() {
    const found = [];
    for (let cursor = null; ;) {
      const {sources, meta: {next}} = await this.#api.sources({limit: SOURCES_AT_ONCE, cursor});
      found.push(...sources);
      if (!next) return found;
      cursor = next;
    }
  }

  #allSources() {
    this.#sources ??= this.#everySource();
    this.#sources.catch(() => { this.#sources = null; });
    return this.#sources;
  }
}

/** The source of a claim as a filter names it, also where several data sets use one id. */
export function sourceKey({dataset, source_id: id}) { return `${dataset}/${id}`; }

/** The claims of these relations, in their order. */
export function claimsOf({byRelation}, relations) {
  return [...relations.keys()].flatMap(id => byRelation.get(id) ?? []);
}
