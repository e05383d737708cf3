// Who matters around some actors, by a measure that somebody picks.

import {el} from './dom.js';

const MEASURES = {degree: 'most neighbours', betweenness: 'most often between others', pagerank: 'most pointed at (PageRank)', core: 'in the densest core'};

/** `rank` asks the service for a measure. */
export function ranking(rank, emit) {
  const result = el('div', {'aria-live': 'polite'});
  const show = async measure => {
    result.setAttribute('aria-busy', 'true');
    try { result.replaceChildren(listed(await rank(measure), measure, emit)); } catch (error) { result.replaceChildren(el('p', {class: 'quiet', role: 'alert'}, error.message)); }
    result.removeAttribute('aria-busy');
  };
  const choice = el('select', {'aria-label': 'Measure', change: event => { if (event.target.value) show(event.target.value); }},
    el('option', {value: ''}, 'choose a measure'), Object.entries(MEASURES).map(([value, text]) => el('option', {value}, text)));
  return el('div', {class: 'ranking'}, choice, result);
}

function listed({actors, selection}, measure, emit) {
  const written = value => (Number.isInteger(value) ? String(value) : value.toPrecision(3));
  return el('div', {}, el('ol', {class: 'ranked'}, actors.map(({id, name, value}) => el('li', {},
    el('button', {type: 'button', class: 'name', click: () => emit('select', {kind: 'actor', id})}, el('bdi', {}, name)),
    el('span', {class: 'count'}, written(value))))),
  el('p', {class: 'quiet small'}, `Among ${selection.actors.toLocaleString('en')} actors within one step of them, ${selection.ties.toLocaleString('en')} ties.`));
}
