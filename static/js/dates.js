// Dates as words: what is known of a begin and an end.

/** "2014-01 to 2014-12", one of both, or nothing. */
export function period(first, last) {
  if (!first && !last) return null;
  return first === last || !last ? first : first ? `${first} to ${last}` : `until ${last}`;
}
