"""A subgraph as one page of its own: picture, legend and the same content as a table, safe to embed.

The page holds no script and no style: data lies in `application/json` blocks, everything else comes from
`/static`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graph.model import Relation, Subgraph, View
from graph.rendering.network import view_of
from graph.rendering.style import caption_of, legend, style_table

_VENDOR = "lib/vis-9.1.2"
_DRAWN = ("id", "subject", "object", "family", "polarity", "claim_count", "opposed_by")
_TOLD = ("label", "symmetric", "statuses", "last_date", "contested")
"""What the page needs of a relation to say itself what a line stands for."""
_IN_SCRIPT: Mapping[str, str] = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "'": "\\u0027",
    "\u2028": "\\u2028",
}

_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands around the picture.

    `api_call` is the exact call with the same answer and `explorer` the explorer's address of it, both
    beginning with "/", `text_call` the one for the same answer as a text. `centre` holds the ids asked for,
    `sentences` one text per path.
    """

    title: str
    lead: str
    api_call: str
    explorer: str
    centre: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    text_call: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A relation as a line of the table."""

    subject: str
    caption: str
    object: str
    claims: int
    sources: int
    dates: str


def vendor_files() -> Mapping[str, Traversable]:
    """The drawing library's files by the name they are served under, out of the installed pyvis package."""
    folder = files("pyvis").joinpath(_VENDOR)
    names = ("vis-network.min.js", "vis-network.css")
    return MappingProxyType({name: folder.joinpath(name) for name in names})


def render_page(subgraph: Subgraph, frame: PageFrame) -> str:
    """The page of a subgraph as HTML text.

    The subgraph's own view is shown where it has one. What the answer or the picture left out is said in
    words.
    """
    view = subgraph.view or view_of(subgraph, centre=frame.centre)
    names = {actor.id: actor.name for actor in subgraph.actors}
    return _pages.get_template("page.html").render(
        frame=frame,
        actors=subgraph.actors,
        rows=[_row(relation, names) for relation in subgraph.relations],
        legend=legend(subgraph),
        notes=_notes(subgraph, view),
        picture=_json_block(_picture(subgraph, view, frame)),
        style=_json_block(style_table()),
    )


def _picture(subgraph: Subgraph, view: View, frame: PageFrame) -> dict[str, Any]:
    """What the page's script draws: the view, and of its actors and relations what highlighting needs."""
    drawn = {node["id"] for node in view.nodes}
    relations = [r for r in subgraph.relations if r.subject in drawn and r.object in drawn]
    told = _DRAWN if all("title" in edge for edge in view.edges) else _DRAWN + _TOLD
    return {
        "actors": [
            {"id": a.id, "name": a.name, "degree": a.degree} for a in subgraph.actors if a.id in drawn
        ],
        "relations": [{name: getattr(relation, name) for name in told} for relation in relations],
        "view": {"nodes": view.nodes, "edges": view.edges},
        "centre": frame.centre,
    }


def _row(relation: Relation, names: Mapping[str, str]) -> _Row:
    dates = [date for date in (relation.first_date, relation.last_date) if date]
    return _Row(
        subject=names.get(relation.subject, relation.subject),
        caption=caption_of(relation),
        object=names.get(relation.object, relation.object),
        claims=relation.claim_count,
        sources=relation.source_count,
        dates=" – ".join(dict.fromkeys(dates)),
    )


def _notes(subgraph: Subgraph, view: View) -> list[str]:
    """One sentence for each thing that is not in the picture."""
    meta = subgraph.meta
    undrawn = len(subgraph.actors) - len(view.nodes)
    notes = []
    if meta.truncated and (meta.omitted_actors or meta.omitted_relations):
        notes.append(f"Left out: {meta.omitted_actors} actors and {meta.omitted_relations} relations.")
    elif meta.truncated:
        notes.append("There is more than this page shows.")
    if undrawn > 0:
        notes.append(f"{undrawn} actors are only in the table; the best connected are drawn.")
    if meta.undated:
        notes.append(f"{meta.undated} claims without a date are left out.")
    return notes


def _json_block(value: Any) -> Markup:
    """JSON that nothing in it can end: every character that HTML gives a meaning is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)
    for character, escape in _IN_SCRIPT.items():
        text = text.replace(character, escape)
    return Markup(text)
