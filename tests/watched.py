"""Every statement that goes to a store while a test runs, seen where the driver takes it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import neo4j
import pytest

DOORS = (
    neo4j.AsyncManagedTransaction, neo4j.AsyncTransaction, neo4j.AsyncSession, neo4j.ManagedTransaction,
    neo4j.Transaction, neo4j.Session,
)  # fmt: skip
"""Everything of the driver that takes a statement."""


class Statements:
    """The different texts of statements that were sent, and how many went in all."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.sent = 0

    def note(self, statement: object) -> None:
        """Remember a statement: a text or the driver's own object for one."""
        self.texts.add(str(getattr(statement, "text", statement)))
        self.sent += 1

    def holding(self, *parts: str) -> list[str]:
        """The texts in which one of these stands, in any case."""
        return [text for text in self.texts for part in parts if part.casefold() in text.casefold()]


@contextlib.contextmanager
def watched() -> Iterator[Statements]:
    """Watch until the block ends."""
    seen = Statements()
    with pytest.MonkeyPatch.context() as patch:
        for door in DOORS:
            owner = next(kind for kind in door.__mro__ if "run" in vars(kind))
            run = vars(owner)["run"]
            if not hasattr(run, "watched"):
                patch.setattr(owner, "run", _noting(run, seen))
        yield seen


def _noting(run: Callable[..., Any], seen: Statements) -> Callable[..., Any]:
    def noted(self: object, query: object, parameters: Mapping[str, Any] | None = None, **more: Any) -> Any:
        seen.note(query)
        return run(self, query, parameters, **more)

    noted.watched = True  # type: ignore[attr-defined]  # one class may be the base of two doors
    return noted
