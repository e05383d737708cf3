// Views that this browser keeps: those saved under a name, and stories, which are views in order with captions.

import {LONGEST_NAME, MOST_VIEWS, readLists, written} from './viewfile.js';

const KEY = 'actorgraph-views';
/** Where a text goes that this page cannot read: somebody may still mend it by hand. */
const UNREAD = `${KEY}-unread`;
/** The list that is always there; every other one is a story. */
export const SAVED = 'Saved views';

/** Emits `change`. `lists` are `[{name, views: [{caption, view}]}]`, a view being the fragment of an address. */
export class KeptViews extends EventTarget {
  #lists = [];
  #lasting = true;
  #unread = null;

  constructor() {
    super();
    this.#read();
    // Another tab may save too: its lists and ours would overwrite each other.
    addEventListener('storage', ({key}) => { if (key === KEY) { this.#read(); this.#changed(); } });
  }

  get lists() { return this.#lists; }
  /** Whether the browser keeps them after this visit. */
  get lasting() { return this.#lasting; }

  list(name) { return this.#lists.find(one => one.name === name); }

  /** `false` where the list is full. */
  add(name, caption, view) {
    if (this.list(name).views.length >= MOST_VIEWS) return false;
    this.#put(name, views => [...views, {caption, view}]);
    return true;
  }

  caption(name, at, caption) { this.#put(name, views => views.map((one, n) => (n === at ? {...one, caption} : one))); }

  remove(name, at) { this.#put(name, views => views.filter((_, n) => n !== at)); }

  /** One place earlier (-1) or later (1); the ends stay where they are. */
  move(name, at, step) {
    this.#put(name, views => {
      const next = [...views];
      if (next[at + step]) [next[at], next[at + step]] = [next[at + step], next[at]];
      return next;
    });
  }

  /** Begin a story, or give one another name; `false` where a list has that name. */
  begin(name) { return this.#named(name, [...this.#lists, {name, views: []}]); }

  rename(name, next) { return name === next || this.#named(next, this.#lists.map(one => (one.name === name ? {...one, name: next} : one))); }

  delete(name) { this.#write(this.#lists.filter(one => one.name !== name)); }

  fileOf(name) { return written([this.list(name)]); }

  /** Whether a list of this name and with these views is here already. */
  has({name, views}) { return JSON.stringify(this.list(name)?.views) === JSON.stringify(views); }

  /** Keep a story; where its name is taken it gets a number. The name that it has here. */
  keep(list) {
    const name = this.#free(list.name);
    this.#write([...this.#lists, {...list, name}]);
    return name;
  }

  /** Take the lists of a file; a story of a name that is taken gets a number. Throws what is wrong with the file. */
  take(text) {
    const lists = readLists(text);
    this.#refuseTooMany(lists);
    const names = lists.map(({name, views}) => {
      const free = name === SAVED ? name : this.#free(name);
      if (!this.list(free)) this.#lists = [...this.#lists, {name: free, views: []}];
      this.#put(free, own => [...own, ...views]);
      return free;
    });
    return names;
  }

  /** Every other list of a file becomes one of its own; these join what is saved already. */
  #refuseTooMany(lists) {
    const joining = lists.filter(({name}) => name === SAVED);
    const views = [this.list(SAVED), ...joining].flatMap(one => one.views);
    if (joining.length && views.length > MOST_VIEWS) throw new Error(`“${SAVED}” would have more than ${MOST_VIEWS} views`);
  }

  #free(name) {
    for (let n = 1; ; n += 1) {
      const number = n === 1 ? '' : ` (${n})`;
      const one = [...name].slice(0, number ? LONGEST_NAME - number.length : undefined).join('') + number;
      if (!this.list(one)) return one;
    }
  }

  #named(name, lists) {
    if (!name || this.list(name)) return false;
    this.#write(lists);
    return true;
  }

  #put(name, change) { this.#write(this.#lists.map(one => (one.name === name ? {...one, views: change(one.views)} : one))); }

  #read() {
    let found = [];
    let text = null;
    try {
      text = localStorage.getItem(KEY);
      if (text !== null) found = readLists(text, {limited: false});
      this.#unread = null;
    } catch { this.#unread = text; /* corrupt, or closed to this page: as if it were empty */ }
    const first = found.find(({name}) => name === SAVED) ?? {name: SAVED, views: []};
    this.#lists = [first, ...new Map(found.filter(({name}) => name !== SAVED).map(one => [one.name, one])).values()];
  }

  #write(lists) {
    this.#lists = lists;
    try {
      if (this.#unread !== null) localStorage.setItem(UNREAD, this.#unread);
      this.#unread = null;
      localStorage.setItem(KEY, written(lists));
      this.#lasting = true;
    } catch { this.#lasting = false; }
    this.#changed();
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}
