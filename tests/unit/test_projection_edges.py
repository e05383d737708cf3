"""Where questions meet the edges of a graph: nobody there, odd names, named ends, both sides of a denial."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph.errors import NotFound
from graph.filters import Filter
from graph.ids import relation_id
from graph.model import Actor
from graph.projection.columns import ClaimRow, ColumnsBuilder
from graph.projection.kept import KeptSnapshots
from graph.projection.snapshot import Catalogue, Snapshot
from graph.questions.catalogue import schema, stats
from graph.questions.claims import ClaimQuestion, claim_key, select_claims
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graph.questions.paths import PathQuestion, paths
from graph.questions.relations import relation
from graph.questions.subgraph import SubgraphQuestion, subgraph
from graph.vocabulary import RelationType, Vocabulary
from graphs import snapshot_of, vocabulary
from oracle import Stated

EVERYTHING = Filter(
    status=("asserted",), source=("s",), attributed_to=("x",), dataset=("d",), kind=("person",), as_of="2024",
    since="2023", until="2025", undated="exclude", min_sources=2, min_claims=2, direction="out", avoid=("a",),
)  # fmt: skip


def of_kinds(snapshot: Snapshot, kinds: Mapping[str, str]) -> Snapshot:
    """The same claims among actors of other kinds."""
    actors = tuple(replace(actor, kind=kinds.get(actor.id, "other")) for actor in snapshot.actors)
    return Snapshot(snapshot.token, Catalogue(actors, (), snapshot.vocabulary), snapshot.columns)


def with_ids(ids: Sequence[str]) -> Snapshot:
    """One claim for each id, all between the same two actors."""
    builder = ColumnsBuilder({"a": 0, "b": 1})
    builder.add([ClaimRow("a", "HELPS", "b", id, *[None] * 8) for id in ids])
    return Snapshot("t", Catalogue((Actor("a", "A"), Actor("b", "B")), (), vocabulary()), builder.build())


@pytest.mark.parametrize("asked", [Filter(), EVERYTHING])
def test_a_graph_without_claims_has_an_answer_to_everything(asked: Filter) -> None:
    snapshot = snapshot_of([], extra_actors=["a", "b"])
    around = neighbourhood(snapshot, NeighbourhoodQuestion("a", depth=3, between=True, filter=asked))
    assert [actor.id for actor in around.actors] == ["a"]
    assert paths(snapshot, PathQuestion(("a",), ("b",), filter=asked)).paths == ()
    assert subgraph(snapshot, SubgraphQuestion(("a", "b"), asked)).relations == ()
    assert select_claims(snapshot, ClaimQuestion("a", "b", asked)).total == 0
    assert (stats(snapshot, asked).claims, schema(snapshot, asked).types) == (0, ())


def test_types_and_ids_that_somebody_wrote_by_hand_keep_every_sign() -> None:
    odd = 'ü"\\ {subject}'
    snapshot = snapshot_of([Stated(odd, "meets {object}", "a", date="-0431"), Stated("a", "NOT_", "b")])
    for found in subgraph(snapshot, SubgraphQuestion((odd, "a", "b"))).relations:
        assert relation(snapshot, found.id).relation == found
    (path,) = paths(snapshot, PathQuestion(("a",), (odd,))).paths
    assert path.text == f"{odd.upper()} – meets (object) – A (-0431) [1]."


def test_a_relation_back_to_a_centre_of_another_kind_is_shown() -> None:
    snapshot = of_kinds(snapshot_of([Stated("s", "HELPS", "p"), Stated("p", "HELPS", "s")]), {"p": "person"})
    outward = Filter(kind=("person",), direction="out")
    answer = neighbourhood(snapshot, NeighbourhoodQuestion("s", depth=2, filter=outward))
    assert [(r.subject, r.object) for r in answer.relations] == [("p", "s"), ("s", "p")]


@pytest.mark.parametrize("size", [40, 400])
def test_a_crowd_behind_a_hub_does_not_hold_up_the_one_path_through_it(size: int) -> None:
    """Every longer walk into the crowd comes back through the hub: there are millions, and none is a path."""
    crowd = [f"c{number}" for number in range(size)]
    claims = [Stated("a", "HELPS", "hub"), Stated("hub", "HELPS", "z")]
    claims += [Stated("hub", "HELPS", one) for one in crowd]
    claims += [Stated(crowd[n], "HELPS", crowd[(n + m) % size]) for n in range(size) for m in range(1, 20)]
    question = PathQuestion(("a",), ("z",), k=5, max_hops=8)
    found = paths(snapshot_of(claims), question, deadline=time.monotonic() + 5).paths
    assert [p.actors for p in found] == [("a", "hub", "z")]


def test_a_kind_never_restricts_the_actor_whose_claims_are_asked_for() -> None:
    claims = [Stated("s", "HELPS", "p"), Stated("s", "HELPS", "t"), Stated("p", "MEETS", "s", symmetric=True)]
    snapshot = of_kinds(snapshot_of(claims), {"s": "state", "t": "state", "p": "person"})
    page = select_claims(snapshot, ClaimQuestion("s", filter=Filter(kind=("person",))))
    assert [(key.subject, key.type, key.object) for key in page.keys] == [
        ("s", "HELPS", "p"),
        ("p", "MEETS", "s"),
    ]


def test_a_page_of_claims_may_be_followed_by_a_longer_one() -> None:
    snapshot = snapshot_of([Stated("a", "HELPS", "b", date=f"200{n}") for n in range(6)])
    first = select_claims(snapshot, ClaimQuestion(limit=2))
    rest = select_claims(snapshot, ClaimQuestion(limit=10, cursor=first.next))
    assert (len(first.keys), len(rest.keys), rest.next) == (2, 4, None)


@pytest.mark.parametrize("asked", [Filter(kind=("person",)), Filter(avoid=("s",))])
def test_sizes_are_those_of_the_claims_that_the_same_filter_lists(asked: Filter) -> None:
    claims = [Stated("s", "HELPS", "p"), Stated("p", "LEADS", "q"), Stated("s", "MEETS", "q", symmetric=True)]
    snapshot = of_kinds(snapshot_of(claims), {"s": "state", "p": "person", "q": "person"})
    counted, types = stats(snapshot, asked), schema(snapshot, asked)
    assert counted.claims == select_claims(snapshot, ClaimQuestion(filter=asked)).total == 1
    assert (counted.actors, counted.relations) == (2, 1)
    assert [(t.type, t.relations, t.claims) for t in types.types] == [("LEADS", 1, 1)]
    assert types.kinds == {"person": 2}


@pytest.mark.parametrize("polarity", [(), ("positive",), ("negative",)])
def test_a_contested_tie_is_counted_once_whichever_side_is_asked_for(polarity: tuple[str, ...]) -> None:
    snapshot = snapshot_of([Stated("a", "HELPS", "b"), Stated("a", "NOT_HELPS", "b")])
    assert stats(snapshot, Filter(polarity=polarity)).contested == 1  # type: ignore[arg-type]  # plain text


def test_a_denial_of_a_denial_contests_nothing() -> None:
    types = ("HELPS", "NOT_HELPS", "NOT_NOT_HELPS")
    snapshot = snapshot_of([Stated("a", type_, "b") for type_ in types])
    found = {r.type: r.opposed_by for r in subgraph(snapshot, SubgraphQuestion(("a", "b"))).relations}
    ids = {type_: relation_id("a", type_, "b") for type_ in types}
    assert found == {"HELPS": ids["NOT_HELPS"], "NOT_HELPS": ids["HELPS"], "NOT_NOT_HELPS": None}


def test_much_claimed_and_much_denied_is_compared_without_a_table_of_all_pairs() -> None:
    """All pairs of 60,000 claims and 60,000 denials would take 3.6 GB and some 10 s."""
    claims = [Stated("a", "HELPS", "b", date="2024")] * 60_000
    denials = [Stated("a", "NOT_HELPS", "b", date="2023")] * 59_999
    apart = snapshot_of([*claims, *denials])
    assert stats(apart, Filter()).contested == 0
    met = snapshot_of([*claims, *denials, Stated("a", "NOT_HELPS", "b", date="2024-12")])
    assert stats(met, Filter()).contested == 1


def undated_around(filter_: Filter, depth: int = 1) -> int:
    claims = [
        Stated("a", "HELPS", "b"),
        Stated("a", "HELPS", "x"),
        Stated("c", "HELPS", "a"),
        Stated("a", "MEETS", "c", symmetric=True, date="2024"),
        Stated("c", "HELPS", "d"),
        Stated("d", "HELPS", "e"),
    ]
    question = NeighbourhoodQuestion("a", depth, filter=filter_)
    return neighbourhood(snapshot_of(claims), question).meta.undated


def test_undated_counts_what_only_the_missing_date_leaves_out() -> None:
    assert undated_around(Filter(since="2024")) == 3
    assert undated_around(Filter(since="2024", avoid=("x",))) == 2
    assert undated_around(Filter(since="2024", direction="out")) == 2
    assert undated_around(Filter(since="2024", direction="in")) == 1


def test_undated_counts_around_every_actor_whose_relations_are_shown() -> None:
    assert undated_around(Filter(since="2024"), depth=2) == 4


def test_undated_among_named_actors_counts_claims_among_them() -> None:
    snapshot = snapshot_of([Stated("a", "HELPS", "b"), Stated("a", "HELPS", "x"), Stated("x", "HELPS", "b")])
    dated = Filter(since="2024")
    assert subgraph(snapshot, SubgraphQuestion(("a", "b"), dated)).meta.undated == 1
    assert subgraph(snapshot, SubgraphQuestion(("a", "b"), dated, between=False)).meta.undated == 0


def test_claims_with_ids_of_the_data_and_of_our_own_come_in_one_order() -> None:
    ids = ["c_" + "f" * 32, "zeta", "c_" + "0" * 32, "", "c_" + "0" * 31, "x_" + "a" * 32, "C_" + "0" * 32]
    snapshot = with_ids(ids)
    page = select_claims(snapshot, ClaimQuestion())
    assert [key.id for key in page.keys] == sorted(ids)
    assert [claim_key(snapshot, id).id for id in ids] == ids
    for missing in ("c_" + "1" * 32, "zz", "a"):
        with pytest.raises(NotFound):
            claim_key(snapshot, missing)


def test_questions_do_not_push_out_the_order_of_ids() -> None:
    snapshot = snapshot_of([Stated("a", "HELPS", "b")])
    order = snapshot.id_order
    for year in range(2000, 2040):
        select_claims(snapshot, ClaimQuestion(filter=Filter(since=str(year))))
    assert snapshot.id_order is order


def test_a_kept_snapshot_is_not_used_by_a_program_with_other_types(tmp_path: Path) -> None:
    snapshot = snapshot_of([Stated("a", "HELPS", "b")])
    KeptSnapshots(tmp_path, "store", vocabulary()).save(snapshot)
    kept = KeptSnapshots(tmp_path, "store", vocabulary()).load("t")
    assert kept is not None
    assert np.array_equal(kept.columns.subject, snapshot.columns.subject)
    other = vocabulary().extended([RelationType("HELPS", "SUPPORT", symmetric=True)])
    assert KeptSnapshots(tmp_path, "store", other).load("t") is None
    assert KeptSnapshots(tmp_path, "store", vocabulary()).load("u") is None


def test_a_kept_snapshot_with_types_that_cannot_be_read_is_not_used(tmp_path: Path) -> None:
    unusable = Vocabulary([RelationType("lower case")])
    snapshot = snapshot_of([Stated("a", "HELPS", "b")])
    broken = Snapshot("t", Catalogue(snapshot.actors, (), unusable), snapshot.columns)
    kept = KeptSnapshots(tmp_path, "store", vocabulary())
    kept.save(broken)
    assert kept.load("t") is None
