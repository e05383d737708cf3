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
[ "$computed" -eq 0 ] && [ "$others" -eq 0 ]
