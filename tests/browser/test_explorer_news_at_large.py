"""A year of news in the overview and in a file, with more claims than are listed one by one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from bubblewindow import bubbles, open_largest
from newsevents import NewsEvents, by_month, relations
from newswindow import WHO, names, summary, triples
from served import served
from windows import Window

pytestmark = [pytest.mark.shared, pytest.mark.timeout(900)]  # a store of 90,730 claims is filled first

MOST_LISTED = 5000  # claims that are listed one by one


def test_the_overview_holds_everybody_and_an_opened_bubble_their_relations(
    here: Window, news: NewsEvents
) -> None:
    here.open("overview")
    counts = [
        int(re.findall(r"([\d,]+) actors?$", one["label"])[0].replace(",", ""))
        for one in bubbles(here).values()
    ]
    told = summary(here)
    numbers = {
        words: int(found[0].replace(",", "")) if (found := re.findall(rf"([\d,]+) {words}", told)) else 0
        for words in ("actors?(?: ·|$)", "actors? left out", "actors? without a tie")
    }
    assert sum(counts) == numbers["actors?(?: ·|$)"]
    lonely = sum(degree == 0 for _, degree in news.ties.degree())
    assert numbers["actors? without a tie"] == lonely
    assert sum(numbers.values()) == len(news.ties)

    open_largest(here)
    members = names(here)
    expect(here.page.locator("#summary")).to_contain_text(f"{max(counts) - len(members):,} actors and")
    assert len(members) > 1
    inside = news.among(members)
    assert triples(here) == relations(inside)

    # More claims than are listed one by one are counted all the same.
    assert len(inside) > MOST_LISTED
    expect(here.page.locator(".histogram rect")).to_have_count(len(by_month(inside)))
    heights = [float(str(bar.get_attribute("height"))) for bar in here.page.locator(".histogram rect").all()]
    assert heights == pytest.approx([3 + 37 * count / max(by_month(inside)) for count in by_month(inside)])
    here.page.locator(".sources summary").click()
    expect(here.page.locator(".sources .legend-row .count")).to_have_text(f"{len(inside):,}")
    here.page.locator("#table .head").get_by_role("button", name=re.compile("^Claims")).click()
    refused = (
        f"Up to {MOST_LISTED:,} claims are listed one by one, and what is shown has {len(inside):,} claims"
    )
    expect(here.page.locator("#table [role=alert]")).to_contain_text(f"{refused}: hide actors")
    middle = sorted(event.day for event in inside)[len(inside) // 3]
    here.page.get_by_role("checkbox", name="as of").check()
    here.page.get_by_label("As of the day").fill(middle)
    here.page.get_by_label("As of the day").press("Enter")
    expect(here.page.locator("#table .scroll tbody tr").first).to_be_visible()
    past = [event for event in inside if event.day <= middle]
    listed = here.page.locator("#table .head .count").all_inner_texts()
    assert listed[1:3] == [f"{len(relations(past)):,}", f"{len(past):,}"]
    assert here.problems() == []


def test_json_lines_are_loaded_again_with_the_same_counts(
    around: Window, news: NewsEvents, tmp_path: Path
) -> None:
    around.page.keyboard.press("e")
    part = around.page.get_by_role("region", name="What is shown")
    with around.page.expect_download() as download:
        part.get_by_role("button", name="JSON Lines").click()
    assert around.asked.count("/api/v1/export") == 1
    assert download.value.path().stat().st_size < 5_000_000, "of 52 MB in all"
    file = tmp_path / "shown.jsonl"
    download.value.save_as(file)
    home = tmp_path / "home"
    home.mkdir()

    with served(home, [file], "--empty") as address:
        stats: dict[str, Any] = around.page.request.get(f"{address}/api/v1/stats").json()

    found = news.among(news.around(WHO))
    held = [len(news.around(WHO)), len(found), len(relations(found))]
    assert [stats[name] for name in ("actors", "claims", "relations")] == held
    kept = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert sorted(one["date"] for one in kept if one["record"] == "claim") == sorted(e.day for e in found)
