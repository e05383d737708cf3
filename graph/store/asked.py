"""What somebody's text asks: a statement, or only the plan of one; and where in that text the statement
stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import CypherError, CypherRefused
from graph.store.tokens import tokens

WHITE = " \t\n\r\f\v"


@dataclass(frozen=True, slots=True)
class Asked:
    """The text as it was written; the statement stands between `start` and `end`.

    `explain`: only its plan is wanted.
    """

    written: str
    start: int
    end: int
    explain: bool

    @property
    def statement(self) -> str:
        """The statement without EXPLAIN and without white space before it: engines count from there.

        Without the semicolon at its end and what is remarked after it too: not every engine takes one.
        """
        return self.written[self.start : self.end]


def asked(written: str) -> Asked:
    """What a text asks.

    Raises: CypherError when it asks nothing, CypherRefused for PROFILE.
    """
    said, end = list(tokens(written)), len(written.rstrip(WHITE))
    while said and said[-1][0] == ";":
        end = said.pop().start()
    if not said:
        raise CypherError("the statement is empty")
    first = said[0][0].upper() if said[0].lastgroup == "word" else ""
    if first == "PROFILE":
        raise CypherRefused("PROFILE runs a statement to measure it; EXPLAIN shows its plan")
    if first == "EXPLAIN" and len(said) == 1:
        raise CypherError("there is no statement after EXPLAIN")
    explain = first == "EXPLAIN"
    start = _begin(written, said[0].end() if explain else 0)
    return Asked(written, start, start + len(written[start:end].rstrip(WHITE)), explain)


def _begin(text: str, start: int) -> int:
    return len(text) - len(text[start:].lstrip(WHITE))
