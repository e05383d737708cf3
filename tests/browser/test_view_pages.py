"""The single pages: one answer, drawn at once and cheaply, with its words, its table and its way on."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from datafolders import CROWD_HUB
from windows import Window

SCRIPT_SECONDS = 0.5


def test_a_page_draws_its_answer_and_leads_on(window: Window) -> None:
    window.page.goto(f"{window.address}/view/neighbourhood/hezbollah?between=true")
    window.settle()

    assert "hezbollah" in window.places()
    assert window.page.locator("tbody tr").count() >= len(window.lines())
    assert not [path for path in window.asked if path.startswith("/api/")], "everything is in the page"
    window.page.get_by_role("link", name="Open in the explorer").click()
    expect(window.page.locator("#inspector h2")).to_have_text("Hezbollah")
    assert window.problems() == []


def test_the_call_on_a_page_gives_the_same_answer(window: Window) -> None:
    window.page.goto(f"{window.address}/view/paths?from=walid-jumblatt&to=iran&k=3")
    rows = window.page.locator("tbody tr").count()
    call = window.page.get_by_role("link", name="As JSON").get_attribute("href")

    answer = window.page.request.get(f"{window.address}{call}").json()

    assert len(answer["paths"]) == window.page.locator(".view-text ol li").count() == 3
    assert len(answer["graph"]["relations"]) == rows


def test_pointing_at_an_actor_lights_up_what_it_touches(window: Window) -> None:
    window.page.goto(f"{window.address}/view/neighbourhood/ahmed-al-sharaa?type=MEETS")
    window.settle()

    window.page.mouse.click(*window.point("walid-jumblatt"))

    bright = [line for line in window.lines() if line["color"]["opacity"] == 1]
    assert [{line["from"], line["to"]} for line in bright] == [{"ahmed-al-sharaa", "walid-jumblatt"}]


def test_a_page_of_three_hundred_actors_costs_half_a_second_of_script(
    window: Window, context: BrowserContext
) -> None:
    spent = []
    for _ in range(2):
        page = context.new_page()
        tools = context.new_cdp_session(page)
        tools.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(f"{window.address}/view/neighbourhood/{CROWD_HUB}?limit=299&between=true")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(700)
        metrics = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
        spent.append(metrics["ScriptDuration"])
        assert page.locator("#picture").inner_text().count('"kind":') >= 300
        page.close()

    assert min(spent) <= SCRIPT_SECONDS, spent


@pytest.mark.parametrize("path", ["neighbourhood/nobody", "paths?from=nobody&to=iran"])
def test_a_page_that_cannot_be_answered_is_refused_with_a_reason(window: Window, path: str) -> None:
    answer = window.page.request.get(f"{window.address}/view/{path}")

    assert answer.status == 404
    assert "nobody" in answer.json()["detail"]


def test_in_a_page_of_somebody_else_the_wheel_zooms_only_with_a_key(window: Window) -> None:
    page = window.page
    frame = (
        '<body style="height: 3000px"><iframe width="900" height="700" src="/view/neighbourhood/hezbollah">'
    )
    page.route("**/outside.html", lambda route: route.fulfill(body=frame, content_type="text/html"))
    page.goto(f"{window.address}/outside.html")
    inner = page.frames[-1]
    inner.wait_for_selector("#map canvas")
    inner.wait_for_load_state("networkidle")
    box = page.frame_locator("iframe").locator("#map").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    before = inner.evaluate("drawn.getScale()")

    page.mouse.wheel(0, 120)
    page.wait_for_timeout(400)
    scrolled = page.evaluate("scrollY") + inner.evaluate("scrollY")
    assert inner.evaluate("drawn.getScale()") == before
    assert scrolled > 0, "the wheel is left to the page"

    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - scrolled)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    page.wait_for_timeout(400)
    assert inner.evaluate("drawn.getScale()") > before
