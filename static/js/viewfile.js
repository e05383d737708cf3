// Views as a file, and what is wrong with one: a file is taken whole or not at all.

const FORM = 'actorgraph views';
const LONGEST_CAPTION = 4000;
const LONGEST_VIEW = 50_000;
const MOST_VIEWS = 500;

/** Lists of views as the text of a file. */
export function written(lists) { return `${JSON.stringify({form: FORM, lists}, null, 1)}\n`; }

/** The lists that a text holds. Throws an Error that says in words what is wrong, and where. */
export function readLists(text) {
  let found;
  try { found = JSON.parse(text); } catch { throw new Error('it is no JSON'); }
  if (found?.form !== FORM || !Array.isArray(found.lists)) throw new Error('it holds no views of the explorer');
  if (!found.lists.length) throw new Error('it is empty');
  return found.lists.map(listOf);
}

function listOf(given, n) {
  const place = `list ${n + 1}`;
  if (typeof given?.name !== 'string' || !given.name.trim()) throw new Error(`${place} has no name`);
  if (!Array.isArray(given.views)) throw new Error(`${place} has no views`);
  if (given.views.length > MOST_VIEWS) throw new Error(`${place} has more than ${MOST_VIEWS} views`);
  return {name: given.name.trim(), views: given.views.map((view, at) => viewIn(view, `view ${at + 1} of ${place}`))};
}

function viewIn(given, place) {
  if (typeof given?.view !== 'string') throw new Error(`${place} has no address`);
  if (given.view.length > LONGEST_VIEW) throw new Error(`the address of ${place} is too long`);
  if (typeof given.caption !== 'string') throw new Error(`${place} has no caption`);
  if (given.caption.length > LONGEST_CAPTION) throw new Error(`the caption of ${place} is longer than ${LONGEST_CAPTION} characters`);
  return {caption: given.caption, view: given.view};
}
