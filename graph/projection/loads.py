"""The loads that wrote the claims of a snapshot, in the order in which they were recorded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from graph.errors import NotFound
from graph.filters import Filter
from graph.projection.index import Bools, Longs
from graph.projection.snapshot import Snapshot

_BEFORE_ALL = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, eq=False)
class LoadOrder:
    """Ids of all loads with the time at which they were recorded, as written, the earliest first; and per
    claim the place of its load in that order (-1: written by hand)."""

    ids: tuple[str, ...]
    recorded_at: tuple[str | None, ...]
    place: Longs

    def up_to(self, load_id: str) -> Bools:
        """Which claims that load or one before it recorded.

        Raises: NotFound.
        """
        if load_id not in self.ids:
            raise NotFound(f"no load {load_id[:80]!r} in this graph")
        recorded: Bools = (self.place >= 0) & (self.place <= self.ids.index(load_id))
        return recorded


def load_order(snapshot: Snapshot) -> LoadOrder:
    """The loads of a snapshot, which has to be the whole graph; kept for the next question.

    A load is recorded once. Where somebody changed that by hand the latest time counts; one without a
    readable time is before all others, and ids decide between equal times.
    """
    snapshot.need_all()
    return snapshot.kept("loads", Filter(), lambda: _in_order(snapshot))


def _in_order(snapshot: Snapshot) -> LoadOrder:
    columns = snapshot.columns
    recorded: dict[str, str | None] = {}
    for load_id, written in columns.loads:
        if load_id not in recorded or _key(written) > _key(recorded[load_id]):
            recorded[load_id] = written
    ids = tuple(sorted(recorded, key=lambda load_id: (*_key(recorded[load_id]), load_id)))
    place_of = {load_id: place for place, load_id in enumerate(ids)}
    places = np.array([*(place_of[load_id] for load_id, _ in columns.loads), -1], np.int64)
    return LoadOrder(ids, tuple(recorded[load_id] for load_id in ids), places[columns.load])


def _key(written: str | None) -> tuple[dt.datetime, str]:
    """What a time of recording is compared by; a time without a zone is taken for UTC."""
    try:
        moment = dt.datetime.fromisoformat(written or "")
    except ValueError:
        return _BEFORE_ALL, written or ""
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC), written or ""
