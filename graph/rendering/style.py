"""The one style table: what each kind, family, status and polarity looks like, in both themes.

Views, legends and the browser (as JSON) all read it; nobody keeps a second copy. Colours are Okabe and Ito's,
darkened where a thin stroke of them would fall below 3 : 1 against the background of its theme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from graph.model import ACTOR_KINDS, FAMILIES, STATUSES, Polarity, Relation, Status, Subgraph
from graph.rendering.labels import FONT_SIZE
from graph.rendering.pictograms import disc_image, glyph_image

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")

ACTOR_SHAPE = "circularImage"
"""The vis shape of every actor: a disc in its kind's colour that carries the kind's pictogram."""

DOT_SHAPE = "dot"
"""What an actor becomes where too many are drawn for a pictogram to be seen."""

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Paint:
    """Fill of a disc and the ink that is read on it, both `#rrggbb`."""

    fill: str
    ink: str


_WHITE, _BLACK = "#ffffff", "#14171c"
_BLUE, _SKY = Paint("#0072b2", _WHITE), Paint("#56b4e9", _BLACK)
_GREEN, _VERMILLION = Paint("#009e73", _WHITE), Paint("#d55e00", _WHITE)
_PURPLE, _ORANGE, _GREY = Paint("#cc79a7", _BLACK), Paint("#e69f00", _BLACK), Paint("#6b7280", _WHITE)

KIND_PAINT: Mapping[str, Paint] = MappingProxyType(
    {
        "person": _BLUE, "population": _SKY,
        "state": _GREEN, "government": _GREEN, "bloc": _GREEN,
        "armed_force": _VERMILLION, "armed_group": _VERMILLION,
        "party": _PURPLE, "organization": _PURPLE, "company": _PURPLE, "media": _PURPLE,
        "place": _ORANGE, "event": _ORANGE,
        "idea": _GREY, "other": _GREY,
    }
)  # fmt: skip

KIND_LABEL: Mapping[str, str] = MappingProxyType(
    {kind: kind.replace("_", " ") for kind in ACTOR_KINDS} | {"organization": "organisation"}
)
FAMILY_LABEL: Mapping[str, str] = MappingProxyType(
    {
        "verbal_cooperation": "talks and support",
        "material_cooperation": "aid and cooperation",
        "verbal_conflict": "verbal conflict",
        "material_conflict": "material conflict",
        "structural": "roles and places",
        "unclassified": "other relations",
    }
)
_LIGHT_FAMILIES: Mapping[str, str] = {
    "verbal_cooperation": "#009e73", "material_cooperation": "#0072b2", "verbal_conflict": "#b97f00",
    "material_conflict": "#d55e00", "structural": "#767d87", "unclassified": "#b8608f",
}  # fmt: skip
_DARK_FAMILIES: Mapping[str, str] = {
    "verbal_cooperation": "#22b58b", "material_cooperation": "#56b4e9", "verbal_conflict": "#e69f00",
    "material_conflict": "#f0782a", "structural": "#8b929c", "unclassified": "#cc79a7",
}  # fmt: skip
FAMILY_COLOUR: Mapping[Theme, Mapping[str, str]] = MappingProxyType(
    {"light": MappingProxyType(_LIGHT_FAMILIES), "dark": MappingProxyType(_DARK_FAMILIES)}
)


@dataclass(frozen=True, slots=True)
class Surface:
    """Colours of what lies behind and around the actors in one theme."""

    background: str
    ink: str
    muted: str
    accent: str


SURFACE: Mapping[Theme, Surface] = MappingProxyType(
    {
        "light": Surface(background="#fbfbfa", ink="#1d2128", muted="#5d6470", accent="#0072b2"),
        "dark": Surface(background="#14171c", ink="#e8eaed", muted="#a2a9b4", accent="#56b4e9"),
    }
)


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a tie is drawn: dash pattern in pixels (None = solid) and the word before its label."""

    dashes: tuple[int, int] | None
    word: str
    label: str


STATUS_STROKE: Mapping[Status, Stroke] = MappingProxyType(
    {
        "asserted": Stroke(None, "", "asserted"),
        "alleged": Stroke((9, 6), "alleged", "alleged"),
        "promised": Stroke((2, 6), "promised", "promised"),
        "threatened": Stroke((2, 6), "threatened", "threatened"),
    }
)
DENIED_STROKE = Stroke((2, 5), "not", "denied")
DENIED_MARK = "bar"
"""The vis arrow type across the middle of a denied or contested tie."""


def firmest(statuses: Mapping[str, int]) -> Status:
    """The firmest status that a relation's claims have: asserted before alleged before the rest."""
    for status in STATUSES:
        if statuses.get(status):
            return status
    return "asserted"


def stroke_of(polarity: Polarity, status: Status) -> Stroke:
    """How a relation with this polarity, of which this is the firmest status, is drawn."""
    return DENIED_STROKE if polarity == "negative" else STATUS_STROKE[status]


def caption_of(relation: Relation) -> str:
    """The words on a tie: its label, "not", "alleged" and so on before it, "contested" behind it."""
    label = relation.label
    word = stroke_of(relation.polarity, firmest(relation.statuses)).word
    if relation.polarity == "negative" and any(part.strip(":,") in {"not", "no"} for part in label.split()):
        word = ""
    caption = f"{word} {label}" if word == "not" else f"{word}: {label}" if word else label
    return f"{caption} (contested)" if relation.contested else caption


def groups(theme: Theme) -> dict[str, dict[str, Any]]:
    """The vis group of each kind: what its actors look like in this theme."""
    surface = SURFACE[theme]
    made = {}
    for kind in ACTOR_KINDS:
        paint = KIND_PAINT[kind]
        chosen = {"background": paint.fill, "border": surface.ink}
        colour = {
            "background": paint.fill,
            "border": surface.background,
            "highlight": chosen,
            "hover": chosen,
        }
        made[kind] = {"image": glyph_image(kind, paint.ink), "color": colour}
    return made


def _font(theme: Theme, size: int) -> dict[str, Any]:
    surface = SURFACE[theme]
    return {
        "face": FONT,
        "size": size,
        "color": surface.ink,
        "strokeWidth": 4,
        "strokeColor": surface.background,
    }


def options(theme: Theme) -> dict[str, Any]:
    """vis-network options of a map in this theme; nothing in them moves an actor."""
    return {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "interaction": {
            "hover": True,
            "tooltipDelay": 250,
            "multiselect": True,
            "selectConnectedEdges": False,
            "hoverConnectedEdges": False,
            "keyboard": {"enabled": False, "bindToWindow": False},
        },
        "groups": groups(theme),
        "nodes": {
            "shape": ACTOR_SHAPE,
            "borderWidth": 2,
            "borderWidthSelected": 3,
            "labelHighlightBold": False,
            "font": _font(theme, FONT_SIZE) | {"vadjust": -2},
        },
        "edges": {
            "smooth": False,
            "selectionWidth": 1.5,
            "hoverWidth": 1,
            "labelHighlightBold": False,
            "arrows": {"to": {"scaleFactor": 0.55}, "middle": {"scaleFactor": 0.7}},
            "selfReference": {"size": 16, "angle": 0.8},
            # Wide enough to leave nothing of the line between two words.
            "font": _font(theme, 11) | {"align": "middle", "color": SURFACE[theme].muted, "strokeWidth": 6},
        },
    }


@cache
def _table() -> Mapping[str, Any]:
    return MappingProxyType(
        {
            "themes": {theme: _theme_table(theme) for theme in THEMES},
            "kinds": [{"kind": kind, "label": KIND_LABEL[kind]} for kind in ACTOR_KINDS],
            "families": [{"family": family, "label": FAMILY_LABEL[family]} for family in FAMILIES],
            "statuses": [
                {"status": status, "label": stroke.label, "dashes": list(stroke.dashes or ())}
                for status, stroke in STATUS_STROKE.items()
            ],
            "denied": {
                "label": DENIED_STROKE.label,
                "dashes": list(DENIED_STROKE.dashes or ()),
                "mark": DENIED_MARK,
            },
        }
    )


def _theme_table(theme: Theme) -> dict[str, Any]:
    return {
        "surface": asdict(SURFACE[theme]),
        "families": dict(FAMILY_COLOUR[theme]),
        "kinds": {kind: disc_image(kind, paint.ink, paint.fill) for kind, paint in KIND_PAINT.items()},
        "options": options(theme),
    }


def style_table() -> dict[str, Any]:
    """The whole table as JSON values, for the browser.

    `themes[light|dark]` has `surface` (colours), `families` (family → colour), `kinds` (kind → picture
    address) and `options` (vis-network options); `kinds`, `families`, `statuses` and `denied` have the words
    and dash patterns.
    """
    return dict(_table())


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend: what it is, its key, its words and how many of it are in the picture."""

    what: Literal["kind", "family"]
    key: str
    label: str
    count: int


def legend(subgraph: Subgraph) -> tuple[LegendEntry, ...]:
    """Kinds and families that occur in a subgraph, in the order of the style table, with their counts."""
    kinds = Counter(actor.kind for actor in subgraph.actors)
    families = Counter(relation.family for relation in subgraph.relations)
    shown_kinds = [LegendEntry("kind", k, KIND_LABEL[k], kinds[k]) for k in ACTOR_KINDS if kinds[k]]
    shown_families = [LegendEntry("family", f, FAMILY_LABEL[f], families[f]) for f in FAMILIES if families[f]]
    return tuple(shown_kinds + shown_families)
