#!/bin/sh
# Makes .venv hold the product (`venv.sh run`) or the product and the developers' tools (`venv.sh dev`).
# A stamp in .venv remembers what was installed from where, so a second call takes no time and needs no network;
# a changed pyproject.toml or constraints.txt, a moved clone or a removed Python install anew.
set -eu

cd "$(dirname "$0")/../.."
want=${1:-run}
python=.venv/bin/python
stamp=.venv/.actorgraph
state="$(cat pyproject.toml constraints.txt | cksum) $(pwd)"

runs() { "$python" -c 'import sys, pip; assert sys.version_info >= (3, 11)' >/dev/null 2>&1 </dev/null; }

if runs; then
    if [ "$(cat "$stamp" 2>/dev/null)" = "$state dev" ]; then exit 0; fi
    if [ "$want" = run ] && [ "$(cat "$stamp" 2>/dev/null)" = "$state run" ]; then exit 0; fi
else
    base=$(sh tests/setup/python.sh)
    echo "actorgraph: making .venv with $base" >&2
    "$base" -m venv --clear .venv
fi

rm -f "$stamp"
case $want in
run) package=. ;;
dev) package='.[dev,fast]' ;;
*) echo "usage: venv.sh run|dev" >&2; exit 2 ;;
esac
echo "actorgraph: installing the packages of constraints.txt (once; some minutes on a slow line)" >&2
# The build backend comes from the same pins: an isolated build would fetch whatever is newest.
"$python" -m pip install --quiet --disable-pip-version-check -c constraints.txt hatchling editables
"$python" -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e "$package"
echo "$state $want" >"$stamp"
