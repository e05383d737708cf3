"""The running product without a door: the store and its projection, asked by HTTP and command line alike."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

from api.settings import Settings
from graph.errors import QuestionTimeout
from graph.model import Claim
from graph.projection.asker import Asker
from graph.projection.keeper import KeeperSettings, ProjectionKeeper
from graph.projection.snapshot import Snapshot
from graph.store.bolt import Store, StoreAddress
from graph.store.embedded import EmbeddedConfig, open_embedded
from graph.store.enginerun import EngineRuns
from graph.store.evidence import claims_of
from graph.store.keys import ClaimKey
from ingest.vocabulary import builtin

Answer = TypeVar("Answer")
QUESTIONS_AT_ONCE = 4
"""Threads that answer questions; further questions wait for one, within their time limit."""


@dataclass(frozen=True, slots=True)
class StorePlace:
    """Which store is used: `reader` is the read-only user for other people's Cypher, where there is one.

    `runs`: those of the embedded engine. `moved_from`: the Bolt port that was taken.
    """

    address: StoreAddress
    reader: StoreAddress | None = None
    runs: EngineRuns | None = None
    embedded: bool = False
    owned: bool = False
    moved_from: int | None = None


class Service:
    """Answers questions on the current snapshot, in worker threads and within the time limit."""

    def __init__(self, store: Store, keeper: ProjectionKeeper, place: StorePlace, limit_s: float) -> None:
        self.store = store
        self.keeper = keeper
        self.place = place
        self.limit_s = limit_s
        self._threads = ThreadPoolExecutor(QUESTIONS_AT_ONCE, thread_name_prefix="question")
        self._asker = Asker(keeper, self._threads)

    async def ask(self, question: Callable[[Snapshot], Answer]) -> Answer:
        """The answer to a question on a snapshot that is as new as the store.

        Raises: QuestionTimeout; StoreUnavailable; whatever the question raises.
        """
        async with self.within_limit():
            return await self._asker.ask(question, self.limit_s)

    async def work(self, work: Callable[[], Answer]) -> Answer:
        """The result of work that needs no snapshot, such as drawing, under the same rules."""
        async with self.within_limit():
            return await self._in_thread(work)

    async def ask_for_claims(
        self, question: Callable[[Snapshot], tuple[Answer, Sequence[ClaimKey]]]
    ) -> tuple[Answer, dict[str, Claim]]:
        """An answer with the claims behind it, by id; a claim that is gone by then makes us ask once more.

        A claim without a statement of its own gets the sentence of its type.

        Raises: as `ask`.
        """
        async with self.within_limit():
            for last in (False, True):
                snapshot, answer, keys = await self.ask(lambda current: (current, *question(current)))
                claims = await self.claims(snapshot, keys)
                if last or len(claims) == len(set(keys)):
                    break
        return answer, {claim.id: claim for claim in claims}

    async def claims(self, snapshot: Snapshot, keys: Sequence[ClaimKey]) -> list[Claim]:
        """The claims of these keys in their order, each with a statement; one that is gone is left out."""
        if not keys:
            return []
        async with self.within_limit():
            found = await claims_of(self.store, list(dict.fromkeys(keys)))
            return await self._in_thread(lambda: [worded(snapshot, claim) for claim in found])

    async def close(self) -> None:
        """Let what runs come to its end."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        await self.keeper.close()

    async def _in_thread(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    @contextlib.asynccontextmanager
    async def within_limit(self) -> AsyncIterator[None]:
        """The time limit of one question, for all that is done inside.

        Raises: QuestionTimeout when it passes.
        """
        try:
            async with asyncio.timeout(self.limit_s):
                yield
        except TimeoutError:
            raise QuestionTimeout(
                f"no answer within {self.limit_s:g} s; ask for less (fewer hops, a filter), or raise "
                f"ACTORGRAPH_QUESTION_TIMEOUT"
            ) from None


def worded(snapshot: Snapshot, claim: Claim) -> Claim:
    """The claim with the sentence of its type, where it has none of its own."""
    if claim.statement:
        return claim
    names = [
        snapshot.actors[snapshot.index[id]].name if id in snapshot.index else id
        for id in (claim.subject, claim.object)
    ]
    return replace(claim, statement=snapshot.vocabulary.sentence(claim.type, *names))


@contextlib.asynccontextmanager
async def open_service(settings: Settings) -> AsyncIterator[Service]:
    """The service on the store that the settings name: that server, or the embedded one, started if need be.

    Raises: StoreUnavailable and its kinds, within 5 s.
    """
    async with store_place(settings) as place, serving(settings, place) as service:
        yield service


@contextlib.asynccontextmanager
async def serving(settings: Settings, place: StorePlace) -> AsyncIterator[Service]:
    """The service on a store that runs."""
    async with await Store.connect(place.address, reader=place.reader, runs=place.runs) as store:
        keeper = ProjectionKeeper(store, builtin(), _keeper_settings(settings, place))
        service = Service(store, keeper, place, settings.question_timeout)
        try:
            yield service
        finally:
            await service.close()


@contextlib.asynccontextmanager
async def store_place(settings: Settings) -> AsyncIterator[StorePlace]:
    """Where the store of the settings is; the embedded one runs until the block ends.

    Raises: StoreLocked, StoreUnreachable, StoreUnavailable.
    """
    if settings.neo4j_uri is not None:
        yield StorePlace(server_address(settings, settings.neo4j_uri))
        return
    config = EmbeddedConfig(
        home=settings.home,
        bolt_port=settings.bolt_port,
        bolt_port_fixed=settings.bolt_port_fixed,
        memory_limit=settings.engine_memory << 20,
    )
    async with open_embedded(config) as end:
        yield StorePlace(
            address=end.writer,
            reader=end.reader,
            runs=end.runs,
            embedded=True,
            owned=end.owned,
            moved_from=end.moved_from,
        )


def server_address(settings: Settings, uri: str) -> StoreAddress:
    """Address and credentials of the Neo4j server; without a password it is asked without authentication."""
    password = settings.neo4j_password
    return StoreAddress(
        uri=uri,
        username=settings.neo4j_username if password is not None else None,
        password=password.get_secret_value() if password is not None else None,
        database=settings.neo4j_database,
    )


def _keeper_settings(settings: Settings, place: StorePlace) -> KeeperSettings:
    where = f"embedded {settings.home}" if place.embedded else place.address.uri
    return KeeperSettings(
        limit=settings.projection_limit,
        corridor_limit=settings.corridor_limit,
        folder=settings.home / "projection",
        store_name=f"{where} {place.address.database or ''}",
    )
