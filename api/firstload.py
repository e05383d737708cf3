"""What a newly created embedded store is filled with, so that the first page a newcomer sees is not empty."""

from __future__ import annotations

from graph.store.bolt import Store
from ingest.folders import locate
from ingest.loader import LoadRequest, load
from ingest.report import LoadReport
from ingest.vocabulary import builtin

BUNDLED = "syria-2025"
"""Name of the data set that comes with the package."""


async def fill(store: Store) -> LoadReport:
    """Load the bundled data set.

    Raises: StoreUnavailable.
    """
    request = LoadRequest(paths=(locate(BUNDLED),), vocabulary=builtin())
    return await load(store, request)
