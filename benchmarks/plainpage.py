"""The page that pyvis itself writes of an answer, to be measured beside ours."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyvis.network import Network

_NOTING = """
const waiting = setInterval(() => {
  if (typeof network === "undefined" || !network?.once) return;
  clearInterval(waiting);
  network.once("%s", () => { window.%s = true; });
}, 5);
"""


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


def noting(event: str, flag: str) -> str:
    """Script that sets `window.<flag>` when the network of that page has had an event. On our pages it does
    nothing, because they show their network to nobody."""
    return _NOTING % (event, flag)
