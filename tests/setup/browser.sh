#!/bin/sh
# Prints a Chromium that starts: $CHROMIUM, else one on the path, else (with `--get`, as root on Debian) a new one.
set -u

find_browser() {
    for candidate in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome google-chrome-stable; do
        if "$candidate" --version >/dev/null 2>&1 </dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

find_browser && exit 0
if [ "${1:-}" = --get ]; then
    sh "$(dirname "$0")/apt.sh" chromium fonts-dejavu-core && find_browser && exit 0
fi
echo "no browser: set CHROMIUM, or install chromium or google-chrome" >&2
exit 1
