"""Statements that filled the engine's memory or could not be stopped: the same one is not run again for a
while, because everybody's answers wait for an engine that clears up or starts again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from typing import Any

from graph.errors import ActorgraphError

KEPT = 300.0
"""Seconds for which a statement is not run again."""
MOST = 1000
"""Statements that are remembered; beyond, the one noted first is forgotten."""


class Offenders:
    """What cost everybody time lately, with the answer it got."""

    def __init__(self) -> None:
        self._noted: dict[bytes, tuple[float, ActorgraphError]] = {}

    def note(self, statement: str, parameters: Mapping[str, Any], answer: ActorgraphError) -> None:
        """Remember a statement with its parameters."""
        while len(self._noted) >= MOST:
            self._noted.pop(next(iter(self._noted)))
        self._noted[_fingerprint(statement, parameters)] = (time.monotonic() + KEPT, answer)

    def refuse(self, statement: str, parameters: Mapping[str, Any]) -> None:
        """Let everything pass but what is remembered.

        Raises: the kind of error that the statement ended with.
        """
        key = _fingerprint(statement, parameters)
        until, answer = self._noted.get(key, (0.0, None))
        left = until - time.monotonic()
        if answer is None:
            return
        if left <= 0:
            del self._noted[key]
            return
        raise type(answer)(
            f"{answer}; others had to wait because of it, so this statement is not run for another "
            f"{left:.0f} s"
        )


def _fingerprint(statement: str, parameters: Mapping[str, Any]) -> bytes:
    """A digest, so that large parameters are not kept."""
    text = f"{statement}\0{sorted(parameters.items())!r}"
    return hashlib.sha256(text.encode(errors="backslashreplace")).digest()
