"""Questions on a graph that is not in memory: the answers of the whole graph, or what is missing."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactness import exact
from graph.errors import CorridorLimit, NotFound, QuestionTimeout
from graph.filters import Filter
from graph.projection.corridor import Corridor, Patience
from graph.projection.snapshot import Snapshot
from graph.questions.actors import profile
from graph.questions.catalogue import schema, stats
from graph.questions.changes import ChangesQuestion, changes
from graph.questions.changesamong import changes_among
from graph.questions.claims import ClaimQuestion, claim_key, select_claims
from graph.questions.commonneighbours import CommonNeighboursQuestion, common_neighbours
from graph.questions.connections import ConnectionsQuestion, connections
from graph.questions.counts import evidence_counts
from graph.questions.measures import MeasuresQuestion, measures
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graph.questions.paths import PathQuestion, paths
from graph.questions.ranks import RANKS
from graph.questions.relations import relation
from graph.questions.subgraph import SubgraphQuestion, subgraph
from graph.questions.timeline import TimelineQuestion, timeline
from graphs import NAMES, filter_of, filters, graphs, row_of, snapshot_of, vocabulary
from oracle import Asked, Stated
from parts import ReaderInMemory, ask_by_parts

START, END, THIRD = NAMES[:3]


def same(claims: Sequence[Stated], question: Callable[[Snapshot], Any], seed: int = 0) -> None:
    """Assert that parts of the graph give the answer that the whole graph gives."""
    whole = question(snapshot_of(claims, NAMES))
    assert ask_by_parts(claims, question, extra_actors=NAMES, seed=seed) == whole


@exact
@given(graphs(), filters(), st.sampled_from(RANKS), st.data())
def test_paths(claims: list[Stated], asked: Asked, rank: Any, data: st.DataObject) -> None:
    filter_ = Filter(
        **{**_fields(filter_of(asked)), "max_degree": data.draw(st.sampled_from([None, None, 3]))}
    )
    question = PathQuestion(
        starts=data.draw(st.sampled_from([(START,), (START, NAMES[5])])),
        ends=(END,),
        k=data.draw(st.integers(1, 6)),
        max_hops=data.draw(st.integers(2, 6)),
        filter=filter_,
        rank=rank,
        via=data.draw(st.sampled_from([(), (), (THIRD,)])) if THIRD not in filter_.avoid else (),
    )
    same(claims, lambda snapshot: paths(snapshot, question), data.draw(st.integers(0, 3)))


@exact
@given(graphs(), filters(), st.integers(1, 3), st.booleans(), st.integers(1, 20))
def test_neighbourhoods(claims: list[Stated], asked: Asked, depth: int, between: bool, limit: int) -> None:
    question = NeighbourhoodQuestion(START, depth, limit, None, between, filter_of(asked))
    same(claims, lambda snapshot: neighbourhood(snapshot, question))


@exact
@given(graphs(), filters())
def test_what_is_known_of_actors_and_of_everything(claims: list[Stated], asked: Asked) -> None:
    filter_ = filter_of(asked)
    page = ClaimQuestion(subject=START, filter=filter_)
    everything = ClaimQuestion(filter=filter_, limit=7)
    asks: list[Callable[[Snapshot], Any]] = [
        lambda s: profile(s, START, filter_),
        lambda s: subgraph(s, SubgraphQuestion((START, END, THIRD), filter_)),
        lambda s: select_claims(s, page),
        lambda s: select_claims(s, everything),
        lambda s: schema(s, filter_),
        lambda s: stats(s, filter_),
        lambda s: s.contents,
        lambda s: s.single_source,
        lambda s: [s.names.search(name) for name in ("A0", NAMES[3], "nobody")],
    ]
    for ask in asks:
        same(claims, ask)


@exact
@given(graphs(), filters(), st.sampled_from([None, 3]), st.integers(2, 4))
def test_groups_and_time(claims: list[Stated], asked: Asked, max_degree: int | None, size: int) -> None:
    filter_ = replace(filter_of(asked), max_degree=max_degree, avoid=())
    group = tuple(NAMES[:size])
    period = ChangesQuestion(
        "2024-03", "2024-12", filter=replace(filter_, since=None, until=None, as_of=None)
    )
    asks: list[Callable[[Snapshot], Any]] = [
        lambda s: connections(s, ConnectionsQuestion(group, filter_, "type")),
        lambda s: common_neighbours(s, CommonNeighboursQuestion(group[:2], filter_, between=True)),
        lambda s: timeline(s, TimelineQuestion(START, "month", filter=filter_)),
        lambda s: changes(s, period),
        lambda s: changes_among(s, period, group),
        lambda s: evidence_counts(s, group, filter_),
        lambda s: measures(s, MeasuresQuestion("core", group[:1], 2, 100, filter_)),
        lambda s: measures(s, MeasuresQuestion("communities", (), 1, 100, filter_)),
    ]
    for ask in asks:
        same(claims, ask)


@settings(max_examples=200, deadline=None)
@given(graphs())
def test_evidence(claims: list[Stated]) -> None:
    known = snapshot_of(claims, NAMES)
    whole = subgraph(known, SubgraphQuestion(tuple(actor.id for actor in known.actors)))
    for one in whole.relations[:5]:
        same(claims, lambda s, id=one.id: relation(s, id))  # type: ignore[misc]  # bound at once
    same(claims, lambda s: claim_key(s, f"c_{0:032x}"))
    with pytest.raises(NotFound):
        ask_by_parts(claims, lambda s: claim_key(s, "c_unknown"))


def chain(length: int, hub: int = 0) -> list[Stated]:
    """a00 – a01 – … in a row; the last has `hub` more neighbours."""
    ids = [f"a{number:02d}" for number in range(length + 1)]
    row = [Stated(one, "MEETS", other, symmetric=True) for one, other in itertools.pairwise(ids)]
    return [*row, *[Stated(ids[-1], "HELPS", f"x{n}", category="AID") for n in range(hub)]]


def test_only_what_lies_between_is_fetched() -> None:
    claims = [*chain(4), *[Stated(f"y{n}", "MEETS", f"y{n + 1}", symmetric=True) for n in range(90)]]
    whole = snapshot_of(claims)
    reader = ReaderInMemory([row_of(c, n) for n, c in enumerate(claims)], whole.actors)
    corridor = Corridor(reader, vocabulary(), 1000)
    question = PathQuestion(("a00",), ("a04",))
    answer = corridor.ask(lambda s: paths(s, question), "t", patience())
    assert answer == paths(whole, question)
    assert reader.fetched == {f"a{n:02d}" for n in range(5)}


def patience(seconds: float = 60) -> Patience:
    return Patience(time.monotonic() + seconds, threading.Event())


def test_over_the_limit_the_paths_that_are_sure_are_given_and_the_answer_says_so() -> None:
    claims = [
        Stated("a", "MEETS", "z", symmetric=True),
        *[Stated("a", "MEETS", f"m{n}", symmetric=True) for n in range(3)],
        *[Stated(f"m{n}", "MEETS", f"o{n}{k}", symmetric=True) for n in range(3) for k in range(60)],
        *[Stated(f"o{n}0", "MEETS", "z", symmetric=True) for n in range(3)],
    ]
    question = PathQuestion(("a",), ("z",), k=3, max_hops=4)
    answer = ask_by_parts(claims, lambda s: paths(s, question), limit=100)
    assert [path.actors for path in answer.paths] == [("a", "z")]
    assert (answer.meta.truncated, answer.meta.reason) == (True, "corridor_limit")
    assert [note.code for note in answer.meta.notes] == ["corridor_limit"]
    assert "100 claims" in answer.meta.notes[0].text
    whole = ask_by_parts(claims, lambda s: paths(s, question), limit=1000)
    assert (len(whole.paths), whole.meta.reason) == (3, None)


def test_an_end_beyond_the_limit_gives_no_path_but_a_reason() -> None:
    claims = chain(1, hub=200)
    answer = ask_by_parts(claims, lambda s: paths(s, PathQuestion(("a00",), ("a01",))), limit=100)
    assert (answer.paths, answer.meta.truncated, answer.meta.reason) == ((), True, "corridor_limit")


def test_other_questions_over_the_limit_are_refused_with_it() -> None:
    claims = chain(2, hub=200)
    with pytest.raises(CorridorLimit, match=r"more than 100 claims.*ACTORGRAPH_CORRIDOR_LIMIT"):
        ask_by_parts(claims, lambda s: neighbourhood(s, NeighbourhoodQuestion("a02")), limit=100)
    with pytest.raises(CorridorLimit, match="more than 100 claims"):
        ask_by_parts(claims, lambda s: stats(s, Filter()), limit=100)


def test_a_corridor_ends_when_its_time_is_over_or_nobody_waits() -> None:
    claims = chain(3)
    reader = ReaderInMemory([row_of(c, n) for n, c in enumerate(claims)], snapshot_of(claims).actors)
    corridor = Corridor(reader, vocabulary(), 1000)
    nobody = patience()
    nobody.stop.set()
    for how in (patience(-1), nobody):
        with pytest.raises(QuestionTimeout):
            corridor.ask(lambda s: stats(s, Filter()), "t", how)


def _fields(filter_: Filter) -> dict[str, Any]:
    return {name: getattr(filter_, name) for name in Filter.__slots__}
