// Claims counted by month, or by as many years as make bars that can be told apart. A date that spans several periods is
// in none of them: nothing is spread or guessed.

const MOST_BARS = 60;
const YEAR = 12;

/** `{months, bars: [{first, last, month, count}], coarse, undated}`; `first` and `last` are dates as a filter takes them,
 *  `month` is where a bar begins. */
export function barsOf(claims) {
  const spans = claims.map(spanOf);
  const dated = spans.filter(Boolean);
  const exact = dated.filter(([first, last]) => first === last);
  const undated = spans.length - dated.length;
  if (!dated.length) return {months: 1, bars: [], coarse: 0, undated};
  const ends = (exact.length ? exact : dated).flat();
  const [begin, end] = [Math.min(...ends), Math.max(...ends)];
  const months = widthOf(end - begin + 1);
  const from = Math.floor(begin / months);
  const bars = Array.from({length: Math.floor(end / months) - from + 1}, (_, n) => bar((from + n) * months, months));
  let coarse = 0;
  for (const [first, last] of dated) {
    const at = Math.floor(first / months) - from;
    if (at === Math.floor(last / months) - from && bars[at]) bars[at].count += 1; else coarse += 1;
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

/** First and last month of a claim, counted from the year 0; null without a date and a begin. */
function spanOf({date_from: from, date_to: to, valid_from: valid}) {
  if (from) return [monthOf(from, 0), monthOf(to ?? from, YEAR - 1)];
  return valid ? [monthOf(valid, 0), monthOf(valid, YEAR - 1)] : null;
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
