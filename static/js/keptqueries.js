// Queries that this browser keeps: saved under a name, and the last ones that were run.

import {isQuery, sameQuery} from './query.js';

const KEY = 'actorgraph-queries';
const RECENT = 50;

/** Emits `change`. What lies in the browser may be anything: whatever is no query is passed over. */
export class KeptQueries extends EventTarget {
  #saved = [];
  #recent = [];
  #lasting = true;

  constructor() {
    super();
    this.#read();
    // Another tab may save too: its list and ours would overwrite each other.
    addEventListener('storage', ({key}) => { if (key === KEY) { this.#read(); this.#changed(); } });
  }

  /** `[{name, statement, parameters}]` in order of name. */
  get saved() { return this.#saved; }
  /** `[{statement, parameters}]`, latest first. */
  get recent() { return this.#recent; }
  /** Whether the browser keeps them after this visit. */
  get lasting() { return this.#lasting; }

  has(name) { return this.#saved.some(one => one.name === name); }

  /** Save under a name; what had it before is overwritten. */
  save(name, {statement, parameters}) { this.#put([...this.#without(name), {name, statement, parameters}]); }

  /** Another name for a saved query; `false` where somebody else has it. */
  rename(name, next) {
    const query = this.#saved.find(one => one.name === name);
    if (!query || (next !== name && this.has(next))) return false;
    this.#put([...this.#without(name), {...query, name: next}]);
    return true;
  }

  delete(name) { this.#put(this.#without(name)); }

  ran({statement, parameters}) {
    const query = {statement, parameters};
    this.#recent = [query, ...this.#recent.filter(one => !sameQuery(one, query))].slice(0, RECENT);
    this.#write();
  }

  #without(name) { return this.#saved.filter(one => one.name !== name); }

  #put(saved) {
    this.#saved = saved.sort((a, b) => a.name.localeCompare(b.name));
    this.#write();
  }

  #read() {
    let found = null;
    try { found = JSON.parse(localStorage.getItem(KEY)); } catch { /* corrupt, or closed to this page: as if it were empty */ }
    const named = new Map(queries(found?.saved).filter(({name}) => typeof name === 'string' && name).map(one => [one.name, one]));
    this.#saved = [...named.values()];
    this.#recent = queries(found?.recent).slice(0, RECENT);
  }

  #write() {
    try {
      localStorage.setItem(KEY, JSON.stringify({saved: this.#saved, recent: this.#recent}));
      this.#lasting = true;
    } catch { this.#lasting = false; }
    this.#changed();
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}

function queries(list) { return Array.isArray(list) ? list.filter(isQuery) : []; }
