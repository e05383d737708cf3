// Which of the panels is open: Connect beside the map, the table or Cypher under it (these two lie in the same place).

import {byId} from './dom.js';

const NARROW = '(max-width: 800px)';

/** Emits `change` when what an address holds of them is another. */
export class Sheets extends EventTarget {
  #connect;
  #table;
  #cypher;
  #model;
  #player;

  constructor({connect, table, cypher, model, player}) {
    super();
    this.#connect = connect;
    this.#table = table;
    this.#cypher = cypher;
    this.#model = model;
    this.#player = player;
    player.addEventListener('end', () => this.#changed());
  }

  /** The query that is open, for the address. */
  get query() { return this.#cypher.asked; }
  /** The story that the address carries whole. */
  get story() { return this.#player.packed; }
  get mode() { return this.#player.mode ?? (this.#table.open ? 'table' : null); }
  get tableOpen() { return this.#table.open; }
  get cypherOpen() { return this.#cypher.open; }

  /** As an address wants it. A table that somebody opened stays open when they go back, and what somebody
   *  opened before the `first` answer was here stays as well. */
  open({query, mode, story}, {paths}, first) {
    this.#player.follow({mode, story});
    if (paths) this.openConnect(); else if (!first) this.closeConnect();
    if (query) this.openCypher(query); else if (!first) this.closeCypher();
    if (mode === 'table' && !this.#table.open && !query) this.#setTable(true);
  }

  openConnect() {
    this.#connect.open();
    byId('connect-open').setAttribute('aria-expanded', 'true');
  }

  closeConnect() {
    this.#connect.close();
    byId('connect-open').setAttribute('aria-expanded', 'false');
  }

  /** With the selected actor as the start, where nothing was asked yet. */
  connectFromHere() {
    const {state, selection} = this.#model;
    const here = selection?.kind === 'actor' ? state.actors.get(selection.id) : null;
    this.#model.select(null);
    this.openConnect();
    if (here && !state.paths) this.#connect.set('from', here);
    this.#connect.focus();
  }

  /** An actor at one end of a path. */
  connectEnd(end, actor) {
    this.#model.select(null);
    this.openConnect();
    this.#connect.set(end, actor);
  }

  toggleConnect() {
    if (byId('connect').hidden || this.#model.selection) this.connectFromHere(); else this.closeConnect();
  }

  toggleTable() {
    const had = byId('table').contains(document.activeElement);
    this.closeCypher();
    this.#setTable(!this.#table.open);
    if (had && !this.#table.open) byId('table-open').focus();
    if (this.#table.open) {
      // On a small screen the details lie where the table goes.
      if (matchMedia(NARROW).matches) this.#model.select(null);
      this.#table.focus();
    }
    this.#changed();
  }

  openCypher(query) {
    this.#setTable(false);
    if (query) this.#cypher.ready(query); else this.#cypher.show();
    byId('cypher-open').setAttribute('aria-expanded', 'true');
  }

  /** A query to be changed and run. */
  showQuery(query) {
    this.openCypher(query);
    this.#cypher.focus();
    this.#changed();
  }

  closeCypher() {
    this.#cypher.close();
    byId('cypher-open').setAttribute('aria-expanded', 'false');
  }

  toggleCypher() {
    const had = byId('cypher').contains(document.activeElement);
    if (this.#cypher.open) this.closeCypher(); else { this.openCypher(); this.#cypher.focus(); }
    if (had) byId('cypher-open').focus();
    this.#changed();
  }

  closeTable() { if (this.#table.open) { this.toggleTable(); byId('table-open').focus(); } }

  /** What Esc closes after the selection: a story, then the lower panel. */
  leave() {
    if (this.#player.stop()) return;
    if (this.#table.open) this.toggleTable();
    else if (this.#cypher.open) this.toggleCypher();
    else this.closeConnect();
  }

  #setTable(open) {
    this.#table.show(open);
    byId('table-open').setAttribute('aria-expanded', String(open));
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}
