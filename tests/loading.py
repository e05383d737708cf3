"""Loads a file in a process of its own, so that a test can kill it: `loading.py URI USER DATABASE FILE`.

The password comes in the environment (STORE_PASSWORD), the path to our modules too (PYTHONPATH). It says
"started" when the load begins.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from graph.store.address import StoreAddress
from graph.store.bolt import Store
from ingest.loader import LoadRequest, load
from reading import WORDS


async def main(uri: str, username: str, database: str, path: str) -> None:
    """Connect and load."""
    address = StoreAddress(uri, username, os.environ["STORE_PASSWORD"], database or None)
    async with await Store.connect(address) as store:
        print("started", flush=True)
        await load(store, LoadRequest(paths=(Path(path),), vocabulary=WORDS))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
