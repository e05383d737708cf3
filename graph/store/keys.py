"""What names a claim in the store: its id with its type and ends, by which it is found without a scan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.ids import external_claim_id

EXTERNAL_DETAILS = ("status", "date", "valid_from", "valid_to", "source_id", "attributed_to")
"""Properties that tell two relationships apart which somebody wrote by hand between the same actors."""


@dataclass(frozen=True, slots=True)
class ClaimKey:
    """A claim's id with what finds it: the ids of its two actors and its type."""

    id: str
    subject: str
    type: str
    object: str


def claim_key(subject: str, type: str, object: str, properties: Mapping[str, Any]) -> ClaimKey:
    """The key of a relationship between two actors; one without `claim_id` gets an id from what it says."""
    given = properties.get("claim_id")
    if given is not None:
        return ClaimKey(str(given), subject, type, object)
    details = [_text(properties.get(name)) for name in EXTERNAL_DETAILS]
    return ClaimKey(external_claim_id(subject, type, object, details), subject, type, object)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
