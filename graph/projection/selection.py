"""What a filter lets through: the one place where a Filter becomes masks over claims, relations and
actors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph.dates import parse_date
from graph.filters import NOT_WALKED, Filter
from graph.ids import name_key
from graph.model import ACTOR_KINDS, FAMILIES, NOT_PREFIX, POLARITIES, STATUSES
from graph.projection.columns import NO_DAY, ClaimColumns
from graph.projection.index import Bools, Longs, distinct
from graph.projection.loads import load_order
from graph.projection.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Masks of what may be used.

    `claims`, `undated` (claims left out only because they have no date), per claim; `relations`, per
    relation; `actors` (may be a neighbour or passed through), per actor; `all_actors` says that every
    actor may.
    """

    claims: Bools
    undated: Bools
    relations: Bools
    actors: Bools
    all_actors: bool


def select(snapshot: Snapshot, filter_: Filter) -> Selection:
    """The selection of a filter; kept for the next question with the same one."""
    claim_part = replace(filter_, kind=(), avoid=(), direction="any", max_degree=None)
    claims, undated, relations = snapshot.kept("claims", claim_part, lambda: _claims(snapshot, claim_part))
    actors = _actors(snapshot, filter_)
    return Selection(claims, undated, relations, actors, bool(actors.all()))


def claims_among(snapshot: Snapshot, selection: Selection, open_to: Sequence[int] = ()) -> Bools:
    """Selected claims with both ends let through; the actors `open_to` are let through whatever the filter
    says."""
    if selection.all_actors:
        return selection.claims
    allowed = selection.actors.copy()
    allowed[list(open_to)] = True
    columns = snapshot.columns
    among: Bools = selection.claims & allowed[columns.subject] & allowed[columns.object]
    return among


def _claims(snapshot: Snapshot, filter_: Filter) -> tuple[Bools, Bools, Bools]:
    columns = snapshot.columns
    wanted = _types(snapshot, filter_)[columns.type] if len(columns) else np.zeros(0, bool)
    wanted = wanted & _origin(columns, filter_)
    if filter_.recorded_by is not None:
        wanted = wanted & load_order(snapshot).up_to(filter_.recorded_by)
    in_time, undated = _time(snapshot, filter_)
    left_out = wanted & undated & ~in_time
    claims = wanted & in_time
    relations, claims = _supported(snapshot, filter_, claims)
    return claims, left_out, relations


def _types(snapshot: Snapshot, filter_: Filter) -> Bools:
    """Which types pass: by name, category, family, polarity and `structural`."""
    named = _named_types(filter_)
    passes = []
    for name, entry in zip(snapshot.columns.types, snapshot.types, strict=True):
        polarity = POLARITIES[name.startswith(NOT_PREFIX)]
        ok = not named or name in named
        ok = ok and (not filter_.polarity or polarity in filter_.polarity)
        ok = ok and _in_category(entry.category, filter_)
        ok = ok and (filter_.structural == "include" or entry.category not in NOT_WALKED)
        passes.append(ok)
    return np.array(passes, dtype=bool)


def _in_category(category: str, filter_: Filter) -> bool:
    if filter_.category and category not in filter_.category:
        return False
    return not filter_.family or any(category in FAMILIES[f] for f in filter_.family)


def _named_types(filter_: Filter) -> set[str]:
    """`type=MEETS&polarity=negative` means NOT_MEETS."""
    named = set(filter_.type)
    if "negative" in filter_.polarity:
        named |= {t if t.startswith(NOT_PREFIX) else NOT_PREFIX + t for t in filter_.type}
    return named


def _origin(columns: ClaimColumns, filter_: Filter) -> Bools:
    """Who says so: status, source, data set, speaker."""
    ok = np.ones(len(columns), bool)
    if filter_.status:
        ok &= _lookup((s in filter_.status for s in STATUSES), len(STATUSES))[columns.status]
    if filter_.source:
        named = _sources(columns, set(filter_.source))
        ok &= named[columns.source]
    if filter_.dataset:
        ok &= _lookup((d in filter_.dataset for d in columns.datasets), len(columns.datasets))[
            columns.dataset
        ]
    if filter_.attributed_to:
        ok &= _speakers(columns, filter_.attributed_to)[columns.speaker]
    return ok


def _sources(columns: ClaimColumns, wanted: set[str]) -> Bools:
    """A source is named by its id, or by data set and id where several data sets share an id."""
    return _lookup((s in wanted or f"{d}/{s}" in wanted for d, s in columns.sources), len(columns.sources))


def _speakers(columns: ClaimColumns, wanted: tuple[str, ...]) -> Bools:
    """A speaker is named by the words of the claim or by the actor's id; the last place stands for nobody."""
    keys = {name_key(text) for text in wanted}
    named = [name_key(text) in keys or (actor or "") in wanted for text, actor in columns.speakers]
    return np.array([*named, False], dtype=bool)


def _lookup(values: Iterable[bool], size: int) -> Bools:
    return np.fromiter(values, bool, size)


def _time(snapshot: Snapshot, filter_: Filter) -> tuple[Bools, Bools]:
    """Which claims pass the dates, and which have none at all."""
    columns = snapshot.columns
    dated = columns.dated()
    if not filter_.dated:
        return (dated if filter_.undated == "exclude" else np.ones(len(columns), bool)), ~dated
    ok = dated & _window(columns, filter_) & _begun(columns, filter_.begun_by) & _as_of(columns, filter_)
    if filter_.undated == "include":
        ok |= ~dated
    elif filter_.undated is None and len(columns):
        lasting = _lookup((t.category in FAMILIES["structural"] for t in snapshot.types), len(snapshot.types))
        ok |= ~dated & lasting[columns.type]
    return ok, ~dated


def _window(columns: ClaimColumns, filter_: Filter) -> Bools:
    """The date's bounds, or the validity, meet the window from `since` to `until`."""
    if not (filter_.since or filter_.until):
        return np.ones(len(columns), bool)
    begin = parse_date(filter_.since).first if filter_.since else NO_DAY + 1
    end = parse_date(filter_.until).last if filter_.until else np.iinfo(np.int32).max
    written = (columns.date_from != NO_DAY) & (columns.date_from <= end) & (columns.date_to >= begin)
    valid = (columns.valid_from != NO_DAY) | (columns.valid_to != NO_DAY)
    lasts = (columns.valid_to == NO_DAY) | (columns.valid_to >= begin)
    began = (columns.valid_from == NO_DAY) | (columns.valid_from <= end)
    meets: Bools = written | (valid & began & lasts)
    return meets


def _as_of(columns: ClaimColumns, filter_: Filter) -> Bools:
    """Begun by the day, and gone only if its validity ended before: a meeting stays once it happened."""
    if not filter_.as_of:
        return np.ones(len(columns), bool)
    ended = (columns.valid_to != NO_DAY) & (columns.valid_to < parse_date(filter_.as_of).last)
    holds: Bools = _begun(columns, filter_.as_of) & ~ended
    return holds


def _begun(columns: ClaimColumns, date: str | None) -> Bools:
    """Begun by the last day of a date; what only has an end began before all days."""
    if date is None:
        return np.ones(len(columns), bool)
    start = np.where(columns.valid_from != NO_DAY, columns.valid_from, columns.date_from)
    begun: Bools = start <= parse_date(date).last
    return begun


def _supported(snapshot: Snapshot, filter_: Filter, claims: Bools) -> tuple[Bools, Bools]:
    """Relations with enough claims and sources after all other filters, and the claims that remain."""
    relation_of = snapshot.relations.relation_of
    size = len(snapshot.relations)
    counts = np.bincount(relation_of[claims], minlength=size)
    relations = counts >= max(filter_.min_claims, 1)
    if filter_.min_sources > 1:
        relations &= (
            distinct_sources(snapshot, np.flatnonzero(claims), relation_of, size) >= filter_.min_sources
        )
    if filter_.min_claims > 1 or filter_.min_sources > 1:
        claims = claims & relations[relation_of]
    return relations, claims


def distinct_sources(snapshot: Snapshot, rows: Longs, group_of: np.ndarray, groups: int) -> Longs:
    """How many different sources the claims `rows` of each group have; `group_of` is per claim."""
    sources = max(len(snapshot.columns.sources), 1)
    keys = distinct(group_of[rows].astype(np.int64) * sources + snapshot.columns.source[rows])
    return np.bincount(keys // sources, minlength=groups)


def _actors(snapshot: Snapshot, filter_: Filter) -> Bools:
    ok = np.ones(len(snapshot.actors), bool)
    if filter_.kind:
        ok &= _lookup((k in filter_.kind for k in ACTOR_KINDS), len(ACTOR_KINDS))[snapshot.kinds]
    for actor in filter_.avoid:
        if actor in snapshot.index:
            ok[snapshot.index[actor]] = False
    return ok
