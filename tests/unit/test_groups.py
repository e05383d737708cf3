"""Questions about groups on random graphs against the oracle, which enumerates the raw claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from exactness import exact
from graph.errors import Incomplete
from graph.filters import Filter
from graph.ids import relation_id
from graph.model import FAMILY_OF
from graph.projection.snapshot import Catalogue, Snapshot
from graph.questions.commonneighbours import CommonNeighboursQuestion, common_neighbours
from graph.questions.connections import By, ConnectionsQuestion, connections
from graph.questions.paths import PathQuestion, paths
from graphs import NAMES, filter_of, filters, graphs, snapshot_of, stated, vocabulary
from oracle import Asked, Stated, day_from
from oracle_groups import (
    Recorded,
    Relations,
    in_common,
    in_the_middle,
    left_out_undated,
    on_record,
    recorded,
    split,
)

EXAMPLES = 300
Answer = TypeVar("Answer")

ENDS, MIDDLES = NAMES[:3], NAMES[3:7]


@st.composite
def fans(draw: st.DrawFn) -> list[Stated]:
    """Graphs in which a few actors have many others in common, and sometimes something with each other."""
    kept: list[Stated] = []
    for claim in draw(st.lists(stated(), min_size=20, max_size=40)):
        ends = [draw(st.sampled_from(ENDS)), draw(st.sampled_from(MIDDLES))]
        what = draw(st.integers(0, 9))
        if what % 2:
            ends.reverse()
        if what > 7 and kept:
            kept.append(replace(kept[-1], type="NOT_" + kept[-1].type.removeprefix("NOT_"), status="alleged"))
        kept.append(claim if what == 0 else replace(claim, subject=ends[0], object=ends[1]))
    return kept


worlds = st.one_of(graphs(), fans())
asking = st.one_of(filters(), st.builds(Asked, direction=st.sampled_from(["any", "out", "in"])))
groups = st.one_of(
    st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True),
    st.lists(st.sampled_from(ENDS), min_size=2, max_size=3, unique=True),
)
limits = st.sampled_from([None, None, 1, 2, 3, 5])
people = st.sampled_from([None, None, frozenset(NAMES[::2]), frozenset(NAMES[3:8])])


def with_people(claims: Sequence[Stated], persons: frozenset[str] | None) -> Snapshot:
    """A snapshot that knows all names; `persons` are of kind person, all others are not."""
    plain = snapshot_of(claims, extra_actors=NAMES)
    actors = tuple(replace(a, kind="person" if a.id in (persons or ()) else "other") for a in plain.actors)
    return Snapshot("t", Catalogue(actors, (), vocabulary()), plain.columns)


def question_of(
    asked: Asked, group: list[str], most: int | None, persons: frozenset[str] | None
) -> tuple[Asked, Filter]:
    """The filter for the oracle, where a kind is what it leaves out, and for the product."""
    asked = replace(asked, avoid=tuple(one for one in asked.avoid if one not in group))
    filter_ = replace(filter_of(asked), max_degree=most, kind=("person",) if persons else ())
    others = [one for one in NAMES if persons and one not in persons]
    return replace(asked, avoid=(*asked.avoid, *others)), filter_


def ids_of(keys: Relations) -> set[str]:
    return {relation_id(*key) for key in keys}


def as_recorded(pair: object) -> tuple[object, ...]:
    names = ("state", "claims", "sources", "denials", "denying_sources")
    return tuple(getattr(pair, name) for name in names)


@exact
@given(worlds, asking, groups, limits, people)
def test_every_pair_says_what_the_claims_say(
    claims: list[Stated], asked: Asked, group: list[str], most: int | None, persons: frozenset[str] | None
) -> None:
    asked, filter_ = question_of(asked, group, most, persons)
    answer = connections(with_people(claims, persons), ConnectionsQuestion(tuple(group), filter_))
    assert [(p.from_, p.to) for p in answer.pairs] == [
        (one, other) for at, one in enumerate(group) for other in group[at + 1 :]
    ]
    shown: set[str] = set()
    skipped: set[str] = set()
    for pair in answer.pairs:
        expected = recorded(claims, on_record(claims, asked, pair.from_, pair.to))
        if expected is not None:
            assert as_recorded(pair) == as_recorded(expected)
            assert set(pair.relations) == ids_of(expected.relations)
            assert pair.through is None
            shown |= set(pair.relations)
            continue
        middle, heavy = in_the_middle(claims, asked, (pair.from_, pair.to), most)
        skipped |= set(heavy)
        assert pair.state == ("only_through" if middle else "no_record")
        found = pair.through and (pair.through.id, pair.through.name, pair.through.common)
        assert found == ((middle[0], middle[0].upper(), len(middle)) if middle else None)
    assert [r.id for r in answer.graph.relations] == [id for pair in answer.pairs for id in pair.relations]
    assert [actor.id for actor in answer.graph.actors] == group == list(answer.actors)
    assert {one.id for one in answer.meta.skipped} == skipped
    assert answer.meta.undated == left_out_undated(claims, asked, group)


@exact
@given(worlds, asking, groups, st.sampled_from(["family", "type"]))
def test_a_record_is_split_by_family_or_type(
    claims: list[Stated], asked: Asked, group: list[str], by: By
) -> None:
    asked, filter_ = question_of(asked, group, None, None)
    answer = connections(with_people(claims, None), ConnectionsQuestion(tuple(group), filter_, by))
    families = dict(FAMILY_OF) if by == "family" else None
    for pair in answer.pairs:
        parts = split(on_record(claims, asked, pair.from_, pair.to), families)
        expected = {name: recorded(claims, found) for name, found in parts.items()}
        assert {part.name: as_recorded(part) for part in pair.by} == {
            name: as_recorded(found) for name, found in expected.items()
        }
        assert [part.name for part in pair.by] == sorted(
            expected,
            key=lambda name: (-counted(expected[name]).claims, -counted(expected[name]).denials, name),
        )
        assert sorted(id for part in pair.by for id in part.relations) == sorted(pair.relations)


def counted(found: Recorded | None) -> Recorded:
    assert found is not None
    return found


@exact
@given(worlds, asking, groups, limits, people)
def test_the_best_between_two_is_the_middle_of_their_best_path(
    claims: list[Stated], asked: Asked, group: list[str], most: int | None, persons: frozenset[str] | None
) -> None:
    snapshot = with_people(claims, persons)
    _, filter_ = question_of(asked, group, most, persons)
    for pair in connections(snapshot, ConnectionsQuestion(tuple(group), filter_)).pairs:
        if pair.state in ("only_through", "no_record"):
            best = paths(snapshot, PathQuestion((pair.from_,), (pair.to,), 25, 2, filter_)).paths
            assert [path.actors[1] for path in best[:1]] == ([pair.through.id] if pair.through else [])
            assert len(best) == (pair.through.common if pair.through else 0)


@exact
@given(worlds, asking, groups, limits, people)
def test_common_neighbours_are_those_tied_to_everybody(
    claims: list[Stated], asked: Asked, group: list[str], most: int | None, persons: frozenset[str] | None
) -> None:
    snapshot = with_people(claims, persons)
    asked, filter_ = question_of(asked, group, most, persons)
    answer = common_neighbours(snapshot, CommonNeighboursQuestion(tuple(group), filter_))
    degree = {actor.id: actor.degree for actor in answer.graph.actors}
    expected = in_common(claims, asked, group)
    heavy = {one.id for one in answer.meta.skipped}
    assert heavy == {one.id for one in expected if most is not None and one.id not in degree}
    assert all(one.degree > (most or 0) for one in answer.meta.skipped)
    light = [one for one in expected if one.id not in heavy]
    assert all(most is None or degree[one.id] <= most for one in light)
    days = [one.last_day and day_from(one.last_day) for one in answer.common]
    assert [(c.id, c.sources, c.claims, day) for c, day in zip(answer.common, days, strict=True)] == [
        (one.id, one.sources, one.claims, one.last_day) for one in light
    ]
    for shown, one in zip(answer.common, light, strict=True):
        assert [tie.actor for tie in shown.ties] == group
        assert [set(tie.relations) for tie in shown.ties] == [ids_of(keys) for keys in one.ties]
    assert answer.meta.total == len(light)
    assert answer.meta.undated == left_out_undated(claims, asked, group)
    on_show = {relation.id for relation in answer.graph.relations}
    assert on_show >= {id for one in answer.common for tie in one.ties for id in tie.relations}


@settings(max_examples=EXAMPLES, deadline=None)
@given(worlds, groups, st.integers(1, 4), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_in_which_claims_are_stored_changes_nothing(
    claims: list[Stated], group: list[str], limit: int, beside: bool, random: object
) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    one, other = (with_people(stored, None) for stored in (claims, shuffled))
    pairs = ConnectionsQuestion(tuple(group), by="type")
    shared = CommonNeighboursQuestion(tuple(group[:2]), limit=limit, between=beside)
    assert connections(one, pairs) == connections(other, pairs)
    assert common_neighbours(one, shared) == common_neighbours(other, shared)


class Part(Snapshot):
    """A part of a graph in which only the claims of some actors are complete."""

    complete: frozenset[int] = frozenset()

    def need(self, actors: NDArray[np.integer]) -> None:
        missing = {int(number) for number in actors} - self.complete
        if missing:
            raise Incomplete(sorted(missing))

    def need_all(self) -> None:
        raise AssertionError("a question about a group relies on a few actors alone")

    @property
    def single_source(self) -> bool:
        return False


def part_of(claims: Sequence[Stated], complete: set[int]) -> Part:
    """The claims with a complete actor at an end; all names are known."""
    known = {NAMES[number] for number in complete}
    held = with_people([claim for claim in claims if {claim.subject, claim.object} & known], None)
    part = Part("t", Catalogue(held.actors, (), vocabulary()), held.columns)
    part.complete = frozenset(complete)
    return part


def asked_of_parts(claims: Sequence[Stated], ask: Callable[[Snapshot], Answer]) -> Answer:
    """The answer of the first part of the graph that holds everything the question relies on."""
    complete: set[int] = set()
    while True:
        try:
            return ask(part_of(claims, complete))
        except Incomplete as missing:
            complete |= set(missing.numbers or ())


@exact
@given(worlds, asking, groups, limits, st.booleans())
def test_a_part_of_the_graph_gives_the_answer_of_the_whole(
    claims: list[Stated], asked: Asked, group: list[str], most: int | None, beside: bool
) -> None:
    claims = [*claims, Stated(NAMES[0], "MEETS", NAMES[1], source="another", symmetric=True)]
    _, filter_ = question_of(asked, group, most, None)
    whole = with_people(claims, None)
    pairs = ConnectionsQuestion(tuple(group), filter_)
    shared = CommonNeighboursQuestion(tuple(group), filter_, limit=2, between=beside)
    assert asked_of_parts(claims, lambda part: connections(part, pairs)) == connections(whole, pairs)
    assert asked_of_parts(claims, lambda part: common_neighbours(part, shared)) == common_neighbours(
        whole, shared
    )
