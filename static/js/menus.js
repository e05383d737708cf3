// Which menu opens where: for an actor, a relation, several actors, or the map itself.

import {hangingOn} from './collapse.js';
import {copiedBy} from './copying.js';
import {bringWords, expandWords, leftOf, tiesOf} from './counts.js';
import {actorStatement, groupStatement, relationStatement} from './cypherof.js';
import {MOST} from './detail.js';
import {byId, counted, swatch} from './dom.js';
import {Menu} from './menu.js';
import {shownRelations} from './model.js';
import {actorsIn, discsIn, toggled} from './selection.js';

const MOST_TYPES = 12;

/** Opens menus with what can be done there. */
export class Menus {
  #menu = new Menu(document.body);
  #explorer;

  constructor(explorer) { this.#explorer = explorer; }

  /** At a place of the window, for what lies there. */
  openAt({kind, id, x, y}) {
    const {selection} = this.#explorer.model;
    const several = actorsIn(selection).length > 1 && actorsIn(selection).includes(id);
    if (several) this.#group(selection.ids, {x, y});
    else if (kind === 'actor') this.#actor(id, {x, y});
    else if (kind === 'relation') this.#relation(id, {x, y});
    else if (kind === 'community') this.#community(id, {x, y});
    else if (kind === 'bond') this.#bond(id, {x, y});
    else this.#map({x, y});
  }

  /** By keyboard: at what is selected, or in the middle of the map. */
  openSelected() {
    const {model, map} = this.#explorer;
    const {selection} = model;
    const [id] = discsIn(selection);
    const box = byId('map').getBoundingClientRect();
    const middle = {x: box.x + box.width / 2, y: box.y + box.height / 2};
    if (!model.state.actors.size) return;
    this.openAt({...selection, id: id ?? selection?.id, ...(id ? map.windowPlaceOf(id) : middle)});
  }

  /** Beside a button that stands for an actor or a relation. */
  openBeside({kind = 'actor', id}, button) {
    const {left, bottom} = button.getBoundingClientRect();
    this.openAt({kind, id, x: left, y: bottom + 4});
  }

  #actor(id, place) {
    const {api, model} = this.#explorer;
    const {name} = model.state.actors.get(id);
    const counting = [{label: 'Counting …', disabled: true, act: () => {}}];
    this.#menu.open(`Menu of ${name}`, this.#actorItems(id, name, counting), place,
      api.actor(id).then(actor => this.#actorItems(id, name, this.#expansions(actor)), () => null));
  }

  #actorItems(id, name, expansions) {
    const {deeds, model, sheets} = this.#explorer;
    const hanging = hangingOn(model.state, id).length;
    const actor = model.state.actors.get(id);
    const inGroup = actorsIn(model.selection);
    return [
      {title: name}, ...expansions,
      {label: 'Everything within two steps', hint: `at most ${MOST.toLocaleString('en')}`, act: () => deeds.surroundings(id, 2)},
      {label: 'Collapse', hint: hanging ? `−${hanging}` : 'nothing hangs on it', disabled: !hanging, act: () => deeds.collapse(id)}, null,
      {label: 'Path from here', act: () => sheets.connectEnd('from', actor)},
      {label: 'Path to here', act: () => sheets.connectEnd('to', actor)}, null,
      {label: 'Hide', hint: 'Del', act: () => deeds.hide([id])},
      {label: 'Hide others', hint: 'all but its neighbours', act: () => deeds.hideOthers([id])},
      ...inGroup.length && !inGroup.includes(id) ? [{label: 'Select as well', act: () => deeds.select(toggled(model.selection, id))}] : [], null,
      ...this.#copies({name, id, statement: actorStatement(id)}),
    ];
  }

  /** What expanding would bring: everything, then type by type, most first. */
  #expansions(actor) {
    const {deeds, model} = this.#explorer;
    const left = leftOf(model.state, actor);
    const ties = tiesOf(model.state, actor).filter(tie => tie.left).sort((a, b) => b.left - a.left);
    return [
      {label: expandWords(left), disabled: !left, act: () => deeds.expand(actor.id)},
      ...ties.slice(0, MOST_TYPES).map(tie => ({
        label: `${tie.count.label} ${tie.arrow}`, hint: bringWords(tie.left), sign: swatch(tie.count.family), act: () => deeds.expand(actor.id, tie.filter),
      })),
      ...ties.length > MOST_TYPES ? [{label: `${counted(ties.length - MOST_TYPES, 'more type')} in the details`, act: () => deeds.goTo(actor.id)}] : [],
    ];
  }

  #relation(id, place) {
    const {deeds, model} = this.#explorer;
    const relation = model.state.relations.get(id);
    const name = one => model.state.actors.get(one)?.name ?? one;
    const title = `${name(relation.subject)} ${relation.label} ${name(relation.object)}`;
    const all = model.state.lens;
    this.#menu.open('Menu of the tie', [
      {title, note: counted(relation.claim_count, 'claim')},
      {label: 'Show the claims', act: () => deeds.select({kind: 'relation', id})}, null,
      {label: `Hide every “${relation.label}”`, act: () => deeds.look({...all, off: new Set([...all.off, relation.type])})},
      {label: 'Hide both actors', act: () => deeds.hide([...new Set([relation.subject, relation.object])])}, null,
      ...this.#copies({name: title, id, statement: relationStatement(relation)}),
    ], place);
  }

  #community(id, place) {
    const {communities, model} = this.#explorer;
    const {name, degree} = model.state.actors.get(id);
    const open = communities.isOpen(id);
    this.#menu.open(`Menu of ${name}`, [
      {title: name, note: counted(degree, 'actor')},
      open ? {label: 'Close', act: () => communities.shut(id)} : {label: 'Open', hint: 'Enter', act: () => communities.open(id)},
      {label: 'Show only this', act: () => communities.only(id)},
    ], place);
  }

  #bond(id, place) {
    const {deeds, model} = this.#explorer;
    const {subject, object, claim_count: claims} = model.state.relations.get(id);
    const [one, other] = [subject, object].map(end => model.state.actors.get(end).name);
    this.#menu.open('Menu of the bond', [
      {title: `${one} and ${other}`, note: counted(claims, 'claim')},
      {label: 'Show what it is made of', act: () => deeds.select({kind: 'bond', id})},
    ], place);
  }

  #group(ids, place) {
    const {deeds, model} = this.#explorer;
    const names = ids.map(id => model.state.actors.get(id)?.name ?? id);
    const between = [...shownRelations(model.state).values()].filter(({subject, object}) => ids.includes(subject) && ids.includes(object)).length;
    this.#menu.open('Menu of the selection', [
      {title: counted(ids.length, 'actor'), note: `${counted(between, 'relation')} between them`},
      {label: 'Select their neighbours too', act: () => deeds.selectNeighbours()}, null,
      {label: 'Hide', hint: 'Del', act: () => deeds.hide(ids)},
      {label: 'Hide others', act: () => deeds.hideOthers(ids)}, null,
      ...this.#copies({name: names.join('\n'), id: ids.join('\n'), statement: groupStatement(ids)}),
    ], place);
  }

  #map(place) {
    const {deeds, model, map, undoing} = this.#explorer;
    const {hidden} = model.state;
    this.#menu.open('Menu of the map', [
      {label: 'Show everything', hint: '0', act: () => map.fit({animated: true})},
      {label: 'Show what was hidden', hint: hidden.size ? String(hidden.size) : 'nothing', disabled: !hidden.size, act: () => deeds.showHidden()},
      {label: 'Undo', hint: 'Ctrl+Z', disabled: !model.canUndo, act: () => undoing.undo()},
      {label: 'Do again', hint: 'Shift+Ctrl+Z', disabled: !model.canRedo, act: () => undoing.redo()}, null,
      {label: 'Load a file …', hint: 'l', act: () => document.dispatchEvent(new Event('load-file'))},
    ], place);
  }

  #copies(texts) {
    const {sheets, scene} = this.#explorer;
    const copy = (text, title) => copiedBy(null, text, title).then(done => { if (done) scene.tell(`${title} copied`); });
    return [
      {label: 'Copy name', act: () => copy(texts.name, 'Name')},
      {label: 'Copy id', act: () => copy(texts.id, 'Id')},
      {label: 'Copy Cypher', act: () => copy(texts.statement, 'Cypher')},
      {label: 'Show in Cypher', act: () => sheets.showQuery({statement: texts.statement, parameters: {}})},
    ];
  }
}
