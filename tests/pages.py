"""What a page is made of, and whether it can do no harm."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class Parts(HTMLParser):
    """What a page is made of: tags with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def check_safe(self) -> None:
        """No script or style of its own, no handler, nothing from another host."""
        for tag, attributes in self.tags:
            assert tag != "style"
            assert not any(name.startswith("on") or name == "style" for name in attributes), (tag, attributes)
            if tag == "script":
                assert attributes.get("src") or attributes.get("type") == "application/json"
            for name in ("src", "href"):
                assert not re.match(r"[a-z]+:|//", attributes.get(name) or ""), (tag, attributes)
