#!/bin/sh
# Prints a Python that can make our environment (3.11 or newer, with venv and ensurepip), or says in one line
# what to install. Every candidate is really started: a version manager leaves commands behind that run nothing.
# $PYTHON, where it is set, is the only candidate.
set -u

usable='import sys; assert sys.version_info >= (3, 11)'
incomplete=

for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
    "$candidate" -c "$usable" >/dev/null 2>&1 </dev/null || continue
    if "$candidate" -c 'import ensurepip, ssl, venv' >/dev/null 2>&1 </dev/null; then
        # The interpreter itself, so that a shim which changes its mind later does not matter.
        exec "$candidate" -c 'import sys; print(sys.executable)' </dev/null
    fi
    incomplete=${incomplete:-$candidate}
done

has() { command -v "$1" >/dev/null 2>&1; }

if [ -n "$incomplete" ]; then
    version=$("$incomplete" -c 'import sys; print("%d.%d" % sys.version_info[:2])' </dev/null)
    if has apt-get; then advice="apt install python$version-venv"
    else advice="install the full Python $version of your system (with ensurepip and ssl)"; fi
    echo "actorgraph: Python $version is here, but without the venv module (ensurepip): $advice" >&2
    exit 1
fi

if has apt-get; then advice="apt install python3 python3-venv (Debian 12, Ubuntu 24.04 or newer)"
elif has dnf; then advice="dnf install python3.13"
elif has zypper; then advice="zypper install python313"
elif has pacman; then advice="pacman -S python"
elif has brew; then advice="brew install python@3.13"
else advice="install Python 3.11, 3.12 or 3.13"; fi
echo "actorgraph: no Python 3.11 or newer was found (tried ${PYTHON:-python3.13 python3.12 python3.11 python3}): $advice" >&2
exit 1
