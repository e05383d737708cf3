// The start page: what this graph holds, and the questions its data sets come with.

import {untilThere} from './banner.js';
import {counted, el} from './dom.js';
import {period} from './dates.js';
import {offerLoading} from './loading.js';

export class StartPage {
  #page;
  #api;

  constructor(page, api) {
    this.#page = page;
    this.#api = api;
    offerLoading(api);
  }

  /** Shown while nothing is on the map. Rejects when the answers did not come; then it can be shown again. */
  async show(open) {
    this.#page.hidden = !open;
    if (!open || this.#page.childElementCount) return;
    this.#page.append(el('p', {class: 'quiet'}, 'Loading …'));
    try {
      this.#fill(...await untilThere(() => Promise.all([this.#api.stats(), this.#api.datasets()])));
    } catch (error) {
      this.#page.replaceChildren();
      throw error;
    }
  }

  /** The graph has changed since: what is shown now, or is shown next, is asked again. */
  forget() {
    this.#page.replaceChildren();
    if (!this.#page.hidden) this.show(true).catch(() => {});
  }

  #fill(stats, {datasets}) {
    this.#page.replaceChildren(
      el('h1', {}, 'Who is connected to whom, and who says so?'),
      ...(stats.claims ? filled(stats) : empty()),
      ...datasets.map(section));
  }
}

function filled(stats) {
  const figure = (number, noun) => el('div', {}, el('dt', {}, number === 1 ? noun : `${noun}s`), el('dd', {}, number.toLocaleString('en')));
  const dates = period(stats.first_date, stats.last_date);
  return [
    el('p', {class: 'lead'}, 'Type a name above, or begin with one of the questions below. Every line on the map opens to the claims behind it.'),
    el('div', {class: 'start-deeds'}, el('a', {class: 'button primary', href: '#overview'}, 'Overview of everything'), loadLine()),
    el('dl', {class: 'figures'}, figure(stats.actors, 'actor'), figure(stats.relations, 'relation'), figure(stats.claims, 'claim'), figure(stats.sources, 'source'),
      dates ? el('div', {}, el('dt', {}, 'dates'), el('dd', {}, dates)) : null),
  ];
}

function empty() {
  return [el('p', {class: 'lead'}, 'This graph is empty. Load a file of claims with ', el('code', {}, 'actorgraph load FILE'),
    ', or the bundled data set with ', el('code', {}, 'actorgraph load syria-2025'), '.'), loadLine()];
}

function loadLine() {
  return el('p', {class: 'load-open'}, el('button', {type: 'button', title: 'Load a file (l)', click: ({target}) => target.dispatchEvent(new CustomEvent('load-file', {bubbles: true}))}, 'Load a file …'),
    el('span', {class: 'quiet'}, ' or drop one anywhere on this page'));
}

function section(dataset) {
  const questions = dataset.questions.map(({text, link}) => ({text, at: link.indexOf('#'), link})).filter(({at}) => at >= 0);
  return el('section', {},
    el('h2', {}, el('bdi', {}, dataset.title ?? dataset.name)),
    el('p', {class: 'quiet'}, dataset.description ? `${dataset.description} ` : '', counted(dataset.claims, 'claim'), dataset.licence ? ` · ${dataset.licence}` : ''),
    questions.length ? el('ul', {class: 'questions'}, questions.map(({text, link, at}) => el('li', {}, el('a', {href: link.slice(at)}, text)))) : null);
}
