"""The pages: complete, from here alone, and safe with whatever a file calls its actors."""

from __future__ import annotations

import re

import pytest

from apiclient import Api
from graph.model import Actor, Dataset
from pages import Parts
from world import load_of, load_world

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "{{7*7}} ${7*7} href",
    "`) DETACH DELETE n //",
    "' OR 1=1 --",
    "\u202eevil\u202c",
    "😀 أحمد الشرع",
    '=HYPERLINK("x")',
    "x" * 4000,
)


PAGES = (
    "/",
    "/docs",
    "/docs/errors",
    "/login",
    "/view/neighbourhood/northland",
    "/view/paths?from=amal-haddad&to=northland",
)


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_needs_nothing_from_elsewhere(world: Api, path: str) -> None:
    answer = await world.client.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    Parts(answer.text).check_safe()


@pytest.mark.parametrize("path", PAGES)
async def test_all_files_of_a_page_are_there(world: Api, path: str) -> None:
    page = Parts((await world.client.get(path)).text)
    named = {a.get("src") or (a.get("href") if tag == "link" else None) for tag, a in page.tags}

    for file in named - {None}:
        answer = await world.client.get(str(file))
        assert answer.status_code == 200, file
        assert answer.headers["content-type"].split(";")[0] in KINDS[str(file).rsplit(".", 1)[-1]], file


KINDS = {
    "js": ("text/javascript", "application/javascript"),
    "css": ("text/css",),
    "svg": ("image/svg+xml",),
    "png": ("image/png",),
}


async def test_the_documentation_names_every_call_and_every_shape(world: Api) -> None:
    page = (await world.client.get("/docs")).text
    description = (await world.client.get("/openapi.json")).json()

    for path, methods in description["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page
    for name in description["components"]["schemas"]:
        assert f'id="shape-{name}"' in page
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= set(re.findall(r'id="([^"]+)"', page))


async def test_the_type_of_a_problem_leads_to_its_description(world: Api) -> None:
    page = (await world.client.get("/docs/errors")).text
    for path in ("/api/v1/actors/nobody", "/api/v1/search", "/api/v1/nothing", "/api/v1/claims?cursor=x"):
        problem = (await world.client.get(path)).json()
        address, _, code = problem["type"].partition("#")
        assert address == "/docs/errors"
        assert f'id="{code}"' in page


async def test_a_view_shows_the_answer_of_its_call(world: Api) -> None:
    page = (await world.client.get("/view/neighbourhood/northland?type=LEADS")).text
    words = " ".join(Parts(page).words)

    assert "Boris Orlov" in words
    assert "Grain Union" not in words
    assert "/api/v1/actors/northland/neighbourhood?type=LEADS" in page


async def test_a_view_of_paths_reads_as_text(world: Api) -> None:
    page = (await world.client.get("/view/paths?from=amal-haddad&to=northland")).text

    assert "Amal Haddad met Boris Orlov" in " ".join(Parts(page).words)
    text = await world.client.get("/api/v1/paths?from=amal-haddad&to=northland&format=markdown")
    assert text.status_code == 200
    assert 'href="/api/v1/paths?from=amal-haddad&amp;to=northland&amp;format=markdown"' in page


async def test_a_view_of_several_ends_names_them_all_also_without_a_path(world: Api) -> None:
    page = (await world.client.get("/view/paths?from=amal-haddad&from=delta-oil&to=harvest-day")).text
    words = " ".join(" ".join(Parts(page).words).split())

    assert 'From Amal Haddad or Delta "Oil" <Co> to Harvest Day' in words
    assert "No path under these conditions. Under these conditions there is no connection" in words


async def test_wrong_parameters_of_a_view_are_problems(world: Api) -> None:
    assert (await world.client.get("/view/neighbourhood/nobody")).json()["code"] == "unknown-actor"
    assert (await world.client.get("/view/neighbourhood/northland?depht=2")).status_code == 422
    other_form = await world.client.get("/view/paths?from=amal-haddad&to=northland&format=markdown")
    assert (other_form.status_code, other_form.json()["errors"][0]["parameter"]) == (422, "format")
    assert (await world.client.get("/static/vendor/other.js")).status_code == 404
    assert (await world.client.get("/static/..%2f..%2fpyproject.toml")).status_code == 404


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_name_is_shown_as_it_is_and_does_nothing(worlds: Api, name: str) -> None:
    actor = Actor("hostile", name, "person", (name,), description=name)
    await load_world(worlds.store, (), (actor,), load_of(Dataset("second"), "load-2"))
    from_world = await worlds.get("/actors/hostile")
    page = (await worlds.client.get("/view/neighbourhood/hostile")).text
    found = (await worlds.get("/search", q=name)).json()

    assert from_world.json()["name"] == name
    assert found["actors"][0]["id"] == "hostile"
    assert (await worlds.get("/paths", from_=name, to="northland")).json()["paths"] == []
    Parts(page).check_safe()
