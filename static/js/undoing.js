// Going back in the views and on again. After a load the views that are remembered hold what an older graph said: the one that is to be
// shown is asked anew before. The data stay in the store, whatever is undone.

import {say} from './banner.js';
import {Renewal} from './renewal.js';

export class Undoing {
  #model;
  #renewal;
  #last = Promise.resolve();
  #waiting = 0;
  /** Steps back (negative) or on that somebody wants and that wait for an answer. */
  #wanted = 0;

  constructor({api, model}) {
    this.#model = model;
    this.#renewal = new Renewal(api);
  }

  undo() { return this.#go(-1); }

  redo() { return this.#go(1); }

  /** The graph has changed: every view of this visit is of an older one. */
  forget() {
    this.#model.outdate();
    this.#renewal.forget();
  }

  /** What is shown now is asked again, if it is of an older graph. */
  renew() { return this.#queue(() => this.#showNow()); }

  /** At once where nothing has to be asked before. */
  #go(steps) {
    if (!this.#waiting && !this.#model.isOutdated(this.#model.stateAt(steps))) { this.#model.go(steps); return Promise.resolve(); }
    this.#wanted += steps;
    return this.#queue(() => this.#catchUp());
  }

  #queue(deed) {
    this.#waiting += 1;
    this.#last = this.#last.then(deed).finally(() => { this.#waiting -= 1; });
    return this.#last;
  }

  async #showNow() {
    try { await this.#upToDate(this.#model.state); } catch (error) { say(error, () => this.#queue(() => this.#showNow())); }
  }

  /** Only the view that is shown in the end is asked for, however many steps were wanted meanwhile. */
  async #catchUp() {
    const model = this.#model;
    try {
      while (this.#wanted) {
        const target = model.stateAt(this.#wanted);
        if (model.isOutdated(target)) { await this.#upToDate(target); continue; }
        model.go(this.#wanted);
        this.#wanted = 0;
      }
    } catch (error) {
      const missed = this.#wanted;
      this.#wanted = 0;
      say(error, () => this.#go(missed));
    }
  }

  async #upToDate(old) { if (this.#model.isOutdated(old)) this.#model.renew(old, await this.#renewal.renewed(old)); }
}
