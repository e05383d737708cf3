"""Asking the same question over HTTP, in Cypher and in memory, and how long each takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
import neo4j

WARM = 20
"""Questions asked beforehand that are not counted."""
PATIENCE = 20.0
"""Seconds after which a reference is not measured any further: it may be a hundred times as slow."""

About = TypeVar("About")


@dataclass(frozen=True, slots=True)
class Asking:
    """The doors of one store."""

    client: httpx.Client
    session: neo4j.Session

    def get(self, path: str, **parameters: Any) -> None:
        """An answer of our API; a trailing underscore frees Python's own words."""
        asked = {name.rstrip("_"): value for name, value in parameters.items()}
        self.client.get(f"/api/v1{path}", params=asked).raise_for_status()

    def cypher(self, statement: str, parameters: Mapping[str, Any]) -> None:
        """All rows of a statement."""
        list(self.session.run(statement, dict(parameters)))


def times(
    work: Callable[[About], object], about: Sequence[About], *, patience: float | None = None
) -> list[float]:
    """Milliseconds of each piece of work, warm; `patience` ends a slow one early."""
    for one in about[:WARM] if patience is None else about[:1]:
        work(one)
    taken = []
    end = time.perf_counter() + (patience or float("inf"))
    for one in about:
        began = time.perf_counter()
        work(one)
        taken.append(1000 * (time.perf_counter() - began))
        if time.perf_counter() > end:
            break
    return taken
