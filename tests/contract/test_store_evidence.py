"""Evidence out of the store: loaded claims, ties that somebody wrote by hand, sources and data sets."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from graph.model import Claim, Dataset
from graph.store.bolt import Store
from graph.store.evidence import claims_of, datasets, source, sources, sources_by_key
from graph.store.keys import ClaimKey, claim_key
from graph.store.writing import Batch, ClaimWriter
from world import CLAIMS, DATASET, SOURCES, load_of, load_world, of_dataset


async def claims_between(store: Store, subject: str, object: str) -> list[Claim]:
    """The claims of a pair, found as people's Cypher finds them."""
    answer = await store.cypher(
        "MATCH (:Actor {id: $subject})-[r]->(:Actor {id: $object}) RETURN r",
        {"subject": subject, "object": object},
        limit=100,
        timeout=5,
    )
    return await claims_of(store, answer.found.claims)


async def test_claims_come_in_the_order_they_are_asked_for(store: Store) -> None:
    await load_world(store)
    asked = [CLAIMS[number] for number in (20, 3, 0, 24, 3)]

    found = await claims_of(store, [ClaimKey(one.id, one.subject, one.type, one.object) for one in asked])

    assert found == asked


async def test_a_claim_that_is_gone_is_left_out(store: Store) -> None:
    await load_world(store)
    first = CLAIMS[0]
    gone = ClaimKey("c_" + "0" * 32, first.subject, first.type, first.object)

    found = await claims_of(store, [gone, ClaimKey(first.id, first.subject, first.type, first.object)])

    assert found == [first]


async def test_a_claim_is_found_by_its_own_ends_and_type_only(store: Store) -> None:
    await load_world(store)
    first = CLAIMS[0]

    wrong = [
        ClaimKey(first.id, first.object, first.type, first.subject),
        ClaimKey(first.id, first.subject, "ATTACKS", first.object),
    ]

    assert await claims_of(store, wrong) == []


async def test_no_keys_no_claims(store: Store) -> None:
    assert await claims_of(store, []) == []


async def test_a_tie_written_by_hand_is_a_claim_of_the_data_set_external(store: Store) -> None:
    await store.define("CREATE (:Actor {id: 'a'})-[:MEETS]->(:Actor {id: 'b'})")

    (found,) = await claims_between(store, "a", "b")

    key = claim_key("a", "MEETS", "b", {})
    assert found == Claim(
        id=key.id, dataset="external", subject="a", object="b", type="MEETS", source_id="external"
    )
    assert found.id.startswith("x_")


async def test_a_denial_written_by_hand_is_negative(store: Store) -> None:
    await store.define("CREATE (:Actor {id: 'a'})-[:NOT_MEETS {status: 'alleged'}]->(:Actor {id: 'b'})")

    (found,) = await claims_between(store, "a", "b")

    assert (found.polarity, found.status) == ("negative", "alleged")


@pytest.mark.parametrize(
    ("written", "date", "first", "last"),
    [
        ("date('2024-05-01')", "2024-05-01", dt.date(2024, 5, 1), dt.date(2024, 5, 1)),
        ("'2024-05'", "2024-05", dt.date(2024, 5, 1), dt.date(2024, 5, 31)),
        ("2024", "2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("'some day'", None, None, None),
    ],
)
async def test_a_date_written_by_hand_is_read_as_far_as_it_is_one(
    store: Store, written: str, date: str | None, first: dt.date | None, last: dt.date | None
) -> None:
    await store.define(f"CREATE (:Actor {{id: 'a'}})-[:MEETS {{date: {written}}}]->(:Actor {{id: 'b'}})")

    (found,) = await claims_between(store, "a", "b")

    assert (found.date, found.date_from, found.date_to) == (date, first, last)


async def test_ties_written_by_hand_are_told_apart_by_what_they_say(store: Store) -> None:
    await store.define(
        "CREATE (a:Actor {id: 'a'}), (b:Actor {id: 'b'}), (a)-[:MEETS {date: '2024'}]->(b), "
        "(a)-[:MEETS {date: '2025'}]->(b), (a)-[:MEETS {date: '2025', attributed_to: 'C'}]->(b), "
        "(a)-[:MEETS {status: 'no such status'}]->(b)"
    )

    found = await claims_between(store, "a", "b")

    assert len({one.id for one in found}) == 4
    assert sorted((one.date or "", one.attributed_to or "", one.status) for one in found) == [
        ("", "", "asserted"),
        ("2024", "", "asserted"),
        ("2025", "", "asserted"),
        ("2025", "C", "asserted"),
    ]


async def test_a_type_that_we_would_never_make_is_read_all_the_same(store: Store) -> None:
    await store.define("CREATE (:Actor {id: 'a'})-[:`knows well`]->(:Actor {id: 'b'})")

    (found,) = await claims_between(store, "a", "b")

    assert found.type == "knows well"


async def test_ties_by_hand_and_loaded_ones_stand_side_by_side(store: Store) -> None:
    await load_world(store)
    await store.define(
        "MATCH (a:Actor {id: 'northland'}), (b:Actor {id: 'delta-oil'}) "
        "CREATE (a)-[:OWNS {note: 'mine'}]->(b)"
    )

    found = await claims_between(store, "northland", "delta-oil")

    assert {one.dataset for one in found} == {"external", "tiny-world"}


async def test_sources_are_read_back_as_they_were_given(store: Store) -> None:
    await load_world(store)

    assert await sources(store) == [replace(one, datasets=(DATASET.name,)) for one in SOURCES]


async def test_sources_of_one_id_are_told_apart_by_data_set(store: Store) -> None:
    await load_world(store)
    await load_world(store, of_dataset(CLAIMS[:1], "other"), load=load_of(Dataset("other")))

    assert len(await sources(store)) == 6
    assert [one.id for one in await sources(store, "other")] == ["daily", "radio", "report"]
    by_key = await source(store, "other/radio")
    plain = await source(store, "radio")
    assert by_key is not None
    assert plain is not None
    assert (by_key.datasets, plain.datasets) == (("other",), ("other",))


async def test_sources_are_found_by_their_keys_in_the_order_asked_for(store: Store) -> None:
    await load_world(store)
    await load_world(store, of_dataset(CLAIMS[:1], "other"), load=load_of(Dataset("other")))
    wanted = [("other", "radio"), ("tiny-world", "nowhere"), ("tiny-world", "radio"), ("tiny-world", "daily")]

    found = await sources_by_key(store, wanted)

    assert list(found) == [wanted[0], *wanted[2:]]
    assert [(one.datasets[0], one.id) for one in found.values()] == list(found)
    assert await sources_by_key(store, []) == {}


async def test_a_source_whose_id_is_an_address_is_found(store: Store) -> None:
    article = replace(SOURCES[0], id="https://example.org/a/b?c=d")
    writer = ClaimWriter(store, load_of())
    await writer.begin()
    await writer.write(Batch(sources=(article,)))

    found = [await source(store, id) for id in (article.id, f"tiny-world/{article.id}")]

    assert found == [replace(article, datasets=("tiny-world",))] * 2


async def test_an_unknown_source_is_none(store: Store) -> None:
    await load_world(store)

    assert await source(store, "nowhere") is None
    assert await source(store, "tiny-world/nowhere") is None


async def test_data_sets_are_read_back_with_their_questions(store: Store) -> None:
    await load_world(store)

    assert await datasets(store) == [replace(DATASET, loaded_at="2026-01-02T03:04:05+00:00")]
