#!/bin/sh
# Makes the `node` group runnable: Node 18 or newer, and the JavaScript driver that tests/node/package.json pins.
set -u

cd "$(dirname "$0")/../.."
folder=.cache/node
wanted=tests/node/package.json

has_node() { node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' >/dev/null 2>&1 </dev/null; }
has_npm() { npm --version >/dev/null 2>&1 </dev/null; }

# npm is asked for by itself: where nodejs brings its own, the two packages exclude each other.
has_node || sh tests/setup/apt.sh nodejs
has_node || { echo "no JavaScript driver for the tests: no Node of 18 or newer" >&2; exit 1; }
# `complete` is the list that was installed: a changed one installs anew.
cmp -s "$wanted" "$folder/complete" && exit 0
has_npm || sh tests/setup/apt.sh npm
has_npm || { echo "no JavaScript driver for the tests: no npm" >&2; exit 1; }

echo "fetching the JavaScript driver into $folder" >&2
rm -rf "$folder"
mkdir -p "$folder"
cp "$wanted" "$folder"
if said=$(cd "$folder" && npm install --no-package-lock --ignore-scripts --no-audit --no-fund 2>&1 </dev/null); then
    exec cp "$wanted" "$folder/complete"
fi
echo "no JavaScript driver for the tests: npm failed: $(echo "$said" | head -n 1)" >&2
exit 1
