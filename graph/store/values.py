"""Values of the driver as values of JSON, and the actors and claims among them. Engine ids never leave this
file.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.store.keys import ClaimKey, claim_key

ENDS = 100
"""About the bytes that the type of a relationship and the ids of its two actors take."""


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of the actors and the keys of the claims in an answer, in order of appearance."""

    actors: tuple[str, ...] = ()
    claims: tuple[ClaimKey, ...] = ()


@dataclass(slots=True)
class Gathered:
    """Nodes and relationships met in an answer; `actors` maps the engine's id of a node to the actor's id."""

    actors: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    relationships: dict[str, Relationship] = field(default_factory=dict)

    def add(self, value: Any) -> None:
        """Look into a value of an answer, however deep it is nested."""
        if isinstance(value, Node):
            self._add_node(value)
        elif isinstance(value, Relationship):
            self.relationships.setdefault(value.element_id, value)
        elif isinstance(value, Path):
            for part in (*value.nodes, *value.relationships):
                self.add(part)
        elif isinstance(value, Mapping):
            for part in value.values():
                self.add(part)
        elif isinstance(value, (list, tuple)):
            for part in value:
                self.add(part)

    def unknown_ends(self) -> list[str]:
        """Engine ids of relationship ends that did not come with their properties."""
        ends = {_element(node) for one in self.relationships.values() for node in one.nodes}
        return sorted(end for end in ends if end and end not in self.actors and end not in self.others)

    def found(self) -> Found:
        """What was met, as our own ids; a relationship that does not join two actors is left out."""
        claims = []
        for one in self.relationships.values():
            subject, object_ = (self.actors.get(_element(node)) for node in one.nodes)
            if subject is not None and object_ is not None:
                claims.append(claim_key(subject, one.type, object_, one))
        return Found(tuple(self.actors.values()), tuple(claims))

    def _add_node(self, node: Node) -> None:
        actor = node.get("id")
        if "Actor" in node.labels and isinstance(actor, str):
            self.actors.setdefault(node.element_id, actor)
        elif node.labels or len(node):
            self.others.add(node.element_id)


def size(value: Any) -> int:
    """About how many bytes a value of the driver takes as JSON.

    Raises: RecursionError for what is nested too deeply.
    """
    if isinstance(value, (str, bytes, bytearray)):
        return len(value) + 2
    if isinstance(value, Path):
        return sum(map(size, (*value.nodes, *value.relationships)))
    if isinstance(value, Relationship):
        return ENDS + size(dict(value))
    if isinstance(value, (Mapping, Node)):
        return 2 + sum(len(key) + 4 + size(part) for key, part in value.items())
    if isinstance(value, (list, tuple)):
        return 2 + sum(map(size, value))
    return 8


def gather(values: Iterable[Any]) -> Gathered:
    """Everything an answer holds of the graph."""
    gathered = Gathered()
    for value in values:
        gathered.add(value)
    return gathered


def plain(value: Any, actors: Mapping[str, str]) -> Any:
    """A value of the driver as a value of JSON: dates as ISO text, nodes and relationships as dictionaries.

    A relationship names its two actors, `start` and `end`, by their ids, which `actors` tells of those of the
    engine; an end that is no actor is null. A path is the list of its nodes and relationships in order. Bytes
    become base64.
    """
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (Date, DateTime, Time, Duration)):
        return value.iso_format()
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": plain(dict(value), actors)}
    if isinstance(value, Relationship):
        start, end = (actors.get(_element(node)) for node in value.nodes)
        return {"type": value.type, "start": start, "end": end, "properties": plain(dict(value), actors)}
    if isinstance(value, Path):
        return [plain(part, actors) for part in _in_order(value)]
    if isinstance(value, Point):
        return {"srid": value.srid, "coordinates": list(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part, actors) for key, part in value.items()}
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if isinstance(value, (list, tuple)):
        return [plain(part, actors) for part in value]
    return str(value)


def _in_order(path: Path) -> Iterable[Node | Relationship]:
    yield path.nodes[0]
    for relationship, node in zip(path.relationships, path.nodes[1:], strict=True):
        yield relationship
        yield node


def _element(node: Node | None) -> str:
    return "" if node is None else node.element_id
