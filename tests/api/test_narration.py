"""Paths as a text over HTTP: the sentences and numbers of the JSON answer, with the evidence as footnotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import httpx

from api.narration import narrated
from api.parameters import parse
from api.queries import PathQuery
from api.service import Service
from apiclient import Api
from graph.model import Actor, Dataset
from graph.projection.snapshot import Snapshot
from graph.store.dropping import drop
from world import CLAIMS, load_of, load_world, of_dataset

Answer = TypeVar("Answer")
HOSTILE = "<script>hit()</script> [x](javascript:hit()) `a` | *b*\n# c"


async def text_of(api: Api, **parameters: Any) -> str:
    """The answer in Markdown."""
    answer = await api.get("/paths", **parameters, format="markdown")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    return answer.text


def footnotes(text: str) -> dict[int, str]:
    """Number → what stands in the footnote, without the indent."""
    parts = re.split(r"^\[\^(\d+)\]: ", text, flags=re.MULTILINE)
    return {
        int(n): re.sub("^    ", "", note, flags=re.M)
        for n, note in zip(parts[1::2], parts[2::2], strict=True)
    }


async def test_text_and_json_have_the_same_sentences_and_numbers(worlds: Api) -> None:
    asked = {
        "from_": ["amal-haddad", "delta-oil"],
        "to": ["border-guard", "southland"],
        "k": 9,
        "max_hops": 5,
    }
    answer = (await worlds.get("/paths", **asked)).json()
    text = await text_of(worlds, **asked)
    body = text.split("\n[^1]: ")[0]
    sentences = [sentence for path in answer["paths"] for sentence in path["sentences"]]

    assert len(answer["paths"]) == 9
    for path in answer["paths"]:
        assert path["text"] == " ".join(sentence["text"] for sentence in path["sentences"])
    for one in sentences:
        words = one["text"].removesuffix(f" [{one['footnote']}].").replace("<", "\\<").replace(">", "\\>")
        assert f"{words}.[^{one['footnote']}]" in body
    assert sorted(footnotes(text)) == sorted({one["footnote"] for one in sentences})
    assert {int(number) for number in re.findall(r"\[\^(\d+)\]", body)} == footnotes(text).keys()


async def test_every_sentence_and_footnote_maps_back_to_its_claims(worlds: Api) -> None:
    asked = {"from_": "amal-haddad", "to": "southland", "k": 9}
    answer = (await worlds.get("/paths", **asked)).json()
    notes = footnotes(await text_of(worlds, **asked))
    names = {actor["id"]: actor["name"] for actor in answer["graph"]["actors"]}
    relations = {relation["id"]: relation for relation in answer["graph"]["relations"]}

    for path in answer["paths"]:
        for hop, sentence in zip(path["hops"], path["sentences"], strict=True):
            assert sentence["claim_count"] == len(sentence["claims"])
            assert sentence["relation"] in hop["relations"]
            assert relations[sentence["relation"]]["type"] == types_of(sentence["claims"])[0]
            claims = [(await worlds.get(f"/claims/{id}")).json() for id in sentence["claims"]]
            assert all({claim["subject"], claim["object"]} == {hop["from"], hop["to"]} for claim in claims)
            assert all(names[end] in sentence["text"] for end in (hop["from"], hop["to"]))
            for claim in claims:
                assert claim["statement"].rstrip(".") in notes[sentence["footnote"]]


def types_of(ids: list[str]) -> list[str]:
    """Types of claims of the tiny world."""
    known = {claim.id: claim.type for claim in CLAIMS}
    return [known[id] for id in ids]


async def test_a_footnote_is_what_its_sources_say(worlds: Api) -> None:
    text = await text_of(worlds, from_="amal-haddad", to="northland", max_hops=2)

    assert "Amal Haddad met Boris Orlov (2024-05; 2 further claims, 3 sources).[^1]" in text
    assert footnotes(text)[1] == (
        "boris-orlov met amal-haddad (2024-05).\nSource: Radio Seven, 2024-05-02.\n\n"
        "amal-haddad met boris-orlov (2024-05-01).\n"
        "Source: [Daily Courier, 1 May 2024](https://example.org/daily), Daily Courier, characters 1 to 64.\n"
        "\namal-haddad met boris-orlov (2023).\nSource: Report of the Commission, Commission.\n\n"
        "> They met twice.\n\n"
    )
    assert "Boris Orlov leads Northland (2020 to 2024-06).[^2]" in text


async def test_who_says_so_and_how_firmly_stands_in_text_and_footnote(world: Api) -> None:
    text = await text_of(world, from_="harbour-front", to="border-guard", status="alleged", max_hops=1)

    assert "Border Guard attacked Harbour Front (according to HF; alleged).[^1]" in text
    assert "Its one link: alleged, single source, undated." in text
    assert "border-guard attacked harbour-front (according to HF; alleged).\n" in footnotes(text)[1]


async def test_what_others_wrote_stays_text(worlds: Api) -> None:
    actor = Actor("hostile", HOSTILE, "person")
    claim = replace(
        CLAIMS[0], subject="hostile", id="c_" + "e" * 32, statement=HOSTILE, quote=HOSTILE,
        attributed_to=HOSTILE, date_text=HOSTILE,
    )  # fmt: skip
    await load_world(worlds.store, (claim,), (actor,), load_of())
    text = await text_of(worlds, from_="hostile", to="boris-orlov")
    bare = re.sub(r"\\.", "", text)

    assert "\\<script\\>hit()\\</script\\>" in text
    assert "<script" not in bare
    assert "](javascript" not in bare
    assert not set("`|*") & set(bare)
    assert len(re.findall(r"^#", text, re.MULTILINE)) == 2


async def test_nothing_found_is_a_text_that_says_why(worlds: Api) -> None:
    text = await text_of(worlds, from_="amal-haddad", to="northland", avoid="boris-orlov", max_hops=2)

    assert text.startswith("# From Amal Haddad to Northland\n\nNo path of at most 2 hops. Conditions: ")
    assert "not by way of Boris Orlov" in text
    assert "- *not by way of Boris Orlov*: 1 path\n" in text
    assert "[^" not in text


async def test_the_json_says_what_was_asked_and_every_condition_in_words(worlds: Api) -> None:
    asked = {"from_": ["Amal Haddad", "dario mendez"], "to": "northland", "avoid": "HF", "via": "boris orlov"}
    meta = (await worlds.get("/paths", **asked, since="2020", type=["MEETS", "LEADS"])).json()["meta"]

    assert meta["asked"] == {
        "from": [
            {"id": "amal-haddad", "name": "Amal Haddad"},
            {"id": "dario-mendez", "name": "Darío Méndez"},
        ],
        "to": [{"id": "northland", "name": "Northland"}],
        "via": [{"id": "boris-orlov", "name": "Boris Orlov"}],
        "avoid": [{"id": "harbour-front", "name": "Harbour Front"}],
    }
    assert {one["constraint"]: one["text"] for one in meta["conditions"]} == {
        "type": "only meets or leads",
        "status": "only what is asserted or alleged",
        "since": "since 2020",
        "undated": "nothing undated",
        "structural": "not over places, parts and identities",
        "avoid": "not by way of Harbour Front",
        "via": "by way of Boris Orlov",
    }


async def test_errors_are_problems_in_both_forms(
    world: Api, conforms: Callable[[httpx.Response, str, str], None]
) -> None:
    for form in ("json", "markdown"):
        answer = await world.get("/paths", from_="amal-hadad", to="northland", format=form)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-actor")
        conforms(answer, "GET", "/api/v1/paths")
    wrong = await world.get(
        "/paths", from_="amal-haddad", to="northland", format="markdown", view="true", claims="true"
    )
    assert {one["parameter"] for one in wrong.json()["errors"]} == {"view", "claims"}
    conforms(wrong, "GET", "/api/v1/paths")


def test_the_description_has_both_forms(description: Mapping[str, Any]) -> None:
    content = description["paths"]["/api/v1/paths"]["get"]["responses"]["200"]["content"]

    assert content["text/markdown"]["schema"] == {"type": "string"}
    assert content["application/json"]["schema"]["$ref"].endswith("/PathAnswer")


class Meddled(Service):
    """A service under which a data set is dropped after the question, before its claims are fetched."""

    asked = 0

    async def ask(self, question: Callable[[Snapshot], Answer]) -> Answer:
        answer = await super().ask(question)
        self.asked += 1
        if self.asked == 1:
            await drop(self.store, "second")
        return answer


async def test_a_text_is_of_one_state_of_the_graph(worlds: Api) -> None:
    """A claim that goes away meanwhile is in neither the sentences nor the footnotes."""
    await load_world(
        worlds.store, of_dataset(CLAIMS[:1], "second"), load=load_of(Dataset("second"), "load-2")
    )
    query = parse(PathQuery, {"from": ["amal-haddad"], "to": ["northland"], "max_hops": 2})
    before = await narrated(worlds.service, query)
    meddled = Meddled(worlds.store, worlds.service.keeper, worlds.service.place, worlds.service.limit_s)
    text = await narrated(meddled, query)

    assert "3 further claims, 4 sources" in before
    assert "2 further claims, 3 sources" in text
    assert footnotes(text)[1].count("Source: ") == 3
    assert meddled.asked == 2
