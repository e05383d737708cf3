// What a file was taken for and what became of it: columns, first rows, refused rows, and these as a file.

import {copyLine} from './copyline.js';
import {counted, el} from './dom.js';

const REFUSED_SHOWN = 100;
const TAKEN_OUT_SHOWN = 3;
// A cell that begins so is a formula to a spreadsheet.
const FORMULA = /^[=+\-@\t\r]/;

/** What a dry run found. */
export function recognised({recognised: found, ...report}) {
  const used = found.columns.filter(({taken_as: column}) => column).length;
  const unused = found.columns.length - used;
  return [
    el('p', {class: 'lead'}, `${found.format}, ${counted(report.read, 'claim')} read: ${sizes(report)}.`),
    ...remarks(report),
    ...refusedTable(report),
    el('h3', {}, 'Columns'),
    el('p', {class: 'quiet small'}, `${counted(used, 'column')} taken${unused ? `, ${unused} left alone` : ''}.`),
    el('ul', {class: 'columns'}, found.columns.map(({name, taken_as: column}) => el('li', {class: column ? '' : 'unused'},
      el('bdi', {}, name || '(no name)'), column === name ? null : el('span', {class: 'quiet'}, column ? ` is ${column}` : ' is not read')))),
    el('h3', {}, 'First rows'),
    found.rows.length ? firstRows(found) : el('p', {class: 'quiet'}, 'There is no row that can be shown.'),
  ];
}

/** What a load has done; `late`: it was over when somebody gave it up. */
export function outcome(report, {late = false} = {}) {
  const figure = (number, noun) => el('div', {}, el('dt', {}, noun), el('dd', {}, number.toLocaleString('en')));
  return [
    report.cancelled ? el('p', {class: 'lead'}, keptWords(report)) : late ? el('p', {class: 'notes'}, 'It was over before it could be cancelled: all of it is in the graph.') : null,
    el('dl', {class: 'figures'}, figure(report.read, 'read'), figure(report.new, 'new'), figure(report.known, 'known'), figure(report.updated, 'updated'), figure(report.refused, 'refused')),
    el('p', {class: 'quiet'}, `Data set ${report.datasets.join(', ')} · ${counted(report.actors, 'new actor')} · ${counted(report.sources, 'new source')}`),
    ...remarks({...report, cancelled: false}),
    ...wayBack(report),
  ];
}

/** What of a load that was cancelled is in the graph, and what is not. */
function keptWords(report) {
  const there = report.new + report.known + report.updated;
  const rest = 'Nothing is half written; loading the file again writes the rest.';
  return there ? `${counted(there, 'claim')} of this file ${there === 1 ? 'is' : 'are'} in the graph, what comes after is not. ${rest}` : 'Nothing of this file was written.';
}

/** How what was written is taken out again, which no undo of a view does. */
function wayBack({kept, datasets, new: fresh, updated, actors, sources}) {
  if (!kept || !(fresh + updated + actors + sources)) return [];
  const shown = datasets.slice(0, TAKEN_OUT_SHOWN);
  const more = datasets.length - shown.length;
  return [el('div', {class: 'way-back'},
    el('p', {class: 'quiet small'}, `Undo goes back in the view; the data stay. ${datasets.length > 1 ? 'These take each data set' : 'This takes the whole data set'} out again, on the machine of the store:`),
    ...shown.map((name, n) => copyLine('Take out', `take-out-${n}`, `actorgraph drop ${name}`)),
    more ? el('p', {class: 'quiet small'}, `So with the other ${counted(more, 'data set')}.`) : null)];
}

/** The refused rows, and where `name` is given a button that keeps them as a file. */
export function refusedTable(report, name) {
  const rows = report.rejections;
  if (!rows.length) return [];
  const shown = rows.slice(0, REFUSED_SHOWN);
  const more = report.refused - shown.length;
  return [
    el('h3', {}, `${counted(report.refused, 'row')} refused`),
    el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Refused rows'}, el('table', {class: 'refused'},
      el('thead', {}, el('tr', {}, ['Line', 'Column', 'Reason', 'What stood there'].map((word, at) => el('th', {scope: 'col', class: at ? '' : 'number'}, word)))),
      el('tbody', {}, shown.map(row => el('tr', {}, el('td', {class: 'number'}, row.line.toLocaleString('en')), el('td', {}, row.column ?? ''), el('td', {}, row.reason), el('td', {}, el('bdi', {}, row.value ?? ''))))))),
    more > 0 ? el('p', {class: 'quiet small'}, `${more.toLocaleString('en')} more are not listed here.`) : null,
    name ? el('p', {}, el('button', {type: 'button', click: () => download(rows, name)}, 'Download refused rows as CSV')) : null,
  ];
}

function sizes(report) {
  const parts = [`${report.new.toLocaleString('en')} new`];
  if (report.known) parts.push(`${report.known.toLocaleString('en')} known`);
  if (report.updated) parts.push(`${report.updated.toLocaleString('en')} changed`);
  if (report.refused) parts.push(`${report.refused.toLocaleString('en')} refused`);
  return parts.join(', ');
}

function remarks(report) {
  const words = Object.entries(report.unknown_relations).map(([word, count]) => `${word} (${count.toLocaleString('en')})`);
  const told = report.notes.map(({message, count}) => (count > 1 ? `${message} (${count.toLocaleString('en')})` : message));
  if (words.length) told.push(`relations of no known type, which get one of their own: ${words.slice(0, 10).join(', ')}${words.length > 10 ? ` and ${(report.unknown_words - 10).toLocaleString('en')} more` : ''}`);
  if (report.cancelled) told.unshift('this load was cancelled: the rest is written when the file is loaded again');
  return told.length ? [el('ul', {class: 'notes'}, told.map(text => el('li', {}, el('bdi', {}, text))))] : [];
}

function firstRows({columns, rows}) {
  return el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'First rows'}, el('table', {},
    el('thead', {}, el('tr', {}, el('th', {scope: 'col', class: 'number'}, 'Line'), columns.map(({name, taken_as: column}) => el('th', {scope: 'col', class: column ? '' : 'unused'}, el('bdi', {}, name || '(no name)'))))),
    el('tbody', {}, rows.map(({line, cells}) => el('tr', {}, el('td', {class: 'number'}, line.toLocaleString('en')), cells.map((cell, at) => el('td', {class: columns[at]?.taken_as ? '' : 'unused'}, el('bdi', {}, cell))))))));
}

function download(rows, name) {
  const lines = [['file', 'line', 'column', 'reason', 'value'], ...rows.map(row => [row.file, row.line, row.column, row.reason, row.value])];
  const text = lines.map(cells => cells.map(cell).join(',')).join('\r\n');
  const address = URL.createObjectURL(new Blob(['\ufeff', text, '\r\n'], {type: 'text/csv'}));
  el('a', {href: address, download: `refused rows of ${name.replace(/\.gz$/i, '').replace(/\.[^.]*$/, '')}.csv`}).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function cell(value) {
  const text = String(value ?? '');
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
