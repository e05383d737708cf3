"""The text of a statement in tokens, whatever it holds: in time that grows with its length and no faster."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<text>'(?:\\.|[^'\\])*+'|"(?:\\.|[^"\\])*+")|(?P<comment>//[^\n\r]*+|/\*(?>.*?\*/))|(?P<space>\s++)
    |(?P<quoted>`(?:[^`]|``)*+`)|(?P<open>(?:['"`]|/\*).*+)|(?P<word>[^\W\d]\w*+)|(?P<sign>\d[\w.]*+|.)""",
    re.VERBOSE | re.DOTALL,
)
"""Nothing here is tried in two ways: with less care, a statement of slashes keeps a process busy for ever."""
_SKIPPED = frozenset({"comment", "space"})


def tokens(statement: str) -> Iterator[re.Match[str]]:
    """What a statement says, without white space and comments.

    `lastgroup` is its kind: `text` (a string), `quoted` (a name in backticks), `word`, `sign`, or `open` for
    all that follows a quotation mark, a backtick or the begin of a comment that nothing closes.
    """
    return (found for found in _TOKEN.finditer(statement) if found.lastgroup not in _SKIPPED)
