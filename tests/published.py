"""Answers about well-known data that were counted without our code, and the data itself as claims."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from graph.filters import Filter
from graph.model import Relation
from graph.projection.snapshot import Snapshot
from graph.questions.actors import profile
from graph.questions.catalogue import schema, stats
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graph.questions.paths import PathQuestion, paths
from graph.questions.subgraph import SubgraphQuestion, subgraph
from graph.vocabulary import Vocabulary
from oracle import Graph, Stated, graph_of

Triple = tuple[str, str, str]
ALL = 1_000_000
"""More actors than any of these graphs has."""


def lines(path: Path) -> list[str]:
    """Lines of a text file, gzipped or not, without comments."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    return [line for line in text.removesuffix("\n").split("\n") if not line.startswith("#")]


def icews14(folder: Path, vocabulary: Vocabulary) -> Graph:
    """Each event as a claim; of the vocabulary only types and categories are used."""
    _, *rows = (line.split("\t") for line in lines(folder / "icews14.tsv.gz"))
    types = {relation: vocabulary.resolve(relation) for relation in {row[1] for row in rows}}
    return graph_of(
        Stated(
            subject,
            types[relation].type,
            object_,
            source="icews14",
            date=day,
            category=types[relation].category,
            symmetric=types[relation].symmetric,
            dataset="icews14",
            id=f"c_{number:032x}",
        )
        for number, (subject, relation, object_, day) in enumerate(rows)
    )


def numbered(path: Path, type_: str) -> list[Triple]:
    """A list of pairs of numbers as ties of one type."""
    pairs = (line.split() for line in lines(path))
    return [(one, type_, other) for one, other in pairs]


def nations(folder: Path) -> list[Triple]:
    _, *rows = (line.split("\t") for line in lines(folder / "nations.tsv"))
    return [(subject, relation.upper(), object_) for subject, relation, object_ in rows]


def les_miserables(folder: Path) -> list[Triple]:
    drawn = json.loads((folder / "les_miserables.jgf.json").read_text(encoding="utf-8"))
    return [(tie["source"], "APPEARS_WITH", tie["target"]) for tie in drawn["graph"]["edges"]]


def graph_of_triples(triples: Iterable[Triple], *, symmetric: bool = False) -> Graph:
    """Undated claims of one source, of types that no vocabulary knows."""
    return graph_of(
        Stated(one, type_, other, category="UNCLASSIFIED", symmetric=symmetric, id=f"c_{number:032x}")
        for number, (one, type_, other) in enumerate(triples)
    )


def hops_from(snapshot: Snapshot, centre: str) -> list[int]:
    """How many actors are at each distance: by rings as far as a neighbourhood goes, beyond by what a
    question for shorter paths says."""
    rings = [
        {actor.id for actor in neighbourhood(snapshot, NeighbourhoodQuestion(centre, depth, ALL)).actors}
        for depth in (1, 2, 3)
    ]
    beyond: Counter[int] = Counter()
    for actor in snapshot.actors:
        if actor.id not in rings[2]:
            answer = paths(snapshot, PathQuestion((centre,), (actor.id,), k=1, max_hops=3))
            known = answer.meta.shortest
            assert not answer.paths
            assert [n.code for n in answer.meta.notes] == ["beyond_max_hops" if known else "no_connection"]
            beyond.update([known] if known else [])
    reached = [len(rings[0]) - 1, len(rings[1]) - len(rings[0]), len(rings[2]) - len(rings[1])]
    return reached + [beyond[length] for length in range(4, max(beyond, default=3) + 1)]


def icews14_comes_out(snapshot: Snapshot) -> None:
    """What ICEWS 2014 was counted to hold in plain Python."""
    ids = {actor.name: actor.id for actor in snapshot.actors}
    types = schema(snapshot, Filter()).types

    def joining(one: str, other: str) -> list[Relation]:
        return list(subgraph(snapshot, SubgraphQuestion((ids[one], ids[other]))).relations)

    def events(relations: Iterable[Relation], subject: str | None = None) -> int:
        return sum(r.claim_count for r in relations if subject is None or r.subject == ids[subject])

    everything = stats(snapshot, Filter())
    assert (everything.actors, everything.claims, everything.relations) == (7_128, 90_730, 50_295)
    assert (everything.first_date, everything.last_date) == ("2014-01-01", "2014-12-31")
    march = stats(snapshot, Filter(since="2014-03", until="2014-03"))
    assert (march.claims, march.actors) == (7_645, 2_144)

    everybody = subgraph(snapshot, SubgraphQuestion(tuple(ids.values()), between=False)).actors
    busiest = sorted(everybody, key=lambda actor: -actor.claims)[:3]
    assert [(actor.name, actor.claims) for actor in busiest] == [
        ("China", 6_083),
        ("Iran", 4_926),
        ("Citizen (Nigeria)", 3_552),
    ]
    # Of the 23,534 pairs one is an actor with itself.
    assert sum(actor.degree for actor in everybody) == 2 * 23_533
    assert [entry.claims for entry in types[:3]] == [15_578, 10_067, 6_266]
    visits = Filter(type=("MAKE_A_VISIT",), direction="out")
    for name, count in {"Barack Obama": 259, "John Kerry": 194, "Xi Jinping": 177}.items():
        assert [one.claims for one in profile(snapshot, ids[name], visits).relations] == [count]

    between = joining("China", "Japan")
    assert (events(between), events(between, "China")) == (584, 322)
    assert min(r.first_date or "" for r in between) == "2014-01-01"
    assert max(r.last_date or "" for r in between) == "2014-12-31"
    between = joining("Barack Obama", "Angela Merkel")
    assert (events(between), events(between, "Barack Obama")) == (172, 91)
    near = [
        {a.id for a in neighbourhood(snapshot, NeighbourhoodQuestion(ids[name], limit=ALL)).actors[1:]}
        for name in ("Barack Obama", "Angela Merkel")
    ]
    assert [len(found) for found in (*near, near[0] & near[1])] == [296, 101, 43]

    assert hops_from(snapshot, ids["China"]) == [568, 3_954, 2_021, 276, 28, 6]
    far = PathQuestion((ids["China"],), (ids["Defense / Security Ministry (Lesotho)"],), k=25, max_hops=6)
    answer = paths(snapshot, far)
    assert [path.length for path in answer.paths] == [6] * 5
    assert not answer.meta.more_of_same_length
    near_miss = paths(snapshot, replace(far, max_hops=5)).meta
    assert (near_miss.shortest, [note.code for note in near_miss.notes]) == (6, ["beyond_max_hops"])
