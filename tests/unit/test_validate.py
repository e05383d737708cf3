"""Rows into claims: what each column means, and how relation words, denials and times are read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from graph.model import Claim
from reading import Reading, claims_file, read


def claim_of(folder: Path, **cells: str) -> Claim:
    """The claim that a row with these cells states."""
    return reading_of(folder, **cells).only_claim()


def reading_of(folder: Path, **cells: str) -> Reading:
    """What comes of a file with one row."""
    row = {"subject": "Walid Jumblatt", "relation": "meets", "object": "Ahmed al-Sharaa"} | cells
    return read(claims_file(folder, [list(row), list(row.values())]))


def test_a_row_becomes_a_claim_with_everything_it_says(tmp_path: Path) -> None:
    claim = claim_of(
        tmp_path,
        relation="met with",
        date="2025-03",
        date_text="last month",
        status="alleged",
        attributed_to="Reuters",
        statement=" They met. ",
        quote="  they met  ",
        passage_start="10",
        passage_end="20",
        valid_from="195X",
        valid_to="18XX",
    )

    assert (claim.type, claim.category, claim.relation_raw) == ("MEETS", "CONSULT", "met with")
    assert (claim.date, claim.date_precision, claim.date_text) == ("2025-03", "month", "last month")
    assert (claim.date_from, claim.date_to) == (dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    assert (claim.status, claim.attributed_to, claim.attributed_to_id) == ("alleged", "Reuters", None)
    assert claim.statement == "They met."
    assert claim.quote == "  they met  ", "the source's words stay as they are"
    assert (claim.passage_start, claim.passage_end) == (10, 20)
    assert (claim.valid_from, claim.valid_to) == ("195X", "18XX")
    assert (claim.dataset, claim.source_id) == ("some", "some")


def test_start_and_end_are_validity(tmp_path: Path) -> None:
    claim = claim_of(tmp_path, start="2019-03", end="")

    assert (claim.valid_from, claim.valid_to, claim.date) == ("2019-03", None, None)


@pytest.mark.parametrize(
    ("cells", "type", "polarity", "status"),
    [
        ({}, "MEETS", "positive", "asserted"),
        ({"relation": "NOT_MEETS"}, "NOT_MEETS", "negative", "asserted"),
        ({"relation": "not met with"}, "NOT_MEETS", "negative", "asserted"),
        ({"relation": "NOT_MEETS", "polarity": "negative"}, "NOT_MEETS", "negative", "asserted"),
        ({"polarity": "Negative"}, "NOT_MEETS", "negative", "asserted"),
        ({"status": "negated"}, "NOT_MEETS", "negative", "asserted"),
        ({"status": "negated", "polarity": "negative"}, "NOT_MEETS", "negative", "asserted"),
        ({"status": "ALLEGED", "polarity": "negative"}, "NOT_MEETS", "negative", "alleged"),
        ({"status": "promised", "polarity": "positive"}, "MEETS", "positive", "promised"),
        ({"relation": "NOT_LEADS"}, "NOT_LEADS", "negative", "asserted"),
    ],
)
def test_a_denial_is_a_type_of_its_own(
    tmp_path: Path, cells: dict[str, str], type: str, polarity: str, status: str
) -> None:
    claim = claim_of(tmp_path, **cells)

    assert (claim.type, claim.polarity, claim.status) == (type, polarity, status)


def test_a_denial_keeps_the_category_of_what_it_denies(tmp_path: Path) -> None:
    assert claim_of(tmp_path, relation="NOT_LEADS").category == "LEADERSHIP"


def test_an_unknown_word_is_accepted_and_counted(tmp_path: Path) -> None:
    found = reading_of(tmp_path, relation="makes chess sets for")

    assert (found.only_claim().type, found.only_claim().category) == ("MAKES_CHESS_SETS_FOR", "UNCLASSIFIED")
    assert found.tally.unknown_relations == {"makes chess sets for": 1}


def test_kinds_are_read_in_any_writing(tmp_path: Path) -> None:
    found = reading_of(tmp_path, subject_kind="Armed Group", object_kind="person")

    assert {actor.kind for actor in found.actors.values()} == {"armed_group", "person"}


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({"status": "alleged"}, "unattributed"),
        ({"date": "2099"}, "far-ahead"),
        ({"start": "2010", "end": "2009-12"}, "ends-before-start"),
        ({"object": "walid  jumblatt"}, "self-relation"),
    ],
)
def test_what_is_odd_is_kept_and_noted(tmp_path: Path, cells: dict[str, str], note: str) -> None:
    found = reading_of(tmp_path, **cells)

    assert found.only_claim()
    assert found.notes == {note: 1}


def test_a_state_that_ends_in_the_year_it_began_is_not_odd(tmp_path: Path) -> None:
    assert reading_of(tmp_path, start="2010-05", end="2010").notes == {}


def test_equal_rows_are_one_claim_and_other_evidence_is_another(tmp_path: Path) -> None:
    bare = claim_of(tmp_path)

    assert claim_of(tmp_path).id == bare.id
    assert claim_of(tmp_path, statement="They met.").id != bare.id, "a given statement is part of the claim"
    assert claim_of(tmp_path, status="alleged").id != bare.id
    assert claim_of(tmp_path, quote="x").id == bare.id, "a quote is content, not identity"
    assert claim_of(tmp_path, claim_id="42").id == "42"


@pytest.mark.parametrize("source", ["bbc-1", "https://example.org/a?b=c", "The Times, 4 May"])
def test_a_source_that_is_not_in_a_file_is_made(tmp_path: Path, source: str) -> None:
    found = reading_of(tmp_path, source=source)

    assert found.only_claim().source_id not in ("", "some")
    assert found.only_claim().source_id == reading_of(tmp_path, source=source).only_claim().source_id
