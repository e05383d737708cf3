// The window for saved views and stories: save, order, caption, rename, delete, play, keep as a file, take from one.

import {viewHere} from './addressbar.js';
import {byId, counted, el} from './dom.js';
import {save} from './export/download.js';
import {savedStory} from './export/savedstory.js';
import {SAVED} from './keptviews.js';
import {lengthLine, tooLongWords} from './lengthlimit.js';
import {storyLink} from './storylink.js';
import {LONGEST_CAPTION, LONGEST_NAME, MOST_VIEWS} from './viewfile.js';

const LARGEST_FILE = 5_000_000;

export class ViewsDialog {
  #dialog = byId('views');
  #views;
  #typing = false;
  #player;
  #standAlone;
  #told = el('p', {class: 'told', role: 'status'});
  #lists = el('div', {class: 'view-lists'});

  constructor(views, player, standAlone) {
    this.#views = views;
    this.#player = player;
    this.#standAlone = standAlone;
    // A field that is left by a click on a button must not be replaced under that click.
    views.addEventListener('change', () => { if (!this.#typing) this.#draw(); });
  }

  open() {
    this.#tell('');
    const file = el('input', {type: 'file', accept: '.json', 'aria-label': 'Take views from a file', change: () => this.#take(file)});
    this.#dialog.replaceChildren(
      el('button', {type: 'button', class: 'close', 'aria-label': 'Close', click: () => this.#dialog.close()}, '×'),
      el('h2', {id: 'views-title'}, 'Saved views and stories'),
      el('p', {class: 'quiet small'}, 'They are kept in this browser. A story is views in order, each with a caption; ← and → play it.'),
      this.#field('Save this view as', 'Save', name => this.#add(SAVED, name)),
      this.#lists,
      this.#field('Begin a story called', 'Begin', name => this.#views.begin(name) || this.#tell(`There is a list called “${name}” already.`)),
      el('label', {class: 'file'}, 'Take from a file ', file), this.#told);
    this.#draw();
    this.#dialog.showModal();
  }

  #draw() {
    const held = this.#lists.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.#lists.replaceChildren(...this.#views.lists.map(list => this.#list(list)));
    if (!this.#views.lasting) this.#tell('This browser does not keep them: save them as a file.');
    if (held) this.#focus(held);
  }

  /** The keyboard stays where it was; where that is gone or can do nothing now, at the list's own button. */
  #focus(key) {
    const [, , name] = JSON.parse(key);
    const find = one => this.#lists.querySelector(`[data-key="${CSS.escape(one)}"]:enabled`);
    (find(key) ?? find(JSON.stringify(['add', null, name])) ?? this.#dialog.querySelector('input'))?.focus();
  }

  #list({name, views}) {
    const own = name === SAVED;
    const button = (deed, words, click, at = null, more = {}) => el('button', {type: 'button', 'data-key': JSON.stringify([deed, at, name]), click, ...more}, words);
    return el('section', {'aria-label': name},
      el('h3', {}, el('bdi', {}, name), el('span', {class: 'quiet'}, ` ${counted(views.length, 'view')}`)),
      own ? null : this.#field('Name', 'Rename', next => this.#views.rename(name, next) || this.#tell(`There is a list called “${next}” already.`), name),
      el('ol', {}, views.map((view, at) => this.#view(name, view, at, views.length, button))),
      el('div', {class: 'list-deeds'},
        own ? null : button('play', 'Play', () => { this.#dialog.close(); this.#player.play(name); }, null, {disabled: !views.length}),
        button('add', 'Add this view', () => this.#add(name, '')),
        button('link', 'Link', ({currentTarget}) => this.#link(name, currentTarget), null, {disabled: !views.length}),
        button('page', 'Save as a web page', ({currentTarget}) => this.#page(name, currentTarget), null, {disabled: !views.length}),
        button('file', 'Save as a file', () => save('actorgraph-views.json', new Blob([this.#views.fileOf(name)], {type: 'application/json'})), null, {disabled: !views.length}),
        own ? null : button('delete', 'Delete the story', () => { this.#views.delete(name); this.#dialog.querySelector('input').focus(); })));
  }

  #view(name, {caption, view}, at, count, button) {
    const words = `view ${at + 1}`;
    const key = JSON.stringify(['caption', at, name]);
    const field = el('input', {type: 'text', value: caption, 'aria-label': `Caption of ${words}`, placeholder: 'Caption', 'data-key': key, change: () => this.#caption(name, at, field)});
    return el('li', {}, field, lengthLine(field, LONGEST_CAPTION),
      el('a', {class: 'button', href: `#${view}`, 'aria-label': `Open ${words}`, click: () => this.#dialog.close()}, 'Open'),
      button('earlier', '↑', () => this.#views.move(name, at, -1), at, {'aria-label': `Move ${words} up`, disabled: at === 0}),
      button('later', '↓', () => this.#views.move(name, at, 1), at, {'aria-label': `Move ${words} down`, disabled: at === count - 1}),
      button('remove', '×', () => this.#views.remove(name, at), at, {'aria-label': `Delete ${words}`}));
  }

  #caption(name, at, field) {
    const fault = tooLongWords(field, LONGEST_CAPTION, 'A caption');
    this.#tell(fault);
    if (fault) return;
    this.#typing = true;
    this.#views.caption(name, at, field.value);
    this.#typing = false;
  }

  #field(label, deed, act, value = '') {
    const field = el('input', {type: 'text', value, 'aria-label': label, required: true});
    return el('form', {class: 'one-field', submit: event => {
      event.preventDefault();
      const text = field.value.trim();
      const fault = tooLongWords(field, LONGEST_NAME, 'A name');
      this.#tell(fault);
      if (!text || fault || !act(text) || value) return;
      field.value = '';
      field.dispatchEvent(new Event('input'));
    }}, value ? null : el('span', {'aria-hidden': 'true'}, label), field, el('button', {}, deed), lengthLine(field, LONGEST_NAME));
  }

  #add(name, caption) {
    return this.#views.add(name, caption, viewHere()) || this.#tell(`“${name}” has ${MOST_VIEWS} views, the most that a list may hold: delete some, or begin a story.`);
  }

  /** The link to a whole list, under its buttons. */
  async #link(name, button) {
    const list = this.#views.list(name);
    const id = `story-link-${this.#views.lists.indexOf(list)}`;
    const section = button.closest('section');
    const line = el('div', {class: 'story-link'}, await storyLink(list, id));
    section.querySelector('.story-link')?.remove();
    section.append(line);
    line.querySelector('input')?.focus();
  }

  async #page(name, button) {
    button.setAttribute('aria-busy', 'true');
    await savedStory(this.#standAlone, this.#views.list(name), text => this.#tell(text));
    button.removeAttribute('aria-busy');
  }

  async #take(input) {
    const [file] = input.files;
    if (!file) return;
    try {
      if (file.size > LARGEST_FILE) throw new Error('it is larger than 5 MB');
      const names = this.#views.take(await file.text());
      this.#tell(`Taken from ${file.name}: ${names.join(', ')}.`);
    } catch (error) { this.#tell(`Nothing was taken from ${file.name}: ${error.message}.`); }
    input.value = '';
  }

  #tell(text) { this.#told.textContent = text; return false; }
}
