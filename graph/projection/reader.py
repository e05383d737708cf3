"""Reads the whole graph's structure from the store into a snapshot, in a thread of its own."""

from __future__ import annotations

from graph.errors import ProjectionLimit
from graph.projection.collecting import not_collecting
from graph.projection.columns import ColumnsBuilder
from graph.projection.rows import CLAIM_COUNT, CLAIMS, claims_by_subject, read_catalogue
from graph.projection.snapshot import Snapshot
from graph.store.blocking import BlockingReader, ManagedTransaction
from graph.vocabulary import Vocabulary


def read_snapshot(reader: BlockingReader, token: str, vocabulary: Vocabulary, limit: int) -> Snapshot:
    """Everything structure questions need, labelled with `token`, which must have been taken before.

    Raises: ProjectionLimit when the store holds more than `limit` claims; StoreUnavailable.
    """

    def read(tx: ManagedTransaction) -> Snapshot:
        claims = int(tx.run(CLAIM_COUNT).single(strict=True)["claims"])
        if claims > limit:
            raise ProjectionLimit(
                f"the graph holds {claims:,} claims and the projection may hold {limit:,}; "
                "raise ACTORGRAPH_PROJECTION_LIMIT"
            )
        catalogue = read_catalogue(tx, vocabulary)
        builder = ColumnsBuilder(catalogue.index)
        for rows in claims_by_subject(tx.run(CLAIMS)):
            builder.add(rows)
        return Snapshot(token, catalogue, builder.build())

    with not_collecting():
        return reader.read(read, token=token)
