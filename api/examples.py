"""Examples for the description of the API, of the bundled data set; a test holds them against the schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MEETING = "r_WyJhaG1lZC1hbC1zaGFyYWEiLCJNRUVUUyIsIndhbGlkLWp1bWJsYXR0Il0"

PARAMETERS: Mapping[str, Any] = {
    "q": "sharaa",
    "from": ["walid-jumblatt"],
    "to": ["iran"],
    "actor": ["ahmed-al-sharaa", "walid-jumblatt"],
    "type": ["MEETS"],
    "since": "2025-03",
}

_ACTOR: Mapping[str, Any] = {
    "id": "ahmed-al-sharaa",
    "name": "Ahmed al-Sharaa",
    "kind": "person",
    "aliases": ["al-Sharaa"],
    "description": None,
    "wikidata_id": None,
    "country": None,
    "datasets": ["syria-2025"],
    "degree": 41,
    "claims": 73,
}
_CLAIM: Mapping[str, Any] = {
    "id": "c_00000000000000000000000000000001",
    "dataset": "syria-2025",
    "subject": "ahmed-al-sharaa",
    "object": "walid-jumblatt",
    "type": "MEETS",
    "polarity": "positive",
    "status": "asserted",
    "category": "CONSULT",
    "attributed_to": None,
    "attributed_to_id": None,
    "statement": "Ahmed al-Sharaa met Walid Jumblatt.",
    "quote": None,
    "source_id": "syria-2025",
    "passage_start": 8123,
    "passage_end": 8301,
    "date": "2025-03",
    "date_from": "2025-03-01",
    "date_to": "2025-03-31",
    "date_precision": "month",
    "date_text": None,
    "valid_from": None,
    "valid_to": None,
    "relation_raw": "meets",
}
_RELATION: Mapping[str, Any] = {
    "id": MEETING,
    "subject": "ahmed-al-sharaa",
    "object": "walid-jumblatt",
    "type": "MEETS",
    "label": "meets",
    "category": "CONSULT",
    "family": "verbal_cooperation",
    "symmetric": True,
    "polarity": "positive",
    "statuses": {"asserted": 1},
    "claim_count": 1,
    "source_count": 1,
    "first_date": "2025-03",
    "last_date": "2025-03",
    "contested": False,
    "opposed_by": None,
}
_PROBLEM: Mapping[str, Any] = {
    "type": "/docs/errors#unknown-actor",
    "title": "No such actor",
    "status": 404,
    "detail": "no actor 'ahmed-al-shara'; nearest: Ahmed al-Sharaa (ahmed-al-sharaa)",
    "code": "unknown-actor",
    "request_id": "5b1f0c3a9d2e4f60",
    "nearest": [{"id": "ahmed-al-sharaa", "name": "Ahmed al-Sharaa"}],
}

ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "Actor": _ACTOR,
    "Claim": _CLAIM,
    "Relation": _RELATION,
    "ProblemAnswer": _PROBLEM,
    "FoundActor": {**_ACTOR, "matched_as": "al-Sharaa", "score": 95.0},
    "Hop": {"from": "walid-jumblatt", "to": "ahmed-al-sharaa", "relations": [MEETING]},
    "Subgraph": {
        "actors": [_ACTOR],
        "relations": [_RELATION],
        "meta": {
            "truncated": False,
            "omitted_actors": 0,
            "omitted_relations": 0,
            "limit": 100,
            "next": None,
            "undated": 0,
            "skipped": [],
            "skipped_actors": 0,
            "notes": [],
            "elapsed_ms": 3.1,
        },
    },
}
"""Example of each schema, by its name."""
