// The page follows the model: whatever changes the view, every region shows the new state and the address is written.

import {byId} from './dom.js';
import {showOnly, showSummary} from './summary.js';
import {say} from './banner.js';
import {followTheme} from './theme.js';

export class Scene {
  #parts;

  constructor(parts) {
    this.#parts = parts;
    const {model, player, visit} = parts;
    model.addEventListener('change', ({detail: {state, reason, amended}}) => { this.show(state, reason); visit.write({amended}); this.tell(reason); });
    model.addEventListener('select', ({detail: {selection}}) => { this.#inspect(selection); visit.write(); });
    visit.addEventListener('failed', () => this.show(model.state));
    player.addEventListener('kept', ({detail: {name, lasting}}) => { byId('live').textContent = lasting ? `kept as ${name}` : 'this browser does not keep it: save it as a file'; });
    followTheme(theme => this.#setTheme(theme));
  }

  show(state, reason) {
    const {model, legend, timeline, connect, inspector} = this.#parts;
    byId('undo').disabled = !model.canUndo;
    byId('redo').disabled = !model.canRedo;
    byId('map').classList.toggle('empty', !state.actors.size);
    legend.show(state);
    timeline.show(state, reason);
    connect.show(state.paths, state.actors);
    inspector.refresh();
    showSummary(state);
    showOnly(state);
    byId('blank').hidden = !state.paths || state.actors.size > 0;
    this.#start();
  }

  #start() {
    const {model: {state}, startPage} = this.#parts;
    startPage.show(!state.actors.size && !state.paths).catch(error => say(error, () => this.#start()));
  }

  /** Said to those who cannot see the map, with what it shows now. */
  tell(text) { byId('live').textContent = `${text}. ${byId('summary').textContent}`; }

  #inspect(selection) {
    document.body.classList.toggle('inspecting', Boolean(selection));
    if (selection) this.#parts.inspector.show(selection); else this.#parts.inspector.close();
  }

  #setTheme(theme) {
    const {model, map, legend, inspector} = this.#parts;
    map.setTheme(theme);
    legend.show(model.state);
    if (model.selection) inspector.show(model.selection);
  }
}
