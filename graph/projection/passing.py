"""Which claims and relations a filter lets through: the one place where a Filter becomes masks over them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from graph.dates import parse_date
from graph.filters import NOT_WALKED, Filter
from graph.ids import name_key
from graph.model import CATEGORIES, FAMILIES, NOT_PREFIX, POLARITIES, STATUSES
from graph.projection.columns import NO_DAY, ClaimColumns
from graph.projection.index import Bools, Longs, distinct, gather
from graph.projection.loads import load_order
from graph.projection.snapshot import Snapshot

Rows = NDArray[np.integer] | slice
EVERY_ROW = slice(None)


class Passing:
    """Which claims and relations a filter lets through, whatever it says of actors.

    Asked for a few it looks at those alone; asked once for everything it keeps that.
    """

    def __init__(self, snapshot: Snapshot, filter_: Filter) -> None:
        self._snapshot = snapshot
        self._filter = filter_
        self._types = _types(snapshot, filter_)
        self._origin = _Origin(snapshot.columns, filter_)
        self._time = _Time(snapshot, filter_)
        load = filter_.recorded_by
        self._recorded = None if load is None else load_order(snapshot).up_to(load)
        self._everything: tuple[Bools, Bools] | None = None

    @property
    def nbytes(self) -> int:
        """Bytes it holds once everything was asked for."""
        return len(self._snapshot.columns) + len(self._snapshot.relations)

    def everything(self) -> tuple[Bools, Bools]:
        """Masks over all claims and over all relations."""
        if self._everything is None:
            index = self._snapshot.relations
            claims = self._by_itself(EVERY_ROW)
            rows = np.flatnonzero(claims)
            relations = self._supported(rows, index.relation_of[rows], len(index))
            if self._counts:
                claims &= relations[index.relation_of]
            self._everything = claims, relations
        return self._everything

    def claims_at(self, rows: Longs) -> Bools:
        """Which of these claims pass."""
        if self._everything is not None:
            return self._everything[0][rows]
        passes = self._by_itself(rows)
        if self._counts:
            passes &= self.relations_at(self._snapshot.relations.relation_of[rows])
        return passes

    def relations_at(self, relations: NDArray[np.integer]) -> Bools:
        """Which of these relations pass: those with enough claims and sources after all other filters."""
        if self._everything is not None:
            known: Bools = self._everything[1][relations]
            return known
        index = self._snapshot.relations
        positions, counts = gather(index.claim_start, relations)
        rows = index.claim_order[positions]
        passes = self._by_itself(rows)
        group = np.repeat(np.arange(len(relations)), counts)
        return self._supported(rows[passes], group[passes], len(relations))

    def undated_at(self, rows: Rows) -> Bools:
        """Which claims are left out only because they have no date."""
        return self._wanted(rows) & ~self._time.dated(rows) & ~self._time.passes(rows)

    @property
    def _counts(self) -> bool:
        return self._filter.min_claims > 1 or self._filter.min_sources > 1

    def _by_itself(self, rows: Rows) -> Bools:
        return self._wanted(rows) & self._time.passes(rows)

    def _wanted(self, rows: Rows) -> Bools:
        wanted = self._origin.narrowed(self._types[self._snapshot.columns.type[rows]], rows)
        return wanted if self._recorded is None else wanted & self._recorded[rows]

    def _supported(self, rows: Longs, group: NDArray[np.integer], groups: int) -> Bools:
        """Which groups of claims are large enough."""
        if not self._counts:
            found = np.zeros(groups, bool)
            found[group] = True
            return found
        supported: Bools = np.bincount(group, minlength=groups) >= self._filter.min_claims
        if self._filter.min_sources > 1:
            supported &= distinct_sources(self._snapshot, rows, group, groups) >= self._filter.min_sources
        return supported


def distinct_sources(snapshot: Snapshot, rows: Longs, group: NDArray[np.integer], groups: int) -> Longs:
    """How many different sources the claims `rows` of each group have; `group` is that of each row."""
    sources = max(len(snapshot.columns.sources), 1)
    keys = distinct(group.astype(np.int64) * sources + snapshot.columns.source[rows])
    return np.bincount(keys // sources, minlength=groups)


def _types(snapshot: Snapshot, filter_: Filter) -> Bools:
    """Which types pass: by name, category, family, polarity and `structural`."""
    open_ = lookup((_in_category(category, filter_) for category in CATEGORIES), len(CATEGORIES))
    passes = open_[snapshot.categories]
    if filter_.polarity:
        passes &= lookup((polarity in filter_.polarity for polarity in POLARITIES), len(POLARITIES))[
            snapshot.denial.astype(np.int64)
        ]
    if filter_.type:
        named, types = _named_types(filter_), snapshot.columns.types
        passes &= lookup((name in named for name in types), len(types))
    return passes


def _in_category(category: str, filter_: Filter) -> bool:
    if filter_.category and category not in filter_.category:
        return False
    if filter_.structural == "exclude" and category in NOT_WALKED:
        return False
    return not filter_.family or any(category in FAMILIES[f] for f in filter_.family)


def _named_types(filter_: Filter) -> set[str]:
    """`type=MEETS&polarity=negative` means NOT_MEETS."""
    named = set(filter_.type)
    if "negative" in filter_.polarity:
        named |= {t if t.startswith(NOT_PREFIX) else NOT_PREFIX + t for t in filter_.type}
    return named


class _Origin:
    """Who says so: status, source, data set, speaker."""

    def __init__(self, columns: ClaimColumns, filter_: Filter) -> None:
        self._restricted: list[tuple[NDArray[np.integer], Bools]] = []
        if filter_.status:
            wanted = lookup((s in filter_.status for s in STATUSES), len(STATUSES))
            self._restricted.append((columns.status, wanted))
        if filter_.source:
            self._restricted.append((columns.source, _sources(columns, set(filter_.source))))
        if filter_.without_source:
            self._restricted.append((columns.source, ~_sources(columns, set(filter_.without_source))))
        if filter_.dataset:
            wanted = lookup((d in filter_.dataset for d in columns.datasets), len(columns.datasets))
            self._restricted.append((columns.dataset, wanted))
        if filter_.attributed_to:
            self._restricted.append((columns.speaker, _speakers(columns, filter_.attributed_to)))

    def narrowed(self, claims: Bools, rows: Rows) -> Bools:
        """Those of the claims `rows` that are in the mask and have this origin."""
        for column, wanted in self._restricted:
            claims = claims & wanted[column[rows]]
        return claims


def _sources(columns: ClaimColumns, wanted: set[str]) -> Bools:
    """A source is named by its id, or by data set and id where several data sets share an id."""
    return lookup((s in wanted or f"{d}/{s}" in wanted for d, s in columns.sources), len(columns.sources))


def _speakers(columns: ClaimColumns, wanted: tuple[str, ...]) -> Bools:
    """A speaker is named by the words of the claim or by the actor's id; the last place stands for nobody."""
    keys = {name_key(text) for text in wanted}
    named = [name_key(text) in keys or (actor or "") in wanted for text, actor in columns.speakers]
    return np.array([*named, False], dtype=bool)


def lookup(values: Iterable[bool], size: int) -> Bools:
    """A mask over the numbers of a closed list."""
    return np.fromiter(values, bool, size)


class _Time:
    """Which claims pass the dates of a filter."""

    def __init__(self, snapshot: Snapshot, filter_: Filter) -> None:
        self._columns = snapshot.columns
        self._filter = filter_
        self._valid = snapshot.some_valid
        self._lasting = lookup(
            (category in FAMILIES["structural"] for category in CATEGORIES), len(CATEGORIES)
        )[snapshot.categories]
        self._begin = parse_date(filter_.since).first if filter_.since else NO_DAY + 1
        self._end = parse_date(filter_.until).last if filter_.until else np.iinfo(np.int32).max
        self._day = parse_date(filter_.as_of).last if filter_.as_of else None
        self._begun_by = parse_date(filter_.begun_by).last if filter_.begun_by else None

    def dated(self, rows: Rows) -> Bools:
        """Which claims have a date or a validity."""
        columns = self._columns
        known: Bools = columns.date_from[rows] != NO_DAY
        if self._valid:
            known |= (columns.valid_from[rows] != NO_DAY) | (columns.valid_to[rows] != NO_DAY)
        return known

    def passes(self, rows: Rows) -> Bools:
        """Which claims are in time, or need not be."""
        filter_ = self._filter
        if not filter_.dated:
            if filter_.undated == "exclude":
                return self.dated(rows)
            return np.ones(len(self._columns.type[rows]), bool)
        passes = self._in_window(rows)
        if self._begun_by is not None:
            passes &= self._begun(rows, self._begun_by)
        if self._day is not None:
            passes &= self._holds(rows, self._day)
        if filter_.undated == "include":
            passes |= ~self.dated(rows)
        elif filter_.undated is None:
            passes |= self._lasting[self._columns.type[rows]] & ~self.dated(rows)
        return passes

    def _in_window(self, rows: Rows) -> Bools:
        """The date's bounds, or the validity, meet the window from `since` to `until`."""
        columns = self._columns
        if not (self._filter.since or self._filter.until):
            return self.dated(rows)
        # What has no date ends before every begin.
        meets: Bools = (columns.date_to[rows] >= self._begin) & (columns.date_from[rows] <= self._end)
        if self._valid:
            first, last = columns.valid_from[rows], columns.valid_to[rows]
            meets |= (
                ((first != NO_DAY) | (last != NO_DAY))
                & (first <= self._end)  # an open begin is before every end
                & ((last == NO_DAY) | (last >= self._begin))
            )
        return meets

    def _holds(self, rows: Rows, day: int) -> Bools:
        """Begun by the day, and gone only if its validity ended before: a meeting stays once it happened."""
        begun = self._begun(rows, day)
        if not self._valid:
            return begun
        last = self._columns.valid_to[rows]
        holds: Bools = begun & ((last == NO_DAY) | (last >= day))
        return holds

    def _begun(self, rows: Rows, day: int) -> Bools:
        """Begun by a day; what only has an end began before all days."""
        start = self._columns.date_from[rows]
        if self._valid:
            first = self._columns.valid_from[rows]
            start = np.where(first != NO_DAY, first, start)
        begun: Bools = start <= day
        return begun
