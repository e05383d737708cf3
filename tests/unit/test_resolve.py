"""Which actor a row means: ids, exact names, exact aliases, and nothing that depends on the order of rows."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graph.store.writing import KnownActor
from ingest.resolve import ActorTable
from reading import claims_file, read, write_file

HEADER = ["subject", "relation", "object"]


def known(*actors: KnownActor) -> ActorTable:
    """A table as it is after reading the store."""
    table = ActorTable()
    for actor in actors:
        table.add_stored(actor)
    return table


def stored(id: str, name: str, *aliases: str, dataset: str = "old") -> KnownActor:
    """An actor of the store."""
    return KnownActor(id, name, aliases, "other", None, (dataset,))


def test_a_name_means_the_actor_that_has_it_else_the_one_with_the_alias(tmp_path: Path) -> None:
    table = known(stored("q1", "HTS"), stored("q2", "Hayat Tahrir al-Sham", "HTS", "Tahrir"))
    rows = [HEADER, ["hts ", "meets", "TAHRIR"]]

    claim = read(claims_file(tmp_path, rows), known=table).only_claim()

    assert (claim.subject, claim.object) == ("q1", "q2")


@pytest.mark.parametrize("name", ["Dario Mendez", "Darío-Méndez", "al-Darío Méndez"])
def test_what_only_looks_alike_is_another_actor_and_is_reported(tmp_path: Path, name: str) -> None:
    table = known(stored("dario", "Darío Méndez"))
    found = read(claims_file(tmp_path, [HEADER, [name, "meets", "Someone"]]), known=table)

    assert found.only_claim().subject != "dario"
    (pair,) = table.look_alikes()
    assert "dario" in " ".join(pair)


def test_a_name_that_fits_several_actors_is_refused_with_the_candidates(tmp_path: Path) -> None:
    table = known(stored("q1", "John Smith"), stored("q2", "John Smith"))
    found = read(claims_file(tmp_path, [HEADER, ["New One", "meets", "John Smith"]]), known=table)

    refused = found.only_rejection()
    assert refused.column == "object"
    assert "John Smith (q1), John Smith (q2)" in refused.reason
    assert "object_id" in refused.reason
    assert found.actors == {}, "the other end of a refused row is not made"


def test_an_id_decides_whatever_the_name(tmp_path: Path) -> None:
    table = known(stored("q1", "John Smith"), stored("q2", "John Smith"))
    rows = [[*HEADER, "object_id"], ["A", "meets", "J. Smith", "q2"]]

    assert read(claims_file(tmp_path, rows), known=table).only_claim().object == "q2"


def test_a_name_whose_id_is_taken_gets_another_one(tmp_path: Path) -> None:
    table = known(stored("israel", "State of Israel"))
    claim = read(claims_file(tmp_path, [HEADER, ["Israel", "meets", "Syria"]]), known=table).only_claim()

    assert claim.subject.startswith("israel-")
    assert claim.object == "syria"


def test_rows_mean_the_same_in_any_order(tmp_path: Path) -> None:
    rows = [
        ["Foo", "meets", "Bar", ""],
        ["Foo", "leads", "Other", "q5"],
        ["Baz", "leads", "Foo", ""],
        ["Bar", "meets", "Baz", "q7"],
        ["Other", "meets", "Bar", ""],
    ]
    results = set()
    for seed in range(12):
        random.Random(seed).shuffle(rows)
        found = read(claims_file(tmp_path, [[*HEADER, "subject_id"], *rows]))
        assert not found.rejections
        results.add(frozenset(claim.id for claim in found.claims))

    assert len(results) == 1


def test_rows_mean_the_same_when_a_part_of_them_is_in_the_store_already(tmp_path: Path) -> None:
    """As after a load that was killed: whatever part was written, the ids are those of one clean load."""
    rows = [[*HEADER, "subject_id"], ["Foo", "meets", "Bar", ""], ["Foo", "leads", "Baz", "q5"]]
    path = claims_file(tmp_path, rows)
    clean = read(path)

    for count in range(len(clean.actors) + 1):
        some = [
            KnownActor(actor.id, actor.name, (), "other", None, ("some",))
            for actor in list(clean.actors.values())[:count]
        ]
        assert [claim.id for claim in read(path, known=known(*some)).claims] == [c.id for c in clean.claims]


def test_a_claim_is_attributed_to_an_actor_that_comes_later(tmp_path: Path) -> None:
    rows = [
        [*HEADER, "attributed_to"],
        ["A", "meets", "B", "reuters"],
        ["Reuters", "meets", "A", "Agence X"],
        ["A", "meets", "C", ""],
    ]
    first, second, third = read(claims_file(tmp_path, rows)).claims

    assert (first.attributed_to, first.attributed_to_id) == ("reuters", "reuters")
    assert (second.attributed_to, second.attributed_to_id) == ("Agence X", None)
    assert third.attributed_to_id is None


def test_a_claim_is_not_attributed_to_an_actor_of_a_refused_row(tmp_path: Path) -> None:
    rows = [
        [*HEADER, "attributed_to", "date"],
        ["A", "meets", "B", "Reuters", ""],
        ["Reuters", "meets", "A", "", "2025-13"],
    ]

    (claim,) = read(claims_file(tmp_path, rows)).claims
    assert claim.attributed_to_id is None


def test_the_first_kind_that_rows_state_counts(tmp_path: Path) -> None:
    rows = [
        [*HEADER, "subject_kind"],
        ["A", "meets", "B", ""],
        ["A", "meets", "C", "person"],
        ["A", "meets", "D", "state"],
    ]

    assert read(claims_file(tmp_path, rows)).actors["a"].kind == "person"


def test_an_actors_file_wins_over_the_rows(tmp_path: Path) -> None:
    claims = claims_file(tmp_path, [[*HEADER, "subject_kind"], ["HTS", "meets", "Unused One", "party"]])
    actors = write_file(
        tmp_path,
        "actors.csv",
        "id,name,kind,aliases,country\nhayat,Hayat Tahrir al-Sham,armed group,HTS|Tahrir,SY\nx,Y,,,\n",
    )
    found = read(claims, actors)

    assert found.only_claim().subject == "hayat"
    actor = found.actors["hayat"]
    assert (actor.kind, actor.aliases, actor.country) == ("armed_group", ("HTS", "Tahrir"), "SY")
    assert "x" in found.actors, "what is described is written, used or not"


def test_a_renamed_actor_is_found_by_both_names(tmp_path: Path) -> None:
    claims = claims_file(tmp_path, [HEADER, ["New Name", "meets", "Old Name"]])
    actors = write_file(tmp_path, "actors.csv", "id,name\nq1,New Name\n")

    claim = read(claims, actors, known=known(stored("q1", "Old Name", dataset="some"))).only_claim()

    assert (claim.subject, claim.object) == ("q1", "q1")


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("q1,Twice,", "id", "line 2 already"),
        ("q2,,", "name", "empty"),
        ("q2,Name,robot", "kind", "allowed"),
        ("q 2,Name,", "id", "white space"),
    ],
)
def test_a_bad_row_of_an_actors_file_is_refused_and_the_rest_is_kept(
    tmp_path: Path, row: str, column: str, reason: str
) -> None:
    claims = claims_file(tmp_path, [HEADER, ["One", "meets", "Two"]])
    actors = write_file(tmp_path, "actors.csv", f"id,name,kind\nq1,One,\n{row}\nq9,Nine,\n")
    found = read(claims, actors)

    assert {"q1", "q9"} <= set(found.actors)
    assert len(found.claims) == 1
    refused = found.only_rejection()
    assert (refused.line, refused.column) == (3, column)
    assert reason in refused.reason
    assert (found.tally.refused, found.tally.refused_claims) == (1, 0)


def test_a_source_is_found_by_id_address_or_title(tmp_path: Path) -> None:
    claims = claims_file(
        tmp_path,
        [
            [*HEADER, "source"],
            *(["A", "meets", "B", text] for text in ("s1", "https://x.org/1", "The Times", "")),
        ],
    )
    sources = write_file(
        tmp_path, "sources.csv", "id,title,url\ns1,The Times,https://x.org/1\ns2,The Times,\n,No id,\n"
    )
    found = read(claims, sources)

    assert [claim.source_id for claim in found.claims] == ["s1", "s1", "s1", "some"]
    assert found.only_rejection().reason == "id is empty"
