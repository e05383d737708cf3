"""What a person sees: tables and lines on stdout, notes on stderr, nothing that drives the terminal."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.wire import encode

LONGEST_CELL = 200
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Classes of marks that order the writing after them, beyond the name they stand in."""


def note(text: str) -> None:
    """One line for people on stderr."""
    print(f"actorgraph: {plain(text)}", file=sys.stderr, flush=True)


def say(text: str = "") -> None:
    """One line of the answer on stdout."""
    print(plain(text), flush=True)


def plain(text: str) -> str:
    """Text without what drives a terminal or turns its writing around: names come from files."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cc" and character not in "\n\t":
        return f"\\x{ord(character):02x}"
    turning = unicodedata.bidirectional(character) in TURNING
    return f"\\u{ord(character):04x}" if turning or kind in ("Cs", "Zl", "Zp") else character


def print_json(value: object) -> None:
    """The JSON of the API; indented on a terminal."""
    sys.stdout.flush()
    sys.stdout.buffer.write(encode(value, pretty=sys.stdout.isatty()) + b"\n")
    sys.stdout.buffer.flush()


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; where stdout is no terminal it is as wide as its content."""
    console = Console(highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = 10_000
    table = Table(box=None, pad_edge=False, header_style="bold", expand=False)
    for column in columns:
        table.add_column(column, justify="right" if column in NUMBERS else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console.print(table, soft_wrap=not console.is_terminal)


NUMBERS = frozenset(
    {
        "actors",
        "claims",
        "common",
        "degree",
        "denials",
        "denied",
        "length",
        "rank",
        "relations",
        "score",
        "sources",
        "ties",
        "value",
    }
)


def _cell(value: object) -> str:
    text = "" if value is None else plain(str(value).replace("\n", " ").replace("\t", " "))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
