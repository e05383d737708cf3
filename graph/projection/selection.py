"""What a filter lets through: claims, relations and actors, looked at where they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.filters import Filter
from graph.model import ACTOR_KINDS
from graph.projection.index import Bools, Longs, gather
from graph.projection.passing import EVERY_ROW, Passing, lookup
from graph.projection.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """What may be used. `actors` (may be a neighbour or passed through) is a mask over all actors,
    `all_actors` says that every actor may; claims and relations are looked at when they are asked for."""

    passing: Passing
    actors: Bools
    all_actors: bool

    @property
    def nbytes(self) -> int:
        """Bytes it holds besides what it shares."""
        return self.actors.nbytes

    @property
    def claims(self) -> Bools:
        """A mask over all claims."""
        return self.passing.everything()[0]

    @property
    def relations(self) -> Bools:
        """A mask over all relations."""
        return self.passing.everything()[1]

    @property
    def undated(self) -> Bools:
        """A mask over all claims: those left out only because they have no date."""
        return self.passing.undated_at(EVERY_ROW)


def select(snapshot: Snapshot, filter_: Filter) -> Selection:
    """The selection of a filter; what it finds out is kept for the next question with the same one."""
    return snapshot.kept("selection", filter_, lambda: _selection(snapshot, filter_))


def claims_among(
    snapshot: Snapshot, selection: Selection, open_to: Sequence[int] = (), *, undated: bool = False
) -> Bools:
    """Selected claims with both ends let through, or those left out because they are `undated`; the actors
    `open_to` are let through whatever the filter says."""
    claims = selection.undated if undated else selection.claims
    if selection.all_actors:
        return claims
    allowed = selection.actors.copy()
    allowed[list(open_to)] = True
    columns = snapshot.columns
    among: Bools = claims & allowed[columns.subject] & allowed[columns.object]
    return among


def claims_of(snapshot: Snapshot, filter_: Filter, relations: NDArray[np.integer]) -> tuple[Longs, Longs]:
    """Rows of the selected claims of several relations, grouped in their order, and the group of each row."""
    index = snapshot.relations
    positions, counts = gather(index.claim_start, relations)
    rows = index.claim_order[positions]
    group = np.repeat(np.arange(len(relations)), counts)
    chosen = select(snapshot, filter_).passing.claims_at(rows)
    return rows[chosen], group[chosen]


def _selection(snapshot: Snapshot, filter_: Filter) -> Selection:
    claims = filter_.about_claims
    passing = snapshot.kept("passing", claims, lambda: Passing(snapshot, claims))
    actors = _actors(snapshot, filter_)
    return Selection(passing, actors, bool(actors.all()))


def _actors(snapshot: Snapshot, filter_: Filter) -> Bools:
    ok = np.ones(len(snapshot.actors), bool)
    if filter_.kind:
        ok &= lookup((k in filter_.kind for k in ACTOR_KINDS), len(ACTOR_KINDS))[snapshot.kinds]
    for actor in filter_.avoid:
        if actor in snapshot.index:
            ok[snapshot.index[actor]] = False
    return ok
