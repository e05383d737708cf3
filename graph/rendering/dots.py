"""Places of thousands of actors, who are drawn as dots: communities packed beside each other, each a disc
that its actors fill evenly, so that no outlier makes it sparse."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.model import Relation
from graph.projection.index import Longs
from graph.questions.communities import communities
from graph.questions.deadline import Deadline
from graph.questions.tiegraph import TieGraph
from graph.rendering.packing import SPACING, Floats, pack, push_apart, reach_of
from graph.rendering.springs import Pulls, settled, sprung

_SPACING = 0.75
_MARGIN = 6.0
"""Room between two dots, in pixels at zoom 1."""
_ROUNDS = 4
"""How often dots that lie on each other are pushed apart within their community."""
_LARGE = 150
"""Up to so many actors a community is laid out exactly, by rounds whose time grows with the square."""
_EXACT_ROUNDS = 40
_NO_LIMIT = Deadline(None, "")


def pulls_of(relations: Sequence[Relation], number: Mapping[str, int]) -> Pulls:
    """Who of the numbered actors is tied to whom; relations of two add up, denials pull nothing."""
    subjects = np.array([number.get(relation.subject, -1) for relation in relations], np.int64)
    objects = np.array([number.get(relation.object, -1) for relation in relations], np.int64)
    claimed = np.array([relation.polarity == "positive" for relation in relations], bool)
    tied = claimed & (subjects >= 0) & (objects >= 0) & (subjects != objects)
    one, other = np.minimum(subjects, objects)[tied], np.maximum(subjects, objects)[tied]
    keys, counts = np.unique(one * len(number) + other, return_counts=True)
    return Pulls(keys // max(len(number), 1), keys % max(len(number), 1), 1.0 + np.log2(counts))


def dotted(pulls: Pulls, boxes: Floats, hub: int | None) -> Floats:
    """Places (n, 2) of all actors; the `hub` stays at the origin, and the communities found without it lie
    round it. `boxes` (n, 2) is the room that each actor needs."""
    count = len(boxes)
    if hub is not None:
        pulls = pulls.among((pulls.one != hub) & (pulls.other != hub))
    members = _members(pulls, count, hub)
    label = np.full(count, -1)
    row = np.zeros(count, np.int64)
    for number, community in enumerate(members):
        label[community] = number
        row[community] = np.arange(len(community))
    inner = _inner(pulls, label, row, len(members))
    shapes = [_shape(own, boxes[community]) for community, own in zip(members, inner, strict=True)]
    radii = np.array([reach_of(shape) for shape in shapes])
    start = SPACING[0] * 0.75 if hub is not None else 0.0
    centres = pack(radii, _bonds(pulls, label, len(members)), start)
    places = np.zeros((count, 2))
    for community, shape, middle in zip(members, shapes, centres, strict=True):
        places[community] = shape + middle
    return places


def _members(pulls: Pulls, count: int, hub: int | None) -> list[Longs]:
    """Communities by the same rule as the measure, largest first, without the hub."""
    keys = np.sort(np.concatenate([pulls.one * count + pulls.other, pulls.other * count + pulls.one]))
    start = np.searchsorted(keys, np.arange(count + 1) * count)
    of = communities(TieGraph(start, keys % count), _NO_LIMIT).of
    order = np.argsort(of, kind="stable")
    ends = np.cumsum(np.bincount(of))[:-1]
    found = np.split(order, ends)
    return [community for community in found if hub is None or community[0] != hub]


def _inner(pulls: Pulls, label: Longs, row: Longs, communities_: int) -> list[Pulls]:
    """The pairs within each community, by the places of their actors among its members."""
    inside = pulls.among(label[pulls.one] == label[pulls.other])
    home = label[inside.one]
    order = np.argsort(home, kind="stable")
    bounds = np.searchsorted(home[order], np.arange(communities_ + 1))
    one, other, weight = row[inside.one][order], row[inside.other][order], inside.weight[order]
    parts = (slice(begin, end) for begin, end in pairwise(bounds.tolist()))
    return [Pulls(one[part], other[part], weight[part]) for part in parts]


def _bonds(pulls: Pulls, label: Longs, communities_: int) -> Floats:
    """How strongly each two communities pull each other."""
    between = pulls.among(label[pulls.one] != label[pulls.other])
    bonds = np.zeros((communities_, communities_))
    one, other = label[between.one], label[between.other]
    np.add.at(bonds, (one, other), between.weight)
    np.add.at(bonds, (other, one), between.weight)
    return bonds


def _shape(pulls: Pulls, boxes: Floats) -> Floats:
    """Places of one community's actors round their own origin."""
    if len(boxes) == 1:
        return np.zeros((1, 2))
    found = sprung(pulls, len(boxes)) if len(boxes) > _LARGE else settled(pulls, len(boxes), _EXACT_ROUNDS)
    return push_apart(_evened(found), boxes + _MARGIN, (), _ROUNDS)


def _evened(places: Floats) -> Floats:
    """The same directions and the same order from the middle outwards, but everywhere equally dense."""
    rank = np.empty(len(places))
    rank[np.argsort(_squares(places), kind="stable")] = np.arange(len(places))
    reach = np.sqrt((rank + 0.5) / math.pi) * _SPACING
    way = np.column_stack([np.cos(angle := np.arctan2(places[:, 1], places[:, 0])), np.sin(angle)])
    evened: Floats = way * reach[:, None] * np.array(SPACING)
    return evened


def _squares(places: Floats) -> NDArray[np.float64]:
    squares: Floats = places[:, 0] ** 2 + places[:, 1] ** 2
    return squares
