"""What commands print besides the table of an answer: the claims that were asked for, what a reader should
know, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable

from api.cli.terminal import note, say
from graph.model import Note, Skipped, Subgraph


def show_claims(found: Subgraph) -> None:
    """A line for each claim that came with a relation."""
    for relation in found.relations:
        for claim in relation.claims or ():
            say(f"  {claim.statement} ({claim.date or 'undated'}, {claim.source_id})")


def note_all(notes: Iterable[Note]) -> None:
    """What a reader should know."""
    for said in notes:
        note(said.text)


def note_skipped(skipped: Iterable[Skipped]) -> None:
    """Who was not passed because of `max_degree`."""
    shown = ", ".join(f"{one.name} ({one.degree})" for one in skipped)
    if shown:
        note(f"not passed because of --max-degree: {shown}")


def note_undated(undated: int) -> None:
    """How many claims were left out because they have no date."""
    if undated:
        note(f"{undated} claims have no date and were left out: --undated include")
