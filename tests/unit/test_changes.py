"""What changed between two days or two loads, against the oracle and on graphs made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactness import exact
from graph.errors import Incomplete, NotFound
from graph.filters import Filter
from graph.ids import relation_id
from graph.model import Actor
from graph.projection.loads import load_order
from graph.projection.snapshot import Catalogue, Snapshot
from graph.questions.changes import Changes, ChangesQuestion, Listing, changes
from graph.questions.changesamong import changes_among
from graphs import NAMES, TYPES, Load, filter_of, filters, graphs, snapshot_of, stated
from oracle import Asked, Stated
from oracle_time import Difference, State, bounds, difference, left_out, relations_under, state_at

EXAMPLES = 300
DAYS = (
    st.sampled_from(["0900", "2023", "2024-06-14", "2024-06"]),
    st.sampled_from(["2024-06-15", "2024", "2025-01", "2030"]),
)
ASKED = st.just(Asked()) | st.just(Asked(min_claims=2)) | filters()
LOADS: tuple[Load, ...] = (
    ("d", "2026-01-01T00:00:00+00:00"),
    ("a", "2026-02-01T00:00:00.5+00:00"),
    ("b", "2026-02-01T02:00:00.5+02:00"),
    ("c", "2026-03-01T00:00:00+00:00"),
)
"""In order: equal times are told apart by the id, and a time is not a text."""


@st.composite
def crowded(draw: st.DrawFn) -> list[Stated]:
    """Claims and as many denials of few relations, so that most have several claims and are contested."""
    claims = []
    for claim in draw(st.lists(stated(), min_size=6, max_size=40)):
        name = draw(st.sampled_from(["MEETS", "LEADS"]))
        category, symmetric = TYPES[name]
        plain = replace(claim, category=category, symmetric=symmetric)
        ends = draw(st.permutations(NAMES[:2]))
        sign = draw(st.sampled_from(["", "NOT_"]))
        claims.append(replace(plain, subject=ends[0], type=sign + name, object=ends[1]))
    return claims


def listed(found: list[tuple[str, str, str]]) -> Listing:
    return Listing(tuple(relation_id(*key) for key in found), len(found), False)


def check(answer: Changes, expected: Difference) -> None:
    assert answer.actors == Listing(tuple(expected.actors), len(expected.actors), False)
    assert answer.relations == listed(expected.new)
    assert answer.ended == listed(expected.ended)
    assert answer.became_contested == listed(expected.contested)
    keys = list(dict.fromkeys([*expected.new, *expected.ended, *expected.contested]))
    assert [r.id for r in answer.graph.relations] == [relation_id(*key) for key in keys]
    assert [r.claim_count for r in answer.graph.relations] == [len(expected.claims[key]) for key in keys]
    ends = {end for key in keys for end in key[::2]}
    assert [a.id for a in answer.graph.actors] == [*expected.actors, *sorted(ends - set(expected.actors))]
    assert not answer.meta.truncated


@exact
@given(graphs() | crowded(), ASKED, st.tuples(*DAYS))
def test_changes_between_two_days_are_those_of_the_oracle(
    claims: list[Stated], asked: Asked, days: tuple[str, str]
) -> None:
    asked = replace(asked, since=None, until=None, as_of=None)
    since, until = sorted(days, key=lambda date: bounds(date)[1])
    question = ChangesQuestion(since, until, limit=1000, filter=filter_of(asked))
    answer = changes(snapshot_of(claims), question)
    check(answer, difference(state_at(claims, since), state_at(claims, until), asked))
    undated = left_out(claims, replace(asked, since="2000", undated="exclude"))
    assert answer.meta.undated == len([c for c in undated if not {c.subject, c.object} & {*asked.avoid}])
    assert (answer.since, answer.until, answer.since_load, answer.until_load) == (since, until, None, None)


@exact
@given(graphs() | crowded(), ASKED, st.data())
def test_changes_between_two_loads_are_those_of_the_oracle(
    claims: list[Stated], asked: Asked, data: st.DataObject
) -> None:
    asked = replace(asked, since=None, until=None)
    written = st.lists(st.sampled_from([None, *LOADS]), min_size=len(claims), max_size=len(claims))
    loads = data.draw(written.filter(any))
    present = [load[0] for load in LOADS if load in loads]
    numbers = sorted(data.draw(st.tuples(*[st.integers(0, len(present) - 1)] * 2)))
    since, until = (present[number] for number in numbers)

    def recorded(last: str) -> State:
        by_then = present[: present.index(last) + 1]
        kept = [c for c, load in zip(claims, loads, strict=True) if load and load[0] in by_then]
        return State(kept, kept)

    question = ChangesQuestion(since, until, "load", 1000, filter_of(asked))
    answer = changes(snapshot_of(claims, loads=loads), question)
    check(answer, difference(recorded(since), recorded(until), asked))
    assert answer.ended.total == 0
    assert [(one.id, one.recorded_at) for one in answer.loads] == [x for x in LOADS if x[0] in present]
    assert [one.claims for one in answer.loads] == [
        sum(load is not None and load[0] == one for load in loads) for one in present
    ]


@exact
@given(graphs() | crowded(), ASKED, st.tuples(*DAYS), st.sets(st.sampled_from(NAMES), min_size=1))
def test_changes_among_named_actors_are_those_of_the_oracle(
    claims: list[Stated], asked: Asked, days: tuple[str, str], named: set[str]
) -> None:
    asked = replace(asked, since=None, until=None, as_of=None)
    since, until = sorted(days, key=lambda date: bounds(date)[1])
    snapshot = snapshot_of(claims, extra_actors=NAMES)
    question = ChangesQuestion(since, until, filter=filter_of(asked))
    answer = changes_among(snapshot, question, tuple(named))
    then, now = state_at(claims, since), state_at(claims, until)
    expected = difference(then, now, asked)

    def among(keys: Iterable[tuple[str, str, str]]) -> tuple[str, ...]:
        return tuple(sorted(relation_id(*key) for key in keys if {key[0], key[2]} <= named))

    lasting = relations_under(then.held, asked).keys() & relations_under(now.held, asked).keys()
    assert answer.actors == tuple(sorted(named & set(expected.actors)))
    assert answer.relations == among(expected.new)
    assert answer.ended == among(expected.ended)
    assert answer.became_contested == among(expected.contested)
    assert answer.unchanged == among(lasting - set(expected.contested))
    undated = left_out(claims, replace(asked, since="2000", undated="exclude"))
    assert answer.meta.undated == len([c for c in undated if {c.subject, c.object} <= named])
    assert (answer.since, answer.until) == (since, until)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graphs() | crowded(), st.integers(1, 5))
def test_a_limit_is_for_each_list_and_totals_stay_exact(claims: list[Stated], limit: int) -> None:
    snapshot = snapshot_of(claims)
    whole = changes(snapshot, ChangesQuestion("2024-06", "2030", limit=1000))
    some = changes(snapshot, ChangesQuestion("2024-06", "2030", limit=limit))
    cut = False
    for name in ("actors", "relations", "ended", "became_contested"):
        all_of, part = getattr(whole, name), getattr(some, name)
        assert part == Listing(all_of.ids[:limit], all_of.total, all_of.total > limit)
        cut |= part.truncated
    assert some.meta.truncated is cut
    shown = {*some.relations.ids, *some.ended.ids, *some.became_contested.ids}
    assert {relation.id for relation in some.graph.relations} == shown


def between(claims: list[Stated], since: str, until: str, **asked: object) -> Changes:
    filter_ = Filter(**asked)  # type: ignore[arg-type]  # parts by name
    return changes(snapshot_of(claims), ChangesQuestion(since, until, filter=filter_))


def leads(object_: str, valid_from: str | None, valid_to: str | None) -> Stated:
    return Stated("a", "LEADS", object_, valid_from=valid_from, valid_to=valid_to, category="LEADERSHIP")


def test_what_begins_after_the_one_day_and_by_the_other_is_new() -> None:
    claims = [
        Stated("a", "HELPS", "b", date="2024-12-31"),
        Stated("a", "HELPS", "c", date="2025-01-01"),
        Stated("a", "HELPS", "d", date="2025-12-31"),
        Stated("a", "HELPS", "e", date="2026"),
        Stated("a", "HELPS", "f"),
    ]
    answer = between(claims, "2024", "2025")
    assert answer.actors.ids == ("c", "d")
    assert [r.object for r in answer.graph.relations] == ["c", "d"]
    assert answer.meta.undated == 1


def test_a_lasting_state_ends_when_its_validity_has_and_a_meeting_stays() -> None:
    claims = [
        leads("b", "2020", "2024-06"),
        leads("c", "2020", "2025-12-31"),
        leads("d", None, "2024"),
        leads("e", "2020", None),
        Stated("a", "MEETS", "f", date="2020", symmetric=True),
    ]
    answer = between(claims, "2023", "2025-06")
    assert {r.object for r in answer.graph.relations} == {"b", "d"}
    assert answer.ended.total == 2
    assert (answer.actors.total, answer.relations.total) == (0, 0)


def test_a_state_that_somebody_else_says_goes_on_has_not_ended() -> None:
    claims = [leads("b", "2020", "2024"), replace(leads("b", "2020", None), source="s2")]
    assert between(claims, "2023", "2025").ended.total == 0
    assert between(claims, "2023", "2025", source=("s1",)).ended.total == 1


def test_a_denial_makes_an_old_tie_contested_and_both_sides_are_listed() -> None:
    claims = [
        Stated("a", "LEADS", "b", valid_from="2020", category="LEADERSHIP"),
        Stated("a", "NOT_LEADS", "b", date="2025-02", category="LEADERSHIP"),
    ]
    answer = between(claims, "2024", "2025")
    assert answer.became_contested.ids == (relation_id("a", "LEADS", "b"), relation_id("a", "NOT_LEADS", "b"))
    assert answer.relations.ids == (relation_id("a", "NOT_LEADS", "b"),)
    positive = between(claims, "2024", "2025", polarity=("positive",))
    assert positive.became_contested.ids == (relation_id("a", "LEADS", "b"),)
    assert between(claims, "2025", "2026").became_contested.total == 0


def test_who_is_avoided_or_of_another_kind_is_not_in_the_answer() -> None:
    claims = [Stated("a", "HELPS", "b", date="2025"), Stated("a", "HELPS", "c", date="2025")]
    assert between(claims, "2024", "2025", avoid=("b",)).actors.ids == ("a", "c")
    plain = snapshot_of(claims)
    kinds = {"a": "person", "b": "state", "c": "person"}
    actors = tuple(Actor(id=id, name=id, kind=kind) for id, kind in kinds.items())
    snapshot = Snapshot("t", Catalogue(actors, (), plain.vocabulary), plain.columns)
    answer = changes(snapshot, ChangesQuestion("2024", "2025", filter=Filter(kind=("person",))))
    assert answer.actors.ids == ("a", "c")
    assert answer.relations.ids == (relation_id("a", "HELPS", "c"),)


def test_a_relation_is_new_once_it_has_the_claims_that_are_asked_for() -> None:
    claims = [Stated("a", "HELPS", "b", date=date) for date in ("2020", "2025")]
    assert between(claims, "2024", "2025").relations.total == 0
    assert between(claims, "2024", "2025", min_claims=2).relations.total == 1


def test_claims_written_by_hand_have_no_place_among_loads() -> None:
    claims = [Stated("a", "HELPS", "b"), Stated("a", "HELPS", "c"), Stated("a", "HELPS", "d")]
    snapshot = snapshot_of(claims, loads=[LOADS[0], LOADS[3], None])
    answer = changes(snapshot, ChangesQuestion("d", "c", "load"))
    assert answer.actors.ids == ("c",)
    assert (answer.meta.unrecorded, answer.meta.undated) == (1, 0)
    assert (answer.since_load, answer.until_load, answer.since) == ("d", "c", None)
    with pytest.raises(NotFound):
        changes(snapshot, ChangesQuestion("d", "nobody", "load"))


def test_the_newest_loads_are_named_last_and_how_many_are_left_out() -> None:
    claims = [Stated("a", "HELPS", f"b{number}") for number in range(4)]
    answer = changes(snapshot_of(claims, loads=LOADS), ChangesQuestion("2024", "2025", limit=3))
    assert [load.id for load in answer.loads] == ["a", "b", "c"]
    assert [load.dataset for load in answer.loads] == ["made"] * 3
    assert (answer.meta.omitted_loads, answer.meta.truncated) == (1, True)


@pytest.mark.parametrize("recorded_at", [None, "yesterday", "", "2026-13-01"])
def test_a_load_without_a_readable_time_is_before_all_others(recorded_at: str | None) -> None:
    loads: list[Load] = [LOADS[0], ("z", recorded_at)]
    claims = [Stated("a", "HELPS", "b"), Stated("a", "HELPS", "c")]
    answer = changes(snapshot_of(claims, loads=loads), ChangesQuestion("z", "d", "load"))
    assert [load.id for load in answer.loads] == ["z", "d"]
    assert answer.actors.ids == ("b",)


def test_a_load_whose_time_somebody_changed_counts_with_the_latest() -> None:
    loads = [("x", "2026-01-01"), ("y", "2026-02-01"), ("x", "2026-03-01")]
    claims = [Stated("a", "HELPS", end) for end in ("b", "c", "d")]
    answer = changes(snapshot_of(claims, loads=loads), ChangesQuestion("y", "x", "load"))
    assert [(one.id, one.recorded_at, one.claims) for one in answer.loads] == [
        ("y", "2026-02-01", 1),
        ("x", "2026-03-01", 2),
    ]
    assert answer.actors.ids == ("b", "d")


class PartOfAGraph(Snapshot):
    """A snapshot in which nothing is complete."""

    def need_all(self) -> None:
        raise Incomplete(None)


def test_what_changed_and_which_loads_there_are_needs_the_whole_graph() -> None:
    whole = snapshot_of([Stated("a", "HELPS", "b")])
    part = PartOfAGraph("t", Catalogue(whole.actors, (), whole.vocabulary), whole.columns)
    for ask in (lambda: changes(part, ChangesQuestion("2024", "2025")), lambda: load_order(part)):
        with pytest.raises(Incomplete) as missing:
            ask()
        assert missing.value.numbers is None


def test_a_graph_without_claims_has_no_changes() -> None:
    answer = changes(snapshot_of([], extra_actors=["a"]), ChangesQuestion("2024", "2025"))
    assert (answer.actors.total, answer.relations.total, answer.loads) == (0, 0, ())
