// Views with every claim behind them as one file that opens from a disk: map, inspector and story, and the same as text.

import {readAddress} from '../address.js';
import {selectionIn, stateOf} from '../addressed.js';
import {byId, el} from '../dom.js';
import {Records, frozen} from '../frozen.js';
import {seenClaims, seenSelection, seenState} from '../seenview.js';
import {filterWords, summaryWords} from '../summary.js';
import {titleOf} from '../viewtitle.js';
import {pageOf} from './page.js';
import {Pictures} from './pictures.js';
import {scriptOf} from './scripts.js';
import {twinOf} from './twin.js';

const SCRIPT = '/static/js/standalone.js';
const ON_PAPER = '/static/css/print.css';
const LOOKS = ['base', 'stage', 'legend', 'panels', 'views', 'touch', 'standalone'].map(name => `/static/css/${name}.css`);
/** Views that one file holds: each is asked for, and all its claims with it. */
export const MOST_VIEWS_IN_FILE = 100;

/** Makes such files out of what the service says. */
export class StandAlone {
  #api;
  #style;
  #evidence;

  constructor({api, style, evidence}) {
    this.#api = api;
    this.#style = style;
    this.#evidence = evidence;
  }

  /** The file of one state, without a caption. */
  async ofView(state, selection) {
    return this.#fileOf(titleOf(state), [await this.#taken(state, selection, '')]);
  }

  /** The file of a list of views; `tell` hears how far it has come. */
  async ofStory({name, views}, tell) {
    if (views.length > MOST_VIEWS_IN_FILE) throw new Error(`A web page holds at most ${MOST_VIEWS_IN_FILE} views; this list has ${views.length}.`);
    const taken = [];
    for (const [at, {caption, view}] of views.entries()) {
      tell(`Writing view ${at + 1} of ${views.length} …`);
      try { taken.push(await this.#asked(view, caption)); } catch (error) { throw new Error(`View ${at + 1} cannot be shown: ${error.message}`); }
    }
    return this.#fileOf(name, taken);
  }

  async #asked(view, caption) {
    const asked = readAddress(view);
    const state = await stateOf(this.#api, asked);
    return this.#taken(state, selectionIn(asked, state), caption);
  }

  /** A view as it is seen, with its claims and their sources. */
  async #taken(given, selection, caption) {
    const found = await this.#evidence.of(given);
    const state = seenState(given);
    const claims = seenClaims(state, found.byRelation);
    return {caption, words: [summaryWords(given), ...filterWords(given)].filter(Boolean).join(' · '), state, selection: seenSelection(selection, state), claims, sources: usedIn(claims, found.sources)};
  }

  async #fileOf(title, views) {
    const read = path => this.#api.file(path);
    const [library, script, paper, ...looks] = await Promise.all([read(byId('drawing-library').getAttribute('src')), scriptOf(SCRIPT, read), ...[ON_PAPER, ...LOOKS].map(read)]);
    const evidence = joined(views);
    const records = new Records();
    const frozenViews = views.map(({caption, words, state, selection, claims}) => frozen({caption, words, state, selection, claims}, records));
    const body = el('body', {class: 'file'}, twinOf({title, views: this.#drawn(views), style: this.#style, evidence}));
    const contents = {title, views: frozenViews, records: records.list, sources: evidence.sources, style: this.#style};
    return new Blob([pageOf({title, body, data: {contents}, styles: [...looks, `@media print {\n${paper}\n}`], scripts: [library, script]})], {type: 'text/html'});
  }

  /** The views with their pictures. */
  #drawn(views) {
    const pictures = new Pictures(this.#style);
    try { return views.map(view => ({...view, drawn: pictures.of(view.state, view.selection)})); } finally { pictures.close(); }
  }
}

function usedIn(claims, sources) {
  const used = new Set([...claims.values()].flat().map(({dataset, source_id: id}) => `${dataset}\n${id}`));
  return sources.filter(({id, datasets}) => datasets.some(dataset => used.has(`${dataset}\n${id}`)));
}

/** Actors, relations, claims and sources of several views, each once; bubbles and bonds are no actors and relations, and only counted. */
function joined(views) {
  const [actors, relations, claims, sources, communities] = [new Map(), new Map(), new Map(), new Map(), new Set()];
  for (const view of views) {
    for (const [id, actor] of view.state.actors) if (actor.community) communities.add(id); else actors.set(id, actor);
    for (const [id, relation] of view.state.relations) if (!relation.bond) relations.set(id, relation);
    for (const [id, some] of view.claims) claims.set(id, [...new Map([...claims.get(id) ?? [], ...some].map(claim => [claim.id, claim])).values()]);
    for (const source of view.sources) sources.set(JSON.stringify([source.id, source.datasets]), source);
  }
  return {actors, relations, claims, sources: [...sources.values()], communities: communities.size};
}
