"""Subgraphs made in code for tests of pictures: stars, communities, and pairs with many relations."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from graph.ids import relation_id
from graph.model import FAMILY_OF, Actor, Relation, Subgraph


def relation(subject: str, type: str, object: str, **given: Any) -> Relation:
    """A relation with one asserted claim; `NOT_` in the type makes it negative."""
    category = given.pop("category", "UNCLASSIFIED")
    fields: dict[str, Any] = {
        "label": type.replace("_", " ").lower(),
        "category": category,
        "family": FAMILY_OF[category],
        "symmetric": False,
        "polarity": "negative" if type.startswith("NOT_") else "positive",
        "statuses": {"asserted": 1},
        "claim_count": 1,
        "source_count": 1,
    }
    return Relation(relation_id(subject, type, object), subject, object, type, **(fields | given))


def subgraph(relations: Iterable[Relation], *more: Actor) -> Subgraph:
    """The relations with their ends as persons, each actor's degree counted from them."""
    found = tuple(relations)
    given = {actor.id: actor for actor in more}
    ties: dict[str, set[str]] = {id_: set() for id_ in given}
    for one in found:
        ties.setdefault(one.subject, set()).add(one.object)
        ties.setdefault(one.object, set()).add(one.subject)
    actors = [
        given.get(id_) or Actor(id_, id_.title(), "person", degree=len(others))
        for id_, others in sorted(ties.items())
    ]
    return Subgraph(tuple(actors), found)


def star(leaves: int) -> Subgraph:
    """A hub with so many neighbours and nothing between them."""
    names = [f"leaf-{number:04d}" for number in range(leaves)]
    return subgraph(relation("hub", "MEETS", name, category="CONSULT") for name in names)


def communities(actors: int, each: int = 25, seed: int = 1) -> Subgraph:
    """Groups of actors with many ties inside and few between, three ties per actor."""
    chance = random.Random(seed)
    names = [f"actor-{number:04d}" for number in range(actors)]
    found: dict[str, Relation] = {}
    for number, name in enumerate(names):
        home = names[number // each * each :][:each]
        for _ in range(3):
            other = chance.choice(home if chance.random() < 0.9 else names)
            if other != name:
                type_ = chance.choice(["MEETS", "SUPPORTS", "FIGHTS"])
                one = relation(name, type_, other, category="CONSULT")
                found[one.id] = one
    return subgraph(found.values(), *(Actor(name, name, "person", degree=6) for name in names))
