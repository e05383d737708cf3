"""Taking a view along: pictures, files that other programs read, the link, and the line to embed."""

from __future__ import annotations

import csv
import json
import math
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from figures import SVG, Figure, words
from windows import Window

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://gexf.net/1.3}"


def taken(window: Window, folder: Path, format_: str, part: str = "What is shown") -> Path:
    """The file that a button of the window gives."""
    if not window.page.locator("#share").is_visible():
        window.page.keyboard.press("e")
    button = window.page.get_by_role("region", name=part).get_by_role("button", name=format_)
    with window.page.expect_download() as download:
        button.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_svg_holds_every_actor_and_line_at_its_place(window: Window, tmp_path: Path) -> None:
    window.open("actor=hezbollah")
    places, lines = window.places(), len(window.lines())

    picture = Figure.of(taken(window, tmp_path, "SVG")).map

    images = picture.findall(f".//{SVG}image")
    centres = [
        (
            float(one.attrib["x"]) + float(one.attrib["width"]) / 2,
            float(one.attrib["y"]) + float(one.attrib["height"]) / 2,
        )
        for one in images
    ]
    assert len(centres) == len(places)
    assert max(min(math.dist(place, centre) for centre in centres) for place in places.values()) <= 1.0
    curves = [one for one in picture.findall(f".//{SVG}path") if one.get("fill") == "none"]
    assert len(curves) == lines
    written = "".join(words(picture))
    assert "alleged" in written
    assert "not" in written
    assert window.problems() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_says_what_its_signs_mean_and_where_it_is_from(
    window: Window, tmp_path: Path, theme: Literal["light", "dark"]
) -> None:
    window.page.emulate_media(color_scheme=theme)
    window.open("actor=hezbollah")

    figure = Figure.of(taken(window, tmp_path, "SVG"))

    assert words(figure.title) == ["Hezbollah and who is around", "16 actors · 43 relations"]
    key = words(figure.key)
    assert key[: key.index("Said how")][:4] == ["Actors", "person", "state", "government"]
    assert {"material conflict", "roles and places"} <= set(key)
    assert key[key.index("Said how") + 1 :][:4] == ["asserted", "alleged", "denied", "contested"]
    notes = " ".join(key)
    assert "Source: News analysis on Syria, March 2025. Data: Syria after Assad" in notes
    assert "(CC0-1.0)" in notes
    assert re.fullmatch(r"Drawn \d{4}-\d\d-\d\d with actorgraph", key[-1])
    # What is explained is drawn, in the colours of this theme, and nothing lies under the bands.
    strokes = {path.get("stroke") for path in figure.map.iter(f"{SVG}path") if path.get("fill") == "none"}
    explained = [path.get("stroke") for path in figure.key.iter(f"{SVG}path")][1:]
    assert strokes <= set(explained)
    ground = figure.map.find(f"{SVG}rect")
    assert ground is not None
    assert ground.attrib["fill"] == {"light": "#fbfbfa", "dark": "#14171c"}[theme]
    above, below = figure.between
    for image in figure.map.iter(f"{SVG}image"):
        top = float(image.attrib["y"])
        assert above < top < top + float(image.attrib["height"]) < below
    for name in figure.map.iter(f"{SVG}text"):
        assert above < float(name.get("y", below - 1)) < below


def test_characters_that_xml_forbids_are_replaced_in_the_svg(window: Window) -> None:
    window.open()

    text = window.page.evaluate(
        """async () => {
          const {svgOf, svgText} = await import('/static/js/export/svg.js');
          const font = {face: 'sans-serif', size: 12};
          const words = {label: 'A\\u0000\\u000bB', title: '\\u0007'};
          const node = {id: 'a', ...words, x: 0, y: 0, size: 9, kind: 'other'};
          const surface = {background: '#fff', ink: '#000'};
          const style = {options: {nodes: {font}}, surface, kinds: {other: ''}};
          return svgText(svgOf({nodes: [node], lines: [], style}));
        }"""
    )

    assert "".join(words(ElementTree.fromstring(text))) == "A\ufffd\ufffdB"


def test_the_png_is_a_picture_of_twice_the_size_with_more_than_one_colour(
    window: Window, tmp_path: Path
) -> None:
    window.open("actor=minister")
    size = ElementTree.parse(taken(window, tmp_path, "SVG")).getroot().attrib

    content = taken(window, tmp_path, "PNG").read_bytes()

    assert content.startswith(b"\x89PNG")
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    assert (width, height) == (2 * int(size["width"]), 2 * int(size["height"]))
    assert len(content) > 20_000, "an empty ground would be much smaller"


def test_what_is_shown_is_loaded_again_with_the_same_ids(window: Window, tmp_path: Path) -> None:
    window.open("actor=minister&view.since=2023&hide=pupil")

    lines = [json.loads(line) for line in taken(window, tmp_path, "JSON Lines").read_text().splitlines()]

    assert {line["id"] for line in lines if line["record"] == "actor"} == {
        "minister", "rival", "envoy", "banker",
    }  # fmt: skip
    claims = [line for line in lines if line["record"] == "claim"]
    assert sorted(claim["date"] for claim in claims) == ["2023", "2023-04-12", "2023-05", "2023-05"]
    assert {line["name"] for line in lines if line["record"] == "dataset"} == {"ministry"}
    everything = window.page.request.get(f"{window.address}/api/v1/export").text().splitlines()
    assert {json.dumps(line) for line in lines} <= {json.dumps(json.loads(line)) for line in everything}


def test_the_csv_has_the_columns_that_can_be_loaded_and_no_formula(window: Window, tmp_path: Path) -> None:
    window.open("actor=minister")

    with taken(window, tmp_path, "CSV").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == 12
    denied = next(row for row in rows if row["polarity"] == "negative")
    assert (denied["subject"], denied["relation"], denied["object"]) == ("Minister", "VISITS", "Envoy")
    window.page.keyboard.press("Escape")
    window.open("actor=evil-2")
    text = taken(window, tmp_path, "CSV").read_text(encoding="utf-8")
    assert not [
        row for row in csv.reader(text.splitlines()) if any(cell[:1] in "=+-@" for cell in row if cell)
    ]


@pytest.mark.parametrize(
    ("format_", "actors", "lines"),
    [("GraphML", f".//{GRAPHML}node", f".//{GRAPHML}edge"), ("GEXF", f".//{GEXF}node", f".//{GEXF}edge")],
)
@pytest.mark.parametrize("start", ["minister", "evil-0"])
def test_graph_files_are_well_formed_and_complete(
    window: Window, tmp_path: Path, format_: str, actors: str, lines: str, start: str
) -> None:
    window.open(f"actor={start}")

    found = ElementTree.parse(taken(window, tmp_path, format_)).getroot()

    assert {one.attrib["id"] for one in found.findall(actors)} == window.places().keys()
    claims = window.page.request.post(
        f"{window.address}/api/v1/subgraph?claims=true", data={"actors": [*window.places()]}
    ).json()
    wanted = {claim["id"] for relation in claims["relations"] for claim in relation["claims"]}
    assert {one.attrib["id"] for one in found.findall(lines)} <= wanted
    assert found.findall(lines)


def test_the_sources_of_what_is_shown_are_all_there_however_many_pages_they_take(
    window: Window, tmp_path: Path
) -> None:
    paged: list[str] = []

    def one_at_a_time(route: Route) -> None:
        paged.append(route.request.url)
        route.continue_(url=re.sub(r"limit=\d+", "limit=1", route.request.url))

    window.page.route("**/api/v1/sources?*", one_at_a_time)
    window.open("actor=minister")
    lines = taken(window, tmp_path, "JSON Lines").read_text("utf-8").splitlines()
    window.page.keyboard.press("Escape")
    window.page.locator(".sources summary").click()

    records = [json.loads(line) for line in lines]
    papers = {"Paper 0", "Paper 1", "Paper 2"}
    assert {one["title"] for one in records if one["record"] == "source"} == papers
    listed = window.page.locator(".sources bdi")
    expect(listed).to_have_count(len(papers))
    assert set(listed.all_inner_texts()) == papers
    assert len(paged) > 3


def test_everything_is_what_the_service_exports(window: Window, tmp_path: Path) -> None:
    window.open()
    everything = window.page.request.get(f"{window.address}/api/v1/export").text()

    assert taken(window, tmp_path, "JSON Lines", "Everything").read_text(encoding="utf-8") == everything

    found = ElementTree.parse(taken(window, tmp_path, "GraphML", "Everything")).getroot()
    assert len(found.findall(f".//{GRAPHML}edge")) == everything.count('"record":"claim"')


def test_the_window_holds_only_what_there_is_to_share(window: Window) -> None:
    for fragment, parts in (("", ["Everything"]), ("actor=minister", ["What is shown", "Everything"])):
        window.open(fragment)
        window.page.keyboard.press("e")
        share = window.page.locator("#share")
        expect(share.get_by_role("region")).to_have_count(len(parts))
        expect(share).not_to_contain_text("null")
        window.page.keyboard.press("Escape")


def test_the_link_and_the_line_to_embed_are_copied(window: Window, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.open("actor=minister&hide=pupil")
    window.page.locator("#export-open").click()
    link, line = window.page.locator("#share-link"), window.page.locator("#share-embed")
    assert link.input_value() == window.page.url

    window.page.locator(".share-line").filter(has=line).get_by_role("button", name="Copy").click()
    expect(window.page.get_by_role("button", name="Copied")).to_be_visible()

    copied = str(window.page.evaluate("navigator.clipboard.readText()"))
    assert copied == line.input_value()
    address = copied.split('"')[1].replace("&amp;", "&")
    assert address == f"{window.address}/view/map#{window.page.url.split('#')[1]}"


def test_a_view_of_three_hundred_actors_still_has_a_short_link(window: Window) -> None:
    window.open("actor=crowd-0000")
    for _ in range(11):
        if window.page.locator("#more").is_visible():
            window.page.locator("#more").click()
            window.settle()
    assert len(window.places()) == 300

    assert len(window.page.url) < 2_000
