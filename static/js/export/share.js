// The window for taking a view along: its link, a line to embed it, and files of what is shown or of everything.

import {LONGEST_FRAGMENT, fragmentHere, isTooLong, viewHere} from '../addressbar.js';
import {packedStory} from '../carriedstory.js';
import {copyLine} from '../copyline.js';
import {counted, el} from '../dom.js';
import {SAVED} from '../keptviews.js';
import {shownActors, shownSingleActors, shownSingleRelations} from '../model.js';
import {questionOf, recordsIn, shownLines} from '../records.js';
import {storyLink} from '../storylink.js';
import {LONGEST_CAPTION, written} from '../viewfile.js';
import {titleOf} from '../viewtitle.js';
import {csvOf} from './csv.js';
import {save, sizeOf} from './download.js';
import {embedLine} from './embed.js';
import {MapFigure} from './mapfigure.js';
import {pngOf} from './png.js';
import {savedStory} from './savedstory.js';
import {svgText} from './svg.js';
import {gexfOf, graphmlOf} from './xml.js';

const PICTURES = [['png', 'PNG', 'picture'], ['svg', 'SVG', 'picture to edit'], ['html', 'Web page', 'opens offline']];
const TABLES = [['jsonl', 'JSON Lines', 'to load again'], ['csv', 'CSV', 'for spreadsheets'], ['graphml', 'GraphML', 'yEd, networkx'], ['gexf', 'GEXF', 'Gephi']];
const TYPES = {svg: 'image/svg+xml', jsonl: 'application/x-ndjson', csv: 'text/csv', graphml: 'application/xml', gexf: 'application/xml'};
const WRITERS = {csv: csvOf, graphml: graphmlOf, gexf: gexfOf};

export class Share {
  #dialog;
  #api;
  #model;
  #figure;
  #evidence;
  #player;
  #standAlone;
  #viewsDialog;
  #told = el('p', {class: 'told', role: 'status'});

  constructor(dialog, parts) {
    const {api, model, evidence, player, standAlone, viewsDialog} = parts;
    this.#dialog = dialog;
    this.#api = api;
    this.#model = model;
    this.#figure = new MapFigure(parts);
    this.#evidence = evidence;
    this.#player = player;
    this.#standAlone = standAlone;
    this.#viewsDialog = viewsDialog;
  }

  open() {
    const {state} = this.#model;
    const shown = shownActors(state).size > 0;
    this.#told.textContent = '';
    this.#dialog.replaceChildren(...[
      el('button', {type: 'button', class: 'close', 'aria-label': 'Close', click: () => this.#dialog.close()}, '×'),
      el('h2', {id: 'share-title'}, 'Share and export'),
      ...this.#links(),
      el('div', {class: 'row'}, isTooLong(fragmentHere() ?? '') ? el('button', {type: 'button', class: 'primary', click: () => this.#saveView()}, 'Save this view as a file') : null,
        el('button', {type: 'button', click: () => { this.#dialog.close(); this.#viewsDialog.open(); }}, 'Saved views and stories …')),
      shown ? this.#files('What is shown', `${counted(shownSingleActors(state).size, 'actor')}, ${counted(shownSingleRelations(state).size, 'relation')}`, [...PICTURES, ...TABLES], format => this.#shown(format)) : null,
      this.#files('Everything', 'the whole graph', TABLES, format => this.#everything(format)), this.#told,
    ].filter(Boolean));
    this.#dialog.showModal();
  }

  /** What leads to the view: its address and a frame, or where these would be too long a file. */
  #links() {
    const here = fragmentHere() ?? '';
    return [isTooLong(here) ? this.#tooLong(here.length) : copyLine('Link', 'share-link', location.href), this.#story(), this.#embed()];
  }

  #tooLong(long) {
    return el('p', {class: 'notes'}, `This view is too large for a link, which would have ${long.toLocaleString('en')} characters of at most ${LONGEST_FRAGMENT.toLocaleString('en')}. `
      + 'It stays in this window through reload, back and forward; as a file it opens under “Saved views and stories”.');
  }

  #saveView() {
    const name = 'actorgraph-view.json';
    const file = new Blob([written([{name: SAVED, views: [{caption: titleOf(this.#model.state).slice(0, LONGEST_CAPTION), view: viewHere()}]}])], {type: 'application/json'});
    save(name, file);
    this.#told.textContent = `Saved as ${name}, ${sizeOf(file)}.`;
  }

  /** A link to the whole of a story that is played: the address of one that this browser keeps works nowhere else. */
  #story() {
    const {list} = this.#player;
    if (!list) return null;
    const place = el('div', {class: 'share-story'});
    const page = el('button', {type: 'button', click: ({currentTarget}) => this.#whole(currentTarget, list)}, 'The whole story as a web page');
    storyLink(list, 'share-story').then(line => place.replaceChildren(line, page));
    return place;
  }

  /** The view in a frame; where a story is played, all of it. */
  #embed() {
    if (!this.#model.state.actors.size || isTooLong(viewHere())) return null;
    const place = el('div', {}, copyLine('Embed', 'share-embed', embedLine(viewHere())));
    const {list} = this.#player;
    if (list) packedStory(list).then(packed => place.replaceChildren(copyLine('Embed', 'share-embed', embedLine(`story=${packed}`))));
    return place;
  }

  #files(title, about, formats, make) {
    return el('section', {'aria-label': title}, el('h3', {}, title, el('span', {class: 'quiet'}, ` ${about}`)),
      el('div', {class: 'formats'}, formats.map(([format, name, use]) => el('button', {
        type: 'button', click: event => this.#take(event.currentTarget, format, make),
      }, el('strong', {}, name), el('small', {}, use)))));
  }

  async #take(button, format, make) {
    button.setAttribute('aria-busy', 'true');
    this.#told.textContent = 'Writing …';
    try {
      const name = `actorgraph.${format}`;
      const made = await make(format);
      // Of pixels it is said how many there are.
      const {file: content = made, width, height} = made;
      const file = content instanceof Blob ? content : new Blob([content], {type: TYPES[format]});
      save(name, file);
      this.#told.textContent = `Saved as ${name}, ${width ? `${width.toLocaleString('en')} × ${height.toLocaleString('en')} pixels, ` : ''}${sizeOf(file)}.`;
    } catch (error) { this.#told.textContent = error.message; }
    button.removeAttribute('aria-busy');
  }

  async #whole(button, list) {
    button.setAttribute('aria-busy', 'true');
    await savedStory(this.#standAlone, list, text => { this.#told.textContent = text; });
    button.removeAttribute('aria-busy');
  }

  async #shown(format) {
    const {state} = this.#model;
    if (format === 'png' || format === 'svg') {
      const picture = await this.#figure.drawn();
      return format === 'svg' ? svgText(picture) : pngOf(picture, svgText(picture));
    }
    if (format === 'html') return this.#standAlone.ofView(state, this.#model.selection);
    // To be loaded again a claim is as it was written; a reader is told each.
    const lines = await this.#lines(state, {sentences: format !== 'jsonl'});
    return format === 'jsonl' ? lines : WRITERS[format](recordsIn(lines));
  }

  async #lines(state, form) {
    const {actors, filter} = questionOf(state);
    return actors.length ? shownLines(await this.#api.exportedAmong(actors, filter, form), state) : '';
  }

  async #everything(format) {
    const text = await this.#api.exported();
    return format === 'jsonl' ? text : WRITERS[format](recordsIn(text));
  }
}
