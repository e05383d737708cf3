// The claims behind what is on the map: counted, however many they are, or one by one. Asked for only when somebody wants to see that.

import {AskedOnce} from './askedonce.js';
import {counted} from './dom.js';
import {shownSingleRelations, singleActors} from './model.js';
import {questionOf, recordsIn, tripleOf, triplesOf} from './records.js';
import {remembered} from './remembered.js';

/** So many claims are listed one by one. */
const MOST_CLAIMS = 5000;
const SOURCES_AT_ONCE = 10_000;

export class Evidence {
  #api;
  #claims = new AskedOnce(6);
  // Of a large map they hold tens of thousands of relations.
  #counts = new AskedOnce(2);
  #sources = new AskedOnce(1);

  constructor(api) { this.#api = api; }

  /** How many claims each relation among the actors on the map has by month and by source: `{periods, undated, sources}` by id. */
  counts(state) {
    const ids = [...singleActors(state).keys()];
    return this.#counts.ask(ids.join('\n'), async () => {
      const {relations} = ids.length ? await this.#api.counts(ids) : {relations: []};
      return new Map(relations.map(one => [one.id, one]));
    });
  }

  /** The claims of what is shown by relation, and their sources: `{byRelation, sources}`. More than are listed one by one are not
   *  asked for: it is said then what to do. */
  async of(state) {
    const relations = shownSingleRelations(state);
    const many = [...relations.values()].reduce((sum, one) => sum + one.claim_count, 0);
    if (many > MOST_CLAIMS) throw new Error(`Up to ${MOST_CLAIMS.toLocaleString('en')} claims are listed one by one, and what is shown has ${counted(many, 'claim')}: hide actors, or leave out types, sources or dates in the legend.`);
    const {actors, filter} = questionOf(state);
    if (!actors.length) return {byRelation: new Map(), sources: []};
    const {claims, sources} = await this.#claims.ask(JSON.stringify([actors, filter]), async () => recordsIn(await this.#api.exportedAmong(actors, filter, {sentences: true})));
    return {byRelation: byRelation(claims, relations), sources};
  }

  /** Every source of the graph. */
  sources() { return this.#sources.ask('all', () => this.#everySource()); }

  /** The graph has changed since: ask again. */
  forget() { for (const part of [this.#claims, this.#counts, this.#sources]) part.forget(); }

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
}

/** The source of a claim as a filter names it, also where several data sets use one id. */
export function sourceKey({dataset, source_id: id}) { return `${dataset}/${id}`; }

/** The claims of these relations, in their order. */
export function claimsOf({byRelation: claims}, relations) {
  return [...relations.keys()].flatMap(id => claims.get(id) ?? []);
}

/** How many of the claims that were counted these relations have: `{periods, sources, undated}`, the first two by name. */
export const sumsOf = remembered((relations, found) => {
  const [periods, sources] = [new Map(), new Map()];
  let undated = 0;
  for (const id of relations.keys()) {
    const one = found.get(id);
    if (!one) continue;
    undated += one.undated;
    for (const period in one.periods) periods.set(period, (periods.get(period) ?? 0) + one.periods[period]);
    for (const source in one.sources) sources.set(source, (sources.get(source) ?? 0) + one.sources[source]);
  }
  return {periods, sources, undated};
});

function byRelation(claims, relations) {
  const ids = triplesOf(relations);
  const found = new Map();
  for (const claim of claims) {
    const id = ids.get(tripleOf(claim));
    if (id === undefined) continue;
    const others = found.get(id);
    if (others) others.push(claim); else found.set(id, [claim]);
  }
  return found;
}
