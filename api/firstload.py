"""What a newly created embedded store is filled with, so that the first page a newcomer sees is not empty."""

from __future__ import annotations

from graph.store.bolt import Store
from graph.store.statements import READ_REVISION
from ingest.folders import locate
from ingest.loader import LoadRequest, load
from ingest.report import LoadReport
from ingest.vocabulary import builtin

BUNDLED = "syria-2025"
"""Name of the data set that comes with the package."""


async def is_untouched(store: Store) -> bool:
    """Whether nothing was ever written here: neither a load nor the word that it is to stay empty.

    Only an embedded store keeps the mark that tells.
    """
    return not await store.read(READ_REVISION)


async def keep_empty(store: Store) -> None:
    """Say that the store is to stay empty: a write without data leaves its mark."""

    async def nothing(transaction: object) -> None:
        return None

    await store.write(nothing)


async def fill(store: Store) -> LoadReport:
    """Load the bundled data set.

    Raises: StoreUnavailable.
    """
    return await load(store, LoadRequest(paths=(locate(BUNDLED),), vocabulary=builtin()))
