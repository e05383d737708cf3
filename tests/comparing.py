"""The product's answers held against the oracle's, one function per question.

Each takes a callable that asks: `ask(question)` runs a function of a snapshot and gives its answer. So the
same comparison serves a snapshot that holds the whole graph and one that grows while it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from functools import partial
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from graph.ids import parse_relation_id, relation_id
from graph.model import Actor, Note, Path, Relation, Skipped, Subgraph
from graph.projection.snapshot import Snapshot
from graph.questions import actors as actor_questions
from graph.questions import catalogue
from graph.questions.blocked import Blocked
from graph.questions.claims import ClaimQuestion, claim_key, select_claims
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graph.questions.paths import PathAnswer, PathQuestion, paths
from graph.questions.ranks import RANKS
from graph.questions.relations import claims_of_relations, relation
from graph.questions.subgraph import SubgraphQuestion, subgraph
from graphs import filter_of
from oracle import Asked, Graph, PathsAsked, Stated, Under, Walks, relation_key
from oracle.around import Around, AroundAsked, among, profile
from oracle.claims import Key, other_side
from oracle.nothing import Nothing
from oracle.ranks import Ranking
from oracle.summaries import ClaimsAsked, listed, schema, stats
from oracle.summaries import actor as actor_told
from oracle.summaries import relation as relation_told
from oracle.telling import Telling
from oracle.walks import Actors
from randomgraphs import (
    UNKNOWN_TYPE,
    Pick,
    one,
    random_around,
    random_claims,
    random_filter,
    random_names,
    random_paths,
)

Answer = TypeVar("Answer")
MOST_SKIPPED = 20
EVERYBODY = 1000
MOST_RELATIONS = 6
"""Relations of a graph that are looked up one by one."""


class Ask(Protocol):
    """Runs a question."""

    def __call__(self, question: Callable[[Snapshot], Answer]) -> Answer: ...


def asking(snapshot: Snapshot) -> Ask:
    """Asks a snapshot that holds the whole graph."""

    def ask(question: Callable[[Snapshot], Answer]) -> Answer:
        return question(snapshot)

    return ask


def path_question(asked: PathsAsked) -> PathQuestion:
    """The product's question for the oracle's."""
    return PathQuestion(
        asked.starts,
        asked.ends,
        asked.k,
        asked.max_hops,
        filter_of(asked.asked),
        asked.rank,  # type: ignore[arg-type]  # plain text here
        asked.via,
    )


def compare_paths(ask: Ask, graph: Graph, asked: PathsAsked) -> None:
    """The paths in order with hops and scores, what was not passed, and why there is none."""
    answer = ask(lambda snapshot: paths(snapshot, path_question(asked)))
    ranking = Ranking(Walks(graph, asked))
    every = ranking.best()
    expected, more = every[: asked.k], every[asked.k :]
    assert [path.actors for path in answer.paths] == expected
    telling = Telling(ranking, (UNKNOWN_TYPE, f"NOT_{UNKNOWN_TYPE}"))
    for path in answer.paths:
        compare_path(path, ranking)
        compare_words(path, telling)
    compare_graph(answer.graph, ranking.walks.under, expected)
    meta, under = answer.meta, ranking.walks.under
    same_length = bool(more) and len(more[0]) == len(expected[-1])
    by_length = asked.rank in ("shortest", "chronological")
    assert (meta.limit, meta.more_of_same_length) == (asked.k, same_length)
    assert meta.truncated is (same_length if by_length else bool(more))
    any_direction = Under(graph, replace(under.asked, direction="any"))
    assert meta.undated == any_direction.left_undated(ranking.walks.ends)
    compare_skipped(meta.skipped, meta.skipped_actors, ranking.walks.skipped())
    compare_nothing(answer, graph, asked)


def compare_path(path: Path, ranking: Ranking) -> None:
    """Length, hops with all their relations, score."""
    steps = ranking.walks.under.steps
    assert path.length == len(path.actors) - 1
    assert [(hop.from_, hop.to) for hop in path.hops] == list(pairwise(path.actors))
    for hop in path.hops:
        keys = {relation_key(claim) for claim in steps[hop.from_, hop.to]}
        assert sorted(hop.relations) == sorted(relation_id(*key) for key in keys)
    assert path.score == ranking.score(path.actors)


def compare_words(path: Path, telling: Telling) -> None:
    """Each sentence with the claims it rests on, and the weakest hop."""
    sentences = telling.sentences(path.actors)
    found = [{**asdict(one), "relation": parse_relation_id(one.relation)} for one in path.sentences]
    assert found == sentences
    assert path.text == " ".join(sentence["text"] for sentence in sentences)
    assert (path.weakest and asdict(path.weakest)) == telling.weakest(path.actors)


def compare_graph(found: Subgraph, under: Under, expected: Sequence[Actors]) -> None:
    """The actors and relations of paths, as they come along them."""
    compare_actors(found.actors, under, list(dict.fromkeys(actor for path in expected for actor in path)))
    steps = {step for path in expected for step in pairwise(path)}
    keys = {relation_key(claim) for step in steps for claim in under.steps[step]}
    compare_relations(found.relations, under, keys)


def compare_nothing(answer: PathAnswer, graph: Graph, asked: PathsAsked) -> None:
    """Why there is no path; nothing of it where there is one."""
    codes = {note.code for note in answer.meta.notes}
    wanting = asked.asked.min_sources > 1 or asked.rank == "strongest"
    assert ("single_source" in codes) is (graph.single_source and wanting)
    if answer.paths:
        assert answer.meta.blocked_by is None
        assert (codes - {"single_source"}, answer.meta.shortest) == (set(), None)
        return
    nothing = Nothing(graph, asked)
    assert codes - {"single_source"} == nothing.notes()
    shortest = nothing.shortest()
    assert answer.meta.shortest == (shortest if "beyond_max_hops" in codes else None)
    assert answer.meta.blocked_by is not None
    compare_blocked(answer.meta.blocked_by, nothing)


def compare_blocked(blocked: Sequence[Blocked], nothing: Nothing) -> None:
    singles = nothing.singles()
    if singles:
        assert {(one.constraint, one.value): one.paths_without_it for one in blocked} == singles
        assert [(one.constraint, one.value) for one in blocked] == list(singles)
        assert not any(one.together for one in blocked)
    elif not nothing.paths_without(nothing.conditions, 1):
        assert blocked == ()
    else:
        (only,) = blocked
        chosen = [(c.constraint, c.value) for c in (only, *only.together)]
        assert set(chosen) <= nothing.conditions.keys()
        fault = nothing.fault_of_set(chosen)
        assert fault is None, f"{chosen} {fault}"
        assert only.paths_without_it == nothing.paths_without(chosen)


def compare_skipped(named: Sequence[Skipped], count: int, expected: Sequence[tuple[str, int]]) -> None:
    assert [(one.id, one.degree) for one in named] == list(expected[:MOST_SKIPPED])
    assert count == len(expected)


def compare_actors(actors: Sequence[Actor], under: Under, expected: Sequence[str]) -> None:
    """Actors in their order, with degree and claims under the filter."""
    told = [{"id": a.id, "kind": a.kind, "degree": a.degree, "claims": a.claims} for a in actors]
    assert told == [actor_told(under, name) for name in expected]


def compare_relations(relations: Iterable[Relation], under: Under, expected: Iterable[Key]) -> None:
    """Relations in any order, each once, with every figure."""
    found = list(relations)
    told = {parse_relation_id(one.id): plain(one) for one in found}
    assert len(told) == len(found)
    assert told == {key: relation_told(under, key) for key in expected}


def plain(one: Relation) -> dict[str, Any]:
    """A relation as the oracle tells it; labels are the vocabulary's."""
    told = {name: value for name, value in asdict(one).items() if name not in ("id", "label", "claims")}
    assert one.id == relation_id(one.subject, one.type, one.object)
    opposed = parse_relation_id(one.opposed_by) if one.opposed_by else None
    return {**told, "statuses": dict(one.statuses), "opposed_by": opposed}


def compare_neighbourhood(ask: Ask, graph: Graph, asked: AroundAsked, limit: int = EVERYBODY) -> None:
    """Every page in turn."""
    around, begin, cursor = Around(graph, asked), 0, None
    while True:
        question = NeighbourhoodQuestion(
            asked.centre, asked.depth, limit, cursor, asked.between, filter_of(asked.asked)
        )
        page = ask(partial(neighbourhood, question=question))
        compare_page(page, around, begin, begin + limit)
        begin, cursor = begin + limit, page.meta.next
        if cursor is None:
            return


def compare_page(page: Subgraph, around: Around, begin: int, end: int) -> None:
    """The actors from one place in the order to another and the relations that end among them; what is left
    out is counted. The first page has the relations of the centre with itself."""
    meta, order, relations = page.meta, around.order, around.rings.relations
    first = begin if begin else -1
    keys = {key for key in relations if first < around.last_end(key) <= end}
    actors = [around.question.centre, *order[begin:end]]
    earlier = {actor for key in keys for actor in key[::2]} - set(actors)
    assert earlier <= set(order[:begin])
    compare_actors(page.actors, around.under, [*actors, *sorted(earlier)])
    compare_relations(page.relations, around.under, keys)
    left = max(len(order) - end, 0)
    assert meta.omitted_actors == left
    assert meta.omitted_relations == sum(around.last_end(key) > end for key in relations)
    assert (meta.truncated, meta.next is not None, meta.limit) == (left > 0, left > 0, end - begin)
    assert meta.undated == around.undated()
    compare_skipped(meta.skipped, meta.skipped_actors, around.skipped())
    compare_notes(meta.notes, around.under)


def compare_notes(notes: Sequence[Note], under: Under) -> None:
    """In a graph of one source no relation has several, and that is said."""
    wanting = under.graph.single_source and under.asked.min_sources > 1
    assert [note.code for note in notes] == ["single_source"] * wanting


def compare_profile(ask: Ask, graph: Graph, name: str, asked: Asked) -> None:
    """An actor's counts by type and direction."""
    answer = ask(lambda snapshot: actor_questions.profile(snapshot, name, filter_of(asked)))
    told = asdict(answer)
    found = told.pop("actor")
    for count in told["relations"]:
        del count["label"]
    assert {**told, "relations": list(told["relations"])} == profile(graph, name, asked)
    assert {key: found[key] for key in ("id", "kind", "degree", "claims")} == actor_told(
        Under(graph, asked), name
    )


def compare_subgraph(
    ask: Ask, graph: Graph, names: Sequence[str], asked: Asked, *, between: bool = True
) -> None:
    """Named actors in their order, and what joins them."""
    question = SubgraphQuestion(tuple(names), filter_of(asked), between)
    answer = ask(lambda snapshot: subgraph(snapshot, question))
    under = Under(graph, asked)
    compare_actors(answer.actors, under, list(dict.fromkeys(names)))
    compare_relations(answer.relations, under, among(under, names) if between else ())
    compare_notes(answer.meta.notes, under)
    undirected = Under(graph, replace(asked, direction="any"))
    assert answer.meta.undated == (undirected.left_undated(names, among=True) if between else 0)


def compare_evidence(ask: Ask, graph: Graph, asked: Asked) -> None:
    """Some relations by their ids with all claims and the other side; the claims of all under a filter."""
    whole, under = Under(graph, Asked()), Under(graph, asked)
    every = len(whole.relations) // MOST_RELATIONS + 1
    for key in sorted(whole.relations)[::every]:
        found = ask(partial(relation, relation_id=relation_id(*key)))
        compare_relations([found.relation], whole, [key])
        assert [one.id for one in found.claims] == ids(whole.relations[key])
        contested = key in graph.contested
        assert (found.opposed is not None) is contested
        if found.opposed is not None:
            compare_relations([found.opposed.relation], whole, [other_side(key)])
            assert [one.id for one in found.opposed.claims] == ids(whole.relations[other_side(key)])
    names = {relation_id(*key): key for key in under.relations}
    evidence = ask(lambda snapshot: claims_of_relations(snapshot, filter_of(asked), tuple(names)))
    assert {name: [one.id for one in keys] for name, keys in evidence.items()} == {
        name: ids(under.relations[key]) for name, key in names.items()
    }


def ids(claims: Iterable[Stated]) -> list[str]:
    return sorted(claim.id for claim in claims)


def compare_claims(ask: Ask, graph: Graph, asked: ClaimsAsked, limit: int = EVERYBODY) -> None:
    """The pages of a list of claims, one after the other."""
    expected, cursor, found = listed(graph, asked), None, list[Any]()
    while True:
        question = ClaimQuestion(asked.subject, asked.object, filter_of(asked.asked), limit, cursor)
        page = ask(partial(select_claims, question=question))
        assert page.total == len(expected)
        assert len(page.keys) == min(limit, len(expected) - len(found))
        found += page.keys
        cursor = page.next
        if cursor is None:
            break
    assert [(k.id, k.subject, k.type, k.object) for k in found] == [
        (c.id, c.subject, c.type, c.object) for c in expected
    ]
    for key in found[:3]:
        assert ask(partial(claim_key, claim_id=key.id)) == key


def compare_catalogue(ask: Ask, graph: Graph, asked: Asked) -> None:
    """Schema and sizes."""
    told = asdict(ask(lambda snapshot: catalogue.schema(snapshot, filter_of(asked))))
    for entry in told["types"]:
        del entry["label"], entry["inverse"]
    assert {**told, "types": list(told["types"])} == schema(graph, asked)
    assert asdict(ask(lambda snapshot: catalogue.stats(snapshot, filter_of(asked)))) == stats(graph, asked)


def compare_everything(ask: Ask, graph: Graph, pick: Pick) -> None:
    """A random question of every kind; of paths one for every rank."""
    for rank in RANKS:
        compare_paths(ask, graph, random_paths(pick, graph, rank))
    compare_neighbourhood(ask, graph, random_around(pick, graph))
    compare_neighbourhood(ask, graph, random_around(pick, graph), 1 + pick(4))
    compare_profile(ask, graph, one(pick, graph.actors), random_filter(pick, graph))
    compare_subgraph(ask, graph, random_names(pick, graph), random_filter(pick, graph))
    compare_evidence(ask, graph, random_filter(pick, graph))
    compare_claims(ask, graph, random_claims(pick, graph), 1 + pick(20))
    compare_catalogue(ask, graph, random_filter(pick, graph))
