// Text as XML takes it, and the two graph formats that other programs read. One line for each claim, so no evidence is lost.

const ESCAPES = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
const ATTRIBUTES = ['type', 'polarity', 'status', 'category', 'date', 'attributed_to', 'statement', 'source_id', 'dataset'];
// Characters that no XML 1.0 document may hold, halves of characters included.
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Text without what XML forbids, for those who write it as a tree. */
export function allowed(text) { return String(text).replace(FORBIDDEN, '\ufffd'); }

export function escaped(text) { return allowed(text).replace(/[&<>"]/g, sign => ESCAPES[sign]); }

export function graphmlOf({actors, claims}) {
  const keys = [['name', 'node'], ['kind', 'node'], ...ATTRIBUTES.map(name => [name, 'edge'])];
  const data = (domain, record) => keys.filter(([name, of]) => of === domain && record[name] !== null && record[name] !== undefined)
    .map(([name]) => `<data key="${domain}_${name}">${escaped(record[name])}</data>`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
${keys.map(([name, domain]) => `<key id="${domain}_${name}" for="${domain}" attr.name="${name}" attr.type="string"/>`).join('\n')}
<graph edgedefault="directed">
${actors.map(actor => `<node id="${escaped(actor.id)}">${data('node', actor)}</node>`).join('\n')}
${claims.map(claim => `<edge id="${escaped(claim.id)}" source="${escaped(claim.subject)}" target="${escaped(claim.object)}">${data('edge', claim)}</edge>`).join('\n')}
</graph>
</graphml>
`;
}

export function gexfOf({actors, claims}) {
  const values = (names, record) => names.filter(name => record[name] !== null && record[name] !== undefined)
    .map(name => `<attvalue for="${name}" value="${escaped(record[name])}"/>`).join('');
  const declared = (domain, names) => `<attributes class="${domain}">${names.map(name => `<attribute id="${name}" title="${name}" type="string"/>`).join('')}</attributes>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph defaultedgetype="directed">
${declared('node', ['kind'])}
${declared('edge', ATTRIBUTES)}
<nodes>
${actors.map(actor => `<node id="${escaped(actor.id)}" label="${escaped(actor.name)}"><attvalues>${values(['kind'], actor)}</attvalues></node>`).join('\n')}
</nodes>
<edges>
${claims.map(claim => `<edge id="${escaped(claim.id)}" source="${escaped(claim.subject)}" target="${escaped(claim.object)}" kind="${escaped(claim.type)}" label="${escaped(claim.type)}"><attvalues>${values(ATTRIBUTES, claim)}</attvalues></edge>`).join('\n')}
</edges>
</graph>
</gexf>
`;
}
