"""Cells into values: each function takes what stood in a cell and gives its value or says why it has none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graph.dates import PartialDate, parse_date
from graph.ids import dataset_name as slug
from graph.ids import name_key
from graph.model import ACTOR_KINDS, EXTERNAL_DATASET, POLARITIES, STATUSES, Polarity, Status
from ingest.records import RowRefused

NAME_LIMIT = 4_096
ID_LIMIT = 256
OFFSET_LIMIT = 1 << 53
NEGATED = "negated"
"""A status that files may write; it means asserted, and denies the triple."""

_NOT_IN_AN_ID = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_DATASET = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,14}")
_DIGITS = re.compile(r"[0-9]{1,16}")


def text_in(values: Mapping[str, Any], column: str) -> str | None:
    """The text of a cell without surrounding space; None where it is absent or empty.

    Raises: RowRefused when JSON gave something that is neither a text nor a whole number.
    """
    value = values.get(column)
    if value is None:
        return None
    if type(value) is str:
        return value.strip() or None
    if type(value) is int:
        return str(value)
    raise RowRefused(column, f"{column} must be a text, not {_json_word(value)}", str(value)[:200])


def verbatim_in(values: Mapping[str, Any], column: str) -> str | None:
    """As `text_in`, with every sign as it stands, for the words of a source."""
    return values[column] if text_in(values, column) is not None and type(values[column]) is str else None


def actor_name(text: str, column: str) -> str:
    """A name with its white space made single spaces.

    Raises: RowRefused when it is too long or has no visible sign.
    """
    if len(text) > NAME_LIMIT:
        raise RowRefused(
            column, f"the name has {len(text):,} signs; at most {NAME_LIMIT:,} are allowed", text[:200]
        )
    name = " ".join(text.split())
    if not any(sign.isprintable() and not sign.isspace() for sign in name) or not name_key(name):
        raise RowRefused(column, "the name has no visible sign", text)
    return name


def identifier(text: str, column: str) -> str:
    """An id that the data brings.

    Raises: RowRefused when it holds white space or control signs, or is too long.
    """
    if len(text) > ID_LIMIT:
        raise RowRefused(
            column, f"the id has {len(text):,} signs; at most {ID_LIMIT} are allowed", text[:200]
        )
    if _NOT_IN_AN_ID.search(text):
        raise RowRefused(column, "an id holds no white space and no control signs", text)
    return text


def kind(text: str, column: str) -> str:
    """An actor kind of the closed list, written in any case, with spaces or hyphens.

    Raises: RowRefused naming the allowed ones.
    """
    word = text.casefold().replace(" ", "_").replace("-", "_")
    if word not in ACTOR_KINDS:
        raise RowRefused(column, f"unknown kind; allowed: {', '.join(ACTOR_KINDS)}", text)
    return word


def status(text: str) -> tuple[Status, bool]:
    """The status, and whether it also denies the triple.

    Raises: RowRefused naming the allowed ones.
    """
    word = text.casefold()
    if word == NEGATED:
        return "asserted", True
    for allowed in STATUSES:
        if word == allowed:
            return allowed, False
    raise RowRefused("status", f"unknown status; allowed: {', '.join(STATUSES)}, {NEGATED}", text)


def polarity(text: str) -> Polarity:
    """Raises: RowRefused naming the allowed ones."""
    word = text.casefold()
    for allowed in POLARITIES:
        if word == allowed:
            return allowed
    raise RowRefused("polarity", f"unknown polarity; allowed: {', '.join(POLARITIES)}", text)


def date(text: str, column: str) -> PartialDate:
    """Raises: RowRefused when it is no date of our strict form or does not exist."""
    try:
        return parse_date(text)
    except ValueError as error:
        raise RowRefused(column, str(error), text) from None


def offset(values: Mapping[str, Any], column: str) -> int | None:
    """A place in a source's text, in characters from 0.

    Raises: RowRefused when it is no whole number from 0.
    """
    text = text_in(values, column)
    if text is None:
        return None
    if not _DIGITS.fullmatch(text) or int(text) >= OFFSET_LIMIT:
        raise RowRefused(column, f"{column} must be a whole number from 0", text)
    return int(text)


def dataset(text: str, column: str) -> str:
    """The name of a data set.

    Raises: RowRefused when it is not lower case letters, digits, `.`, `_` and `-`, or is reserved.
    """
    if text == EXTERNAL_DATASET:
        raise RowRefused(column, f"the data set name {text!r} is reserved for claims written by hand", text)
    if not _DATASET.fullmatch(text):
        hint = f", such as {slug(text)!r}" if slug(text) else ""
        allowed = "a data set's name has lower case letters, digits, '.', '_' and '-', at most 80"
        raise RowRefused(column, f"{allowed}{hint}", text[:200])
    return text


def wikidata_id(text: str, column: str) -> str:
    """Raises: RowRefused when it is not of the form Q313."""
    if not _WIKIDATA.fullmatch(text):
        raise RowRefused(column, "a Wikidata id has the form Q313", text)
    return text


def texts_in(values: Mapping[str, Any], column: str) -> tuple[str, ...]:
    """The texts of a cell: separated by `|`, or a JSON list.

    Raises: RowRefused when the list holds something else.
    """
    value = values.get(column)
    if isinstance(value, list):
        if not all(type(item) is str and "\0" not in item for item in value):
            raise RowRefused(column, f"{column} must be a list of texts")
        parts = value
    else:
        parts = (text_in(values, column) or "").split("|")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _json_word(value: object) -> str:
    words = {bool: "true or false", float: "a broken number", list: "a list", dict: "an object"}
    return words.get(type(value), "something else")
