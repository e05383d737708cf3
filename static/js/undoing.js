// Going back in the views and on again. After a load the views that are remembered hold what an older graph said: they are asked
// anew before they are shown. The data stay in the store, whatever is undone.

import {say} from './banner.js';
import {renewed} from './renewal.js';

export class Undoing {
  #api;
  #model;
  #last = Promise.resolve();
  #waiting = 0;

  constructor({api, model}) {
    this.#api = api;
    this.#model = model;
  }

  undo() { return this.#go(() => this.#model.earlier, () => this.#model.undo()); }

  redo() { return this.#go(() => this.#model.later, () => this.#model.redo()); }

  /** What is shown now is asked again, if it is of an older graph. */
  renew() { return this.#queue(() => this.#upToDate(() => this.#model.state)); }

  /** At once where nothing has to be asked before; else in the order in which somebody wanted it. */
  #go(target, step) {
    if (!this.#waiting && !this.#model.isOutdated(target())) { step(); return Promise.resolve(); }
    return this.#queue(async () => { await this.#upToDate(target); step(); });
  }

  #queue(deed) {
    this.#waiting += 1;
    this.#last = this.#last.then(deed).catch(error => say(error, () => this.#queue(deed))).finally(() => { this.#waiting -= 1; });
    return this.#last;
  }

  async #upToDate(target) {
    for (let old = target(); this.#model.isOutdated(old); old = target()) {
      const fresh = await renewed(this.#api, old);
      this.#model.renew(old, fresh);
    }
  }
}
