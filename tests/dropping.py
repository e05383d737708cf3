"""A file dropped on the explorer, and the window that opens for it."""

from __future__ import annotations

import base64
import uuid

from playwright.sync_api import Locator, expect

from windows import Window

DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), sign => sign.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  for (const kind of ['dragenter', 'dragover', 'drop']) {
    const event = new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: transfer});
    document.body.dispatchEvent(event);
  }
}"""


def drop(window: Window, name: str, content: str | bytes) -> None:
    """Drop a file on the page."""
    expect(dialog(window)).to_be_attached()
    data = content.encode() if isinstance(content, str) else content
    window.page.evaluate(DROP, [name, base64.b64encode(data).decode()])


def dialog(window: Window) -> Locator:
    return window.page.locator("dialog.loading")


def own_name() -> str:
    """A name that no other test has: the server is shared."""
    return f"t{uuid.uuid4().hex[:8]}"


def two_meetings(window: Window) -> str:
    """Load two claims and open who they have in common; returns the first word of all three names."""
    name = own_name()
    rows = f"{name} Ann,meets,{name} Ben\n{name} Ann,meets,{name} Carl\n"
    drop(window, f"{name}.csv", f"subject,relation,object\n{rows}")
    dialog(window).get_by_role("button", name="Load 2 claims").click()
    dialog(window).get_by_role("button", name=f"{name} Ann").click()
    expect(window.page.locator("#inspector h2")).to_have_text(f"{name} Ann")
    window.settle()
    return name
