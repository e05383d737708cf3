"""The claims among named actors, counted by month and source: against the oracle and by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactness import exact
from graph.errors import UnknownActor
from graph.filters import Filter
from graph.ids import relation_id
from graph.questions.counts import EvidenceCounts, evidence_counts
from graph.questions.subgraph import SubgraphQuestion, subgraph
from graphs import NAMES, dated_anyhow, filter_of, filters, graphs, snapshot_of
from oracle import Asked, Stated, passing, relation_key
from oracle_time import left_out

EXAMPLES = 300
GROUPS = st.sets(st.sampled_from(NAMES), min_size=1)


def month_of(claim: Stated) -> str | None:
    """The month of a claim as it is written, or what else is known of it."""
    date = claim.date or claim.valid_from
    if date is None or "X" in date:
        return date
    return "-" * date.startswith("-") + "-".join(date.removeprefix("-").split("-")[:2])


def expected(claims: list[Stated], asked: Asked, named: set[str]) -> dict[str, Any]:
    """By relation: months, claims without any, sources."""
    found: dict[str, Any] = {}
    for claim in passing(claims, asked):
        if {claim.subject, claim.object} <= named:
            months, sources = found.setdefault(relation_id(*relation_key(claim)), (Counter(), Counter()))
            months[month_of(claim)] += 1
            sources["/".join(claim.document)] += 1
    return {
        id_: ({m: n for m, n in months.items() if m}, months[None], dict(sources))
        for id_, (months, sources) in found.items()
    }


def told(answer: EvidenceCounts) -> dict[str, Any]:
    return {one.id: (one.periods, one.undated, one.sources) for one in answer.relations}


def check(claims: list[Stated], asked: Asked, named: set[str]) -> None:
    snapshot, filter_ = snapshot_of(claims, extra_actors=NAMES), filter_of(asked)
    answer = evidence_counts(snapshot, tuple(named), filter_)
    assert told(answer) == expected(claims, asked, named)
    drawn = subgraph(snapshot, SubgraphQuestion(tuple(named), filter_))
    assert {one.id: (one.claim_count, one.source_count) for one in drawn.relations} == {
        one.id: (sum(one.sources.values()), len(one.sources)) for one in answer.relations
    }
    undated = left_out(claims, asked)
    assert answer.meta.undated == len([c for c in undated if {c.subject, c.object} <= named])


@exact
@given(graphs(), filters(), GROUPS)
def test_claims_are_counted_as_the_oracle_does(claims: list[Stated], asked: Asked, named: set[str]) -> None:
    check(claims, replace(asked, avoid=()), named)


@settings(max_examples=EXAMPLES, deadline=None)
@given(dated_anyhow(), GROUPS)
def test_rough_dates_and_years_before_our_era_are_counted_like_others(
    claims: list[Stated], named: set[str]
) -> None:
    check(claims, Asked(), named)


def test_periods_come_in_order_of_time_and_a_year_is_not_spread_over_its_months() -> None:
    dates = ("2025-03-07", None, "-0431", "2025", "195X", "2025-03-31", "2024-12")
    claims = [Stated("a", "HELPS", "b", date=date, category="AID") for date in dates]

    (found,) = evidence_counts(snapshot_of(claims), ("b", "a"), Filter()).relations

    assert list(found.periods.items()) == [
        ("-0431", 1), ("195X", 1), ("2024-12", 1), ("2025", 1), ("2025-03", 2),
    ]  # fmt: skip
    assert found.undated == 1


def test_who_is_not_there_is_told() -> None:
    with pytest.raises(UnknownActor):
        evidence_counts(snapshot_of([], extra_actors=["a"]), ("a", "nobody"), Filter())
