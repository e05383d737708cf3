"""Lists of numbers longer than an engine should build: `range` with ends that stand in the statement.

Neo4j neither counts the memory of a list inside of an expression while it grows nor ends it at its time
limit: a server with a heap of two gigabytes clears up for minutes before it gives up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graph.errors import CypherError
from graph.store.asked import Asked
from graph.store.complaint import place_at
from graph.store.tokens import tokens

LONGEST_RANGE = 1_000_000
"""Numbers; two clauses of UNWIND, one after the other, make as many rows as anybody wants."""

_NUMBER = re.compile(r"0x[\da-f_]{1,40}|0o[0-7_]{1,40}|\d[\d_]{0,40}", re.IGNORECASE)
_MOST_WORDS = 30
"""Words of arguments that are looked at, so that the time grows no faster than the statement."""


def refuse_long_ranges(wanted: Asked, parameters: Mapping[str, Any]) -> None:
    """Keep a statement from being sent that asks for a longer range than an engine should build.

    Ends are looked at where they are numbers or parameters; computed ones only the engine knows.

    Raises: CypherError that says where.
    """
    said = list(tokens(wanted.statement))
    words = [found[0] for found in said]
    for number, word in enumerate(words):
        if word.strip("`").lower() != "range" or words[number + 1 : number + 2] != ["("]:
            continue
        if number and words[number - 1] == ".":
            continue
        count = _count(words[number + 2 : number + 2 + _MOST_WORDS], parameters)
        if count > LONGEST_RANGE:
            place = place_at(wanted.written, wanted.start + said[number].start())
            raise CypherError(
                f"this range has {count:,} numbers and may have {LONGEST_RANGE:,}: ask for fewer "
                f"(line {place.line}, column {place.column})",
                place,
            )


def _count(words: list[str], parameters: Mapping[str, Any]) -> int:
    """How many numbers a range has whose arguments begin here; 0 where that cannot be told."""
    ends: list[int] = []
    while words:
        value, words = _integer(words, parameters)
        if value is None or not words:
            return 0
        ends.append(value)
        sign, words = words[0], words[1:]
        if sign == ")":
            break
        if sign != ",":
            return 0
    if len(ends) not in (2, 3) or (len(ends) == 3 and ends[2] == 0):
        return 0
    first, last, step = (*ends, 1)[:3]
    return max(0, (last - first) // step + 1)


def _integer(words: list[str], parameters: Mapping[str, Any]) -> tuple[int | None, list[str]]:
    """The integer that stands at the begin, also in brackets, and what follows it."""
    if words and words[0] == "(":
        value, rest = _integer(words[1:], parameters)
        return (value, rest[1:]) if rest[:1] == [")"] else (None, rest)
    if words and words[0] in "+-":
        value, rest = _integer(words[1:], parameters)
        return (-value if words[0] == "-" and value is not None else value), rest
    if words and _NUMBER.fullmatch(words[0]):
        return _number(words[0]), words[1:]
    if len(words) > 1 and words[0] == "$":
        found = parameters.get(words[1].strip("`"))
        return (found if type(found) is int else None), words[2:]
    return None, words


def _number(word: str) -> int | None:
    digits = word.replace("_", "").lower()
    try:
        return int(digits, 0 if digits.startswith(("0x", "0o")) else 10)
    except ValueError:
        return None
