// Claims as CSV in the columns that can be loaded again.

const COLUMNS = ['subject', 'relation', 'object', 'source', 'date', 'date_text', 'status', 'polarity', 'attributed_to', 'statement', 'quote',
  'passage_start', 'passage_end', 'subject_kind', 'object_kind', 'subject_id', 'object_id', 'valid_from', 'valid_to', 'dataset', 'claim_id'];
const FORMULA = /^'*[=+\-@\t\r]/;

export function csvOf({actors, claims}) {
  const known = new Map(actors.map(actor => [actor.id, actor]));
  const rows = claims.map(claim => {
    const [subject, object] = [known.get(claim.subject), known.get(claim.object)];
    return {
      ...claim, subject: subject?.name, object: object?.name, relation: claim.type.replace(/^NOT_/, ''), source: claim.source_id,
      subject_kind: subject?.kind, object_kind: object?.kind, subject_id: claim.subject, object_id: claim.object, claim_id: claim.id,
    };
  });
  return [COLUMNS, ...rows.map(row => COLUMNS.map(column => row[column]))].map(cells => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** A spreadsheet takes nothing that somebody wrote for a formula; our reader takes the apostrophe away again. */
function cell(value) {
  if (value === null || value === undefined) return '';
  const text = FORMULA.test(String(value)) ? `'${value}` : String(value);
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
