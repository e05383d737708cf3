// What is drawn in a picture and needs a word: discs and dots by kind, lines by family, strokes that are not simply solid.

/** `{discs, families, strokes}`: a disc has a `picture`, or where only its colour tells them apart `fill` and `rim`, and the
 *  label of its kinds; a family its `colour`; a stroke its `dashes` and whether it has a `bar`. */
export function drawnKey({nodes, lines, style}, {kinds, families, statuses, denied}) {
  return {
    discs: discsOf(nodes.filter(({end}) => !end), style, kinds),
    families: families.map(({family, label}) => ({colour: style.families[family], label})).filter(({colour}) => lines.some(({color}) => color.color === colour)),
    strokes: strokesOf(lines.filter(({status}) => status), statuses, denied),
  };
}

/** One entry for each picture or colour, in the order of kinds. */
function discsOf(nodes, style, kinds) {
  const entries = new Map();
  for (const {kind, label} of kinds) {
    for (const one of nodes.filter(node => (kinds.some(known => known.kind === node.kind) ? node.kind : 'other') === kind)) {
      const look = lookOf(one, kind, style);
      if (!look) continue;
      const key = Object.values(look).join(' ');
      if (!entries.has(key)) entries.set(key, {...look, labels: new Set()});
      entries.get(key).labels.add(label);
    }
  }
  return [...entries.values()].map(({labels, ...look}) => ({...look, label: [...labels].join(', ')}));
}

function lookOf({shape, bubble, color}, kind, style) {
  if (bubble) return shape === 'dot' ? {fill: color.background, rim: color.border} : null;
  if (shape === 'dot') return {fill: style.options.groups[kind].color.background, rim: null};
  return {picture: style.kinds[kind]};
}

function strokesOf(lines, statuses, denied) {
  const has = fits => lines.some(fits);
  return [
    ...statuses.map(({status, label, dashes}) => ({label, dashes, bar: false, is: one => one.status === status && one.polarity === 'positive'})),
    {label: denied.label, dashes: denied.dashes, bar: true, is: one => one.polarity === 'negative'},
    {label: 'contested', dashes: [], bar: true, is: one => one.contested && one.polarity === 'positive'},
  ].filter(({is}) => has(is)).map(({is: _, ...stroke}) => stroke);
}
