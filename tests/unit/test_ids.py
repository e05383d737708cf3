"""Keys and ids: what counts as the same name, and that ids depend on nothing else."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ids import (
    TYPE_PATTERN,
    ClaimIdentity,
    actor_id,
    claim_id,
    content_hash,
    dataset_name,
    external_claim_id,
    fold_type,
    hashed_actor_id,
    is_derived_claim_id,
    name_key,
    parse_relation_id,
    relation_id,
    search_key,
    source_id,
)
from graph.model import Claim

TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
CLAIM = Claim(id="c_1", dataset="d", subject="a", object="b", type="MEETS")


@pytest.mark.parametrize(
    ("word", "type"),
    [
        ("meets", "MEETS"),
        ("advances-into", "ADVANCES_INTO"),
        ("Make an appeal or request", "MAKE_AN_APPEAL_OR_REQUEST"),
        ("playsFor", "PLAYS_FOR"),
        ("désigne", "DESIGNE"),
        ("can't join", "CANT_JOIN"),
        ("supports; DROP", "SUPPORTS_DROP"),
        ("A`B", "A_B"),
        ("  __x__ ", "X"),
    ],
)
def test_a_relation_word_folds_to_a_type(word: str, type: str) -> None:
    assert fold_type(word) == type


@pytest.mark.parametrize("word", ["", "  ", "!?", "3rd party to", "x" * 121])
def test_a_word_that_makes_no_type_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="relation"):
        fold_type(word)


@given(st.text(max_size=200))
def test_a_folded_type_can_go_into_a_statement(word: str) -> None:
    try:
        type = fold_type(word)
    except ValueError:
        return

    assert TYPE_PATTERN.fullmatch(type)
    assert fold_type(type) == type


def test_only_case_space_and_normal_form_make_no_other_name() -> None:
    same = {"Ahmed  al-Sharaa", "ahmed al-sharaa ", unicodedata.normalize("NFD", "Ahmed\u00a0al-Sharaa")}

    assert len({name_key(name) for name in same}) == 1
    assert name_key("Ahmed al Sharaa") != name_key("Ahmed al-Sharaa")
    assert name_key("Méndez") != name_key("Mendez")
    assert name_key("Рutin") != name_key("Putin"), "a Cyrillic letter is another name"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ahmed al-Sharaa", "ahmed Sharaa"),
        ("Darío Méndez", "dario mendez"),
        ("O'Brien", "OBrien"),
        ("O’Brien", "obrien"),
        ("Jean-Luc", "jean luc"),
        ("El Salvador", "salvador"),
    ],
)
def test_search_folds_accents_hyphens_apostrophes_and_articles(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


def test_search_keys_are_never_empty_for_a_name() -> None:
    assert search_key("Al") == "al"
    assert search_key("★") == "★"


@pytest.mark.parametrize(
    ("name", "id"),
    [("Transport Canada", "transport-canada"), ("  HTS ", "hts"), ("G7", "g7")],
)
def test_a_plain_name_has_a_plain_id(name: str, id: str) -> None:
    assert actor_id(name) == id


def test_any_other_name_has_a_hash_in_its_id() -> None:
    assert re.fullmatch(r"transport-canada-[0-9a-f]{6}", actor_id("Transport (Canada)"))
    assert actor_id("Transport (Canada)") != actor_id("Transport-Canada")
    assert re.fullmatch(r"[a-z0-9-]+-[0-9a-f]{6}", actor_id("دمشق"))
    assert len(actor_id("a" * 4_000)) < 100
    assert hashed_actor_id("HTS").startswith("hts-")


def test_a_name_of_nothing_has_no_id() -> None:
    with pytest.raises(ValueError, match="name"):
        actor_id(" \u00a0")


@given(TEXT, TEXT)
def test_ids_are_equal_exactly_where_names_are(one: str, other: str) -> None:
    if not name_key(one) or not name_key(other):
        return

    assert (actor_id(one) == actor_id(other)) == (name_key(one) == name_key(other))


@given(st.text(max_size=80))
def test_ids_and_keys_of_any_text_raise_nothing_but_value_errors(text: str) -> None:
    name_key(text)
    search_key(text)
    dataset_name(text)
    for make in (actor_id, source_id, hashed_actor_id):
        try:
            made = make(text)
        except ValueError:
            continue
        assert not re.search(r"\s", made)


@given(st.tuples(TEXT, TEXT, TEXT))
def test_a_relation_id_can_be_taken_apart(parts: tuple[str, str, str]) -> None:
    assert parse_relation_id(relation_id(*parts)) == parts


@pytest.mark.parametrize("id", ["", "r_", "r_!!!!", "r_WzFd", "r_WyJhIl0", relation_id("a", "M", "b") + "="])
def test_what_is_no_relation_id_is_refused(id: str) -> None:
    with pytest.raises(ValueError, match="relation"):
        parse_relation_id(id)


@given(st.text(max_size=40))
def test_taking_apart_any_text_raises_nothing_but_a_value_error(text: str) -> None:
    for id in (text, "r_" + text):
        try:
            parts = parse_relation_id(id)
        except ValueError:
            continue
        assert relation_id(*parts) == id


def test_everything_that_makes_a_claim_this_claim_is_in_its_id() -> None:
    bare = ClaimIdentity("d", "a", "MEETS", "b", "s")
    changed = [
        replace(bare, **{field.name: 7 if field.name.startswith("passage") else "other"})  # type: ignore[arg-type]  # by name
        for field in fields(ClaimIdentity)
    ]

    assert len({claim_id(parts) for parts in [bare, *changed]}) == len(changed) + 1
    assert is_derived_claim_id(claim_id(bare))
    assert not is_derived_claim_id("c_17")


def test_a_statement_counts_only_without_a_passage() -> None:
    placed = ClaimIdentity("d", "a", "MEETS", "b", "s", passage_start=1, passage_end=9, statement="They met.")

    assert claim_id(placed) == claim_id(replace(placed, statement="They met again."))
    bare = ClaimIdentity("d", "a", "MEETS", "b", "s")
    assert claim_id(bare) == claim_id(replace(bare, statement=""))


def test_a_claim_id_is_the_hash_of_plain_json() -> None:
    """So that another program can make the same id."""
    parts = ClaimIdentity("d", "ä", "MEETS", 'b"\n\x1f', "s", date="2025-03")
    values = ["d", "ä", "MEETS", 'b"\n\x1f', "s", "2025-03", None, None, "asserted", None, None, None, None]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    assert claim_id(parts) == "c_" + hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def test_the_content_hash_covers_every_field_of_a_claim_but_its_id() -> None:
    hashes = {content_hash(CLAIM)}
    for field in fields(Claim):
        hashes.add(content_hash(replace(CLAIM, **{field.name: "changed"})))  # type: ignore[arg-type]  # by name

    assert len(hashes) == len(fields(Claim)), "all but the id make another hash"


def test_a_text_that_is_no_unicode_is_refused() -> None:
    with pytest.raises(ValueError, match="Unicode"):
        claim_id(ClaimIdentity("d", "\ud800", "MEETS", "b", "s"))


def test_ids_of_relationships_of_others_depend_on_their_details() -> None:
    ids = {external_claim_id("a", "MEETS", "b", details) for details in ([], [None], ["x"], ["x", None])}

    assert len(ids) == 4
    assert all(re.fullmatch(r"x_[0-9a-f]{32}", id) for id in ids)


@pytest.mark.parametrize("text", ["bbc-1", "000_9f86.txt"])
def test_a_source_that_is_named_by_an_id_keeps_it(text: str) -> None:
    assert source_id(text) == text


def test_sources_known_by_address_have_different_ids() -> None:
    long = "https://example.org/" + "a" * 200

    assert source_id(long + "1") != source_id(long + "2")
