"""An actor's claims over time, against the oracle and on graphs made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from exactness import exact
from graph.errors import Incomplete, UnknownActor
from graph.filters import Filter
from graph.projection.snapshot import Catalogue, Snapshot
from graph.questions.actors import profile
from graph.questions.timeline import Period, Timeline, TimelineQuestion, timeline
from graph.questions.times import Bucket
from graphs import NAMES, dated_anyhow, filter_of, filters, graphs, snapshot_of
from oracle import Asked, Stated
from oracle_time import Counted
from oracle_time import timeline as expected_timeline

EXAMPLES = 300
BUCKETS = ("month", "week", "day", "year")


def counted(periods: tuple[Period, ...]) -> list[Counted]:
    return [
        Counted(p.period, p.first_day, p.last_day, p.positive, p.negative, dict(p.families)) for p in periods
    ]


def check(claims: list[Stated], asked: Asked, bucket: Bucket) -> None:
    snapshot = snapshot_of(claims, extra_actors=[NAMES[0]])
    answer = timeline(snapshot, TimelineQuestion(NAMES[0], bucket, filter=filter_of(asked)))
    periods, coarser, undated = expected_timeline(claims, asked, NAMES[0], bucket)
    assert counted(answer.periods) == periods
    assert counted(answer.coarser) == coarser
    assert answer.meta.undated == undated
    assert all(p.claims == p.positive + p.negative for p in (*answer.periods, *answer.coarser))


@exact
@given(graphs(), filters(), st.sampled_from(BUCKETS))
def test_claims_are_counted_by_period_as_the_oracle_does(
    claims: list[Stated], asked: Asked, bucket: Bucket
) -> None:
    check(claims, asked, bucket)


@settings(max_examples=EXAMPLES, deadline=None)
@given(dated_anyhow(), filters(), st.sampled_from(BUCKETS))
def test_rough_dates_and_years_before_our_era_are_counted_like_others(
    claims: list[Stated], asked: Asked, bucket: Bucket
) -> None:
    check(claims, replace(asked, since=None, until=None, as_of=None), bucket)


@settings(max_examples=EXAMPLES, deadline=None)
@given(dated_anyhow(), filters(), st.sampled_from(BUCKETS), st.integers(1, 6))
def test_a_limit_keeps_the_earliest_periods_and_says_how_many_are_left_out(
    claims: list[Stated], asked: Asked, bucket: Bucket, limit: int
) -> None:
    asked = replace(asked, since=None, until=None, as_of=None)
    snapshot = snapshot_of(claims, extra_actors=[NAMES[0]])
    whole = timeline(snapshot, TimelineQuestion(NAMES[0], bucket, 10_000, filter_of(asked)))
    some = timeline(snapshot, TimelineQuestion(NAMES[0], bucket, limit, filter_of(asked)))
    assert some.periods == whole.periods[:limit]
    assert some.coarser == whole.coarser[:limit]
    assert some.meta.omitted_periods == len(whole.periods) - len(some.periods)
    assert some.meta.omitted_coarser == len(whole.coarser) - len(some.coarser)
    assert some.meta.truncated == (some.meta.omitted_periods + some.meta.omitted_coarser > 0)
    assert not whole.meta.truncated
    assert whole.actor == profile(snapshot, NAMES[0], filter_of(asked)).actor


def of(*dates: str | None, bucket: Bucket = "month") -> Timeline:
    """The timeline of an actor with one claim of each date."""
    claims = [Stated("a", "HELPS", "b", date=date, category="AID") for date in dates]
    return timeline(snapshot_of(claims), TimelineQuestion("a", bucket))


def periods_of(answer: Timeline) -> list[tuple[str, int]]:
    return [(period.period, period.claims) for period in answer.periods]


def test_months_come_in_order_of_time_and_only_those_with_claims() -> None:
    answer = of("2025-03-07", "2024-12", "2025-03", "2025-03-31")
    assert periods_of(answer) == [("2024-12", 1), ("2025-03", 3)]
    assert [(p.first_day, p.last_day) for p in answer.periods] == [
        ("2024-12-01", "2024-12-31"),
        ("2025-03-01", "2025-03-31"),
    ]


def test_a_week_is_written_as_its_monday_and_may_lie_in_two_years() -> None:
    answer = of("2024-12-30", "2025-01-05", "2025-01-06", bucket="week")
    assert periods_of(answer) == [("2024-12-30", 2), ("2025-01-06", 1)]
    assert answer.periods[0].last_day == "2025-01-05"


def test_a_date_that_spans_several_periods_is_never_spread() -> None:
    answer = of("2025", "195X", "2025", "18XX", "2025-03")
    assert periods_of(answer) == [("2025-03", 1)]
    assert [(p.period, p.claims) for p in answer.coarser] == [("18XX", 1), ("195X", 1), ("2025", 2)]
    assert (answer.coarser[1].first_day, answer.coarser[1].last_day) == ("1950-01-01", "1959-12-31")


def test_of_rough_dates_that_begin_together_the_more_exact_is_first() -> None:
    answer = of("200X", "2000", "2000-01", "20XX", bucket="day")
    assert [p.period for p in answer.coarser] == ["2000-01", "2000", "200X", "20XX"]


def test_years_before_our_era_come_before_the_year_one() -> None:
    answer = of("0001", "-0431", "0000-02-29", "-0432-02-29", bucket="year")
    assert periods_of(answer) == [("-0432", 1), ("-0431", 1), ("0000", 1), ("0001", 1)]
    assert answer.periods[0].last_day == "-0432-12-31"


def test_a_claim_without_a_date_counts_at_the_begin_of_its_validity() -> None:
    claims = [
        Stated("a", "LEADS", "b", valid_from="2020-05", valid_to="2024", category="LEADERSHIP"),
        Stated("a", "LEADS", "c", valid_to="2024", category="LEADERSHIP"),
        Stated("a", "LEADS", "d", date="2021-01", valid_from="2020-05", category="LEADERSHIP"),
    ]
    answer = timeline(snapshot_of(claims), TimelineQuestion("a"))
    assert periods_of(answer) == [("2020-05", 1), ("2021-01", 1)]
    assert answer.meta.undated == 1


def test_a_denial_is_counted_apart_and_with_the_family_of_what_it_denies() -> None:
    claims = [
        Stated("a", "MEETS", "b", date="2025-03", symmetric=True),
        Stated("b", "NOT_MEETS", "a", date="2025-03-01", symmetric=True),
        Stated("a", "FIGHTS", "b", date="2025-03-02", category="ASSAULT"),
    ]
    (march,) = timeline(snapshot_of(claims), TimelineQuestion("a")).periods
    assert (march.claims, march.positive, march.negative) == (3, 2, 1)
    assert march.families == {"verbal_cooperation": 2, "material_conflict": 1}


def test_what_joins_an_actor_with_itself_is_on_no_timeline() -> None:
    claims = [Stated("a", "HELPS", "a", date="2024"), Stated("a", "HELPS", "a")]
    answer = timeline(snapshot_of(claims), TimelineQuestion("a", filter=Filter(since="2020")))
    assert (answer.periods, answer.coarser, answer.meta.undated) == ((), (), 0)


class PartOfAGraph(Snapshot):
    """A snapshot in which nothing is complete."""

    def need(self, actors: NDArray[np.integer]) -> None:
        raise Incomplete(actors.tolist())


def test_a_timeline_needs_the_claims_of_its_actor_alone() -> None:
    whole = snapshot_of([Stated("a", "HELPS", "b"), Stated("b", "HELPS", "c")])
    part = PartOfAGraph("t", Catalogue(whole.actors, (), whole.vocabulary), whole.columns)
    with pytest.raises(Incomplete) as missing:
        timeline(part, TimelineQuestion("b"))
    assert missing.value.numbers == [1]


def test_an_actor_without_claims_has_an_empty_timeline() -> None:
    snapshot = snapshot_of([], extra_actors=["a"])
    assert timeline(snapshot, TimelineQuestion("a")).periods == ()
    with pytest.raises(UnknownActor):
        timeline(snapshot, TimelineQuestion("b"))
