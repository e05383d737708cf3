"""Rows as read into rows as checked: cells have values of their closed lists, nothing contradicts itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from graph.ids import TYPE_PATTERN
from graph.model import CATEGORIES, NOT_PREFIX, Polarity, Source, Status
from graph.vocabulary import RelationType, Vocabulary, denial_of, split_negation
from ingest import normalise
from ingest.normalise import text_in
from ingest.records import ActorEntry, ClaimRow, Mention, RawRow, RowRefused

_NAMES_KEPT = 50_000
_STANCE = frozenset({"status", "polarity"})
_PLACE = frozenset({"dataset", "claim_id", "source"})
_ENDS = frozenset({"subject_id", "subject_kind", "object_id", "object_kind"})
_EVIDENCE = frozenset(
    {
        "valid_from", "valid_to", "date_text", "attributed_to", "statement", "quote", "passage_start",
        "passage_end",
    }
)  # fmt: skip
"""Columns that many files do not have: a row is asked for them only if it has one of them."""


class _Word(NamedTuple):
    """What a relation word means: the type without `NOT_`, and whether the word denies it."""

    entry: RelationType
    known: bool
    negative: bool


class ClaimValidator:
    """Checks claims rows.

    `dataset` is the data set of rows that name none; with `override` it is that of every row.
    """

    def __init__(self, vocabulary: Vocabulary, dataset: str, *, override: bool) -> None:
        self._vocabulary = vocabulary
        self._dataset = dataset
        self._override = override
        self._words: dict[str, _Word] = {}

    def extend(self, entries: tuple[RelationType, ...]) -> None:
        """Take in the relation types that a record of our own export carries."""
        self._vocabulary = self._vocabulary.extended(entries)
        self._words.clear()

    def check(self, values: Mapping[str, Any]) -> ClaimRow:
        """The claim that the row states.

        Raises: RowRefused.
        """
        word = self._required(values, "relation")
        meaning = self._meaning(word)
        status, polarity = _stance(values, meaning.negative)
        row = ClaimRow(
            dataset=self._dataset_of(values),
            subject=self._mention(values, "subject"),
            object=self._mention(values, "object"),
            word=word,
            entry=meaning.entry,
            known_word=meaning.known,
            type=_type(meaning.entry, polarity),
            polarity=polarity,
            category=meaning.entry.category,
            status=status,
        )
        if not _PLACE.isdisjoint(values):
            if id := text_in(values, "claim_id"):
                row.claim_id = normalise.identifier(id, "claim_id")
            row.source = text_in(values, "source")
        return _evidence(row, values)

    def check_record(self, values: Mapping[str, Any]) -> ClaimRow:
        """The claim of a `claim` record of our own export, where the ends are ids.

        Raises: RowRefused.
        """
        type_ = self._required(values, "type")
        if not TYPE_PATTERN.fullmatch(type_):
            raise RowRefused("type", "a type is UPPER_SNAKE, as in MEETS, at most 120 signs", type_[:200])
        base = type_.removeprefix(NOT_PREFIX)
        polarity: Polarity = "positive" if base == type_ else "negative"
        status, said = _stance(values, polarity == "negative")
        category = text_in(values, "category") or self._vocabulary.get(base).category
        if category not in CATEGORIES or said != polarity or base.startswith(NOT_PREFIX) or not base:
            raise RowRefused("type", "type, polarity and category of the record do not fit together", type_)
        entry = self._vocabulary.get(base)
        if not self._vocabulary.is_known(base):
            entry = replace(entry, category=category)
        row = ClaimRow(
            dataset=self._dataset_of(values),
            subject=_by_id(self._required(values, "subject"), "subject"),
            object=_by_id(self._required(values, "object"), "object"),
            word=text_in(values, "relation_raw") or "",
            entry=entry,
            known_word=True,
            type=type_,
            polarity=polarity,
            category=category,
            status=status,
            source=text_in(values, "source_id"),
            claim_id=text_in(values, "id"),
            attributed_to_id=text_in(values, "attributed_to_id"),
            exported=True,
        )
        return _evidence(row, values)

    def _dataset_of(self, values: Mapping[str, Any]) -> str:
        if self._override or _PLACE.isdisjoint(values):
            return self._dataset
        name = text_in(values, "dataset")
        return normalise.dataset(name, "dataset") if name else self._dataset

    def _required(self, values: Mapping[str, Any], column: str) -> str:
        text = text_in(values, column)
        if text is None:
            raise RowRefused(column, f"{column} is {'empty' if column in values else 'missing'}")
        return text

    def _mention(self, values: Mapping[str, Any], column: str) -> Mention:
        name = self._required(values, column)
        if _ENDS.isdisjoint(values):
            return Mention(column, name)
        id = text_in(values, f"{column}_id")
        kind = text_in(values, f"{column}_kind")
        if id is not None:
            id = normalise.identifier(id, f"{column}_id")
        if kind is not None:
            kind = normalise.kind(kind, f"{column}_kind")
        return Mention(column, name, id, kind)

    def _meaning(self, word: str) -> _Word:
        found = self._words.get(word)
        if found is None:
            try:
                plain, negative = split_negation(word)
                found = _Word(self._vocabulary.resolve(plain), self._vocabulary.is_known(plain), negative)
            except ValueError as error:
                raise RowRefused("relation", str(error), word[:200]) from None
            if len(self._words) < _NAMES_KEPT:
                self._words[word] = found
        return found


def actor_entry(values: Mapping[str, Any]) -> ActorEntry:
    """The actor that a row of an actors file or an `actor` record tells about.

    Raises: RowRefused.
    """
    name = text_in(values, "name")
    if name is None:
        raise RowRefused("name", "name is empty")
    return ActorEntry(
        name=normalise.actor_name(name, "name"),
        id=_checked(values, "id", normalise.identifier),
        kind=_checked(values, "kind", normalise.kind),
        aliases=tuple(normalise.actor_name(one, "aliases") for one in normalise.texts_in(values, "aliases")),
        description=text_in(values, "description"),
        wikidata_id=_checked(values, "wikidata_id", normalise.wikidata_id),
        country=text_in(values, "country"),
        datasets=normalise.texts_in(values, "datasets"),
    )


def source_of(values: Mapping[str, Any]) -> Source:
    """The source that a row of a sources file or a `source` record tells about.

    Raises: RowRefused.
    """
    id = _checked(values, "id", normalise.identifier)
    if id is None:
        raise RowRefused("id", "id is empty")
    url = text_in(values, "url")
    return Source(
        id=id,
        title=text_in(values, "title") or url or id,
        publisher=text_in(values, "publisher"),
        url=url,
        author=text_in(values, "author"),
        published=text_in(values, "published"),
        retrieved=text_in(values, "retrieved"),
        lang=text_in(values, "lang"),
        sha256=text_in(values, "sha256"),
        datasets=normalise.texts_in(values, "datasets"),
    )


def is_record(row: RawRow) -> bool:
    """Whether a row is a record of our own export, not a native row."""
    return "record" in row.values


def _checked(values: Mapping[str, Any], column: str, check: Callable[[str, str], str]) -> str | None:
    text = text_in(values, column)
    return None if text is None else check(text, column)


def _by_id(id: str, column: str) -> Mention:
    return Mention(column, "", normalise.identifier(id, column))


def _stance(values: Mapping[str, Any], negative: bool) -> tuple[Status, Polarity]:
    """Status and polarity; `negative` where the relation word itself denies."""
    if _STANCE.isdisjoint(values):
        return "asserted", "negative" if negative else "positive"
    status: Status = "asserted"
    written = text_in(values, "status")
    denied_by = "the relation is a denial" if negative else ""
    if written:
        status, negated = normalise.status(written)
        if negated:
            denied_by = denied_by or "the status is negated"
    said = text_in(values, "polarity")
    if said:
        if normalise.polarity(said) == "negative":
            return status, "negative"
        if denied_by:
            raise RowRefused("polarity", f"{denied_by}, but the polarity is positive", said)
    return status, "negative" if denied_by else "positive"


def _type(entry: RelationType, polarity: Polarity) -> str:
    if polarity == "positive":
        return entry.type
    try:
        return denial_of(entry.type)
    except ValueError as error:
        raise RowRefused("relation", str(error), entry.type) from None


def _evidence(row: ClaimRow, values: Mapping[str, Any]) -> ClaimRow:
    """Fill in when it happened, who says so and where it stands."""
    if written := text_in(values, "date"):
        row.date = normalise.date(written, "date")
    if _EVIDENCE.isdisjoint(values):
        return row
    if start := text_in(values, "valid_from"):
        row.valid_from = normalise.date(start, "valid_from").text
    if end := text_in(values, "valid_to"):
        row.valid_to = normalise.date(end, "valid_to").text
    row.date_text = text_in(values, "date_text")
    if said_by := text_in(values, "attributed_to"):
        row.attributed_to = normalise.actor_name(said_by, "attributed_to")
    row.statement = text_in(values, "statement")
    row.quote = normalise.verbatim_in(values, "quote")
    row.passage_start = normalise.offset(values, "passage_start")
    row.passage_end = normalise.offset(values, "passage_end")
    _check_passage(row)
    return row


def _check_passage(row: ClaimRow) -> None:
    if (row.passage_start is None) != (row.passage_end is None):
        missing = "passage_end" if row.passage_end is None else "passage_start"
        raise RowRefused(missing, "a passage has both a start and an end")
    if row.passage_start is not None and row.passage_end is not None and row.passage_start >= row.passage_end:
        raise RowRefused("passage_end", "the passage ends before it begins", str(row.passage_end))
