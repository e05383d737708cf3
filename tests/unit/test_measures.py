"""Measures on random graphs: the answers of plain counting, of networkx and of linear algebra."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactness import exact
from graph.questions.measurement import Measure
from graphs import NAMES, filter_of, filters, graphs
from measuring import EVERY_MEASURE, ask, values
from oracle import Asked, Stated, neighbours, passing

EXAMPLES = 300
Ties = Mapping[str, set[str]]

named = st.lists(st.sampled_from(NAMES[:5]), max_size=2, unique=True)
depths = st.integers(1, 3)


def selected(claims: Sequence[Stated], asked: Asked, centres: Sequence[str], depth: int) -> Ties:
    """Who is measured and tied to whom, by plain steps over the raw claims."""
    tied = neighbours(claims, asked)
    if not centres:
        inside = {one for one in tied if one not in asked.avoid}
    else:
        inside = front = {*centres}
        for _ in range(depth):
            front = {other for one in front for other in tied.get(one, ())} - inside
            inside = inside | front
    return {one: tied.get(one, set()) & inside - {one} for one in inside}


@exact
@given(graphs(), filters(), named, depths)
def test_degree_and_core_are_those_of_plain_counting(
    claims: list[Stated], asked: Asked, centres: list[str], depth: int
) -> None:
    expected = selected(claims, asked, centres, depth)
    degree, core = (
        values(ask(claims, measure, centres, depth=depth, filter_=filter_of(asked)))
        for measure in ("degree", "core")
    )

    assert degree == {one: len(others) for one, others in expected.items()}
    assert core == core_numbers(expected)


def core_numbers(ties: Ties) -> dict[str, int]:
    """The largest k with which an actor survives when everybody with fewer than k ties is taken out."""
    found = dict.fromkeys(ties, 0)
    for k in range(1, len(ties) + 1):
        left = {*ties}
        while weak := {one for one in left if len(ties[one] & left) < k}:
            left -= weak
        found |= dict.fromkeys(left, k)
    return found


@exact
@given(graphs(), filters(), named, depths)
def test_betweenness_is_that_of_networkx(
    claims: list[Stated], asked: Asked, centres: list[str], depth: int
) -> None:
    answer = ask(claims, "betweenness", centres, depth=depth, filter_=filter_of(asked))
    graph: nx.Graph[str] = nx.Graph()
    for one, others in selected(claims, asked, centres, depth).items():
        graph.add_node(one)
        graph.add_edges_from((one, other) for other in others)

    assert values(answer) == pytest.approx(nx.betweenness_centrality(graph), rel=1e-8, abs=1e-12)


@exact
@given(graphs(), filters(), named, depths)
def test_pagerank_solves_its_equations(
    claims: list[Stated], asked: Asked, centres: list[str], depth: int
) -> None:
    answer = ask(claims, "pagerank", centres, depth=depth, filter_=filter_of(asked))
    members = sorted(selected(claims, asked, centres, depth))
    number = {one: at for at, one in enumerate(members)}
    follow = np.zeros((len(members), len(members)))
    for claim in passing(claims, asked):
        ends = (claim.object, claim.subject) if asked.direction == "in" else (claim.subject, claim.object)
        if not claim.denied and ends[0] != ends[1] and {*ends} <= {*members}:
            for one, other in (ends, ends[::-1]) if claim.symmetric else (ends,):
                follow[number[one], number[other]] = 1
    follow[follow.sum(axis=1) == 0] = 1
    follow /= np.maximum(follow.sum(axis=1, keepdims=True), 1)
    system = np.eye(len(members)) - 0.85 * follow.T
    expected = np.linalg.solve(system, np.full(len(members), 0.15 / max(len(members), 1)))

    assert [values(answer)[one] for one in members] == pytest.approx(expected.tolist(), rel=1e-8)


@exact
@given(graphs(), filters(), named, depths)
def test_communities_are_a_partition_with_the_modularity_that_is_told(
    claims: list[Stated], asked: Asked, centres: list[str], depth: int
) -> None:
    answer = ask(claims, "communities", centres, depth=depth, filter_=filter_of(asked))
    ties = selected(claims, asked, centres, depth)
    groups: dict[int, set[str]] = {}
    for actor in answer.actors:
        groups.setdefault(actor.community or 0, set()).add(actor.id)

    assert {one for group in groups.values() for one in group} == {*ties}
    assert sorted(groups) == list(range(1, len(groups) + 1))
    in_order = sorted(groups, key=lambda number: (-len(groups[number]), min(groups[number])))
    assert in_order == [c.number for c in answer.communities] == sorted(groups)
    for community in answer.communities:
        group = groups[community.number]
        assert (community.actors, community.ties) == (len(group), ties_between(ties, group, group) // 2)
        best = sorted(group, key=lambda one: (-len(ties[one]), one))[:5]
        assert [member.id for member in community.members] == best
    if any(ties.values()):
        told = modularity(ties, list(groups.values()))
        assert answer.modularity == pytest.approx(told, abs=1e-12)
        assert told >= modularity(ties, [{one} for one in ties])
        assert all(worth_of_joining(ties, a, b) <= 0 for a, b in combinations(groups.values(), 2))
    else:
        assert answer.modularity is None


def ties_between(ties: Ties, group: set[str], other: set[str]) -> int:
    return sum(len(ties[one] & other) for one in group)


def modularity(ties: Ties, groups: Sequence[set[str]]) -> float:
    """The definition, summed over all ordered pairs of actors of one group."""
    degree = {one: len(others) for one, others in ties.items()}
    twice = sum(degree.values())
    return sum(
        (other in ties[one]) / twice - degree[one] * degree[other] / twice**2
        for group in groups
        for one in group
        for other in group
    )


def worth_of_joining(ties: Ties, one: set[str], other: set[str]) -> int:
    """A number with the sign of what modularity gains when two groups become one."""
    twice = sum(map(len, ties.values()))
    strength = [sum(len(ties[a]) for a in group) for group in (one, other)]
    return ties_between(ties, one, other) * twice - strength[0] * strength[1]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data(), graphs(), filters(), named, st.sampled_from(EVERY_MEASURE), st.integers(1, 6))
def test_the_order_of_the_claims_in_the_store_does_not_matter(
    data: st.DataObject, claims: list[Stated], asked: Asked, centres: list[str], measure: Measure, limit: int
) -> None:
    shuffled = data.draw(st.permutations(claims))
    one, other = (
        ask(some, measure, centres, limit=limit, filter_=filter_of(asked)) for some in (claims, shuffled)
    )

    assert one == other


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs(), st.sampled_from(EVERY_MEASURE), st.integers(1, 6))
def test_the_highest_values_come_first_and_equal_ones_in_order_of_id(
    claims: list[Stated], measure: Measure, limit: int
) -> None:
    whole, part = ask(claims, measure), ask(claims, measure, limit=limit)
    in_order = sorted(whole.actors, key=lambda actor: (-actor.value, actor.id))

    assert list(whole.actors) == in_order
    assert list(part.actors) == in_order[:limit]
    assert all(a.rank == 1 + sum(b.value > a.value for b in in_order) for a in in_order)
    assert part.meta.omitted_actors == len(in_order) - len(part.actors)
    assert part.meta.omitted_communities == len(whole.communities) - len(part.communities)
    assert part.meta.truncated is (len(in_order) > limit or len(whole.communities) > limit)
    assert part.selection == whole.selection
