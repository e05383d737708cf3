// Elements made in one expression. Text only ever becomes text nodes, so what a source says is never markup.

/** An element with attributes (functions are listeners) and children (strings become text). */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(key, value);
    else if (key === 'class') node.className = value;
    else node.setAttribute(key, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

/** The element with this id, which the page must have. */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no element #${id}`);
  return node;
}

/** A link where the address is an ordinary web address, else the plain text. */
export function link(address, text = address) {
  if (/^https?:\/\//i.test(address ?? '')) return el('a', {href: address, rel: 'noopener noreferrer', target: '_blank'}, text);
  return text ?? '';
}

/** "1 claim", "2 claims". */
export function counted(number, noun, plural = `${noun}s`) {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`;
}

/** A short line in the colour of a family of relations. */
export function swatch(family) {
  const line = el('span', {class: 'swatch', 'aria-hidden': 'true'});
  line.style.background = `var(--family-${family})`;
  return line;
}
