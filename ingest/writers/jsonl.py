"""Export as JSON Lines: one record a line, equal for equal graphs; loading it gives an empty graph equal ids.

Claims are written as the store holds them: a statement made from a template on reading must not be put in.
"""

from __future__ import annotations

import orjson

from graph.model import Actor, Claim, Dataset, Source

_CLAIM_FIELDS = (
    "id", "dataset", "subject", "object", "type", "polarity", "status", "category", "attributed_to",
    "attributed_to_id", "quote", "source_id", "passage_start", "passage_end", "date", "date_from", "date_to",
    "date_precision", "date_text", "valid_from", "valid_to", "relation_raw",
)  # fmt: skip
_SOURCE_FIELDS = ("id", "title", "publisher", "url", "author", "published", "retrieved", "lang", "sha256")


def dataset_line(dataset: Dataset, vocabulary: str | None = None) -> bytes:
    """The record of a data set; `vocabulary` is the JSON of its relation types, as the store keeps it."""
    return _line(
        {
            "record": "dataset",
            "name": dataset.name,
            "title": dataset.title,
            "description": dataset.description,
            "licence": dataset.licence,
            "questions": [{"text": one.text, "link": one.link} for one in dataset.questions],
            "vocabulary": vocabulary,
        }
    )


def actor_line(actor: Actor) -> bytes:
    """The record of an actor."""
    return _line(
        {
            "record": "actor",
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "aliases": actor.aliases,
            "description": actor.description,
            "wikidata_id": actor.wikidata_id,
            "country": actor.country,
            "datasets": sorted(actor.datasets),
        }
    )


def source_line(source: Source) -> bytes:
    """The record of a source."""
    fields = {name: getattr(source, name) for name in _SOURCE_FIELDS}
    return _line({"record": "source", **fields, "datasets": sorted(source.datasets)})


def claim_line(claim: Claim) -> bytes:
    """The record of a claim; its ends are ids of actors, dates are ISO."""
    fields = {name: getattr(claim, name) for name in _CLAIM_FIELDS}
    return _line({"record": "claim", **fields, "statement": claim.statement or None})


def _line(record: dict[str, object]) -> bytes:
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
