// Views as a text, and what is wrong with one: a file is taken whole or not at all.

const FORM = 'actorgraph views';
/** Characters of the name of a list, and of a caption. */
export const LONGEST_NAME = 200;
export const LONGEST_CAPTION = 4000;
const LONGEST_VIEW = 500_000;
/** Views that a list may hold once a file was taken. */
export const MOST_VIEWS = 500;

/** Lists of views as the text of a file. */
export function written(lists) { return `${JSON.stringify({form: FORM, lists}, null, 1)}\n`; }

/** The lists that a text holds; of a file they have limits, of what this browser kept they are as long as they grew.
 *  Throws an Error that says in words what is wrong, and where. */
export function readLists(text, {limited = true} = {}) {
  let found;
  try { found = JSON.parse(text); } catch { throw new Error('it is no JSON'); }
  if (found?.form !== FORM || !Array.isArray(found.lists)) throw new Error('it holds no views of the explorer');
  if (!found.lists.length) throw new Error('it is empty');
  const lists = found.lists.map(listOf);
  if (limited) lists.forEach(refuseTooLong);
  return lists;
}

function listOf(given, n) {
  const place = `list ${n + 1}`;
  if (typeof given?.name !== 'string' || !given.name.trim()) throw new Error(`${place} has no name`);
  if (!Array.isArray(given.views)) throw new Error(`${place} has no views`);
  return {name: given.name.trim(), views: given.views.map((view, at) => viewIn(view, `view ${at + 1} of ${place}`))};
}

function viewIn(given, place) {
  if (typeof given?.view !== 'string') throw new Error(`${place} has no address`);
  if (typeof given.caption !== 'string') throw new Error(`${place} has no caption`);
  return {caption: given.caption, view: given.view};
}

function refuseTooLong({name, views}, n) {
  const list = `list ${n + 1}`;
  if (name.length > LONGEST_NAME) throw new Error(`the name of ${list} is longer than ${LONGEST_NAME} characters`);
  if (views.length > MOST_VIEWS) throw new Error(`${list} has more than ${MOST_VIEWS} views`);
  for (const [at, {caption, view}] of views.entries()) {
    const place = `view ${at + 1} of ${list}`;
    if (view.length > LONGEST_VIEW) throw new Error(`the address of ${place} is too long`);
    if (caption.length > LONGEST_CAPTION) throw new Error(`the caption of ${place} is longer than ${LONGEST_CAPTION} characters`);
  }
}
