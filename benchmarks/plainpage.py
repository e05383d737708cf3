"""The page that pyvis itself writes of an answer, to be measured beside ours."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyvis.network import Network


def plain_page(answer: Mapping[str, Any], folder: Path) -> Path:
    """The same actors and relations in one file, with the library out of the installed package: what `show()`
    writes, but that it needs no network."""
    network = Network(directed=True, cdn_resources="in_line")
    for actor in answer["actors"]:
        network.add_node(actor["id"], label=actor["name"])
    for relation in answer["relations"]:
        network.add_edge(relation["subject"], relation["object"], label=relation["label"])
    path = folder / "plain.html"
    path.write_text(network.generate_html(), encoding="utf-8")
    return path
