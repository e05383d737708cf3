"""Text of others inside Markdown: shown letter by letter, never taken for markup, a heading or a link."""

from __future__ import annotations

import re
from urllib.parse import quote

_MARKS = re.compile(r"([\\`*_{}\[\]<>|~$#])|&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_AT_THE_START = re.compile(r"(?:[-+=:](?!\w)|\d{1,9}[.)](?=\s|$))")
_INVISIBLE = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows them, our own words included."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_LINK_SAFE = ":/?#[]@!$&'*+,;=%~-._"


def escaped(text: str) -> str:
    """Text as one line that Markdown shows as it is; marks that turn the direction are left out, control
    characters replaced."""
    line = _CONTROL.sub("\ufffd", " ".join(_INVISIBLE.sub("", text).split()))
    begun = _AT_THE_START.match(line)
    if begun is None:
        return _MARKS.sub(_slashed, line)
    mark = begun.end() - 1
    return f"{line[:mark]}\\{line[mark]}{_MARKS.sub(_slashed, line[begun.end() :])}"


def linked(text: str, address: str | None) -> str:
    """Text as a link to a web address; any other address stands beside it as text."""
    if not address:
        return escaped(text)
    if not _WEB.match(address):
        return f"{escaped(text)}, {escaped(address)}"
    return f"[{escaped(text)}]({quote(address, safe=_LINK_SAFE).replace('&', '&amp;')})"


def _slashed(found: re.Match[str]) -> str:
    return f"\\{found[0]}"
