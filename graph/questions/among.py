"""What answers about actors that are named one by one say besides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AmongMeta:
    """What was left out for want of a date, and how long the answer took (milliseconds)."""

    undated: int = 0
    elapsed_ms: float = 0.0
