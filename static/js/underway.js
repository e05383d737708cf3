// A file that is looked at or loaded: how far it has come, and how it is given up.

import {counted, el} from './dom.js';

/** Read aloud at most so often. */
const TOLD_EVERY_MS = 2000;

export class UnderWay {
  #what;
  #say;
  #giveUp;
  #writes;
  #told = Date.now();
  #bar;
  #rows = el('p', {class: 'quiet'}, 'Sending …');
  #fault = el('p', {class: 'fault', role: 'alert'});
  #words = el('p', {class: 'quiet small'});
  #cancel;
  #question;
  /** What the service calls it; null until the file is there. */
  id = null;
  stopping = false;

  /** `what` is done with the file; `say` reads aloud, `giveUp` is called once, when somebody wants that; `writes`: into the graph. */
  constructor(what, name, {say, giveUp, writes = false}) {
    this.#what = what;
    this.#say = say;
    this.#giveUp = giveUp;
    this.#writes = writes;
    this.#bar = el('progress', {'aria-label': `${what} ${name}`});
    this.#cancel = el('button', {type: 'button', class: 'give-up', click: () => this.#stop()}, 'Cancel');
    this.#question = el('div', {class: 'question', role: 'group', 'aria-label': 'Still loading', hidden: true},
      el('p', {}, 'It is still being loaded.'),
      el('p', {class: 'row'}, el('button', {type: 'button', class: 'primary', click: () => this.#goOn()}, 'Go on loading'),
        el('button', {type: 'button', click: () => this.#stop()}, 'Cancel the load')));
    if (writes) this.#words.textContent = 'What is in the graph by then stays there; loading the file again writes the rest.';
    say(`${what} ${name}`);
  }

  get elements() {
    return [el('p', {}, `${this.#what} …`), this.#bar, this.#rows, this.#fault, el('p', {class: 'row'}, this.#cancel, this.#words), this.#question];
  }

  /** What the service says of it. */
  hear(now) {
    this.id = now.load_id ?? null;
    this.#bar.max = Math.max(now.bytes_total, 1);
    this.#bar.value = now.bytes_done;
    const written = (now.new ?? 0) + (now.known ?? 0) + (now.updated ?? 0);
    this.#rows.textContent = `${counted(now.rows, 'row')} read${this.#writes ? `, ${counted(written, 'claim')} in the graph` : ''}`;
    if (Date.now() - this.#told < TOLD_EVERY_MS || this.stopping) return;
    this.#told = Date.now();
    this.#say(`${this.#what}: ${this.#rows.textContent}, ${Math.round(100 * now.bytes_done / this.#bar.max)} percent`);
  }

  /** Somebody wants to leave: whether to go on is asked, and asked again means yes. */
  ask() {
    if (this.stopping) return;
    if (!this.#question.hidden) { this.#goOn(); return; }
    this.#question.hidden = false;
    this.#cancel.parentElement.hidden = true;
    this.#question.querySelector('button').focus();
    this.#say('It is still being loaded: go on, or cancel?');
  }

  /** It could not be given up: it goes on, and may be given up again. */
  goesOn(why) {
    this.stopping = false;
    this.#cancel.removeAttribute('aria-disabled');
    this.#cancel.textContent = 'Cancel';
    this.#fault.textContent = `It goes on: ${why}`;
  }

  #goOn() {
    this.#question.hidden = true;
    this.#cancel.parentElement.hidden = false;
    this.#cancel.focus();
  }

  #stop() {
    if (this.stopping) return;
    this.stopping = true;
    this.#fault.textContent = '';
    if (this.#writes) {
      this.#goOn();
      this.#cancel.setAttribute('aria-disabled', 'true');
      this.#cancel.textContent = 'Stopping …';
      this.#say('Stopping after what is being written');
    }
    this.#giveUp();
  }
}
