"""Questions on random graphs against the oracle, which enumerates the raw claims."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.filters import Filter
from graph.ids import relation_id
from graph.projection.selection import select
from graph.projection.ties import degrees
from graph.questions.actors import profile
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graph.questions.paths import PathQuestion, paths
from graph.questions.subgraph import SubgraphQuestion, subgraph
from graphs import NAMES, filter_of, filters, graphs, snapshot_of
from oracle import Asked, Stated, best_paths, contested, neighbours, passing, relation_key

EXAMPLES = 400


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs(), filters())
def test_a_filter_lets_through_the_claims_the_oracle_names(claims: list[Stated], asked: Asked) -> None:
    snapshot = snapshot_of(claims)
    chosen = select(snapshot, filter_of(asked)).claims
    assert [c for c, ok in zip(claims, chosen.tolist(), strict=True) if ok] == passing(claims, asked)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs(), filters())
def test_degree_counts_different_neighbours_by_ties_only(claims: list[Stated], asked: Asked) -> None:
    snapshot = snapshot_of(claims)
    counted = degrees(snapshot, filter_of(asked)).tolist()
    expected = neighbours(claims, asked)
    assert counted == [len(expected.get(actor.id, ())) for actor in snapshot.actors]


@settings(max_examples=EXAMPLES * 2, deadline=None)
@given(graphs(), filters(), st.integers(1, 12), st.integers(1, 6))
def test_paths_are_the_k_best_in_order(claims: list[Stated], asked: Asked, k: int, max_hops: int) -> None:
    start, end = NAMES[0], NAMES[1]
    snapshot = snapshot_of(claims, extra_actors=[start, end])
    answer = paths(snapshot, PathQuestion((start,), (end,), k, max_hops, filter_of(asked)))
    expected = best_paths(claims, asked, (start, end), k + 1, max_hops)
    assert [p.actors for p in answer.paths] == expected[:k]
    more = len(expected) > k and len(expected[k]) == len(expected[k - 1])
    assert answer.meta.more_of_same_length is more
    shown = {r.id for r in answer.graph.relations}
    assert all(r in shown for p in answer.paths for hop in p.hops for r in hop.relations)
    assert all(hop.relations for p in answer.paths for hop in p.hops)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs())
def test_a_relation_is_contested_where_claims_and_denials_meet_in_time(claims: list[Stated]) -> None:
    snapshot = snapshot_of(claims)
    everybody = tuple(actor.id for actor in snapshot.actors)
    answer = subgraph(snapshot, SubgraphQuestion(everybody))
    expected = {relation_id(*key) for key in contested(claims)}
    assert {r.id for r in answer.relations if r.contested} == expected
    by_id = {r.id: r for r in answer.relations}
    assert all(by_id[r.opposed_by].opposed_by == r.id for r in answer.relations if r.opposed_by)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs(), filters(), st.integers(1, 3))
def test_a_neighbourhood_holds_every_relation_with_an_end_nearer_than_its_depth(
    claims: list[Stated], asked: Asked, depth: int
) -> None:
    asked = Asked(**{**asked.__dict__, "direction": "any", "avoid": ()})
    snapshot = snapshot_of(claims, extra_actors=[NAMES[0]])
    question = NeighbourhoodQuestion(NAMES[0], depth=depth, limit=1000, filter=filter_of(asked))
    answer = neighbourhood(snapshot, question)
    near, tied = {NAMES[0]}, neighbours(claims, asked)
    for _ in range(depth - 1):
        near |= {other for one in near for other in tied.get(one, ())}
    met = [c for c in passing(claims, asked) if c.subject in near or c.object in near]
    assert {r.id for r in answer.relations} == {relation_id(*relation_key(c)) for c in met}
    ends = {NAMES[0]} | {c.subject for c in met} | {c.object for c in met}
    assert {a.id for a in answer.actors} == ends
    assert sum(r.claim_count for r in answer.relations) == len(met)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs(), st.integers(1, 3), st.integers(1, 5), st.booleans())
def test_pages_of_a_neighbourhood_add_up_to_the_whole(
    claims: list[Stated], depth: int, limit: int, between: bool
) -> None:
    snapshot = snapshot_of(claims, extra_actors=[NAMES[0]])

    def ask(size: int, cursor: str | None = None) -> NeighbourhoodQuestion:
        return NeighbourhoodQuestion(NAMES[0], depth, size, cursor, between, Filter())

    whole = neighbourhood(snapshot, ask(1000))
    seen_actors: list[str] = []
    seen_relations: list[str] = []
    cursor: str | None = None
    while True:
        page = neighbourhood(snapshot, ask(limit, cursor))
        fresh = [a.id for a in page.actors if a.id not in seen_actors]
        assert len(fresh) <= limit + (cursor is None)
        seen_actors += fresh
        seen_relations += [r.id for r in page.relations]
        assert page.meta.omitted_actors == len(whole.actors) - len(seen_actors)
        assert page.meta.omitted_relations == len(whole.relations) - len(seen_relations)
        cursor = page.meta.next
        if cursor is None:
            break
    assert len(seen_relations) == len(set(seen_relations))
    assert set(seen_relations) == {r.id for r in whole.relations}
    assert seen_actors == [a.id for a in whole.actors]


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs(), filters())
def test_the_counts_shown_before_expanding_are_what_comes(claims: list[Stated], asked: Asked) -> None:
    asked = Asked(**{**asked.__dict__, "direction": "any", "avoid": ()})
    snapshot = snapshot_of(claims, extra_actors=[NAMES[0]])
    answer = profile(snapshot, NAMES[0], filter_of(asked))
    mine = [c for c in passing(claims, asked) if NAMES[0] in (c.subject, c.object) and c.subject != c.object]
    expected: dict[tuple[str, str], list[Stated]] = {}
    for claim in mine:
        side = "both" if claim.symmetric else "out" if claim.subject == NAMES[0] else "in"
        expected.setdefault((claim.type, side), []).append(claim)
    counted = {(r.type, r.direction): (r.actors, r.claims) for r in answer.relations}
    assert counted == {
        key: (len({(c.subject, c.object)[c.subject == NAMES[0]] for c in group}), len(group))
        for key, group in expected.items()
    }
    assert answer.actor.claims == len(mine)
    assert answer.sources == len({c.source for c in mine})


def two_ways(*changed: Stated) -> list[Stated]:
    """Two paths a – m1 – z and a – m2 – z that differ only in what a test changes; the ids favour m1."""
    plain = [
        Stated("a", "MEETS", "m1", date="2024-06-15"),
        Stated("m1", "MEETS", "z", date="2024-06-15"),
        Stated("a", "MEETS", "m2", date="2024-06-15"),
        Stated("m2", "MEETS", "z", date="2024-06-15"),
    ]
    return [*plain, *changed]


def order_of(claims: list[Stated]) -> list[str]:
    answer = paths(snapshot_of(claims), PathQuestion(("a",), ("z",), 5, 2, Filter()))
    assert [p.actors for p in answer.paths] == best_paths(claims, Asked(), ("a", "z"), 5, 2)
    return [p.actors[1] for p in answer.paths]


def test_equal_paths_come_in_order_of_ids() -> None:
    assert order_of(two_ways()) == ["m1", "m2"]


def test_the_path_through_the_actor_with_fewer_neighbours_comes_first() -> None:
    assert order_of(two_ways(Stated("m1", "HELPS", "elsewhere"))) == ["m2", "m1"]


def test_among_equally_specific_paths_the_one_with_more_sources_comes_first() -> None:
    assert order_of(two_ways(Stated("a", "MEETS", "m2", source="s2", date="2020"))) == ["m2", "m1"]


def test_more_claims_of_the_same_source_do_not_lift_a_path() -> None:
    assert order_of(two_ways(Stated("a", "MEETS", "m2", date="2020"))) == ["m1", "m2"]


def test_among_equally_supported_paths_the_later_one_comes_first() -> None:
    assert order_of(two_ways(Stated("m2", "MEETS", "z", date="2024-07"))) == ["m2", "m1"]


def test_an_undated_step_is_older_than_every_dated_one() -> None:
    claims = [
        Stated("a", "MEETS", "m1"),
        Stated("m1", "MEETS", "z", date="2024"),
        Stated("a", "MEETS", "m2", date="0100"),
        Stated("m2", "MEETS", "z", date="0100"),
    ]
    assert order_of(claims) == ["m2", "m1"]


def test_a_denied_tie_is_not_a_path() -> None:
    claims = [Stated("a", "NOT_MEETS", "z", category="CONSULT", symmetric=True)]
    answer = paths(snapshot_of(claims), PathQuestion(("a",), ("z",), 5, 6, Filter()))
    assert answer.paths == ()


def test_a_denied_tie_shows_in_the_neighbourhood_but_is_not_counted_or_walked_on() -> None:
    claims = [
        Stated("a", "NOT_MEETS", "b", symmetric=True),
        Stated("b", "HELPS", "c", category="AID"),
    ]
    answer = neighbourhood(snapshot_of(claims), NeighbourhoodQuestion("a", depth=2, filter=Filter()))
    assert {actor.id for actor in answer.actors} == {"a", "b"}
    assert [(r.type, r.polarity) for r in answer.relations] == [("NOT_MEETS", "negative")]
    assert {actor.id: actor.degree for actor in answer.actors} == {"a": 0, "b": 1}
