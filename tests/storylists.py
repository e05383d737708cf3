"""Lists of saved views in the window that shows them."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page

ACTOR = "actor=ahmed-al-sharaa&type=MEETS"
OTHER = "actor=hezbollah"


def views(page: Page) -> Locator:
    return page.locator("#views")


def story_of(page: Page, name: str) -> Locator:
    return views(page).get_by_role("region", name=name, exact=True)


def take(page: Page, content: Any) -> None:
    """Give the open window a file."""
    text = content if isinstance(content, str) else json.dumps(content)
    file = FilePayload(name="mine.json", mimeType="application/json", buffer=text.encode())
    page.get_by_label("Take views from a file").set_input_files(file)


def lists(*views_: dict[str, str], name: str = "Talks") -> dict[str, Any]:
    return {"form": "actorgraph views", "lists": [{"name": name, "views": list(views_)}]}


TWO = lists({"caption": "First", "view": ACTOR}, {"caption": "Second", "view": OTHER})
