// The words of Cypher that are offered while somebody types (those that only read, and what the data model holds), and how it writes names.

export const LABELS = ['Actor', 'Source', 'Dataset'];

export const ACTOR_PROPERTIES = ['id', 'name', 'kind', 'aliases', 'description', 'country', 'wikidata_id', 'datasets'];

export const CLAIM_PROPERTIES = ['statement', 'status', 'polarity', 'category', 'attributed_to', 'attributed_to_id', 'source_id', 'dataset', 'date', 'date_from',
  'date_to', 'date_precision', 'date_text', 'valid_from', 'valid_to', 'quote', 'passage_start', 'passage_end', 'relation_raw', 'claim_id', 'recorded_at', 'load_id'];

export const KEYWORDS = ['MATCH', 'OPTIONAL MATCH', 'WHERE', 'RETURN', 'RETURN DISTINCT', 'WITH', 'ORDER BY', 'LIMIT', 'SKIP', 'UNWIND', 'UNION', 'UNION ALL', 'AS', 'AND', 'OR',
  'NOT', 'XOR', 'IN', 'DISTINCT', 'DESC', 'ASC', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'STARTS WITH', 'ENDS WITH', 'CONTAINS', 'IS NULL', 'IS NOT NULL', 'EXISTS', 'CALL', 'YIELD',
  'EXPLAIN', 'true', 'false', 'null'];

export const FUNCTIONS = ['count', 'collect', 'sum', 'avg', 'min', 'max', 'type', 'labels', 'keys', 'properties', 'nodes', 'relationships', 'length', 'size', 'head', 'last', 'tail',
  'range', 'reverse', 'coalesce', 'shortestPath', 'startNode', 'endNode', 'toLower', 'toUpper', 'toString', 'toInteger', 'toFloat', 'substring', 'split', 'replace', 'trim', 'left', 'right',
  'abs', 'ceil', 'floor', 'round', 'date', 'datetime', 'duration', 'any', 'all', 'none', 'single', 'reduce'];

/** A text as Cypher writes it. */
export function literal(text) { return `'${String(text).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`; }

/** A name of a type or label as Cypher writes it. */
export function named(name) { return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``; }
