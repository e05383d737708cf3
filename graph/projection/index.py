"""What is derived from the columns once per snapshot: relations, pairs of actors, adjacency, contested
relations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.model import NOT_PREFIX
from graph.projection.columns import NO_DAY, ClaimColumns, Ints

Bools = NDArray[np.bool_]
Longs = NDArray[np.int64]

ARGUED = 2
"""Statuses below this number (asserted, alleged) can contest each other."""
_FAR = 1 << 32
"""A day before or after all days, which are numbers of 32 bits."""
_STRETCH = 1 << 34
"""Days of several pairs of relations are laid out on one line, a stretch for each pair."""


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
    """Group claims into relations and pairs; `symmetric` says it for each type.

    Relations are numbered in order of subject, type's name and object, whatever number a type has.
    """
    low, high = _ends(columns, symmetric)
    types = max(len(columns.types), 1)
    by_name, place = _in_order(columns.types)
    keys = (low.astype(np.int64) * types + place[columns.type]) * max(actors, 1) + high
    unique, relation_of = np.unique(keys, return_inverse=True)
    relation_of = relation_of.astype(np.int32)
    high_of = (unique % max(actors, 1)).astype(np.int32)
    rest = unique // max(actors, 1)
    subject, type_ = (rest // types).astype(np.int32), by_name[rest % types].astype(np.int32)
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
    _mark_contested(index, columns, unique, place * max(actors, 1))
    return index


def _in_order(types: Sequence[str]) -> tuple[Longs, Longs]:
    """The numbers of the types in order of their names, and the place of each in it."""
    by_name = np.array(sorted(range(len(types)), key=types.__getitem__), np.int64)
    place = np.empty(len(types), np.int64)
    place[by_name] = np.arange(len(types))
    return by_name, place


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


def _mark_contested(index: RelationIndex, columns: ClaimColumns, keys: Longs, part: Longs) -> None:
    """Pair each denial with the relation it denies, where a claim of each side overlaps in time.

    `keys` are those of the relations, in order; `part` is what each type has in them.
    A hand-written `NOT_NOT_…` denies nothing: a relation has at most one that opposes it.
    """
    numbers = {name: number for number, name in enumerate(columns.types)}
    for name, denial in numbers.items():
        plain = name.removeprefix(NOT_PREFIX)
        if plain == name or plain not in numbers or plain.startswith(NOT_PREFIX):
            continue
        denials = np.flatnonzero(index.type == denial)
        wanted = keys[denials] + (part[numbers[plain]] - part[denial])
        places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        both = keys[places] == wanted
        denials, denied = denials[both], places[both]
        met = same_time(index, columns, denials, denied)
        index.opposed[denials[met]] = denied[met]
        index.opposed[denied[met]] = denials[met]


def same_time(
    index: RelationIndex, columns: ClaimColumns, ones: Longs, others: Longs, among: Bools | None = None
) -> Bools:
    """For pairs of relations: whether a claim of one and a claim of the other may be about the same time.

    Of those of the other that begin before one ends the longest lasting decides. `among` says which claims
    are looked at, else all are.
    """
    pair, first, last = _argued_spans(index, columns, ones, among)
    pair_other, first_other, last_other = _argued_spans(index, columns, others, among)
    begins = pair_other * _STRETCH + first_other
    order = np.argsort(begins)
    lasting = np.maximum.accumulate((pair_other * _STRETCH + last_other)[order])
    begun = np.searchsorted(begins[order], pair * _STRETCH + last, side="right")
    some = begun > 0
    meets = lasting[begun[some] - 1] >= (pair * _STRETCH + first)[some]
    found = np.zeros(len(ones), bool)
    found[pair[some][meets]] = True
    return found


def _argued_spans(
    index: RelationIndex, columns: ClaimColumns, relations: Longs, among: Bools | None
) -> tuple[Longs, Longs, Longs]:
    """Asserted and alleged claims of several relations: which relation, first and last day; an unknown bound
    is open."""
    positions, counts = gather(index.claim_start, relations)
    rows, pair = index.claim_order[positions], np.repeat(np.arange(len(relations)), counts)
    argued = columns.status[rows] < ARGUED
    if among is not None:
        argued &= among[rows]
    rows, pair = rows[argued], pair[argued]
    written = columns.date_from[rows] != NO_DAY
    first = np.where(written, columns.date_from[rows], columns.valid_from[rows]).astype(np.int64)
    last = np.where(written, columns.date_to[rows], columns.valid_to[rows]).astype(np.int64)
    return pair, np.where(first == NO_DAY, -_FAR, first), np.where(last == NO_DAY, _FAR, last)
