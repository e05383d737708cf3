"""Keeps the snapshot current: compares the store's freshness token before each question and refreshes once
for all who wait."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ProjectionLimit
from graph.projection.corridor import Corridor
from graph.projection.kept import KeptSnapshots
from graph.projection.reader import read_snapshot
from graph.projection.snapshot import Snapshot
from graph.store.blocking import BlockingReader
from graph.store.bolt import Store
from graph.vocabulary import Vocabulary

log = logging.getLogger(__name__)

READ_AGAIN = 1
"""How often a reading during which somebody wrote is done again: its parts may be of two states. While a load
goes on there is no quiet moment, and the next question reads anew anyway."""


@dataclass(frozen=True, slots=True)
class KeeperSettings:
    """`limit` is the most claims a snapshot may hold, `corridor_limit` the most that are fetched for one
    question without one; `folder` is where a snapshot is kept between starts (None: nowhere); `store_name`
    tells stores apart there."""

    limit: int = 5_000_000
    corridor_limit: int = 500_000
    folder: Path | None = None
    store_name: str = ""


class ProjectionKeeper:
    """The current snapshot of a store, for one event loop."""

    def __init__(self, store: Store, vocabulary: Vocabulary, settings: KeeperSettings) -> None:
        self._store = store
        self._vocabulary = vocabulary
        self._settings = settings
        self._reader = BlockingReader(store)
        self.corridor = Corridor(self._reader, vocabulary, settings.corridor_limit)
        self._snapshot: Snapshot | None = None
        self._over: tuple[str, ProjectionLimit] | None = None
        self._refresh: asyncio.Task[Snapshot] | None = None
        self._kept = (
            KeptSnapshots(settings.folder, settings.store_name or store.address.uri, vocabulary)
            if settings.folder
            else None
        )

    async def current(self) -> Snapshot:
        """A snapshot at least as new as the store was when this was called.

        A refresh already under way may have begun before the last write; then the next one is waited for.

        Raises: ProjectionLimit; StoreUnavailable.
        """
        token = await self.token()
        if self._snapshot is not None and self._snapshot.token == token:
            return self._snapshot
        if self._over is not None and self._over[0] == token:
            raise ProjectionLimit(str(self._over[1]))
        running = self._refresh
        if running is not None:
            snapshot = await asyncio.shield(running)
            if snapshot.token == token:
                return snapshot
        if self._refresh is None or self._refresh is running:
            self._refresh = asyncio.create_task(self._read())
            self._refresh.add_done_callback(_seen)
        # Begun after our token was taken: whatever it reads is new enough.
        return await asyncio.shield(self._refresh)

    @property
    def latest(self) -> Snapshot | None:
        """The snapshot read last, however old it is; None where there is none."""
        return self._snapshot

    async def token(self) -> str:
        """The freshness token of the store.

        Raises: StoreUnavailable.
        """
        return await self._store.token()

    async def close(self) -> None:
        """Wait for a refresh under way, so that nothing is half written."""
        if self._refresh is not None:
            await asyncio.gather(self._refresh, return_exceptions=True)
        await asyncio.to_thread(self._reader.close)

    async def _read(self) -> Snapshot:
        try:
            for _ in range(READ_AGAIN + 1):
                token = await self.token()
                snapshot = await asyncio.to_thread(self._load_or_read, token)
                if await self.token() == token:
                    break
            self._replace(snapshot)
            return snapshot
        except ProjectionLimit as limit:
            # Counting is a scan: what is over the limit is counted once for each state.
            self._over = token, limit
            self._replace(None)
            raise
        finally:
            self._refresh = None

    def _replace(self, snapshot: Snapshot | None) -> None:
        before, self._snapshot = self._snapshot, snapshot
        if before is not None:
            before.retire()

    def _load_or_read(self, token: str) -> Snapshot:
        kept = self._kept.load(token) if self._kept and self._snapshot is None else None
        if kept is not None and len(kept.columns) <= self._settings.limit:
            return kept
        snapshot = read_snapshot(self._reader, token, self._vocabulary, self._settings.limit)
        self._keep(snapshot)
        return snapshot

    def _keep(self, snapshot: Snapshot) -> None:
        """Save the snapshot for the next start; a question must not fail because a disk is full."""
        if self._kept is None:
            return
        try:
            self._kept.save(snapshot)
        except OSError as problem:
            log.warning("the projection could not be kept for the next start: %s", problem)


def _seen(refresh: asyncio.Task[Snapshot]) -> None:
    """Take note of a failure that nobody waits for any more; whoever asks next tries again."""
    if not refresh.cancelled() and refresh.exception() is not None:
        log.info("reading the graph failed: %s", refresh.exception())
