"""Values of the driver as values of JSON, and the actors and claims among them. Engine ids never leave this
file.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.store.keys import ClaimKey, claim_key

ENDS = 100
"""About the bytes that the type of a relationship and the ids of its two actors take."""
NUMBERS = frozenset({int, float, bool, type(None)})
PLAIN = NUMBERS | {str}
COUNTED_AT_ONCE = 10_000


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
        elif isinstance(value, (list, tuple)) and not _as_it_is(value):
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


def size(value: Any, most: int) -> int:
    """About how many bytes a value of the driver takes as JSON; anything over `most` when it takes more.

    Raises: RecursionError for what is nested too deeply.
    """
    if type(value) in NUMBERS:
        return 8
    if isinstance(value, (str, bytes, bytearray)):
        return len(value) + 2
    if isinstance(value, Path):
        return size((*value.nodes, *value.relationships), most)
    if isinstance(value, (dict, Node, Relationship)):
        names = sum(len(key) + 4 for key in value) + (ENDS if isinstance(value, Relationship) else 0)
        return names + size(list(value.values()), most - names)
    if isinstance(value, (list, tuple)):
        return _size_of_list(value, most)
    return 8


def _size_of_list(parts: Sequence[Any], most: int) -> int:
    """The same for a list: plain values are counted many at a time, because millions may come."""
    total = 2
    for begin in range(0, len(parts), COUNTED_AT_ONCE):
        some = parts[begin : begin + COUNTED_AT_ONCE]
        kinds = set(map(type, some))
        if kinds <= NUMBERS:
            total += 8 * len(some)
        elif kinds == {str}:
            total += 2 * len(some) + sum(map(len, some))
        else:
            for part in some:
                total += 8 if type(part) in NUMBERS else size(part, most - total)
                if total > most:
                    break
        if total > most:
            break
    return total


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
        return list(value) if _as_it_is(value) else [plain(part, actors) for part in value]
    return str(value)


def _as_it_is(parts: Sequence[Any]) -> bool:
    """Whether a list holds nothing but numbers and texts: millions of them are looked through at once."""
    return PLAIN.issuperset(map(type, parts))


def _in_order(path: Path) -> Iterable[Node | Relationship]:
    yield path.nodes[0]
    for relationship, node in zip(path.relationships, path.nodes[1:], strict=True):
        yield relationship
        yield node


def _element(node: Node | None) -> str:
    return "" if node is None else node.element_id
