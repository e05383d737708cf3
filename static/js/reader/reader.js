// Views that are only shown: one after the other on a map with its inspector, by pointer and keyboard.

import {byId} from '../dom.js';
import {Inspector} from '../inspector.js';
import {GraphMap} from '../map.js';
import {Model} from '../model.js';
import {ofActors, toggled} from '../selection.js';
import {StoryBar} from '../storybar.js';
import {currentTheme, followTheme} from '../theme.js';
import {neighbourTowards} from '../walk.js';
import {LegendKey} from './legendkey.js';

const STEP = 1.3;

/** Plays `contents`: `{style, count, caption(at), enter(at)}` and what the inspector asks. Emits `entered` (at), `ended`, and `failed` (error)
 *  where a view could not be shown. */
export class Reader extends EventTarget {
  #contents;
  #model = new Model();
  #map;
  #legend;
  #inspector;
  #bar = new StoryBar(byId('story'));
  #at = 0;
  #entering = 0;
  #playing;
  /** Until the details of what is selected are there, and take their room from the map. */
  #inspecting = null;

  constructor(contents) {
    super();
    this.#contents = contents;
    this.#playing = contents.count > 1 || Boolean(contents.caption(0));
    this.#map = new GraphMap(byId('map'), this.#model, contents.style, currentTheme());
    byId('map').classList.add('empty');
    this.#legend = new LegendKey(byId('legend'), contents.style);
    this.#inspector = new Inspector(byId('inspector'), contents, contents.style, this.#model, {still: true});
    this.#listen();
  }

  get playing() { return this.#playing; }
  get state() { return this.#model.state; }
  get map() { return this.#map; }

  /** Whether this view has it. */
  shows({kind, id}) {
    const {actors, relations} = this.#model.state;
    return (kind === 'actor' ? actors : relations).has(id);
  }

  /** Select what is on the map, `{kind, id}`; null for nothing. */
  select(selection) {
    const {actors, relations} = this.#model.state;
    const there = !selection?.id || actors.has(selection.id) || relations.has(selection.id);
    if (there) this.#model.select(selection);
    if (there && selection?.kind === 'actor') this.#map.reveal(selection.id);
    return there;
  }

  /** Go to a view; it is there when this resolves. */
  async enter(at) {
    if (at < 0 || at >= this.#contents.count) return;
    const entering = this.#entering += 1;
    let view;
    try { view = await this.#contents.enter(at); } catch (error) {
      if (entering === this.#entering) this.dispatchEvent(new CustomEvent('failed', {detail: error}));
      return;
    }
    if (entering !== this.#entering) return;
    const {state, selection, words} = view;
    this.#at = at;
    this.#model.select(null);
    this.#model.begin(state, 'opened');
    this.#model.select(selection);
    byId('summary').textContent = words;
    byId('blank').hidden = state.actors.size > 0;
    byId('map').classList.toggle('empty', !state.actors.size);
    this.#drawBar();
    await this.#inspecting;
    if (entering !== this.#entering) return;
    this.#map.fit({readable: !state.paths});
    this.dispatchEvent(new CustomEvent('entered', {detail: at}));
  }

  /** Begin the story again, from its first view. */
  play() {
    this.#playing = true;
    return this.enter(0);
  }

  #drawBar() {
    if (this.#playing) this.#bar.show({caption: this.#contents.caption(this.#at) || 'No caption', at: this.#at, count: this.#contents.count});
    else this.#bar.hide();
  }

  #end() {
    this.#playing = false;
    this.#drawBar();
    this.#map.fit();
    byId('map').focus({preventScroll: true});
    this.dispatchEvent(new Event('ended'));
  }

  #listen() {
    const [model, map] = [this.#model, this.#map];
    model.addEventListener('change', ({detail: {state}}) => { this.#legend.show(state); });
    model.addEventListener('select', ({detail: {selection}}) => {
      document.body.classList.toggle('inspecting', Boolean(selection));
      this.#inspecting = selection ? this.#inspector.show(selection) : this.#inspector.close();
    });
    map.addEventListener('pick', ({detail: {kind, id, more}}) => this.select(more && kind === 'actor' ? toggled(model.selection, id) : kind ? {kind, id} : null));
    map.addEventListener('box', ({detail}) => this.select(ofActors(detail)));
    map.addEventListener('moved', ({detail}) => model.move(detail));
    this.#inspector.addEventListener('select', ({detail}) => this.select(detail));
    this.#inspector.addEventListener('close', () => { this.select(null); byId('map').focus({preventScroll: true}); });
    this.#bar.addEventListener('step', ({detail}) => this.enter(this.#at + detail));
    this.#bar.addEventListener('end', () => this.#end());
    followTheme(theme => { map.setTheme(theme); this.#legend.show(model.state); if (model.selection) this.#inspector.show(model.selection); });
    const on = (id, action) => byId(id).addEventListener('click', action);
    on('zoom-in', () => map.zoom(STEP));
    on('zoom-out', () => map.zoom(1 / STEP));
    on('zoom-fit', () => map.fit({animated: true}));
    document.addEventListener('keydown', event => this.#key(event));
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, select, textarea')) return;
    const walk = (dx, dy) => this.#walk(dx, dy);
    const step = by => () => this.enter(this.#at + by);
    const anywhere = {Escape: () => this.#leave(), ...this.#playing && {ArrowLeft: step(-1), ArrowRight: step(1)}};
    const onMap = {
      '+': () => this.#map.zoom(STEP), '-': () => this.#map.zoom(1 / STEP), 0: () => this.#map.fit({animated: true}), Enter: () => byId('inspector').focus(),
      ArrowLeft: () => walk(-1, 0), ArrowRight: () => walk(1, 0), ArrowUp: () => walk(0, -1), ArrowDown: () => walk(0, 1),
    };
    const action = anywhere[event.key] ?? (event.target.closest?.('#map') ? onMap[event.key] : undefined);
    if (!action) return;
    event.preventDefault();
    action();
  }

  #walk(dx, dy) {
    const {state, selection} = this.#model;
    const next = neighbourTowards(state, selection?.id, dx, dy);
    if (next) this.select({kind: 'actor', id: next});
  }

  /** As in the explorer: first the selection is left, then the story. */
  #leave() {
    if (this.#model.selection) { this.select(null); byId('map').focus({preventScroll: true}); } else if (this.#playing) this.#end();
  }
}
