"""Relation words: what they mean, how they are told, and the tables that ship."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputUnusable
from graph.ids import TYPE_PATTERN, fold_type
from graph.model import CATEGORIES
from graph.vocabulary import (
    RelationType,
    Vocabulary,
    denial_of,
    parse_vocabulary,
    split_negation,
    types_from_json,
    types_to_json,
    word_key,
)
from ingest.vocabulary import builtin, read_vocabulary

MEETS = """
[[relation]]
type = "MEETS"
category = "CONSULT"
symmetric = true
label = "meets"
template = "{subject} met {object}"
denied = "{subject} did not meet {object}"
words = ["met with"]
codes = ["040"]
"""


def small() -> Vocabulary:
    """One entry, as a file would give it."""
    return Vocabulary(parse_vocabulary(MEETS, "small.toml"))


@pytest.mark.parametrize(
    "word", ["meets", "MEETS", "Met with", "met-with", "MET_WITH", " met  with ", "metWith", "040"]
)
def test_spellings_of_a_word_mean_one_type(word: str) -> None:
    assert small().resolve(word).type == "MEETS"
    assert small().is_known(word)


def test_an_unknown_word_is_a_type_of_its_own() -> None:
    entry = small().resolve("Provides Comfort-to")
    assert (entry.type, entry.category, entry.symmetric) == ("PROVIDES_COMFORT_TO", "UNCLASSIFIED", False)
    assert entry.label == "provides comfort to"
    assert small().get(entry.type) == entry
    assert not small().is_known("Provides Comfort-to")


def test_a_word_in_another_script_keeps_its_letters_in_the_label() -> None:
    entry = small().resolve("会见")
    assert TYPE_PATTERN.match(entry.type)
    assert entry.label == "会见"


@pytest.mark.parametrize("word", ["", "  ", "---", "7 dwarfs", "x" * 121])
def test_a_word_that_makes_no_type_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="relation"):
        small().resolve(word)


@pytest.mark.parametrize(
    ("word", "split"),
    [
        ("NOT_MEETS", ("MEETS", True)),
        ("not-meets", ("meets", True)),
        ("not met with", ("met with", True)),
        ("notMeets", ("Meets", True)),
        ("notable for", ("notable for", False)),
        ("NOTIFIES", ("NOTIFIES", False)),
        ("not", ("not", False)),
        ("NOT_", ("NOT_", False)),
        ("knot_ties", ("knot_ties", False)),
    ],
)
def test_a_word_with_not_before_it_denies(word: str, split: tuple[str, bool]) -> None:
    assert split_negation(word) == split


@pytest.mark.parametrize("word", ["NOT_NOT_MEETS", "not not-meets", "not-NOT_X"])
def test_nothing_is_denied_twice(word: str) -> None:
    with pytest.raises(ValueError, match="denied twice"):
        split_negation(word)
    with pytest.raises(ValueError, match="denied twice"):
        small().resolve(word)
    with pytest.raises(ValueError, match="denied twice"):
        denial_of("NOT_MEETS")


def test_not_in_unusual_letters_does_not_slip_into_a_positive_type() -> None:
    with pytest.raises(ValueError, match="NOT"):
        small().resolve("nöt meets")


def test_a_denial_has_the_meaning_of_what_it_denies_and_its_own_words() -> None:
    entry = small().get("NOT_MEETS")
    assert (entry.type, entry.category, entry.symmetric) == ("NOT_MEETS", "CONSULT", True)
    assert entry.label == entry.inverse == "did not meet"
    assert small().resolve("not-met-with") == entry
    assert small().sentence("NOT_MEETS", "Ann", "Bob") == "Ann did not meet Bob."


def test_a_denial_without_a_sentence_of_its_own_gets_one() -> None:
    entry = RelationType("JOINS", template="{subject} joined {object}")
    vocabulary = Vocabulary([entry])
    assert vocabulary.sentence("NOT_JOINS", "Ann", "Bob") == "It is denied that Ann joined Bob."
    assert vocabulary.get("NOT_JOINS").label == "not: joins"


def test_unknown_types_are_told_too() -> None:
    assert small().sentence("LIKES_TEA_OF", "Ann", "Bob") == "Ann – likes tea of – Bob."
    assert small().sentence("NOT_LIKES", "Ann", "Bob") == "Ann – not: likes – Bob."
    assert small().get("knows since").label == "knows since"


@pytest.mark.parametrize(
    "name", ["{object}", "{subject}", "{0}", "%s", "\\1", "{subject.__class__}", "iPad", "$x"]
)
def test_names_are_never_read_as_templates(name: str) -> None:
    assert small().sentence("MEETS", name, name) == f"{name} met {name}."


def test_a_sentence_ends_with_one_full_stop() -> None:
    assert small().sentence("MEETS", "Ann", "Acme Inc.") == "Ann met Acme Inc."


@given(st.text(), st.text(min_size=1).filter(lambda text: text == text.strip(" .") and text.strip()))
def test_any_names_stand_in_the_sentence_as_they_are(subject: str, object: str) -> None:
    assert small().sentence("MEETS", subject, object) == f"{subject} met {object}."


@given(st.text(st.characters(codec=None), max_size=40))
def test_any_word_is_a_type_or_a_refusal(word: str) -> None:
    try:
        plain, negative = split_negation(word)
        entry = builtin().resolve(plain)
    except ValueError:
        return
    assert TYPE_PATTERN.match(entry.type)
    assert not entry.type.startswith("NOT_")
    if negative:
        assert builtin().resolve(word).type == "NOT_" + entry.type
    assert builtin().get(entry.type).category == entry.category


def test_a_later_entry_overrides_by_type_and_keeps_the_words_it_had() -> None:
    changed = small().extended([RelationType("MEETS", "AGREE", words=("encounters",))])
    assert changed.get("MEETS").category == "AGREE"
    assert not changed.get("NOT_MEETS").symmetric
    assert {changed.resolve(word).type for word in ("met with", "encounters", "meets")} == {"MEETS"}
    assert small().get("MEETS").category == "CONSULT"


def test_a_later_entry_overrides_by_word() -> None:
    changed = small().extended([RelationType("ENCOUNTERS", words=("Met-With",))])
    assert changed.resolve("met with").type == "ENCOUNTERS"
    assert changed.resolve("meets").type == "MEETS"
    again = Vocabulary(changed.entries).extended([RelationType("MEETS", "CONSULT")])
    assert again.resolve("met with").type == "ENCOUNTERS"


def test_entries_survive_being_kept_as_json() -> None:
    odd = [builtin().resolve(word) for word in ("会见", "x" * 120, "{braces}", "tie: “of” kin")]
    entries = (*builtin().entries, *odd)
    assert types_from_json(types_to_json(entries)) == entries


@pytest.mark.parametrize(
    "text", ["", "no", "{}", "[1]", '[{"type": "lower"}]', '[{"type": "A", "category": "X"}]']
)
def test_a_kept_vocabulary_of_somebody_else_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputUnusable, match="vocabulary kept in the graph") as caught:
        types_from_json(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("type = ", "not valid TOML"),
        ("[relations]", "[[relation]]"),
        ("relation = 3", "[[relation]]"),
        ("[[relation]]\ncategory = 'AID'", "entry 1, type: must be UPPER_SNAKE"),
        ("[[relation]]\ntype = 'meets'", "entry 1 (meets), type: must be UPPER_SNAKE"),
        ("[[relation]]\ntype = 'NOT_MEETS'", "type: NOT_ marks a denial"),
        (f"[[relation]]\ntype = '{'X' * 117}'", "type: at most 116"),
        (
            "[[relation]]\ntype = 'A'\ncategory = 'WAR'",
            "entry 1 (A), category: 'WAR' is not one of AGREE, CONSULT",
        ),
        ("[[relation]]\ntype = 'A'\nsymmetric = 'yes'", "symmetric: must be true or false"),
        ("[[relation]]\ntype = 'A'\nlable = 'x'", "lable: not a field, did you mean 'label'?"),
        ("[[relation]]\ntype = 'A'\nlabel = ''", "label: must be text"),
        ("[[relation]]\ntype = 'A'\nlabel = 3", "label: must be text"),
        ('[[relation]]\ntype = "A"\nlabel = "a\\u0000b"', "label: must be text"),
        (f"[[relation]]\ntype = 'A'\nlabel = '{'x' * 301}'", "label: at most 300"),
        ("[[relation]]\ntype = 'A'\ntemplate = '{subject} did'", "template: must hold both"),
        ("[[relation]]\ntype = 'A'\ndenied = '{subject} {object} {place}'", "denied: braces are only for"),
        ("[[relation]]\ntype = 'A'\nwords = 'meets'", "words: must be a list"),
        ("[[relation]]\ntype = 'A'\nwords = [1]", "words: must be text"),
        ("[[relation]]\ntype = 'A'\ncodes = [42]", "codes: must be text"),
        ("[[relation]]\ntype = 'A'\nwords = ['-']", "words: '-'"),
        ("[[relation]]\ntype = 'A'\nwords = ['not b']", "words: 'not b'"),
        ("[[relation]]\ntype = 'A'\n[[relation]]\ntype = 'A'", "entry 2 (A), type: given twice"),
        (
            "[[relation]]\ntype = 'A'\nwords = ['x y']\n[[relation]]\ntype = 'B'\nwords = ['X-Y']",
            "entry 2 (B), words: 'X-Y' is already a word of A",
        ),
    ],
)
def test_a_wrong_vocabulary_file_says_where_and_what_is_allowed(lines: str, said: str) -> None:
    with pytest.raises(InputUnusable) as caught:
        parse_vocabulary(lines, "mine.toml")
    assert said in str(caught.value)
    assert str(caught.value).startswith("mine.toml")


def test_an_entry_needs_only_its_type() -> None:
    (entry,) = parse_vocabulary('[[relation]]\ntype = "SINGS_FOR"', "mine.toml")
    assert entry == RelationType("SINGS_FOR", "UNCLASSIFIED", label="sings for")
    assert Vocabulary([entry]).resolve("sings-for") == entry


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "latin.toml"
    wrong.write_bytes(b"# caf\xe9")
    with pytest.raises(InputUnusable, match=r"latin\.toml: not UTF-8 at byte 5"):
        read_vocabulary(wrong)
    with pytest.raises(InputUnusable, match=r"none\.toml: cannot be read"):
        read_vocabulary(tmp_path / "none.toml")
    wrong.write_text(MEETS, encoding="utf-8")
    assert read_vocabulary(wrong) == small().entries


def test_the_shipped_tables_cover_every_category_and_give_no_word_twice() -> None:
    entries = builtin().entries
    assert {entry.category for entry in entries} == set(CATEGORIES) - {"UNCLASSIFIED"}
    for entry in entries:
        for word in (entry.type, *entry.words):
            assert builtin().resolve(word) == entry, word
    words = [word_key(word) for entry in entries for word in entry.words]
    assert len(words) == len(set(words))


def test_every_shipped_type_is_told_and_denied_by_a_sentence_of_its_own() -> None:
    for entry in builtin().entries:
        told = builtin().sentence(entry.type, "Ann", "Bob")
        denied = builtin().sentence("NOT_" + entry.type, "Ann", "Bob")
        assert told != denied
        for sentence in (told, denied):
            assert sentence.startswith("Ann ")
            assert "Bob" in sentence
            assert sentence.count(".") == 1
            assert "–" not in sentence
        assert not entry.inverse.startswith("object of")
        assert entry.symmetric is (entry.inverse == entry.label)


@pytest.mark.parametrize(
    ("word", "type_", "category", "symmetric"),
    [
        ("meets", "MEETS", "CONSULT", True),
        ("held talks with", "MEETS", "CONSULT", True),
        ("advances-into", "ADVANCES_INTO", "ASSAULT", False),
        ("clashes-with", "CLASHES_WITH", "ASSAULT", True),
        ("isMarriedTo", "MARRIED_TO", "FAMILY", True),
        ("playsFor", "PLAYS_FOR", "MEMBERSHIP", False),
        ("wasBornIn", "WAS_BORN_IN", "LOCATION", False),
        ("hasWonPrize", "HAS_WON_PRIZE", "AFFILIATION", False),
        ("worksAt", "WORKS_FOR", "EMPLOYMENT", False),
        ("042", "MAKE_A_VISIT", "CONSULT", False),
        ("Accuse", "ACCUSE", "ACCUSE", False),
        ("accuses", "ACCUSES", "ACCUSE", False),
        ("Meet at a 'third' location", "MEET_AT_A_THIRD_LOCATION", "CONSULT", False),
        (
            "Ease economic sanctions, boycott, embargo",
            "EASE_ECONOMIC_SANCTIONS_BOYCOTT_EMBARGO",
            "RETREAT",
            False,
        ),
        ("Occupy territory", "OCCUPY_TERRITORY", "COERCE", False),
    ],
)
def test_shipped_words_mean(word: str, type_: str, category: str, symmetric: bool) -> None:
    entry = builtin().resolve(word)
    assert (entry.type, entry.category, entry.symmetric) == (type_, category, symmetric)


@pytest.mark.shared
def test_every_cameo_name_and_code_is_known_by_its_own_name(shared: Path) -> None:
    with (shared / "data" / "cameo_codes.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == 312
    for row in rows:
        entry = builtin().resolve(row["name"])
        assert builtin().is_known(row["name"])
        assert builtin().resolve(row["code"]) == entry
        assert entry.type == fold_type(row["name"])
        assert not entry.symmetric


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "column", "count"), [("icews14.tsv.gz", 1, 230), ("icews_raw_sample.tab.gz", 5, 122)]
)
def test_every_relation_of_real_event_data_is_known(shared: Path, name: str, column: int, count: int) -> None:
    with gzip.open(shared / "data" / name, "rt", encoding="utf-8") as file:
        next(file)
        words = {line.rstrip("\n").split("\t")[column] for line in file}
    assert len(words) == count
    assert [word for word in words if not builtin().is_known(word)] == []
    assert {builtin().resolve(word).type for word in words} == {fold_type(word) for word in words}


@pytest.mark.shared
def test_every_relation_of_yago_is_known(shared: Path) -> None:
    with gzip.open(shared / "data" / "yago11k.tsv.gz", "rt", encoding="utf-8") as file:
        next(file)
        words = {line.split("\t")[1] for line in file}
    assert len(words) == 10
    assert [word for word in words if not builtin().is_known(word)] == []
