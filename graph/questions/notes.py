"""What a reader should know of an answer, where several questions say the same."""

from __future__ import annotations

from graph.filters import Filter
from graph.model import Note
from graph.projection.snapshot import Snapshot


def too_few_sources(snapshot: Snapshot, filter_: Filter) -> tuple[Note, ...]:
    """That no relation can have as many sources as the filter asks for, where the whole graph has one."""
    if filter_.min_sources == 1 or not snapshot.single_source:
        return ()
    text = f"the graph has one source, so no relation has {filter_.min_sources}"
    return (Note("single_source", text),)
