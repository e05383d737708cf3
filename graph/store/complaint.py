"""What an engine says about a statement, in one form: its words in one line, and the place that it means.

Neo4j counts columns from 1 and in UTF-16, the embedded engine from 0 and in characters; ours are characters
from 1.
"""

from __future__ import annotations

import re
from itertools import islice

from graph.errors import CypherError, StatementPlace
from graph.store.asked import Asked

NEO4J = re.compile(r"\(line (?P<line>\d+), column (?P<column>\d+) \(offset: \d+\)\)")
EMBEDDED = re.compile(r"\bat line (?P<line>\d+)(?::|, column )(?P<column>\d+)(?: -)?")
QUOTED = re.compile(r"'([^\W\d]\w*)'|`([^`]+)`")
TOKEN = re.compile(r"\w+|\S")
LONGEST = 400


def complaint(message: str, asked: Asked, lines_before: int = 0) -> CypherError:
    """The error for what an engine says about a statement; Neo4j saw `lines_before` lines of ours above it.

    A message that names no place but quotes a word that stands once in the statement means that word.
    """
    text = (message.strip().splitlines() or [""])[0]
    found = NEO4J.search(text) or EMBEDDED.search(text)
    if found is None:
        place = _quoted(text[:LONGEST], asked)
    else:
        text = (text[: found.start()].rstrip() + text[found.end() :]).strip()
        in_java = found.re is NEO4J
        line = int(found["line"]) - (lines_before if in_java else 0)
        column = int(found["column"]) - (1 if in_java else 0)
        place = _place(asked, line, column, in_java=in_java)
    where = f" (line {place.line}, column {place.column})" if place else ""
    return CypherError(printable(text)[:LONGEST] + where, place)


def printable(text: str) -> str:
    """A text with its control characters escaped, so that it stays in its line and its direction."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _place(asked: Asked, line: int, column: int, *, in_java: bool) -> StatementPlace | None:
    """The place of a column from 0 in a line from 1 of the statement; below its last line we wrote ourselves,
    and that is its end.
    """
    lines = asked.statement.split("\n")
    if line < 1 or column < 0:
        return None
    if line > len(lines):
        return place_at(asked.written, asked.end)
    text = lines[line - 1]
    if in_java:
        before = text.encode("utf-16-le", "surrogatepass")[: 2 * column]
        column = len(before.decode("utf-16-le", "replace"))
    above = sum(len(one) + 1 for one in lines[: line - 1])
    return place_at(asked.written, asked.start + above + min(column, len(text)))


def place_at(written: str, index: int) -> StatementPlace:
    """The place of a character of a text, with the word that begins there."""
    begin = written.rfind("\n", 0, index) + 1
    token = TOKEN.match(written, index)
    return StatementPlace(written.count("\n", 0, index) + 1, index - begin + 1, token[0] if token else None)


def _quoted(text: str, asked: Asked) -> StatementPlace | None:
    for quoted in QUOTED.finditer(text):
        word = rf"(?<!\w){re.escape(quoted[1] or quoted[2])}(?!\w)"
        found = list(islice(re.finditer(word, asked.statement, re.IGNORECASE), 2))
        if len(found) == 1:
            return place_at(asked.written, asked.start + found[0].start())
    return None
