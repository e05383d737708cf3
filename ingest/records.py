"""What stands between a file and the graph: rows as read, rows as checked, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from graph.dates import PartialDate
from graph.errors import InputUnusable
from graph.model import Polarity, Status
from graph.vocabulary import RelationType

SYNONYMS: Mapping[str, str] = MappingProxyType({"start": "valid_from", "end": "valid_to"})
"""Column names that are read as another one."""


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of one kind of table; header names are the contract."""

    name: str
    columns: tuple[str, ...]
    required: tuple[str, ...]


CLAIMS = Form(
    "claims",
    (
        "subject", "relation", "object", "source", "date", "date_text", "status", "polarity", "attributed_to",
        "statement", "quote", "passage_start", "passage_end", "subject_kind", "object_kind", "subject_id",
        "object_id", "valid_from", "valid_to", "dataset", "claim_id",
    ),
    ("subject", "relation", "object"),
)  # fmt: skip
ACTORS = Form("actors", ("id", "name", "kind", "aliases", "description", "wikidata_id", "country"), ("name",))
SOURCES = Form(
    "sources",
    ("id", "title", "publisher", "url", "author", "published", "retrieved", "lang", "sha256"),
    ("id",),
)


class RawRow(NamedTuple):
    """A row as it stands in the file: the physical line it begins in, and its cells by column."""

    line: int
    values: Mapping[str, Any]


class Fault(NamedTuple):
    """A row that could not even be read."""

    line: int
    reason: str
    column: str | None = None
    value: str | None = None


class RowRefused(ValueError):
    """A row that was read and cannot be taken: the column, why, and what stood there."""

    def __init__(self, column: str | None, reason: str, value: str | None = None) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.value = value


class FileBroken(InputUnusable):
    """A file from which nothing can be read after this line."""

    def __init__(self, path: object, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Mention:
    """How a claims row names one of its two actors; `column` is `subject` or `object`."""

    column: str
    name: str
    id: str | None = None
    kind: str | None = None


@dataclass(slots=True)
class ClaimRow:
    """A claims row whose cells were checked; which actors and source it means is still open.

    `type` carries `NOT_` where the triple is denied, `entry` is the vocabulary's for the type without it.
    `exported`: a record of our own export, where ends are ids and nothing is resolved by name.
    """

    dataset: str
    subject: Mention
    object: Mention
    word: str
    entry: RelationType
    known_word: bool
    type: str
    polarity: Polarity
    category: str
    status: Status = "asserted"
    source: str | None = None
    date: PartialDate | None = None
    date_text: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    attributed_to: str | None = None
    attributed_to_id: str | None = None
    statement: str | None = None
    quote: str | None = None
    passage_start: int | None = None
    passage_end: int | None = None
    claim_id: str | None = None
    exported: bool = False


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """A row of an actors file; without an id the actor is found or made by its name."""

    name: str
    id: str | None = None
    kind: str | None = None
    aliases: tuple[str, ...] = ()
    description: str | None = None
    wikidata_id: str | None = None
    country: str | None = None
    datasets: tuple[str, ...] = field(default=())
