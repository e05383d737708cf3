"""What is derived from the columns once per snapshot: relations, pairs of actors, adjacency, contested
relations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.model import NOT_PREFIX
from graph.projection.columns import NO_DAY, ClaimColumns, Ints

Bools = NDArray[np.bool_]
Longs = NDArray[np.int64]

ARGUED = 2
"""Statuses below this number (asserted, alleged) can contest each other."""


@dataclass(frozen=True, slots=True, eq=False)
class RelationIndex:
    """Relations and their neighbours.

    Per claim: `relation_of`. Per relation: `subject`, `object` (smaller actor first where symmetric), `type`,
    `opposed` (the relation that denies it, or that it denies, where contested; else -1), and its claims
    `claim_order[claim_start[r]:claim_start[r + 1]]`. Per directed slot (an ordered pair of different
    actors that share a relation): `slot_to`, `slot_back` (the slot the other way); the slots of an actor are
    `slot_start[a]:slot_start[a + 1]`. `forward` and `backward` give each relation's slots (-1: a self
    relation). `touching[touch_start[a]:touch_start[a + 1]]` are the relations with the actor at an end,
    `joining[join_start[s]:join_start[s + 1]]` those between the two actors of a slot.
    """

    relation_of: Ints
    subject: Ints
    object: Ints
    type: Ints
    opposed: Ints
    claim_order: Longs
    claim_start: Longs
    slot_start: Longs
    slot_to: Ints
    slot_back: Longs
    forward: Longs
    backward: Longs
    touching: Longs
    touch_start: Longs
    joining: Ints
    join_start: Longs

    def __len__(self) -> int:
        return len(self.subject)


def ranges(starts: Longs, counts: Longs) -> Longs:
    """All positions of several ranges, one after another: `starts[i] … starts[i] + counts[i] - 1`."""
    if len(starts) == 1:
        return np.arange(starts[0], starts[0] + counts[0])
    total = int(counts.sum())
    if total == 0:
        return np.empty(0, np.int64)
    shift = np.repeat(starts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
    return shift + np.arange(total)


def distinct(keys: Longs) -> Longs:
    """The different values in ascending order; for large arrays of numbers several times as quick as
    `np.unique`, which hashes."""
    if not len(keys):
        return keys
    ordered = np.sort(keys)
    leads = np.empty(len(ordered), bool)
    leads[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=leads[1:])
    return ordered[leads]


def distinct_below(size: int, numbers: NDArray[np.integer]) -> Longs:
    """The different ones of many numbers below `size` in ascending order, without sorting them."""
    return np.flatnonzero(mask_of(size, numbers))


def mask_of(size: int, places: NDArray[np.integer]) -> Bools:
    """A mask that holds just these places."""
    mask = np.zeros(size, bool)
    mask[places] = True
    return mask


def gather(start: Longs, keys: NDArray[np.integer]) -> tuple[Longs, Longs]:
    """Positions of all entries of `keys` in a compressed table, and how many each key has."""
    begin = start[keys]
    counts = start[np.asarray(keys) + 1] - begin
    return ranges(begin, counts), counts


def build_index(columns: ClaimColumns, actors: int, symmetric: Bools) -> RelationIndex:
    """Group claims into relations and pairs; `symmetric` says it for each type."""
    low, high = _ends(columns, symmetric)
    types = max(len(columns.types), 1)
    keys = (low.astype(np.int64) * types + columns.type) * max(actors, 1) + high
    unique, relation_of = np.unique(keys, return_inverse=True)
    relation_of = relation_of.astype(np.int32)
    high_of = (unique % max(actors, 1)).astype(np.int32)
    rest = unique // max(actors, 1)
    subject, type_ = (rest // types).astype(np.int32), (rest % types).astype(np.int32)
    order, start = _grouped(relation_of, len(unique))
    slots = _slots(subject, high_of, actors)
    touching, touch_start = _touching(subject, high_of, actors)
    joining, join_start = _joining(slots[3], slots[4], len(slots[1]))
    index = RelationIndex(
        relation_of=relation_of,
        subject=subject,
        object=high_of,
        type=type_,
        opposed=np.full(len(unique), -1, np.int32),
        claim_order=order,
        claim_start=start,
        slot_start=slots[0],
        slot_to=slots[1],
        slot_back=slots[2],
        forward=slots[3],
        backward=slots[4],
        touching=touching,
        touch_start=touch_start,
        joining=joining,
        join_start=join_start,
    )
    _mark_contested(index, columns, unique, actors)
    return index


def _ends(columns: ClaimColumns, symmetric: Bools) -> tuple[Ints, Ints]:
    swap = symmetric[columns.type] & (columns.subject > columns.object) if len(columns) else np.zeros(0, bool)
    return np.where(swap, columns.object, columns.subject), np.where(swap, columns.subject, columns.object)


def _grouped(group: NDArray[np.integer], groups: int) -> tuple[Longs, Longs]:
    order = np.argsort(group, kind="stable")
    start = np.zeros(groups + 1, np.int64)
    np.cumsum(np.bincount(group, minlength=groups), out=start[1:])
    return order, start


def _slots(subject: Ints, object_: Ints, actors: int) -> tuple[Longs, Ints, Longs, Longs, Longs]:
    """Slots of both directions, sorted by actor and neighbour, and each relation's two slots."""
    wide = max(actors, 1)
    there = subject.astype(np.int64) * wide + object_
    back = object_.astype(np.int64) * wide + subject
    real = subject != object_
    keys = distinct(np.concatenate([there[real], back[real]]))
    origin, target = keys // wide, keys % wide
    start = np.zeros(actors + 1, np.int64)
    np.cumsum(np.bincount(origin, minlength=actors), out=start[1:])
    reverse = np.searchsorted(keys, target * wide + origin)
    forward = np.where(real, np.searchsorted(keys, there), -1)
    backward = np.where(real, np.searchsorted(keys, back), -1)
    return start, target.astype(np.int32), reverse, forward, backward


def _touching(subject: Ints, object_: Ints, actors: int) -> tuple[Longs, Longs]:
    relations = np.arange(len(subject))
    other = subject != object_
    ends = np.concatenate([subject, object_[other]])
    order, start = _grouped(ends, actors)
    return np.concatenate([relations, relations[other]])[order], start


def _joining(forward: Longs, backward: Longs, slots: int) -> tuple[Ints, Longs]:
    relations = np.flatnonzero(forward >= 0)
    order, start = _grouped(np.concatenate([forward[relations], backward[relations]]), slots)
    return np.concatenate([relations, relations])[order].astype(np.int32), start


def _mark_contested(index: RelationIndex, columns: ClaimColumns, keys: Longs, actors: int) -> None:
    """Pair each denial with the relation it denies, where a claim of each side overlaps in time.

    A hand-written `NOT_NOT_…` denies nothing: a relation has at most one that opposes it.
    """
    numbers = {name: number for number, name in enumerate(columns.types)}
    for name, denial in numbers.items():
        plain = name.removeprefix(NOT_PREFIX)
        if plain == name or plain not in numbers or plain.startswith(NOT_PREFIX):
            continue
        denials = np.flatnonzero(index.type == denial)
        wanted = keys[denials] + (numbers[plain] - denial) * max(actors, 1)
        places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        both = keys[places] == wanted
        for relation, at in zip(denials[both].tolist(), places[both].tolist(), strict=True):
            if _overlap(index, columns, relation, at):
                index.opposed[relation], index.opposed[at] = at, relation


def _overlap(index: RelationIndex, columns: ClaimColumns, one: int, other: int) -> bool:
    """Whether a span of one relation meets one of the other: of those that begin before it ends, the
    longest lasting decides."""
    first, last = _argued_spans(index, columns, one)
    first_other, last_other = _argued_spans(index, columns, other)
    order = np.argsort(first_other)
    begun = np.searchsorted(first_other[order], last, side="right")
    lasting = np.maximum.accumulate(last_other[order])
    return bool((lasting[begun[begun > 0] - 1] >= first[begun > 0]).any())


def _argued_spans(index: RelationIndex, columns: ClaimColumns, relation: int) -> tuple[Longs, Longs]:
    """Time spans of a relation's asserted and alleged claims; an unknown bound is open."""
    rows = index.claim_order[index.claim_start[relation] : index.claim_start[relation + 1]]
    rows = rows[columns.status[rows] < ARGUED]
    far = np.iinfo(np.int64).max
    written = columns.date_from[rows] != NO_DAY
    first = np.where(written, columns.date_from[rows], columns.valid_from[rows]).astype(np.int64)
    last = np.where(written, columns.date_to[rows], columns.valid_to[rows]).astype(np.int64)
    return np.where(first == NO_DAY, -far, first), np.where(last == NO_DAY, far, last)
