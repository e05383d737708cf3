#!/bin/sh
# Runs every test in four parts: the comparisons with the oracle, which only compute, on all cores; what has
# engines and servers of its own, and what has a browser, in three processes each, because they wait as much as
# they compute; what looks at the clock (marker `timed`), alone. With arguments of pytest's: what they choose, in
# one go.
set -u

cd "$(dirname "$0")/../.."

pytest=.venv/bin/pytest
if [ $# -gt 0 ]; then exec "$pytest" "$@"; fi

worst=0
failed=0
part() {
    "$pytest" "$@"
    code=$?
    # 1: all groups ran and some tests failed. Anything else has another reason.
    if [ "$code" -eq 1 ]; then failed=1; elif [ "$code" -gt "$worst" ]; then worst=$code; fi
}

# What failed in an earlier run is no matter of this one.
rm -f .pytest_cache/v/cache/lastfailed
part -m exactness -n auto --dist worksteal
compared=$failed
# File by file, in order: those that take a moment come last (tests/groups.py).
part -m "not exactness and not timed and not browser" -n 3 --dist loadfile --no-loadscope-reorder
# File by file, those with most tests first.
part -m "browser and not timed" -n 3 --dist loadfile
part -m timed
if [ "$worst" -ne 0 ]; then exit "$worst"; fi
if [ "$failed" -eq 0 ]; then exit 0; fi
# A comparison that failed once is wrong: it found an example.
if [ "$compared" -ne 0 ]; then exit 1; fi
# A machine has its moments: what fails again, by itself, is broken. The names stay in what was printed above,
# and in what follows.
echo "actorgraph: what failed runs once more by itself" >&2
REQUIRE_ALL= exec "$pytest" -v --last-failed --last-failed-no-failures none --maxfail 10
