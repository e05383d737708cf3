"""What became of a load: counts, every refused row with its place and reason, and what is worth knowing."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field

import orjson

REJECTIONS_KEPT = 1_000
NAMES_KEPT = 1_000
"""Words of no known type, and columns that were not read, that a report names; the rest is counted."""
EXAMPLES_KEPT = 5
_VALUE_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was refused: `line` is the physical line in which it begins."""

    file: str
    line: int
    column: str | None
    reason: str
    value: str | None


@dataclass(frozen=True, slots=True)
class LoadNote:
    """Something that was accepted and is worth knowing; `code` is stable, `message` one sentence."""

    code: str
    message: str
    count: int


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The result of a load.

    `read` = `new` + `known` + `updated` + `refused_claims`, unless `strict` kept nothing or the load was
    `cancelled`: then more was read than was written. `refused` counts rows of actors and sources files too.
    `actors` and `sources` are how many new ones there are. `kept` is False when nothing was written: in a dry
    run, where the counts are what would be, and under `strict` with a refused row.
    """

    dataset: str
    datasets: tuple[str, ...]
    load_id: str
    read: int = 0
    new: int = 0
    known: int = 0
    updated: int = 0
    refused: int = 0
    refused_claims: int = 0
    actors: int = 0
    sources: int = 0
    rejections: tuple[Rejection, ...] = ()
    unknown_relations: dict[str, int] = field(default_factory=dict)
    unknown_words: int = 0
    other_columns: tuple[str, ...] = ()
    columns_unread: int = 0
    notes: tuple[LoadNote, ...] = ()
    elapsed_s: float = 0.0
    dry_run: bool = False
    kept: bool = True
    cancelled: bool = False

    def to_json(self) -> str:
        """The report as one JSON object."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2).decode()


@dataclass(slots=True)
class _Remark:
    text: str
    count: int = 0
    examples: list[str] = field(default_factory=list)


class Tally:
    """Counts while rows are read."""

    def __init__(self) -> None:
        self.read = 0
        self.refused = 0
        self.refused_claims = 0
        self.rejections: list[Rejection] = []
        self.unknown_relations: Counter[str] = Counter()
        self.other_columns: dict[str, None] = {}
        self._remarks: dict[str, _Remark] = {}

    def refuse(self, rejection: Rejection, *, claim: bool) -> None:
        """Count a refused row, and keep it while there are not too many."""
        self.refused += 1
        self.refused_claims += claim
        if len(self.rejections) < REJECTIONS_KEPT:
            self.rejections.append(rejection)

    def remark(self, code: str, text: str, example: str = "") -> None:
        """Count something noteworthy; `text` is the same for each of a code."""
        remark = self._remarks.setdefault(code, _Remark(text))
        remark.count += 1
        if example and len(remark.examples) < EXAMPLES_KEPT:
            remark.examples.append(example)

    def notes(self) -> tuple[LoadNote, ...]:
        """What was remarked, with the first examples."""
        return tuple(LoadNote(code, _sentence(one), one.count) for code, one in sorted(self._remarks.items()))


def rejection(
    file: str, line: int, reason: str, column: str | None = None, value: str | None = None
) -> Rejection:
    """A rejection whose texts can be printed: cut, and without broken signs."""
    return Rejection(file, line, column, _printable(reason), None if value is None else _printable(value))


def _printable(text: str) -> str:
    return text[: _VALUE_SHOWN * 4].encode("utf-8", "backslashreplace").decode()


def _sentence(remark: _Remark) -> str:
    if not remark.examples:
        return remark.text
    more = ", …" if remark.count > len(remark.examples) else ""
    return f"{remark.text}: {', '.join(remark.examples)}{more}"
