"""The run of an engine that may be ended because it is started again at once: the embedded one's."""

from __future__ import annotations

from typing import Protocol


class EngineRuns(Protocol):
    """The runs of an engine, one after another."""

    def present(self) -> int:
        """The number of the present run: that of its process."""

    def end(self, run: int) -> None:
        """End this run, unless another one has taken its place."""
