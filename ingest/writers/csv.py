"""Export as CSV in the native columns, so that our own reader and every spreadsheet take it.

`relation` is the type, so that it means the same under any vocabulary. A cell that is an apostrophe and a
sign that begins a formula gets one more apostrophe, which our reader takes away again; with
`spreadsheet_safe` so does a cell that begins a formula.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.model import NOT_PREFIX, Actor, Claim, Source
from ingest.records import ACTORS, CLAIMS, SOURCES, Form

_PROTECTED = re.compile(r"'+[=+\-@\t\r]")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NEEDS_QUOTES = re.compile(r'[",;\t\r\n]|^\s|\s$')


def header(form: Form) -> str:
    """The header line of a claims, actors or sources file."""
    return ",".join(form.columns) + "\r\n"


def claim_line(claim: Claim, ends: tuple[Actor, Actor], *, spreadsheet_safe: bool = False) -> str:
    """A claim as a row of a claims file; `ends` are its subject and its object."""
    subject, object_ = ends
    cells: dict[str, object] = {
        "subject": subject.name,
        "relation": claim.type.removeprefix(NOT_PREFIX),
        "object": object_.name,
        "source": claim.source_id,
        "date": claim.date,
        "date_text": claim.date_text,
        "status": claim.status,
        "polarity": claim.polarity,
        "attributed_to": claim.attributed_to,
        "statement": claim.statement,
        "quote": claim.quote,
        "passage_start": claim.passage_start,
        "passage_end": claim.passage_end,
        "subject_kind": subject.kind,
        "object_kind": object_.kind,
        "subject_id": claim.subject,
        "object_id": claim.object,
        "valid_from": claim.valid_from,
        "valid_to": claim.valid_to,
        "dataset": claim.dataset,
        "claim_id": claim.id,
    }
    return _row(CLAIMS, cells, spreadsheet_safe)


def actor_line(actor: Actor, *, spreadsheet_safe: bool = False) -> str:
    """An actor as a row of an actors file."""
    cells = {name: getattr(actor, name) for name in ACTORS.columns}
    return _row(ACTORS, cells | {"aliases": "|".join(actor.aliases)}, spreadsheet_safe)


def source_line(source: Source, *, spreadsheet_safe: bool = False) -> str:
    """A source as a row of a sources file."""
    return _row(SOURCES, {name: getattr(source, name) for name in SOURCES.columns}, spreadsheet_safe)


def _row(form: Form, cells: Mapping[str, object], spreadsheet_safe: bool) -> str:
    risky = _FORMULA if spreadsheet_safe else _PROTECTED
    return ",".join(_cell(cells[name], risky) for name in form.columns) + "\r\n"


def _cell(value: object, risky: re.Pattern[str]) -> str:
    text = "" if value is None else str(value)
    if risky.match(text):
        text = "'" + text
    if _NEEDS_QUOTES.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text
