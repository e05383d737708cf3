"""What somebody's text asks: a statement, or only the plan of one; and where in that text the statement
begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.errors import CypherError, CypherRefused

WHITE = " \t\n\r\f\v"
SPACE = rf"(?:[{WHITE}]|/\*.*?\*/|//[^\n\r]*)*"
BLANK = re.compile(rf"{SPACE};*[{WHITE}]*", re.DOTALL)
FIRST_WORD = re.compile(rf"{SPACE}(?P<word>EXPLAIN|PROFILE)\b", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """The text as it was written; the statement is what follows `start`.

    `explain`: only its plan is wanted.
    """

    written: str
    start: int
    explain: bool

    @property
    def statement(self) -> str:
        """The statement without EXPLAIN and without white space before it: engines count from there.

        Without the semicolon at its end too: not every engine takes one.
        """
        return self.written[self.start :].rstrip(WHITE + ";")


def asked(written: str) -> Asked:
    """What a text asks.

    Raises: CypherError when it asks nothing, CypherRefused for PROFILE.
    """
    if BLANK.fullmatch(written):
        raise CypherError("the statement is empty")
    found = FIRST_WORD.match(written)
    if found is None:
        return Asked(written, _begin(written, 0), explain=False)
    if found["word"].upper() == "PROFILE":
        raise CypherRefused("PROFILE runs a statement to measure it; EXPLAIN shows its plan")
    if BLANK.fullmatch(written, found.end()):
        raise CypherError("there is no statement after EXPLAIN")
    return Asked(written, _begin(written, found.end()), explain=True)


def _begin(text: str, start: int) -> int:
    return len(text) - len(text[start:].lstrip(WHITE))
