#!/bin/sh
# Prints a Chromium that starts: $CHROMIUM, else one on the path, else (with `--get`, as root on Debian) a new one.
# The headless shell comes first: the same engine without the windows around it, so a page opens in half the time.
set -u

shell=chromium-headless-shell

find_browser() {
    for candidate in ${CHROMIUM:+"$CHROMIUM"} "$@"; do
        if "$candidate" --version >/dev/null 2>&1 </dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

find_any() { find_browser "$shell" chromium chromium-browser google-chrome google-chrome-stable; }

if [ "${1:-}" = --get ]; then
    find_browser "$shell" && exit 0
    said=$(sh "$(dirname "$0")/apt.sh" "$shell" fonts-dejavu-core 2>&1) || find_any >/dev/null || {
        echo "$said" >&2
        sh "$(dirname "$0")/apt.sh" chromium fonts-dejavu-core
    }
fi
find_any && exit 0
echo "no browser: set CHROMIUM, or install chromium or google-chrome" >&2
exit 1
