// After a load in this browser: whatever the page remembers of the graph is of an older one.

import {byId} from './dom.js';

export function wireLoads({model, evidence, timeline, startPage, cypher, connect, inspector, undoing, visit}) {
  document.addEventListener('loaded', async ({detail: {actor}}) => {
    for (const part of [evidence, timeline, startPage, cypher, connect, visit, undoing]) part.forget();
    const there = new URLSearchParams({actor}).toString();
    if (actor && location.hash !== `#${there}`) { location.hash = there; return; }
    await undoing.renew();
    if (model.selection) inspector.show(model.selection);
    // What had the keyboard may have been drawn anew.
    if (document.activeElement === document.body) (byId('start').hidden ? byId('map') : byId('start').querySelector('.load-open button') ?? byId('search-input')).focus({preventScroll: true});
  });
}
