// Values with maps and sets as JSON and back; what is held under a key is written once, however often it occurs.

const [MAP, SET, RECORD] = ['#map', '#set', '#record'];

/** The records of a text, each once. */
export class Records {
  #places = new Map();
  list = [];

  /** The place of a record in the list. */
  add(record) {
    const text = JSON.stringify(record);
    if (!this.#places.has(text)) this.#places.set(text, this.list.push(record) - 1);
    return this.#places.get(text);
  }
}

/** A value as JSON takes it; the values of maps go into `records`. */
export function frozen(value, records) {
  if (value instanceof Map) return {[MAP]: [...value].map(([key, held]) => [key, isRecord(held) ? {[RECORD]: records.add(frozen(held, records))} : frozen(held, records)])};
  if (value instanceof Set) return {[SET]: [...value]};
  return mapped(value, one => frozen(one, records));
}

/** The value again. */
export function thawed(value, records) {
  if (value?.[MAP]) return new Map(value[MAP].map(([key, held]) => [key, thawed(held, records)]));
  if (value?.[SET]) return new Set(value[SET]);
  if (value?.[RECORD] !== undefined) return thawed(records[value[RECORD]], records);
  return mapped(value, one => thawed(one, records));
}

function mapped(value, change) {
  if (Array.isArray(value)) return value.map(change);
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one)])) : value;
}

function isRecord(value) { return value !== null && typeof value === 'object' && !(value instanceof Map) && !(value instanceof Set); }
