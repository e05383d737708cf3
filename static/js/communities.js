// What somebody can do with the bubbles of an overview, by name: map, panel, menu and keys all call these.

import {withClosed} from './overview.js';

export class Communities {
  #model;
  #map;
  #deeds;

  constructor(model, map, deeds) {
    this.#model = model;
    this.#map = map;
    this.#deeds = deeds;
  }

  /** Id of the community that is selected, or null. */
  get selected() {
    const {selection} = this.#model;
    return selection?.kind === 'community' ? selection.id : null;
  }

  isOpen(id) { return Boolean(this.#opened(id)); }

  /** Open a bubble in place and bring what it holds near. */
  async open(id) {
    if (!this.isOpen(id) && !await this.#deeds.ask({ask: 'open', community: id}, 'opened')) return;
    const place = this.#opened(id);
    const held = place?.brought.map(one => this.#model.state.nodes.get(one)).filter(Boolean);
    if (place) this.#map.frame(held, place);
  }

  shut(id) {
    this.#model.change(withClosed(this.#model.state, id), 'closed');
    this.#map.fit({animated: true});
  }

  /** One community alone, as an ordinary map. */
  async only(id) {
    const {filter} = this.#model.state.overview;
    this.#deeds.select(null);
    if (await this.#deeds.ask({ask: 'community', community: id, filter}, 'shown alone')) this.#map.fit({readable: true});
  }

  /** An actor in a bubble, which is opened for it. */
  async member({community, actor}) {
    await this.open(community);
    if (this.#model.state.actors.has(actor)) this.#deeds.goTo(actor);
  }

  #opened(id) { return this.#model.state.overview?.opened.get(id); }
}
