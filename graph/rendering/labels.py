"""Names as they are written under a disc: wrapped, shortened, and how much room they take.

The layout keeps this room free and the network draws exactly this text, so both take it from here.
"""

from __future__ import annotations

import math
import textwrap

from graph.model import Actor

LINE_CHARACTERS = 18
LINES = 3
FONT_SIZE = 14
CENTRE_FONT_SIZE = 17
SMALLEST_DISC, LARGEST_DISC, CENTRE_DISC = 14.0, 22.0, 27.0
"""Radii in pixels at zoom 1."""

_CHARACTER_WIDTH = 0.56
_LINE_HEIGHT = 1.25


def short_label(name: str) -> str:
    """The name on at most three lines of about 18 characters; longer ones end with an ellipsis."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in name[:400]).split())
    lines = textwrap.wrap(flat, LINE_CHARACTERS, max_lines=LINES, placeholder="…", break_on_hyphens=False)
    return "\n".join(lines) or "…"


def disc_size(actor: Actor, most: int, *, is_centre: bool) -> float:
    """Radius of an actor's disc, growing with the root of its number of neighbours; `most` is the largest."""
    if is_centre:
        return CENTRE_DISC
    share = math.sqrt(actor.degree / most) if most > 0 else 0.0
    return round(SMALLEST_DISC + (LARGEST_DISC - SMALLEST_DISC) * share, 1)


def label_box(label: str, *, font_size: int = FONT_SIZE) -> tuple[float, float]:
    """Estimated width and height of a label in pixels at zoom 1."""
    lines = label.split("\n")
    return max(map(len, lines)) * font_size * _CHARACTER_WIDTH, len(lines) * font_size * _LINE_HEIGHT
