#!/bin/sh
# Runs every test: first the comparisons with the oracle, which only compute, on all cores at once; then the
# others one after the other, because they share engines and some measure time. With arguments of pytest's:
# what they choose, in one go.
set -u

cd "$(dirname "$0")/../.."

pytest=.venv/bin/pytest
if [ $# -gt 0 ]; then exec "$pytest" "$@"; fi

REQUIRE_ALL= "$pytest" -m exactness -n auto
computed=$?
"$pytest" -m "not exactness"
others=$?
if [ "$computed" -ne 0 ]; then exit "$computed"; fi
# 1: all groups ran and some tests failed. Anything else has another reason.
if [ "$others" -ne 1 ]; then exit "$others"; fi
# Some tests look at the clock, and a machine has its moments: what fails again, by itself, is broken. The names
# stay in what the first run printed, and in this one.
echo "actorgraph: what failed runs once more by itself" >&2
REQUIRE_ALL= exec "$pytest" -v --last-failed --last-failed-no-failures none --maxfail 10
