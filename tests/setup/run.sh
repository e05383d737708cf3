#!/bin/sh
# Runs every test in three parts: the comparisons with the oracle, which only compute, on all cores; what has
# engines and servers of its own, in two processes; what looks at the clock (marker `timed`), alone. With
# arguments of pytest's: what they choose, in one go.
set -u

cd "$(dirname "$0")/../.."

pytest=.venv/bin/pytest
if [ $# -gt 0 ]; then exec "$pytest" "$@"; fi

# What failed in an earlier run is no matter of this one.
rm -f .pytest_cache/v/cache/lastfailed
REQUIRE_ALL= "$pytest" -m exactness -n auto
computed=$?
# File by file, in order: the browser's tests come last in each process (tests/groups.py).
"$pytest" -m "not exactness and not timed" -n 2 --dist loadfile --no-loadscope-reorder
beside=$?
"$pytest" -m "timed"
alone=$?
for code in "$computed" "$beside" "$alone"; do
    # 1: all groups ran and some tests failed. Anything else has another reason.
    if [ "$code" -gt 1 ]; then exit "$code"; fi
done
if [ "$computed" -ne 0 ] || [ "$((beside + alone))" -eq 0 ]; then exit "$computed"; fi
# A machine has its moments: what fails again, by itself, is broken. The names stay in what was printed above,
# and in what follows.
echo "actorgraph: what failed runs once more by itself" >&2
REQUIRE_ALL= exec "$pytest" -v --last-failed --last-failed-no-failures none --maxfail 10
