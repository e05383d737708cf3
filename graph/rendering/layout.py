"""Where actors are drawn: decided here, once, so that the browser never has to move anything.

Communities come first, each is laid out inside its own circle, and the circles are packed without overlap.
Denials pull nothing together. The same subgraph always gets the same positions.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from graph.model import Actor, Subgraph
from graph.rendering.dots import dotted, pulls_of
from graph.rendering.labels import CENTRE_FONT_SIZE, FONT_SIZE, disc_size, label_box, short_label
from graph.rendering.packing import SPACING, Floats, free_slots, pack, push_apart, reach_of
from graph.rendering.springs import SEED, settled

LABELLED = 400
"""Up to so many actors every label has its own room; above, only discs are kept apart."""

DOTTED = 1_000
"""Above so many actors are dots."""

_ROUNDS = 80
"""How long ties pull."""
_LAST_ROUNDS = 6
"""How often the discs of a large picture are pushed apart at the end."""
_HUB_SHARE = 0.5
_COLUMN, _ROW = 230.0, 104.0
_WHEEL = 72
"""Up to so many neighbours stand round their hub as on a wheel, each at an angle of its own."""
_RIM, _RIM_STEP = 185.0, 96.0
_WHEEL_ASPECT = 1.18
_TILT = -0.12
"""Turn of a wheel in radians: no spoke is exactly level or upright, where its words would be in the way."""

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The subgraph as numbers: how many actors, weight and family of each pulled pair, room each actor
    needs."""

    count: int
    pulls: Mapping[tuple[int, int], float]
    families: Mapping[tuple[int, int], str]
    boxes: Floats
    ties: tuple[frozenset[int], ...]


def positions(
    subgraph: Subgraph, *, centre: Sequence[str] = (), known: Mapping[str, Place] | None = None
) -> dict[str, Place]:
    """A place (x, y) in pixels at zoom 1 for every actor of the subgraph.

    `centre` holds the actors that were asked for: one becomes the middle, two become the left and right end
    of a picture in columns. With `known` places those actors stay exactly where they are and the others
    take free places round the known actor they are most tied to.
    """
    if not subgraph.actors:
        return {}
    ids = [actor.id for actor in subgraph.actors]
    number = {id_: index for index, id_ in enumerate(ids)}
    middle = [number[id_] for id_ in centre if id_ in number]
    some_known = known is not None and any(id_ in known for id_ in ids)
    many = len(ids) > DOTTED
    if many and not some_known and len(middle) != 2:
        return _named(ids, _dots(subgraph, number, middle))
    plan = _plan(subgraph, number, middle)
    if known is not None and some_known:
        return _named(ids, _beside_known(plan, ids, known)) | {id_: known[id_] for id_ in ids if id_ in known}
    if len(middle) == 2 and (columns := _columns(plan, middle[0], middle[1])) is not None:
        places = columns
    elif many:
        return _named(ids, _dots(subgraph, number, middle))
    elif len(middle) == 1 and _is_wheel(plan, middle[0]):
        places = _wheel(plan, middle[0])
    else:
        places = _communities(plan, _hub(plan, middle))
    places = _part(places, plan.boxes, middle, 60 if plan.count <= LABELLED else _LAST_ROUNDS)
    return _named(ids, _about(places, middle))


def _dots(subgraph: Subgraph, number: Mapping[str, int], middle: Sequence[int]) -> Floats:
    """Places of more actors than have room for a name."""
    pulls, boxes = pulls_of(subgraph.relations, number), _boxes(subgraph.actors, set(middle))[:, :2]
    hub = middle[0] if len(middle) == 1 and _is_hub(pulls.ties_of(middle[0]), len(number)) else None
    return _about(push_apart(dotted(pulls, boxes, hub), boxes, middle, _LAST_ROUNDS), middle)


def _about(places: Floats, middle: Sequence[int]) -> Floats:
    """The same picture about the origin, where the one actor is that it is about."""
    moved: Floats = places - (places[middle[0]] if len(middle) == 1 else places.mean(axis=0))
    return moved


def _named(ids: Sequence[str], places: Floats) -> dict[str, Place]:
    rounded = np.round(places, 1) + 0.0
    return {id_: (x, y) for id_, (x, y) in zip(ids, rounded.tolist(), strict=True)}


def _plan(subgraph: Subgraph, number: Mapping[str, int], middle: Sequence[int]) -> _Plan:
    weights: Counter[tuple[int, int]] = Counter()
    families: dict[tuple[int, int], str] = {}
    for relation in subgraph.relations:
        one, two = number.get(relation.subject), number.get(relation.object)
        if one is None or two is None or one == two:
            continue
        pair = min(one, two), max(one, two)
        families[pair] = min(families.get(pair, relation.family), relation.family)
        if relation.polarity == "positive":
            weights[pair] += 1
    pulls = {pair: 1.0 + math.log2(count) for pair, count in sorted(weights.items())}
    ties: list[set[int]] = [set() for _ in number]
    for one, two in pulls:
        ties[one].add(two)
        ties[two].add(one)
    boxes = _boxes(subgraph.actors, set(middle))
    return _Plan(len(number), pulls, families, boxes, tuple(map(frozenset, ties)))


def _boxes(actors: Sequence[Actor], middle: set[int]) -> Floats:
    """Room of each actor (n, 3): width and height of disc and label; how far below the disc's middle its
    is.
    """
    most = max((actor.degree for actor in actors), default=0)
    boxes = np.zeros((len(actors), 3))
    for index, actor in enumerate(actors):
        radius = disc_size(actor, most, is_centre=index in middle)
        boxes[index] = 2 * radius + 14, 2 * radius + 14, 0.0
        if len(actors) <= LABELLED:
            font_size = CENTRE_FONT_SIZE if index in middle else FONT_SIZE
            width, height = label_box(short_label(actor.name), font_size=font_size)
            boxes[index] = max(2 * radius, width) + 16, 2 * radius + height + 18, height / 2
    return boxes


def _hub(plan: _Plan, middle: Sequence[int]) -> int | None:
    """The one actor that the picture is about, where it is tied to at least half of the others."""
    return middle[0] if len(middle) == 1 and _is_hub(len(plan.ties[middle[0]]), plan.count) else None


def _is_hub(ties: int, actors: int) -> bool:
    return ties >= _HUB_SHARE * (actors - 1)


def _is_wheel(plan: _Plan, hub: int) -> bool:
    """Whether every other actor has a relation with the hub, and there are not too many of them."""
    around = {one + two - hub for one, two in plan.families if hub in (one, two)}
    return 0 < plan.count - 1 <= _WHEEL and len(around) == plan.count - 1


def _wheel(plan: _Plan, hub: int) -> Floats:
    """The hub in the middle, the others round it, alternately nearer and farther, so that no spoke meets a
    disc.

    Those with the same kind of relation to the hub stand together, and among them those with ties to each
    other.
    """
    label = {actor: n for n, community in enumerate(_partition(plan, hub)) for actor in community}
    rim = sorted(
        (actor for actor in range(plan.count) if actor != hub),
        key=lambda actor: (plan.families[min(hub, actor), max(hub, actor)], label[actor], actor),
    )
    rings = 1 if len(rim) <= 9 else 2 if len(rim) <= 24 else 3 if len(rim) <= 45 else 4
    places = np.zeros((plan.count, 2))
    for n, actor in enumerate(rim):
        angle = 2 * math.pi * n / len(rim) + _TILT
        reach = _RIM + _RIM_STEP * (n * 2 % rings if rings == 3 else n % rings)
        reach += 2.2 * max(0, len(rim) - 8) / rings
        places[actor] = _WHEEL_ASPECT * reach * math.cos(angle), reach * math.sin(angle)
    return places


def _communities(plan: _Plan, hub: int | None) -> Floats:
    """Places of all actors: communities (found without the hub) packed round the origin, where the hub is."""
    members = _partition(plan, hub)
    label = np.full(plan.count, -1)
    for index, community in enumerate(members):
        label[community] = index
    bonds = np.zeros((len(members), len(members)))
    for (one, two), weight in plan.pulls.items():
        a, b = label[one], label[two]
        if a != b and a >= 0 and b >= 0:
            bonds[a, b] += weight
            bonds[b, a] += weight
    shapes = [_inside(community, plan) for community in members]
    radii = np.array([reach_of(shape) for shape in shapes])
    centres = pack(radii, bonds, SPACING[0] * 0.75 if hub is not None else 0.0)
    places = np.zeros((plan.count, 2))
    for community, shape, middle in zip(members, shapes, centres, strict=True):
        places[community] = shape + middle
    return places


def _partition(plan: _Plan, hub: int | None) -> list[list[int]]:
    """Communities, largest first, each in order of number; the hub belongs to none."""
    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(index for index in range(plan.count) if index != hub)
    network.add_weighted_edges_from(
        (one, two, weight) for (one, two), weight in plan.pulls.items() if hub not in (one, two)
    )
    found = nx.community.louvain_communities(network, resolution=1.0, seed=SEED)
    return sorted((sorted(community) for community in found), key=lambda c: (-len(c), c[0]))


def _inside(community: list[int], plan: _Plan) -> Floats:
    """Places of one community's actors round their own origin (m, 2)."""
    if len(community) == 1:
        return np.zeros((1, 2))
    local = {index: row for row, index in enumerate(community)}
    pairs = (
        (local[index], local[other], plan.pulls[index, other])
        for index in community
        for other in plan.ties[index]
        if other in local and index < other
    )
    places = settled(pairs, len(community), _ROUNDS)
    spread = math.sqrt(float(np.mean(np.sum(places**2, axis=1)))) or 1.0
    wanted = math.sqrt(len(community)) * 0.5
    scaled = places / spread * wanted * np.array([SPACING[0], SPACING[1] * 1.15])
    room = plan.boxes[community] + np.array([6.0, 6.0, 0.0])
    return _part(scaled, room, (), 25 if len(community) <= LABELLED else 4)


def _part(places: Floats, boxes: Floats, held: Sequence[int], rounds: int) -> Floats:
    """Places whose boxes do not overlap; `boxes` (n, 3) as in `_boxes`."""
    drop = np.column_stack([np.zeros(len(boxes)), boxes[:, 2]])
    return push_apart(places + drop, boxes[:, :2], held, rounds) - drop


def _columns(plan: _Plan, start: int, end: int) -> Floats | None:
    """Places in columns from start to end by share of the way; None where no tie joins the two."""
    from_start, from_end = _hops(plan, start), _hops(plan, end)
    if end not in from_start:
        return None
    longest = max(from_start[i] + from_end[i] for i in from_start if i in from_end)
    share = {i: from_start[i] / (from_start[i] + from_end[i]) for i in from_start if i in from_end}
    columns: dict[float, list[int]] = {}
    for index in range(plan.count):
        columns.setdefault(round(share.get(index, 0.5) * longest, 2), []).append(index)
    places = np.zeros((plan.count, 2))
    for x in sorted(columns):
        column = columns[x]
        column.sort(key=lambda i: (_mean_height(plan, places, i, share, x / longest), i))
        rows = _rows(len(column), open_middle=_is_crossed(plan, share, x / longest))
        for index, y in zip(column, rows, strict=True):
            places[index] = x * _COLUMN, y
    return places


def _is_crossed(plan: _Plan, share: Mapping[int, float], here: float) -> bool:
    """Whether a tie leads over this column without stopping in it."""
    ends = (sorted((share.get(one, 0.5), share.get(two, 0.5))) for one, two in plan.pulls)
    return any(first < here - 0.01 and last > here + 0.01 for first, last in ends)


def _rows(count: int, *, open_middle: bool) -> list[float]:
    """Heights of a column's actors; with an open middle none is where ties lead through, label included."""
    if not open_middle:
        return [(row - (count - 1) / 2) * _ROW for row in range(count)]
    above = (count + 1) // 2
    return [-1.15 * _ROW - (above - 1 - row) * _ROW for row in range(above)] + [
        0.75 * _ROW + row * _ROW for row in range(count - above)
    ]


def _mean_height(plan: _Plan, places: Floats, index: int, share: Mapping[int, float], before: float) -> float:
    """Mean y of the neighbours in the columns already filled: keeps ties from crossing."""
    filled = [places[other, 1] for other in plan.ties[index] if share.get(other, 1.0) < before]
    return float(np.mean(filled)) if filled else 0.0


def _hops(plan: _Plan, start: int) -> dict[int, int]:
    """Number of ties from `start` to every actor it reaches."""
    found = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for other in sorted(plan.ties[here]):
            if other not in found:
                found[other] = found[here] + 1
                queue.append(other)
    return found


def _beside_known(plan: _Plan, ids: Sequence[str], known: Mapping[str, Place]) -> Floats:
    """Places where known actors keep theirs and each new one has a free slot round its closest known
    actor.
    """
    places = np.zeros((plan.count, 2))
    settled = {index for index, id_ in enumerate(ids) if id_ in known}
    for index in settled:
        places[index] = known[ids[index]]
    taken = np.array(list(known.values()), dtype=np.float64).reshape(-1, 2)
    waiting = [index for index in range(plan.count) if index not in settled]
    while waiting:
        parents = {index: _parent(plan, index, settled) for index in waiting}
        ready = [index for index in waiting if parents[index] is not None] or waiting
        for index in ready:
            parent = parents[index]
            round_ = places[parent] if parent is not None else taken.mean(axis=0)
            places[index] = free_slots(taken, round_, 1, SPACING)[0]
            taken = np.vstack([taken, places[index]])
        settled.update(ready)
        waiting = [index for index in waiting if index not in settled]
    return places


def _parent(plan: _Plan, index: int, settled: set[int]) -> int | None:
    """The settled actor that this one is most strongly tied to; of equals the one with most ties."""
    tied = sorted(plan.ties[index] & settled)
    return max(tied, key=lambda other: (_pull(plan, index, other), len(plan.ties[other])), default=None)


def _pull(plan: _Plan, one: int, two: int) -> float:
    return plan.pulls[min(one, two), max(one, two)]
