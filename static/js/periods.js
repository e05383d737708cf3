// Claims counted by month, or by as many years as make bars that can be told apart. A date that spans several periods is
// in none of them: nothing is spread or guessed.

const MOST_BARS = 60;
const YEAR = 12;

/** Of how many claims each period has, written as far as it is known, and how many are `undated`: `{months, bars: [{first, last, month, count}], coarse, undated}`; `first` and `last` are dates as a filter takes them,
 *  `month` is where a bar begins. */
export function barsOf({periods, undated}) {
  const dated = [...periods].map(([text, count]) => [monthOf(text, 0), monthOf(text, YEAR - 1), count]);
  const exact = dated.filter(([first, last]) => first === last);
  if (!dated.length) return {months: 1, bars: [], coarse: 0, undated};
  const ends = (exact.length ? exact : dated).flatMap(([first, last]) => [first, last]);
  const [begin, end] = [Math.min(...ends), Math.max(...ends)];
  const months = widthOf(end - begin + 1);
  const from = Math.floor(begin / months);
  const bars = Array.from({length: Math.floor(end / months) - from + 1}, (_, n) => bar((from + n) * months, months));
  let coarse = 0;
  for (const [first, last, count] of dated) {
    const at = Math.floor(first / months) - from;
    if (at === Math.floor(last / months) - from && bars[at]) bars[at].count += count; else coarse += count;
  }
  return {months, bars, coarse, undated};
}

function widthOf(months) {
  if (months <= MOST_BARS) return 1;
  return YEAR * Math.ceil(months / YEAR / MOST_BARS);
}

function bar(month, months) {
  const [first, last] = months === 1 ? [monthText(month), monthText(month)] : [yearText(month), yearText(month + months - 1)];
  return {first, last, month, count: 0};
}

/** The bar that a date lies in, or the nearest; `otherwise` without a date. */
export function barAt(bars, date, otherwise) {
  if (!date) return otherwise;
  const month = monthOf(date, YEAR - 1);
  return Math.max(0, bars.findLastIndex(bar => bar.month <= month));
}

/** Months from the year 0; of a year alone the first or the last. */
function monthOf(text, otherwise) {
  const [, year, month] = /^(-?\d+)(?:-(\d\d))?/.exec(text.replace(/X/g, otherwise ? '9' : '0'));
  return Number(year) * YEAR + (month ? Number(month) - 1 : otherwise);
}

function yearText(month) {
  const year = Math.floor(month / YEAR);
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
}

function monthText(month) { return `${yearText(month)}-${String((month % YEAR + YEAR) % YEAR + 1).padStart(2, '0')}`; }

/** A bar in words. */
export function barText({first, last}) { return first === last ? first : `${first} to ${last}`; }
