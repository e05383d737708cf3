"""The time by which a question has to be answered, for work that looks at it now and then."""

from __future__ import annotations

import time
from dataclasses import dataclass

from graph.errors import QuestionTimeout


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time of `time.monotonic()` (None: there is none), and what to say when it has passed."""

    at: float | None
    message: str

    def check(self) -> None:
        """Raises: QuestionTimeout when the time has passed."""
        if self.at is not None and time.monotonic() > self.at:
            raise QuestionTimeout(self.message)
