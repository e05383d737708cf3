// Answers that several regions of the page ask for after the same change: worked out once, as long as what they rest on is the same.

const KEPT = 4;

/** `compute` with its last few answers remembered for each first value; values are the same when they are the same object. */
export function remembered(compute) {
  const answers = new WeakMap();
  return (...values) => {
    const known = answers.get(values[0]) ?? [];
    const found = known.find(one => one.values.every((value, n) => value === values[n]));
    if (found) return found.answer;
    const answer = compute(...values);
    answers.set(values[0], [{values, answer}, ...known].slice(0, KEPT));
    return answer;
  };
}
