"""The only file that knows pyvis: it makes every actor and tie that a page draws, as vis dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyvis.network import Network

from graph.model import Actor, Relation, Subgraph, View
from graph.rendering.labels import CENTRE_FONT_SIZE, disc_size, short_label
from graph.rendering.layout import Place, positions
from graph.rendering.style import ACTOR_SHAPE, DOT_SHAPE, KIND_LABEL, options
from graph.rendering.ties import edge_of, ties_of

RICH = 300
RICH_RELATIONS = 1_500
"""Up to so many actors all have their names, and up to so many relations are fanned out pair by pair."""
PLAIN = 1_000
"""Up to so many: one straight line per pair, names on the best connected."""
MOST = 5_000
"""Up to so many are drawn at all; the best connected stay, the page says how many do not."""
CAPTIONED = 24
"""Up to so many ties carry all their words; above, only the word that tells them from plain ones."""

_NAMED = 60
_TITLE_CHARACTERS = 400


class _Ids(list[str]):
    """A list of ids whose membership test does not walk through it: pyvis asks twice for every tie."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[str] = set()

    def append(self, id_: str) -> None:
        super().append(id_)
        self._known.add(id_)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._known


class ActorNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network of actors: directed, so that parallel relations stay; nothing in it moves by itself."""

    def __init__(self, *, centre: Iterable[str] = ()) -> None:
        super().__init__(directed=True, cdn_resources="local")
        self.node_ids = _Ids()
        self.options = options("light")
        self._centre = frozenset(centre)

    def add_actor(self, actor: Actor, place: Place, *, most: int, named: bool, dots: bool) -> None:
        """Adds an actor at its place; `most` is the largest degree, `named` whether its label is drawn."""
        is_centre = actor.id in self._centre
        font = {"font": {"size": CENTRE_FONT_SIZE}} if is_centre else {}
        self.add_node(
            actor.id,
            label=short_label(actor.name) if named or is_centre else " ",
            shape=DOT_SHAPE if dots else ACTOR_SHAPE,
            group=actor.kind if actor.kind in KIND_LABEL else "other",
            kind=actor.kind,
            title=_actor_title(actor),
            size=disc_size(actor, most, is_centre=is_centre) * (0.6 if dots else 1),
            x=place[0],
            y=place[1],
            **font,
        )

    def add_relations(
        self, relations: Iterable[Relation], names: Mapping[str, str] | None, *, joined: bool
    ) -> None:
        """Adds the lines for these relations, whose ends were added before, with words for the pointer where
        there are `names`."""
        edges = [edge_of(tie, names) for tie in ties_of(relations, joined=joined)]
        captioned = len(edges) <= CAPTIONED and not joined
        for edge in edges:
            many = len(edge["relations"]) > 1
            label = edge["caption"] if captioned or (many and not joined) else edge["mark"]
            self.add_edge(edge.pop("from"), edge.pop("to"), label=label, **edge)

    def view(self) -> View:
        """Nodes and edges as pyvis holds them."""
        nodes, edges, *_ = self.get_network_data()
        return View(nodes=tuple(nodes), edges=tuple(edges))


def view_of(
    subgraph: Subgraph,
    *,
    centre: Sequence[str] = (),
    known: Mapping[str, Place] | None = None,
) -> View:
    """The picture of a subgraph as vis dictionaries, one node per actor and one edge per tie.

    `centre` names the actors asked for, `known` places (pixels at zoom 1) that must not change. What is drawn
    depends on the size: up to 300 actors everything, up to 1,000 joined ties and 60 names, above that dots,
    and never more than the 5,000 best connected.
    """
    drawn = _drawable(subgraph, centre)
    count = len(drawn.actors)
    rich = count <= RICH and len(drawn.relations) <= RICH_RELATIONS
    places = positions(drawn, centre=centre, known=known)
    most = max((actor.degree for actor in drawn.actors), default=0)
    named = {actor.id for actor in drawn.actors} if count <= RICH else _best(drawn.actors, _NAMED)
    network = ActorNetwork(centre=centre)
    for actor in drawn.actors:
        place = places[actor.id]
        network.add_actor(actor, place, most=most, named=actor.id in named, dots=count > PLAIN)
    # Nobody points at one of ten thousand lines before the page draws it anew, with words of its own.
    names = None if count > PLAIN else {actor.id: actor.name[:_TITLE_CHARACTERS] for actor in drawn.actors}
    network.add_relations(drawn.relations, names, joined=not rich)
    return network.view()


def _best(actors: Iterable[Actor], count: int) -> set[str]:
    """The ids of the best connected actors; equals in order of id."""
    ranked = sorted(actors, key=lambda actor: (-actor.degree, -actor.claims, actor.id))
    return {actor.id for actor in ranked[:count]}


def _drawable(subgraph: Subgraph, centre: Sequence[str]) -> Subgraph:
    """The subgraph without what exceeds `MOST` and without relations whose ends are not in it."""
    kept = {actor.id for actor in subgraph.actors}
    if len(kept) > MOST:
        ends = kept & set(centre)
        kept = ends | _best((a for a in subgraph.actors if a.id not in ends), MOST - len(ends))
    return Subgraph(
        actors=tuple(actor for actor in subgraph.actors if actor.id in kept),
        relations=tuple(r for r in subgraph.relations if r.subject in kept and r.object in kept),
        meta=subgraph.meta,
    )


def _actor_title(actor: Actor) -> str:
    """Plain text for the pointer."""
    neighbours = f"{actor.degree} neighbour" + ("" if actor.degree == 1 else "s")
    kind = KIND_LABEL.get(actor.kind, actor.kind)
    lines = [actor.name[:_TITLE_CHARACTERS], f"{kind}, {neighbours}"]
    if actor.aliases:
        lines.append(("also: " + ", ".join(actor.aliases[:6]))[:_TITLE_CHARACTERS])
    return "\n".join(lines)
