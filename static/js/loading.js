// Loading a file: dropped anywhere on the page or chosen, looked at first, loaded when somebody says so, then reported.

import {signInAddress} from './api.js';
import {el} from './dom.js';
import {outcome, recognised, refusedTable} from './loadreport.js';
import {UnderWay} from './underway.js';

const NOT_IN_A_NAME = /[/\\:*?"<>|\x00-\x1f\x7f]/g;
const BEGINNINGS = 5;

/** Offer loading on this page: files are taken wherever they are dropped, and on `load-file` events. Emits `loaded` on the document
 *  when something was written and the window is left: `{actor}`, who is to be shown, or null. */
export function offerLoading(api) {
  const loader = new FileLoader(api);
  document.body.append(loader.element, loader.overlay);
  loader.listen();
}

class FileLoader {
  #api;
  #input = el('input', {type: 'file', hidden: true, change: () => this.#chosen()});
  #body = el('div', {class: 'loading-body'});
  #status = el('p', {class: 'visually-hidden', role: 'status'});
  #asking = null;
  #way = null;
  #file = null;
  #may = null;
  #written = false;
  #next = null;
  #inside = 0;

  constructor(api) {
    this.#api = api;
    this.overlay = el('div', {class: 'drop-here', 'aria-hidden': 'true', hidden: true}, el('p', {}, 'Drop the file: you see what is in it before anything is loaded'));
    this.element = el('dialog', {class: 'loading', 'aria-labelledby': 'loading-title', close: () => this.#closed(), cancel: event => { if (this.#writing && event.cancelable) { event.preventDefault(); this.#way.ask(); } }},
      el('button', {type: 'button', class: 'close', 'aria-label': 'Close', click: () => { if (this.#writing) this.#way.ask(); else this.element.close(); }}, '×'),
      this.#body, this.#input, this.#status);
  }

  listen() {
    const files = event => Boolean(event.dataTransfer?.types.includes('Files'));
    const shade = on => { this.overlay.hidden = !on; };
    addEventListener('dragenter', event => { if (files(event)) { event.preventDefault(); this.#inside += 1; shade(true); } });
    addEventListener('dragleave', event => { if (files(event)) { this.#inside = Math.max(0, this.#inside - 1); shade(this.#inside > 0); } });
    addEventListener('dragover', event => { if (files(event)) event.preventDefault(); });
    addEventListener('drop', event => {
      if (!files(event)) return;
      event.preventDefault();
      this.#inside = 0;
      shade(false);
      const folder = [...event.dataTransfer.items].some(item => item.webkitGetAsEntry?.()?.isDirectory);
      this.#open([...event.dataTransfer.files], folder);
    });
    document.addEventListener('load-file', () => this.#open([], false));
    // The browser asks in its own words; what has arrived is loaded to its end unseen.
    addEventListener('beforeunload', event => { if (this.#writing) event.preventDefault(); });
  }

  get #writing() { return this.element.classList.contains('writing'); }

  async #open(files, folder) {
    if (this.#writing) return;
    if (!this.element.open) {
      this.#show('Load a file', el('p', {class: 'quiet'}, 'Asking whether this server takes files …'));
      this.element.showModal();
    }
    try {
      this.#may = await this.#api.loading();
    } catch (error) { this.#wrong(error, () => this.#open(files, folder)); return; }
    if (!this.#may.allowed || this.#may.key_needed) this.#closedDoor();
    else if (folder) this.#choose('A folder cannot be taken: drop the files in it one by one.');
    else if (files.length) this.#look(files[0], {more: files.length - 1});
    else this.#choose();
  }

  #closedDoor() {
    const key = this.#may.allowed && this.#may.key_needed;
    this.#show('This server is read-only',
      el('p', {}, key ? 'Only who has the key of this server may load files.' : `No file can be loaded here: ${this.#may.reason}.`),
      key ? el('p', {}, el('a', {class: 'button primary', href: signInAddress(), autofocus: true}, 'Sign in'))
        : el('p', {class: 'quiet'}, 'On the machine of the store the command line loads: ', el('code', {}, 'actorgraph load FILE')));
  }

  #choose(fault) {
    this.#show('Load a file',
      fault ? el('p', {class: 'fault', role: 'alert'}, fault) : null,
      el('p', {}, 'A table of claims: who, in which relation, to whom, and as much as you have of source, date and quote. You see what is in it before anything is loaded.'),
      el('p', {class: 'row'}, el('button', {type: 'button', class: 'primary', autofocus: true, click: () => this.#input.click()}, 'Choose a file …'), el('span', {class: 'quiet'}, 'or drop it anywhere on this page')),
      el('p', {class: 'quiet small'}, `Excel (.xlsx), CSV, TSV, JSON and JSON Lines, those of text also gzipped (.gz), up to ${this.#limit()}. The columns subject, relation and object are needed.`));
    this.#input.accept = this.#may.endings.join(',');
  }

  #limit() { return `${(this.#may.limit / 2 ** 20).toLocaleString('en')} MiB`; }

  #chosen() {
    const [file] = this.#input.files;
    this.#input.value = '';
    if (file) this.#look(file);
  }

  /** What is in the file, without loading it. */
  async #look(file, {dataset, more = 0} = {}) {
    this.#file = file;
    if (file.size > this.#may.limit) {
      this.#choose(`${file.name} is larger than the ${this.#limit()} that are taken here; load it on the command line.`);
      return;
    }
    this.#wait('Looking at', {giveUp: () => this.element.close()});
    const report = await this.#asked({dry_run: true, dataset}, () => this.#look(file, {dataset}));
    if (!report) return;
    const name = el('input', {type: 'text', id: 'loading-dataset', value: report.dataset, spellcheck: 'false', autocomplete: 'off',
      change: () => this.#look(file, {dataset: name.value.trim() || undefined})});
    const count = report.new + report.updated;
    const go = count || report.actors || report.sources
      ? el('button', {type: 'button', class: 'primary', autofocus: true, click: () => this.#load(report.dataset)}, count ? `Load ${count.toLocaleString('en')} ${count === 1 ? 'claim' : 'claims'}` : 'Load') : null;
    this.#show(file.name,
      more ? el('p', {class: 'notes'}, `One file is loaded at a time: ${more} more ${more === 1 ? 'is' : 'are'} left out.`) : null,
      ...recognised(report),
      el('div', {class: 'deeds'},
        el('label', {for: 'loading-dataset'}, 'Data set', name),
        el('div', {class: 'row'}, go ?? el('span', {}, report.refused ? 'There is nothing that could be loaded.' : 'All of it is in the graph already.'), el('button', {type: 'button', click: () => this.#choose()}, 'Another file …'))));
    this.#say(`${file.name}: ${count} claims to load, ${report.refused} rows refused`);
  }

  async #load(dataset) {
    const again = () => this.#load(dataset);
    this.#wait('Loading', {giveUp: () => this.#cancel(again), writes: true});
    this.element.classList.add('writing');
    const report = await this.#asked({dataset}, again);
    this.element.classList.remove('writing');
    if (!report && this.#way.stopping && !this.#way.id) return;
    // Of what went wrong on the way some may have been written.
    this.#written ||= !report;
    if (!report) return;
    this.#written ||= report.new + report.updated + report.actors + report.sources > 0;
    const begin = el('div', {});
    this.#show(report.cancelled ? `Loading ${this.#file.name} was cancelled` : `${this.#file.name} is loaded`, ...outcome(report, {late: this.#way.stopping}), begin, ...refusedTable(report, this.#file.name),
      el('div', {class: 'deeds row'},
        el('button', {type: 'button', class: 'primary', autofocus: true, click: () => this.element.close()}, 'Done'),
        report.cancelled ? el('button', {type: 'button', click: again}, 'Load the rest') : null,
        el('button', {type: 'button', click: () => this.#choose()}, 'Another file …')));
    this.#say(`${report.cancelled ? 'Cancelled' : 'Loaded'}: ${report.new} new, ${report.updated} updated, ${report.refused} refused`);
    begin.replaceChildren(...await this.#beginnings(report.dataset));
  }

  /** Give a load up. Once the file is there the service is told, and its report says what became of it. */
  async #cancel(again) {
    const {id} = this.#way;
    if (!id) { await this.#cancelSending(again); return; }
    try { await this.#api.cancelLoad(id); } catch (error) { this.#way.goesOn(error.message); }
  }

  /** Before the file is there nothing is written, unless it arrived just now. */
  async #cancelSending(again) {
    this.#asking.abort();
    const running = await this.#api.loading().then(({load_id: id}) => id !== null, () => true);
    this.#written ||= running;
    this.#show(`Loading ${this.#file.name} was cancelled`,
      el('p', {class: 'lead'}, running ? 'The file may have been there already, and then it is loaded to its end. Loading it again says what is in the graph.' : 'The file was not there yet: nothing was written.'),
      this.#wayOn('Load it again', again));
    this.#say('Cancelled');
  }

  /** Those with most ties in what was loaded, as ways onto the map. */
  async #beginnings(dataset) {
    try {
      const {actors} = await this.#api.measures({measure: 'degree', dataset, limit: BEGINNINGS, structural: 'include'});
      if (!actors.length) return [];
      return [el('h3', {}, 'See it on the map'), el('p', {class: 'row'}, actors.map(({id, name}) => el('button', {type: 'button', click: () => this.#go(id)}, el('bdi', {}, name))))];
    } catch { return []; }
  }

  #go(actor) {
    this.#next = actor;
    this.element.close();
  }

  /** Send the file; the report, or nothing where something went wrong, which is shown. */
  async #asked(asked, again) {
    this.#asking?.abort();
    const asking = this.#asking = new AbortController();
    try {
      const report = await this.#api.load(this.#file, {name: nameFor(this.#file), ...asked, progress: true}, asking.signal, now => this.#way.hear(now));
      return asking === this.#asking ? report : null;
    } catch (error) {
      if (asking === this.#asking && error.name !== 'AbortError') this.#wrong(error, again);
      return null;
    }
  }

  #wait(what, how) {
    this.#way = new UnderWay(what, this.#file.name, {...how, say: text => this.#say(text)});
    this.#show(this.#file.name, ...this.#way.elements);
  }

  #wrong(error, again) {
    this.element.classList.remove('writing');
    this.#show(this.#file?.name ?? 'Load a file',
      el('p', {class: 'fault', role: 'alert'}, el('strong', {}, error.title ?? 'Something went wrong'), ' ', error.message),
      error.locked ? this.#wayOn('Sign in') : this.#wayOn('Try again', again));
  }

  #wayOn(words, again) {
    return el('div', {class: 'deeds row'},
      again ? el('button', {type: 'button', class: 'primary', autofocus: true, click: again}, words) : el('a', {class: 'button primary', href: signInAddress()}, words),
      this.#may?.allowed ? el('button', {type: 'button', click: () => this.#choose()}, 'Another file …') : null);
  }

  #show(title, ...parts) {
    this.#body.replaceChildren(el('h2', {id: 'loading-title', tabindex: '-1'}, el('bdi', {}, title)), ...parts.filter(Boolean));
    (this.#body.querySelector('[autofocus]') ?? this.#body.querySelector('h2')).focus({preventScroll: true});
    this.element.scrollTop = 0;
  }

  #say(text) { this.#status.textContent = text; }

  #closed() {
    // What is being written is written to its end: its report is waited for.
    if (this.#writing) { this.element.showModal(); this.#way.ask(); return; }
    this.#asking?.abort();
    this.#asking = null;
    this.#body.replaceChildren();
    const [written, actor] = [this.#written, this.#next];
    [this.#written, this.#next] = [false, null];
    if (written || actor) document.dispatchEvent(new CustomEvent('loaded', {detail: {actor}}));
  }
}

/** The name as the server takes it: without the signs that some systems forbid, and not too long. */
function nameFor(file) {
  const name = file.name.replace(NOT_IN_A_NAME, '_');
  const ending = name.match(/(\.[a-z]+){1,2}$/i)?.[0].slice(-20) ?? '';
  let stem = name.slice(0, name.length - ending.length).slice(0, 80) || 'file';
  while (new TextEncoder().encode(stem + ending).length > 200) stem = [...stem].slice(0, -1).join('');
  return stem + ending;
}
