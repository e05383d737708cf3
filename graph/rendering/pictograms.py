"""One small drawing per kind of actor, so that kinds are told apart by form and never by colour alone.

Each is an SVG path in a box of 24 × 24 units, filled by the even-odd rule (an inner outline is a hole).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote

PICTOGRAMS: Mapping[str, str] = MappingProxyType(
    {
        "person": "M12 3a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM3.5 21c0-4.6 3.6-7.2 8.5-7.2s8.5 2.6 8.5 7.2z",
        "state": "M5 2h2v20H5zM8.2 3.2c2-1.2 4-1.2 6 0s3.8 1.2 5.8 0v9.6c-2 1.2-3.8 1.2-5.8 0s-4-1.2-6 0z",
        "government": (
            "M12 2l10 5.4V9H2V7.4zM4 10.4h3v7H4zM10.5 10.4h3v7h-3zM17 10.4h3v7h-3z"
            "M2.5 18.8h19V22h-19z"
        ),
        "armed_force": (
            "M12 1.8l8.5 3v6.4c0 5.4-3.4 9-8.5 11c-5.1-2-8.5-5.6-8.5-11V4.8z"
            "M12 6.4l1.5 3.3l3.6.4l-2.7 2.4l.8 3.5L12 14.2L8.8 16l.8-3.5l-2.7-2.4l3.6-.4z"
        ),
        "armed_group": (
            "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 6a6 6 0 1 1 0 12a6 6 0 1 1 0-12z"
            "M11 .5h2v2.6h-2zM11 20.9h2v2.6h-2zM.5 11h2.6v2H.5zM20.9 11h2.6v2h-2.6z"
            "M12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6z"
        ),
        "party": (
            "M9 2h10v9.5H9zM16.7 4.2l-3.2 3.4l-1.6-1.5l-1 1.1l2.7 2.5l4.2-4.5z"
            "M3.5 13h17l1.5 3.5V22H2v-5.5zM5.5 14.7v1.5h13v-1.5z"
        ),
        "organization": (
            "M9 2.5h6v5.5H9zM11.2 8h1.6v3h6.7v4.5h-1.6v-2.9h-5.1v2.9h-1.6v-2.9H6.1v2.9H4.5V11h6.7z"
            "M2.5 15.5h5.6V21H2.5zM9.2 15.5h5.6V21H9.2zM15.9 15.5h5.6V21h-5.6z"
        ),
        "company": (
            "M8 3h8v3.5h6V20H2V6.5h6zM9.8 4.8v1.7h4.4V4.8zM2 12.3h8v-1.6h4v1.6h8v1.5h-8v1.7h-4v-1.7H2z"
        ),
        "media": (
            "M2 4h16v3.5h4V18a2.5 2.5 0 0 1-2.5 2.5H4.5A2.5 2.5 0 0 1 2 18zM18 9v9a1.2 1.2 0 0 0 2.4 0V9z"
            "M4.5 6.5h5.5V12H4.5zM11.5 6.5h4v1.6h-4zM11.5 10h4v1.6h-4zM4.5 13.7h11v1.6h-11z"
            "M4.5 16.8h11v1.5h-11z"
        ),
        "bloc": (
            "M12 2a4.6 4.6 0 1 0 0 9.2a4.6 4.6 0 1 0 0-9.2zM12 4.3a2.3 2.3 0 1 1 0 4.6a2.3 2.3 0 1 1 0-4.6z"
            "M6.5 12.4a4.6 4.6 0 1 0 0 9.2a4.6 4.6 0 1 0 0-9.2z"
            "M6.5 14.7a2.3 2.3 0 1 1 0 4.6a2.3 2.3 0 1 1 0-4.6z"
            "M17.5 12.4a4.6 4.6 0 1 0 0 9.2a4.6 4.6 0 1 0 0-9.2z"
            "M17.5 14.7a2.3 2.3 0 1 1 0 4.6a2.3 2.3 0 1 1 0-4.6z"
        ),
        "population": (
            "M12 4a3.4 3.4 0 1 0 0 6.8a3.4 3.4 0 1 0 0-6.8zM6.2 19.5c0-4.3 2.4-7 5.8-7s5.8 2.7 5.8 7z"
            "M4.6 6.5a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 1 0 0-5.2zM.6 19.5c0-3.7 1.5-6.2 4-6.2c.9 0 1.7.3 2.3.8"
            "c-1.4 1.3-2.2 3.2-2.2 5.4zM19.4 6.5a2.6 2.6 0 1 0 0 5.2a2.6 2.6 0 1 0 0-5.2z"
            "M23.4 19.5c0-3.7-1.5-6.2-4-6.2c-.9 0-1.7.3-2.3.8c1.4 1.3 2.2 3.2 2.2 5.4z"
        ),
        "place": (
            "M12 1.5c-4.3 0-7.6 3.2-7.6 7.4c0 5.3 7.6 13.6 7.6 13.6s7.6-8.3 7.6-13.6c0-4.2-3.3-7.4-7.6-7.4z"
            "M12 5.8a3.2 3.2 0 1 1 0 6.4a3.2 3.2 0 1 1 0-6.4z"
        ),
        "event": (
            "M3 4.5h3.5V2h2.2v2.5h6.6V2h2.2v2.5H21V21.5H3zM5 9.2v10.3h14V9.2z"
            "M12 10.2l1.3 2.7l3 .4l-2.2 2l.6 2.9l-2.7-1.4l-2.7 1.4l.6-2.9l-2.2-2l3-.4z"
        ),
        "idea": (
            "M12 1.8a7 7 0 0 0-4 12.7c.8.7 1.2 1.4 1.2 2.3h5.6c0-.9.4-1.6 1.2-2.3a7 7 0 0 0-4-12.7z"
            "M9.2 18h5.6v1.7H9.2zM10 20.8h4v1.6h-4z"
        ),
        "other": "M12 5a7 7 0 1 0 0 14a7 7 0 1 0 0-14zM12 8.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z",
    }
)  # fmt: skip

_GLYPH = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="{box}">{disc}'
    '<path fill="{ink}" fill-rule="evenodd" d="{path}"/></svg>'
)


def glyph_image(kind: str, ink: str) -> str:
    """The pictogram alone as a `data:` address, with room around it so that it fits into a disc."""
    svg = _GLYPH.format(side=128, box="-9 -9 42 42", disc="", ink=ink, path=PICTOGRAMS[kind])
    return "data:image/svg+xml;charset=utf-8," + quote(svg)


def disc_image(kind: str, ink: str, fill: str) -> str:
    """The pictogram on its disc as a `data:` address: what the map draws, for legends and lists."""
    disc = f'<circle cx="12" cy="12" r="20" fill="{fill}"/>'
    svg = _GLYPH.format(side=40, box="-9 -9 42 42", disc=disc, ink=ink, path=PICTOGRAMS[kind])
    return "data:image/svg+xml;charset=utf-8," + quote(svg)
