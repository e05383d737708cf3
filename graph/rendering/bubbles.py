"""The picture of an overview: communities as bubbles, their bonds as lines, and what an opened one holds.

Everything is in pixels at zoom 1 of the usual pictures, so a bubble has room for its actors as they are drawn
elsewhere: opening one moves no other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graph.model import Subgraph, View
from graph.questions.overview import Bond, OverviewAnswer, OverviewCommunity
from graph.rendering.labels import LINE_CHARACTERS
from graph.rendering.layout import Place
from graph.rendering.network import ActorNetwork, view_of
from graph.rendering.packing import pack
from graph.rendering.style import DOT_SHAPE, FAMILY_COLOUR, FAMILY_LABEL, KIND_LABEL

_ROOM, _SPREAD = 40.0, 120.0
"""Radius of a bubble: what one actor needs, and what the root of their number adds."""
_GAP = 1.08
_FONT = 0.155
"""Size of letters by radius: four lines of a name's length fit into the circle."""
_THIN, _THICK = 0.006, 0.04
"""Width of a line by the largest radius: the least, and what the heaviest has more."""
_NAMES = 3
_TITLE_CHARACTERS = 400


def radius_of(actors: int) -> float:
    """Radius of the bubble of a community with so many actors."""
    return round(_ROOM + _SPREAD * math.sqrt(actors), 1)


def bubbles(answer: OverviewAnswer) -> View:
    """The communities and bonds of an overview as vis dictionaries.

    Circles are packed round the largest, near those they are bound to; the same overview always gets the same
    places.
    """
    network = ActorNetwork()
    places = _places(answer)
    for community in answer.communities:
        x, y = places[community.id]
        network.add_node(community.id, **_bubble(community), x=x, y=y)
    largest = max((radius_of(community.actors) for community in answer.communities), default=0.0)
    most = max((bond.ties for bond in answer.bonds), default=1)
    labels = {community.id: community.label for community in answer.communities}
    for bond in answer.bonds:
        network.add_edge(bond.from_, bond.to, **_line(bond, bond.ties / most, largest, labels))
    return network.view()


def inside_bubble(graph: Subgraph, actors: int) -> View:
    """The picture of an opened community with so many actors, round the middle of its bubble, within it."""
    view = view_of(graph)
    room = radius_of(actors) * 0.86
    reach = max((math.hypot(one["x"], one["y"]) for one in view.nodes), default=0.0)
    share = min(1.0, room / reach) if reach else 1.0
    placed = tuple(
        {**one, "x": round(one["x"] * share, 1), "y": round(one["y"] * share, 1)} for one in view.nodes
    )
    return View(placed, view.edges)


def _places(answer: OverviewAnswer) -> dict[str, Place]:
    communities = answer.communities
    number = {community.id: at for at, community in enumerate(communities)}
    pulls = np.zeros((len(communities), len(communities)))
    for bond in answer.bonds:
        one, other = number[bond.from_], number[bond.to]
        pulls[one, other] = pulls[other, one] = 1.0 + math.log2(bond.ties)
    radii = np.array([radius_of(community.actors) * _GAP for community in communities])
    found = pack(radii, pulls, 0.0) if communities else np.zeros((0, 2))
    return {id_: (round(float(found[at, 0]), 1), round(float(found[at, 1]), 1)) for id_, at in number.items()}


def _bubble(community: OverviewCommunity) -> dict[str, Any]:
    radius = radius_of(community.actors)
    size = round(radius * _FONT, 1)
    lines = _lines(community)
    return {
        "label": "\n".join(lines),
        "shape": DOT_SHAPE,
        "group": community.kind,
        "kind": community.kind,
        "title": _title(community),
        "size": radius,
        # vis writes below a dot; this lifts the middle of the text to the middle of the circle.
        "font": {"size": size, "vadjust": round(-radius - size * 0.62 * len(lines), 1)},
    }


def _lines(community: OverviewCommunity) -> list[str]:
    named = [_short(member.name) for member in community.members[:_NAMES]]
    return [*named, _counted(community.actors, "actor")]


def _short(name: str) -> str:
    flat = " ".join("".join(c if c.isprintable() else " " for c in name[:_TITLE_CHARACTERS]).split()) or "…"
    return flat if len(flat) <= LINE_CHARACTERS else flat[: LINE_CHARACTERS - 1].rstrip() + "…"


def _title(community: OverviewCommunity) -> str:
    """Plain text for the pointer."""
    kinds = ", ".join(f"{KIND_LABEL[kind]} {count:,}" for kind, count in [*community.kinds.items()][:4])
    lines = [
        community.label[:_TITLE_CHARACTERS],
        f"{_counted(community.actors, 'actor')}, {_counted(community.ties, 'tie')} among them",
        kinds,
    ]
    return "\n".join([*lines, *_families(community.families)])


def _line(bond: Bond, share: float, largest: float, labels: Mapping[str, str]) -> dict[str, Any]:
    family = next(iter(bond.families), "unclassified")
    caption = _counted(bond.ties, "tie")
    title = [f"{labels[bond.from_]} – {labels[bond.to]}"[:_TITLE_CHARACTERS], caption]
    id_ = f"bond:{bond.from_}~{bond.to}"
    return {
        "id": id_,
        "relations": [id_],
        "label": caption,
        "caption": caption,
        "mark": "",
        "title": "\n".join([*title, *_families(bond.families)]),
        "color": {"color": FAMILY_COLOUR["light"][family], "inherit": False},
        "width": round(largest * (_THIN + _THICK * math.sqrt(share)), 1),
        "font": {"size": round(largest * 0.075, 1)},
        "arrows": {"to": {"enabled": False}},
        "family": family,
        "polarity": "positive",
        "smooth": False,
    }


def _families(counts: Mapping[str, int]) -> Sequence[str]:
    return [f"{FAMILY_LABEL[name]}: {_counted(count, 'claim')}" for name, count in [*counts.items()][:3]]


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
