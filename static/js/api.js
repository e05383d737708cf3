// The only file that fetches. Answers are values; problems become errors that carry title and detail.

const BASE = '/api/v1';
// Not JSON Lines, which are read as text.
const JSON_TYPE = /^application\/(problem\+)?json\b/;

/** What the service said was wrong, or that it did not answer (`status` 0). */
export class Problem extends Error {
  constructor(body) {
    super(body.detail ?? body.title ?? 'The service did not answer.');
    this.title = body.title ?? 'Something went wrong';
    this.status = body.status ?? 0;
    this.code = body.code ?? 'unreachable';
    this.candidates = body.candidates ?? [];
    this.nearest = body.nearest ?? [];
    // Where in a Cypher statement the engine found a fault, as far as it tells.
    this.place = body.line ? {line: body.line, column: body.column, near: body.near} : null;
  }

  /** Whether asking again later may help without changing anything. */
  get away() { return this.status === 0 || this.status === 503; }

  /** Whether the service wants a key first, or the session of this browser is over. */
  get locked() { return this.status === 401; }
}

/** Where the key is given. The fragment goes along and comes back, so the view is the same afterwards. */
export function signInAddress() { return `/login${location.hash}`; }

/** Parameters as a query; lists repeat the key, empty values are left out. */
export function query(parameters) {
  const pairs = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== '' && one !== false) pairs.append(key, one);
    }
  }
  return pairs.toString();
}

const LISTS = ['status', 'source', 'without_source'];
const NUMBERS = ['min_sources'];

/** A filter as JSON wants it: lists and numbers where an address has only text. */
function typed(filter) {
  return Object.fromEntries(Object.entries(filter).map(([key, value]) =>
    [key, LISTS.includes(key) ? [value].flat() : NUMBERS.includes(key) ? Number(value) : value]));
}

/** The value of an answer: what JSON holds, else the text. */
function written(answer) {
  return JSON_TYPE.test(answer.headers.get('content-type') ?? '') ? answer.json() : answer.text();
}

/** The report at the end of the lines of a load; `tell` hears how far it has come. */
async function reported(answer, tell) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = '';;) {
    const {done, value} = await reader.read();
    if (done) throw new Problem({title: 'The answer was cut off', detail: 'What was written is not known: load the file again.'});
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    for (const {progress, report, problem} of lines.map(line => JSON.parse(line))) {
      if (problem) throw new Problem(problem);
      if (report) return report;
      tell(progress);
    }
  }
}

/** Calls the API and says when something is under way (`busy`), and when the key is missing (`locked`). */
export class Api extends EventTarget {
  #running = new Set();

  async #call(path, options = {}, read = written, base = BASE) {
    const asked = new AbortController();
    options.signal?.addEventListener('abort', () => asked.abort());
    if (options.signal?.aborted) asked.abort();
    this.#running.add(asked);
    this.#tell();
    try {
      const answer = await fetch(base + path, {...options, signal: asked.signal, headers: {accept: 'application/json', ...options.headers}});
      if (answer.ok) return await read(answer);
      throw new Problem(await answer.json().catch(() => ({status: answer.status, title: answer.statusText})));
    } catch (error) {
      if (error.locked) this.dispatchEvent(new CustomEvent('locked', {detail: error}));
      if (error instanceof Problem || error.name === 'AbortError') throw error;
      throw new Problem({title: 'The service does not answer', detail: 'Is it still running? This page tries again by itself.'});
    } finally {
      this.#running.delete(asked);
      this.#tell();
    }
  }

  #tell() { this.dispatchEvent(new CustomEvent('busy', {detail: this.#running.size > 0})); }

  /** Give up whatever is under way; who asked is told so. */
  cancel() {
    for (const asked of this.#running) asked.abort(new Problem({title: 'Cancelled.', detail: 'What is shown is as it was before.', status: 499, code: 'cancelled'}));
  }

  #get(path, parameters = {}, signal) {
    const text = query(parameters);
    return this.#call(text ? `${path}?${text}` : path, {signal});
  }

  #post(path, body, signal) {
    return this.#call(path, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body), signal});
  }

  /** Where a program asks for what `cypher` asks. */
  get cypherAddress() { return `${location.origin}${BASE}/cypher`; }

  search(q, limit, signal) { return this.#get('/search', {q, limit}, signal); }
  style() { return this.#get('/style'); }
  stats() { return this.#get('/stats'); }
  datasets() { return this.#get('/datasets'); }
  actor(id) { return this.#get(`/actors/${encodeURIComponent(id)}`); }
  neighbourhood(id, parameters) {
    return this.#get(`/actors/${encodeURIComponent(id)}/neighbourhood`, {view: true, ...parameters});
  }
  paths(parameters, signal) { return this.#get('/paths', {...parameters, view: true}, signal); }
  /** The same paths as text with footnotes. */
  pathsAsText(parameters) { return this.#get('/paths', {...parameters, format: 'markdown'}); }
  /** The communities under a filter, or one of them with its actors. */
  overview(parameters) { return this.#get('/overview', {...parameters, view: true}); }
  /** Whether this server takes files. */
  loading() { return this.#get('/loading'); }
  /** Send a file to be loaded, or only looked at (`dry_run`); resolves to the report. */
  load(file, parameters, signal, tell) {
    const options = {method: 'POST', headers: {'content-type': 'application/octet-stream'}, body: file, signal};
    return this.#call(`/loads?${query(parameters)}`, options, answer => reported(answer, tell));
  }
  /** Have a load stop after what it is writing; what became of it. */
  cancelLoad(id) { return this.#call(`/loads/${encodeURIComponent(id)}`, {method: 'DELETE'}); }
  schema() { return this.#get('/schema'); }
  relation(id) { return this.#get(`/relations/${encodeURIComponent(id)}`); }
  /** What joins these actors under a filter (values as in an address). */
  subgraph(actors, filter = {}, signal) { return this.#post('/subgraph', {actors, filter: typed(filter), between: true}, signal); }
  /** The same as it is drawn. */
  drawn(actors, filter = {}) { return this.#post('/subgraph?view=true', {actors, filter: typed(filter), between: true}); }
  /** How many claims each relation among these actors has by month and by source. */
  counts(actors, filter = {}) { return this.#post('/counts', {actors, filter: typed(filter)}); }
  /** These actors, the claims among them and their sources, one record a line; for readers each claim has a sentence. */
  exportedAmong(actors, filter, {sentences} = {}) { return this.#post(sentences ? '/export?sentences=true' : '/export', {actors, filter: typed(filter)}); }
  /** What changed between two dates among these actors: ids of relations and of new actors. */
  changes(actors, {since, until}, filter) { return this.#post('/changes', {actors, since, until, filter: typed(filter)}); }
  /** What is on record between each two of several actors. */
  connections(actor) { return this.#get('/connections', {actor}); }
  /** Whom several actors are all tied to. */
  common(actor) { return this.#get('/common', {actor, view: true}); }
  measures(parameters) { return this.#get('/measures', parameters); }
  /** Everything, one record a line. */
  exported() { return this.#get('/export'); }
  /** A page of sources. */
  sources(parameters) { return this.#get('/sources', parameters); }
  /** One source, by its id or as DATASET/ID. */
  source(id) { return this.#get(`/sources/${id.split('/').map(encodeURIComponent).join('/')}`); }
  /** The text of a file of this page. */
  file(path) { return this.#call(path, {}, answer => answer.text(), ''); }
  /** Rows and what they hold of the graph; the statement ends on the engine when `signal` gives the call up. */
  cypher({statement, parameters}, signal) { return this.#post('/cypher?view=true', {statement, parameters}, signal); }
}
