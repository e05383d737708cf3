"""A load is given up in its window: before the file is there, while it is written, and by leaving."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from accessible import faults
from dropping import dialog, drop, own_name
from windows import Window

HELD = """(() => {
  const plain = window.fetch;
  const bytes = line => new TextEncoder().encode(`${JSON.stringify(line)}\\n`);
  window.fetch = (asked, options = {}) => {
    const loads = options.method === 'POST' && String(asked).includes('/loads?');
    if (!loads || String(asked).includes('dry_run')) return plain(asked, options);
    return new Promise((resolve, reject) => {
      options.signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      window.arrive = () => resolve(new Response(new ReadableStream({
        start: stream => { window.answer = line => stream.enqueue(bytes(line)); },
      })));
    });
  };
})()"""
"""A load takes as long as the test wants: `arrive` says that the file is there, `answer` gives a line."""
PROGRESS = {"file": "a.csv", "rows": 5000, "bytes_done": 1, "bytes_total": 2, "load_id": "ab12", "new": 3000}
REPORT: dict[str, Any] = {
    "read": 5000, "new": 3000, "known": 0, "updated": 0, "refused": 0, "actors": 40, "sources": 1,
    "kept": True, "cancelled": True, "dataset": "mine", "datasets": ["mine"], "load_id": "ab12",
    "notes": [], "rejections": [], "unknown_relations": {}, "unknown_words": 0,
}  # fmt: skip
STATE = {"load_id": "ab12", "state": "cancelled", "new": 3000, "known": 0, "updated": 0, "dry_run": False}


def begun(window: Window) -> Locator:
    """The window of a load whose file is still being sent."""
    window.page.add_init_script(HELD)
    # What the test reports was loaded into no data set of this server.
    window.page.route("**/api/v1/measures?*", lambda route: route.fulfill(json={"actors": []}))
    window.open()
    name = own_name()
    drop(window, f"{name}.csv", f"subject,relation,object\n{name} Ann,meets,{name} Ben\n")
    dialog(window).get_by_role("button", name="Load 1 claim").click()
    expect(dialog(window).locator("progress")).to_be_visible()
    return dialog(window)


def test_a_load_is_cancelled_with_the_keys_and_says_what_was_kept(window: Window) -> None:
    box, press = begun(window), window.page.keyboard.press
    deleted: list[str] = []

    def refuse(route: Route) -> None:
        deleted.append(route.request.method)
        route.fulfill(status=404, json={"title": "Not found", "detail": "no such load", "status": 404})

    window.page.route("**/api/v1/loads/ab12", refuse)
    box.get_by_role("button", name="Cancel").focus()
    press("Enter")
    expect(box.locator(".lead")).to_have_text("The file was not there yet: nothing was written.")
    assert deleted == []
    expect(box.get_by_role("button", name="Load it again")).to_be_focused()

    press("Enter")
    window.page.evaluate("arrive()")
    window.page.evaluate("line => answer(line)", {"progress": PROGRESS})
    expect(box).to_contain_text("5,000 rows read, 3,000 claims in the graph")
    press("Tab")
    expect(box.get_by_role("button", name="Cancel")).to_be_focused()
    press("Enter")
    expect(box.get_by_role("alert")).to_have_text("It goes on: no such load")
    window.page.unroute("**/api/v1/loads/ab12")
    window.page.route("**/api/v1/loads/ab12", lambda route: route.fulfill(json=STATE))
    press("Enter")
    expect(box.get_by_role("button", name="Stopping …")).to_be_focused()
    window.page.evaluate("line => answer(line)", {"report": REPORT})

    expect(box.locator("h2")).to_contain_text("was cancelled")
    expect(box.locator(".lead")).to_have_text(
        "3,000 claims of this file are in the graph, what comes after is not. "
        "Nothing is half written; loading the file again writes the rest."
    )
    expect(box.get_by_label("Take out")).to_have_value("actorgraph drop mine")
    expect(box.get_by_role("button", name="Load the rest")).to_be_visible()
    expect(box.get_by_role("button", name="Done")).to_be_focused()
    assert deleted == ["DELETE"]
    with window.page.expect_request("**/api/v1/stats"):
        press("Enter")
    expect(box).to_be_hidden()


def test_leaving_asks_and_what_was_over_already_says_so(window: Window) -> None:
    box = begun(window)
    window.page.evaluate("arrive()")
    window.page.evaluate("line => answer(line)", {"progress": PROGRESS})
    box.get_by_role("button", name="Close").click()
    on = box.get_by_role("button", name="Go on loading")
    expect(on).to_be_focused()
    window.page.keyboard.press("Escape")
    expect(on).to_be_hidden()
    expect(box.get_by_role("button", name="Cancel")).to_be_focused()
    window.page.keyboard.press("Escape")
    expect(on).to_be_focused()
    window.page.route("**/api/v1/loads/ab12", lambda route: route.fulfill(json=STATE | {"state": "done"}))
    box.get_by_role("button", name="Cancel the load").click()
    window.page.evaluate("line => answer(line)", {"report": REPORT | {"cancelled": False}})

    expect(box.locator("h2")).to_contain_text("is loaded")
    expect(box).to_contain_text("It was over before it could be cancelled")
    assert window.problems() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_question_can_be_read_by_everybody(browser: Browser, server: str, scheme: Any) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme=scheme, reduced_motion="reduce"
    )
    window = Window(context.new_page(), server)
    box = begun(window)
    box.get_by_role("button", name="Close").click()
    expect(box.get_by_role("button", name="Go on loading")).to_be_focused()

    assert faults(window.page) == []
    assert window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
