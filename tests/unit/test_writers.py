"""Exports: what is written is read back as the same claims, actors and sources, whatever signs they hold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.ids import content_hash
from graph.model import Actor, Claim, Dataset, Source
from graph.vocabulary import types_to_json
from ingest.records import ACTORS, CLAIMS, SOURCES
from ingest.writers import csv, jsonl
from reading import WORDS, read, write_file
from world import ACTORS as WORLD_ACTORS
from world import CLAIMS as WORLD_CLAIMS
from world import DATASET, TYPES, VOCABULARY
from world import SOURCES as WORLD_SOURCES

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), max_size=20).map(
    lambda name: "x" + name
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30).filter(str.strip)
SHARED_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
FORMULAS = ["=1+1", "+1", "-1", "@x", "'=x", "''-x", "'plain", '"', "a,b", "a;b"]


def test_the_tiny_world_comes_back_from_json_lines_as_it_was(tmp_path: Path) -> None:
    mentioned = [replace(actor, datasets=(DATASET.name,)) for actor in WORLD_ACTORS]
    lines = [
        *map(jsonl.claim_line, WORLD_CLAIMS),
        *map(jsonl.source_line, WORLD_SOURCES),
        *map(jsonl.actor_line, mentioned),
        jsonl.dataset_line(DATASET, types_to_json(TYPES)),
    ]
    found = read(write_file(tmp_path, "export.jsonl", b"".join(lines)))

    assert found.rejections == []
    assert [content_hash(claim) for claim in found.claims] == [content_hash(claim) for claim in WORLD_CLAIMS]
    assert [claim.id for claim in found.claims] == [claim.id for claim in WORLD_CLAIMS]
    assert set(found.actors.values()) == set(WORLD_ACTORS)


def test_the_tiny_world_comes_back_from_csv_with_the_same_ids(tmp_path: Path) -> None:
    ends = {actor.id: actor for actor in WORLD_ACTORS}
    rows = [csv.claim_line(claim, (ends[claim.subject], ends[claim.object])) for claim in WORLD_CLAIMS]
    claims = write_file(tmp_path, "claims.csv", csv.header(CLAIMS) + "".join(rows))
    actors = write_file(
        tmp_path, "actors.csv", csv.header(ACTORS) + "".join(map(csv.actor_line, WORLD_ACTORS))
    )
    sources = write_file(
        tmp_path, "sources.csv", csv.header(SOURCES) + "".join(map(csv.source_line, WORLD_SOURCES))
    )
    found = read(claims, actors, sources, vocabulary=VOCABULARY, dataset=DATASET.name)

    assert found.rejections == []
    plain = [replace(claim, relation_raw=None, attributed_to_id=None) for claim in WORLD_CLAIMS]
    assert [replace(claim, relation_raw=None, attributed_to_id=None) for claim in found.claims] == plain
    assert set(found.actors.values()) == set(WORLD_ACTORS)


@SHARED_FOLDER
@given(names=st.tuples(NAMES, NAMES), texts=st.tuples(TEXTS, TEXTS), safe=st.booleans())
def test_names_and_texts_of_any_signs_survive(
    tmp_path: Path, names: tuple[str, str], texts: tuple[str, str], safe: bool
) -> None:
    ends = Actor("one", names[0]), Actor("two", names[1])
    claim = Claim(
        id="c1", dataset="d", subject="one", object="two", type="MEETS", source_id="s", quote=texts[0],
        statement=texts[1].strip(), category="CONSULT",
    )  # fmt: skip
    row = csv.claim_line(claim, ends, spreadsheet_safe=safe)
    found = read(write_file(tmp_path, "a.csv", (csv.header(CLAIMS) + row).encode()))

    back = found.only_claim()
    assert back == replace(claim, relation_raw="MEETS")
    assert [found.actors[id].name for id in ("one", "two")] == [" ".join(name.split()) for name in names]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("safe", [True, False])
def test_a_cell_never_begins_a_formula_when_it_must_not(tmp_path: Path, text: str, safe: bool) -> None:
    source = Source("s1", text)
    row = csv.source_line(source, spreadsheet_safe=safe)
    cell = row.split(",")[1].strip('"')

    if safe:
        assert cell[:1] not in ("=", "+", "-", "@")
    elif text[0] in "=+-@":
        assert cell.startswith(text[0]), "a machine gets the text as it is"
    claims = write_file(
        tmp_path,
        "a.csv",
        "subject,relation,object,source\nA,meets,B," + '"' + text.replace('"', '""') + '"\n',
    )
    sources = write_file(tmp_path, "sources.csv", csv.header(SOURCES) + row)
    if not text.startswith("'"):
        assert read(claims, sources).only_claim().source_id == "s1"


def test_a_record_holds_nothing_of_the_load() -> None:
    described = replace(DATASET, loaded_at="2026-01-01", claims=7)
    record = json.loads(jsonl.dataset_line(described))

    assert record.keys() == {"record", "name", "title", "description", "licence", "questions", "vocabulary"}
    assert json.loads(jsonl.claim_line(WORLD_CLAIMS[0]))["record"] == "claim"


def test_data_sets_of_an_actor_come_in_order() -> None:
    one, other = (jsonl.actor_line(Actor("a", "A", datasets=order)) for order in (("x", "y"), ("y", "x")))

    assert one == other


def test_actors_that_no_data_set_mentions_come_with_the_claims_that_use_them(tmp_path: Path) -> None:
    lines = [*map(jsonl.actor_line, WORLD_ACTORS), *map(jsonl.claim_line, WORLD_CLAIMS)]
    found = read(write_file(tmp_path, "export.jsonl", b"".join(lines)))

    used = {id for claim in WORLD_CLAIMS for id in (claim.subject, claim.object)}
    assert set(found.actors.values()) == {actor for actor in WORLD_ACTORS if actor.id in used}


def test_a_type_that_only_the_export_knows_keeps_its_category(tmp_path: Path) -> None:
    claim = Claim(
        id="c_1", dataset="d", subject="a", object="a", type="NOT_SEES", polarity="negative", category="AID"
    )
    lines = jsonl.claim_line(claim) + jsonl.actor_line(Actor("a", "A"))
    found = read(write_file(tmp_path, "e.jsonl", lines), vocabulary=WORDS)

    assert found.only_claim().category == "AID"


def test_an_export_loaded_under_another_name_gets_ids_of_its_own(tmp_path: Path) -> None:
    """Its claims stand beside those of the first data set, instead of taking their place."""
    first = WORLD_CLAIMS[0]
    lines = b"".join(
        [*map(jsonl.actor_line, WORLD_ACTORS), jsonl.claim_line(first), jsonl.dataset_line(Dataset("d"))]
    )
    path = write_file(tmp_path, "e.jsonl", lines)

    assert read(path).only_claim().id == first.id
    again = read(path, dataset="copy").only_claim()
    assert again.dataset == "copy"
    assert again.id != first.id
