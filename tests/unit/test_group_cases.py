"""What the questions about groups answer, on graphs small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from graph.errors import InvalidQuestion, UnknownActor
from graph.filters import Direction, Filter, among, between
from graph.model import Polarity
from graph.questions.commonneighbours import CommonAnswer, CommonNeighboursQuestion, common_neighbours
from graph.questions.connections import By, ConnectionsQuestion, Pair, connections
from graphs import snapshot_of
from oracle import Stated


def met(
    one: str, other: str, source: str = "s1", date: str | None = None, status: str = "asserted"
) -> Stated:
    return Stated(one, "MEETS", other, source, status, date, symmetric=True)


def denied(one: str, other: str, source: str = "s1", date: str | None = None) -> Stated:
    return Stated(one, "NOT_MEETS", other, source, date=date, symmetric=True)


def helped(one: str, other: str, source: str = "s1") -> Stated:
    return Stated(one, "HELPS", other, source, category="AID")


def ask(
    claims: Sequence[Stated], actors: str = "az", filter_: Filter | None = None, by: By = "all"
) -> list[Pair]:
    """Pairs of actors whose names are single letters, under the defaults of the question."""
    question = ConnectionsQuestion(tuple(actors), among(filter_ or Filter()), by)
    return list(connections(snapshot_of(claims, extra_actors=tuple(actors)), question).pairs)


def test_a_denial_is_told_as_a_denial_and_never_as_a_tie() -> None:
    claims = [denied("a", "z"), denied("z", "a", source="s2"), met("a", "m"), met("m", "z")]
    (pair,) = ask(claims)
    assert (pair.state, pair.claims, pair.sources, pair.denials, pair.denying_sources) == (
        "denied",
        0,
        0,
        2,
        2,
    )
    assert pair.through is None
    (pair,) = ask(claims, filter_=Filter(type=("MEETS",)))
    assert pair.state == "denied"


def test_who_asks_for_positive_claims_alone_hears_of_no_denial() -> None:
    claims = [denied("a", "z"), met("a", "m"), met("m", "z")]
    (pair,) = ask(claims, filter_=Filter(polarity=("positive",)))
    assert pair.state == "only_through"
    assert pair.through is not None
    assert (pair.through.id, pair.through.common) == ("m", 1)


def test_what_is_claimed_and_denied_is_contested_even_beside_another_tie() -> None:
    (pair,) = ask([met("a", "z", date="2024"), denied("a", "z", date="2024-05"), helped("a", "z")], by="type")
    assert (pair.state, pair.claims, pair.denials) == ("contested", 2, 1)
    assert [(part.name, part.state, part.claims, part.denials) for part in pair.by] == [
        ("MEETS", "contested", 1, 1),
        ("HELPS", "tied", 1, 0),
    ]


def test_a_tie_and_a_denial_of_another_time_are_a_tie() -> None:
    (pair,) = ask([met("a", "z", date="2023"), denied("a", "z", date="2024")], by="family")
    assert pair.state == "tied"
    assert [(part.name, part.state) for part in pair.by] == [("verbal_cooperation", "tied")]


def test_places_and_promises_are_no_record_by_default() -> None:
    claims = [Stated("a", "LIES_IN", "z", category="LOCATION"), met("a", "z", status="promised")]
    assert [pair.state for pair in ask(claims)] == ["no_record"]
    question = ConnectionsQuestion(("a", "z"), among(Filter(status=("promised",))))
    assert [pair.state for pair in connections(snapshot_of(claims), question).pairs] == ["tied"]
    given = among(Filter(structural="include"), structural_given=True)
    (pair,) = connections(snapshot_of(claims), ConnectionsQuestion(("a", "z"), given)).pairs
    assert pair.state == "tied"


def test_the_best_between_has_the_fewest_neighbours_and_is_not_over_the_limit() -> None:
    hub = [met("h", f"x{n}") for n in range(5)]
    claims = [met("a", "h"), met("h", "z"), *hub, met("a", "m"), met("m", "z"), met("m", "n")]
    (pair,) = ask(claims)
    assert pair.through is not None
    assert (pair.through.id, pair.through.common) == ("m", 2)
    question = ConnectionsQuestion(("a", "z"), among(Filter(max_degree=2)))
    answer = connections(snapshot_of(claims), question)
    assert answer.pairs[0].state == "no_record"
    assert [(one.id, one.degree) for one in answer.meta.skipped] == [("h", 7), ("m", 3)]


def test_another_actor_of_the_group_may_stand_between_two() -> None:
    pairs = {pair.from_ + pair.to: pair for pair in ask([met("a", "m"), met("m", "z")], "amz")}
    assert {name: pair.state for name, pair in pairs.items()} == {
        "am": "tied", "az": "only_through", "mz": "tied"
    }  # fmt: skip
    assert pairs["az"].through is not None
    assert pairs["az"].through.id == "m"


def test_direction_goes_from_the_actor_named_first() -> None:
    claims = [helped("a", "z"), helped("z", "m"), helped("m", "b")]
    outward = Filter(direction="out")
    assert [pair.state for pair in ask(claims, "az", outward)] == ["tied"]
    assert [pair.state for pair in ask(claims, "za", outward)] == ["no_record"]
    assert [pair.state for pair in ask(claims, "za", Filter(direction="in"))] == ["tied"]
    assert [pair.state for pair in ask(claims, "zb", outward)] == ["only_through"]
    assert [pair.state for pair in ask(claims, "bz", outward)] == ["no_record"]


def test_along_a_direction_only_what_leads_that_way_supports_a_way() -> None:
    claims = [helped("a", "m"), helped("m", "z"), helped("z", "m", "s2"), helped("z", "m", "s3")]
    claims += [helped("a", "n"), helped("n", "z"), helped("n", "z", "s2")]
    found = [ask(claims, filter_=Filter(direction=one))[0].through for one in ("any", "out")]
    assert [through.id for through in found if through] == ["m", "n"]


@pytest.mark.parametrize(
    ("actors", "filter_", "parameter"),
    [("aza", Filter(), "actor"), ("az", Filter(avoid=("z",)), "avoid")],
)
def test_a_contradictory_question_names_the_parameter(actors: str, filter_: Filter, parameter: str) -> None:
    snapshot = snapshot_of([met("a", "z")])
    with pytest.raises(InvalidQuestion) as pairwise:
        connections(snapshot, ConnectionsQuestion(tuple(actors), filter_))
    with pytest.raises(InvalidQuestion) as shared:
        common_neighbours(snapshot, CommonNeighboursQuestion(tuple(actors), filter_))
    assert [caught.value.problems[0].parameter for caught in (pairwise, shared)] == [parameter] * 2


def test_an_actor_that_is_not_there_is_told() -> None:
    with pytest.raises(UnknownActor):
        connections(snapshot_of([met("a", "z")]), ConnectionsQuestion(("a", "nobody")))


def test_more_sources_than_the_graph_has_says_so() -> None:
    few = Filter(min_sources=2)
    snapshot = snapshot_of([met("a", "z")])
    pairwise = connections(snapshot, ConnectionsQuestion(("a", "z"), few)).meta.notes
    shared = common_neighbours(snapshot, CommonNeighboursQuestion(("a", "z"), few)).meta.notes
    assert [note.code for note in (*pairwise, *shared)] == ["single_source"] * 2


def in_common_of(
    claims: Sequence[Stated], filter_: Filter | None = None, limit: int = 100, *, beside: bool = False
) -> CommonAnswer:
    """Whom a and z have in common, under the defaults of the question."""
    question = CommonNeighboursQuestion(("a", "z"), between(filter_ or Filter()), limit, beside)
    return common_neighbours(snapshot_of(claims), question)


def shared_by_az(*names: str, date: str | None = None) -> list[Stated]:
    return [met(end, name, date=date) for name in names for end in "az"]


def test_common_neighbours_come_best_supported_first() -> None:
    claims = [
        *shared_by_az("b", date="2024-05"),
        *shared_by_az("c", date="2024-06-15"),
        *shared_by_az("d"),
        *shared_by_az("e"),
        *shared_by_az("f", "f"),
        met("a", "g", source="s2"),
        met("z", "g"),
        met("a", "only"),
    ]
    answer = in_common_of(claims)
    assert [(one.id, one.sources, one.claims, one.last_day) for one in answer.common] == [
        ("g", 2, 2, None),
        ("f", 1, 4, None),
        ("c", 1, 2, "2024-06-15"),
        ("b", 1, 2, "2024-05-31"),
        ("d", 1, 2, None),
        ("e", 1, 2, None),
    ]
    assert [actor.id for actor in answer.graph.actors] == ["a", "z", "g", "f", "c", "b", "d", "e"]


def test_over_the_limit_the_answer_says_how_many_are_left_out() -> None:
    claims = [*shared_by_az("b", "c", "d"), met("b", "c"), met("a", "z")]
    answer = in_common_of(claims, limit=2)
    meta = answer.meta
    assert (meta.limit, meta.total, meta.truncated, meta.omitted_actors) == (2, 3, True, 1)
    assert [one.id for one in answer.common] == ["b", "c"]
    ends = [(relation.subject, relation.object) for relation in answer.graph.relations]
    assert ends == [("a", "z"), ("a", "b"), ("a", "c"), ("b", "z"), ("c", "z")]
    beside = in_common_of(claims, limit=2, beside=True)
    assert {(r.subject, r.object) for r in beside.graph.relations} == {*ends, ("b", "c")}
    assert beside.common == answer.common


@pytest.mark.parametrize("polarity", [(), ("positive", "negative")])
def test_a_denial_makes_nobody_a_common_neighbour(polarity: tuple[Polarity, ...]) -> None:
    assert in_common_of([met("a", "b"), denied("z", "b")], Filter(polarity=polarity)).common == ()


def test_who_has_too_many_neighbours_is_left_out_and_named() -> None:
    claims = [*shared_by_az("b", "h"), *[met("h", f"x{n}") for n in range(3)]]
    answer = in_common_of(claims, Filter(max_degree=4))
    assert [one.id for one in answer.common] == ["b"]
    assert [(one.id, one.degree) for one in answer.meta.skipped] == [("h", 5)]
    assert (answer.meta.total, answer.meta.skipped_actors) == (1, 1)


@pytest.mark.parametrize(("direction", "expected"), [("any", ["c", "b"]), ("out", ["b"]), ("in", ["c"])])
def test_direction_goes_from_the_named_actors_to_those_in_common(
    direction: Direction, expected: list[str]
) -> None:
    claims = [helped("a", "b"), helped("z", "b"), helped("c", "a"), helped("c", "z"), helped("z", "c")]
    assert [one.id for one in in_common_of(claims, Filter(direction=direction)).common] == expected
