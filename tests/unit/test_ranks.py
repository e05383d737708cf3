"""What each rank prefers, on graphs small enough to work out by hand."""

from __future__ import annotations

import pytest

from graph.errors import InvalidQuestion
from graph.filters import Filter, between
from graph.questions.blocked import Blocked, Constraint
from graph.questions.neighbourhood import NeighbourhoodQuestion, neighbourhood
from graph.questions.paths import PathAnswer, PathQuestion, paths
from graph.questions.ranks import Rank
from graphs import snapshot_of
from oracle import Stated


def ask(
    claims: list[Stated], rank: Rank = "shortest", filter_: Filter | None = None, **more: object
) -> PathAnswer:
    question = PathQuestion(("a",), ("z",), filter=filter_ or Filter(), rank=rank, **more)  # type: ignore[arg-type]  # fields by name
    return paths(snapshot_of(claims), question)


def actors(answer: PathAnswer) -> list[str]:
    return ["".join(path.actors) for path in answer.paths]


def met(one: str, other: str, **more: str) -> Stated:
    return Stated(one, "MEETS", other, symmetric=True, **more)


def test_strongest_prefers_a_longer_chain_of_many_sources_to_one_voice() -> None:
    weak = [met("a", "z", source="s1", status="alleged")]
    strong = [
        met(x, y, source=s) for x, y in (("a", "m"), ("m", "z")) for s in ("s1", "s2", "s3", "s4", "s5")
    ]
    answer = ask([*weak, *strong], "strongest")
    assert actors(answer) == ["amz", "az"]
    assert [path.score["cost"] for path in answer.paths] == [2 * (4_000_000 // 20), 4_000_000 // 2]
    assert [hop["cost"] for hop in answer.paths[0].score["hops"]] == [200_000, 200_000]


def test_strongest_counts_a_contested_relation_half() -> None:
    claims = [met("a", "m"), met("m", "z"), met("a", "n"), met("n", "z"), met("a", "b", source="s2")]
    denied = Stated("a", "NOT_MEETS", "m", symmetric=True)
    assert actors(ask(claims, "strongest", k=2)) == ["amz", "anz"]
    answer = ask([*claims, denied], "strongest", k=2)
    assert actors(answer) == ["anz", "amz"]
    assert [path.score["cost"] for path in answer.paths] == [2_000_000, 3_000_000]


def test_with_one_source_strongest_goes_by_claims_and_voices_and_says_so() -> None:
    claims = [met("a", "m"), met("m", "z"), met("a", "n"), met("n", "z"), met("a", "n", date="2024")]
    answer = ask(claims, "strongest", k=2)
    assert actors(answer) == ["anz", "amz"]
    assert [path.score["cost"] for path in answer.paths] == [4_000_000 // 12 + 500_000, 1_000_000]
    assert [note.code for note in answer.meta.notes] == ["single_source"]


def test_specific_prefers_rare_go_betweens_to_a_hub() -> None:
    hub = [met("h", f"x{n}") for n in range(20)]
    claims = [met("a", "h"), met("h", "z"), met("a", "m"), met("m", "n"), met("n", "z"), *hub]
    assert actors(ask(claims, "shortest")) == ["ahz", "amnz"]
    answer = ask(claims, "specific")
    assert actors(answer) == ["amnz", "ahz"]
    assert [path.score["cost"] for path in answer.paths] == [2 * 1585, round(1000 * 4.523562)]
    assert answer.paths[1].score["passed"] == [{"actor": "h", "neighbours": 22, "cost": 4524}]


def test_recent_goes_by_the_oldest_hop() -> None:
    claims = [
        met("a", "z", date="2019"),
        met("a", "m", date="2025-03-01"),
        met("m", "z", date="2024-06"),
        met("a", "n", date="2025-03-07"),
        met("n", "z"),
    ]
    answer = ask(claims, "recent")
    assert actors(answer) == ["amz", "az", "anz"]
    assert [path.score["oldest"] for path in answer.paths] == ["2024-06-30", "2019-12-31", None]


def test_chronological_paths_never_go_back_in_time() -> None:
    claims = [
        met("a", "m", date="2024-05"),
        met("m", "z", date="2024-04"),
        met("a", "n", date="2024-05"),
        met("n", "z", date="2024"),
        met("a", "o", date="2024-01-01"),
        met("o", "p", date="2024-02-02"),
        met("p", "z"),
    ]
    answer = ask(claims, "chronological")
    assert actors(answer) == ["anz"]
    assert answer.paths[0].score["existed_from"] == "2024-05-01"
    assert [hop["day"] for hop in answer.paths[0].score["hops"]] == ["2024-05-01", "2024-05-01"]
    assert actors(ask(claims, "chronological", Filter(undated="include"))) == ["anz", "aopz"]
    assert actors(ask(claims)) == ["anz", "amz", "aopz"]


def test_a_lasting_state_holds_from_its_begin_to_its_end() -> None:
    leads = Stated("m", "LEADS", "z", valid_from="2020", valid_to="2022", category="LEADERSHIP")
    assert actors(ask([met("a", "m", date="2021"), leads], "chronological")) == ["amz"]
    assert ask([met("a", "m", date="2023"), leads], "chronological").paths == ()
    answer = ask(
        [Stated("m", "LEADS", "z", category="LEADERSHIP"), met("a", "m", date="2021")], "chronological"
    )
    assert answer.paths[0].score["existed_from"] == "2021-01-01"


def test_via_actors_are_passed_in_any_order() -> None:
    claims = [met("a", "b"), met("b", "c"), met("c", "z"), met("a", "c"), met("b", "z"), met("a", "z")]
    assert actors(ask(claims, via=("c", "b"))) == ["abcz", "acbz"]
    assert actors(ask(claims, via=("c",), k=2)) == ["acz", "abcz"]


def test_a_hub_is_not_passed_and_is_named() -> None:
    hub = [met("h", f"x{n}") for n in range(5)]
    claims = [met("a", "h"), met("h", "z"), met("a", "m"), met("m", "n"), met("n", "z"), *hub]
    answer = ask(claims, filter_=Filter(max_degree=6))
    assert actors(answer) == ["amnz"]
    assert [(one.id, one.degree) for one in answer.meta.skipped] == [("h", 7)]
    assert actors(ask(claims, filter_=Filter(max_degree=6), via=("h",))) == ["ahz"]
    assert ask(claims, filter_=Filter(max_degree=6), max_hops=1).meta.skipped == ()


def test_a_hub_behind_an_end_was_not_skipped() -> None:
    """A path ends where it first meets an end, so nobody is reached through one."""
    claims = [met("a", "z"), met("z", "h"), *[met("h", f"x{n}") for n in range(5)]]
    assert ask(claims, filter_=Filter(max_degree=3)).meta.skipped == ()
    beside = ask([*claims, met("a", "h")], filter_=Filter(max_degree=3))
    assert [one.id for one in beside.meta.skipped] == ["h"]


def test_a_hub_is_shown_in_a_neighbourhood_but_not_walked_on() -> None:
    claims = [met("a", "h"), *[met("h", f"x{n}") for n in range(5)], met("a", "b"), met("b", "c")]
    question = NeighbourhoodQuestion("a", depth=2, filter=Filter(max_degree=3))
    answer = neighbourhood(snapshot_of(claims), question)
    assert [actor.id for actor in answer.actors] == ["a", "b", "h", "c"]
    assert [(one.id, one.degree) for one in answer.meta.skipped] == [("h", 6)]


def test_several_starts_and_ends_meet_where_it_is_shortest() -> None:
    claims = [met("a", "m"), met("m", "z"), met("b", "y"), met("a", "b")]
    answer = paths(snapshot_of(claims), PathQuestion(("a", "b"), ("y", "z")))
    assert actors(answer) == ["by", "amz"]


def test_nothing_found_names_each_single_condition() -> None:
    claims = [
        met("a", "m", status="promised"),
        met("m", "z", status="promised"),
        met("a", "u"),
        met("u", "z"),
        Stated("a", "LIES_IN", "l", category="LOCATION"),
        Stated("z", "LIES_IN", "l", category="LOCATION"),
    ]
    answer = ask(claims, filter_=between(Filter(avoid=("u",))))
    assert answer.meta.blocked_by == (
        Blocked("status", "asserted, alleged", 1),
        Blocked("structural", "exclude", 1),
        Blocked("avoid", "u", 1),
    )
    assert [note.code for note in answer.meta.notes] == ["no_connection"]


def test_where_no_single_condition_helps_the_smallest_set_is_named() -> None:
    claims = [met("a", "u"), met("u", "v"), met("v", "z")]
    answer = ask(claims, filter_=Filter(avoid=("u", "v"), kind=("other",)))
    assert answer.meta.blocked_by == (Blocked("avoid", "u", 1, (Constraint("avoid", "v"),)),)


def test_only_a_denial_is_a_note_of_its_own_and_polarity_is_never_lifted() -> None:
    answer = ask([Stated("z", "NOT_MEETS", "a", symmetric=True)], filter_=between(Filter()))
    assert answer.meta.blocked_by == ()
    assert [note.code for note in answer.meta.notes] == ["only_denial", "no_connection"]


def test_a_connection_that_is_too_long_says_how_long_it_is() -> None:
    claims = [met("a", "b"), met("b", "c"), met("c", "z")]
    answer = ask(claims, max_hops=2)
    assert [note.code for note in answer.meta.notes] == ["beyond_max_hops"]
    assert answer.meta.shortest == 3
    assert ask(claims).meta.blocked_by is None


def test_more_sources_than_the_graph_has_says_so() -> None:
    answer = ask([met("a", "z")], filter_=Filter(min_sources=2))
    assert [note.code for note in answer.meta.notes] == ["no_connection", "single_source"]
    assert answer.meta.blocked_by == (Blocked("min_sources", "2", 1),)


@pytest.mark.parametrize(
    ("more", "parameter"),
    [({"via": ("a",)}, "via"), ({"via": ("m",), "max_hops": 1}, "via")],
)
def test_a_contradictory_question_names_the_parameter(more: dict[str, object], parameter: str) -> None:
    with pytest.raises(InvalidQuestion) as caught:
        ask([met("a", "m"), met("m", "z")], **more)  # type: ignore[arg-type]  # fields by name
    assert caught.value.problems[0].parameter == parameter
