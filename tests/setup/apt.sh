#!/bin/sh
# Installs Debian packages where this may be done without asking anybody: as root, with apt. Quiet unless it fails.
set -u

command -v apt-get >/dev/null 2>&1 || { echo "cannot install $*: no apt here" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "cannot install $*: not root (apt install $*)" >&2; exit 1; }

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "actorgraph: apt installs $*" >&2
if apt-get -o DPkg::Lock::Timeout=300 update >"$log" 2>&1 </dev/null &&
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" >>"$log" 2>&1 </dev/null; then
    exit 0
fi
tail -n 5 "$log" >&2
exit 1
