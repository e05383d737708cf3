"""The read-only door for people's own Cypher: READ mode, a read-only user where the engine needs one,
limits, no retry.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from neo4j import (
    READ_ACCESS,
    AsyncDriver,
    AsyncSession,
    AsyncTransaction,
    Query,
    Record,
    ResultSummary,
)
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph.errors import CypherMemory, CypherRefused, QuestionTimeout, StoreUnavailable
from graph.store.address import StoreAddress
from graph.store.asked import Asked, asked
from graph.store.dialect import Dialect
from graph.store.enginerun import EngineRuns
from graph.store.explained import Operator, explained
from graph.store.failures import cypher_errors, stopped
from graph.store.gate import Gate
from graph.store.offenders import Offenders
from graph.store.plan import refuse_by_plan
from graph.store.ranges import refuse_long_ranges
from graph.store.rows import LARGEST_ANSWER, gathered_of, read_rows, summary_of, values_of
from graph.store.statements import ACTOR_IDS
from graph.store.stopping import STOP_LIMIT, stop, tagged
from graph.store.values import Found, Gathered
from graph.store.wording import refuse_by_words, refuse_computed_names

STOP_PATIENCE = 1.5
"""Seconds beyond a time limit until we stop waiting for the engine to end the statement."""
COMES_BACK = 3.0
"""Seconds that a statement waits for an engine that is being started again; it takes about half a second."""
HARMLESS = 2.0
"""Seconds: a statement that ran no longer when somebody else's ended the engine is run once more."""
BROKEN = (ServiceUnavailable, SessionExpired, OSError)
"""What the driver raises when the engine at the other end is gone."""
MEMORY_ENDED = (
    "the engine ended while it ran the statement, which needed more memory than ACTORGRAPH_ENGINE_MEMORY "
    "lets the engine use; ask for less"
)
NOT_STOPPED = "the statement could not be stopped when nobody waited for more of it"
OTHERS_FAULT = "the engine was started again because of another statement; ask again"
TOO_LARGE: Mapping[str, Any] = {
    "code": "actorgraph-size",
    "severity": "WARNING",
    "description": f"rows were left out: an answer holds at most {LARGEST_ANSWER >> 20} MiB",
}


class _OthersFault(StoreUnavailable):
    """The engine was ended while the statement ran, because of another one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one statement may return (rows) and take (seconds)."""

    rows: int
    seconds: float


@dataclass(frozen=True, slots=True)
class CypherAnswer:
    """Rows by position of `fields`, as values of JSON; `found` names the actors and claims among them.

    `plan`: what the engine would do, for a statement that was to be explained and was not run.
    """

    fields: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]
    truncated: bool
    notifications: tuple[Mapping[str, Any], ...]
    found: Found
    plan: Operator | None = None


@dataclass(slots=True)
class _Run:
    """One statement on its way: its mark, whether the engine got it, and whether it ran longest of all."""

    tag: str
    sent: bool = False
    led: bool = False


class ReadDoor:
    """Runs statements under one user in READ mode.

    `runs`: those of an engine that may be ended for a statement that cannot be stopped.
    """

    def __init__(
        self, address: StoreAddress, driver: AsyncDriver, dialect: Dialect, runs: EngineRuns | None = None
    ) -> None:
        self.driver = driver
        self._address = address
        self._dialect = dialect
        self._runs = runs
        self._gate = Gate()
        self._offenders = Offenders()
        self._running: list[str] = []
        self._cause = (0, "")
        self._ended = 0

    async def ask(self, statement: str, parameters: Mapping[str, Any], limits: Limits) -> CypherAnswer:
        """Run one statement; see `Store.cypher`."""
        if not self._dialect.refuses_writes_in_read_mode and not self._address.read_only:
            raise CypherRefused("this connection may write: people's statements need the read-only user")
        self._offenders.refuse(statement, parameters)
        begun = time.monotonic()
        try:
            try:
                return await self._ask(statement, parameters, limits)
            except _OthersFault:
                left = limits.seconds - (time.monotonic() - begun)
                if left < limits.seconds - HARMLESS or left <= 0:
                    raise
                return await self._ask(statement, parameters, replace(limits, seconds=left))
        except CypherMemory as problem:
            self._offenders.note(statement, parameters, problem)
            raise

    async def _ask(self, statement: str, parameters: Mapping[str, Any], limits: Limits) -> CypherAnswer:
        wanted = asked(statement)
        run = _Run(f"actorgraph:{uuid.uuid4().hex}")
        begun = time.monotonic()
        with cypher_errors(self._address, wanted):
            try:
                async with asyncio.timeout(limits.seconds + self._patience), self._gate.place():
                    if wanted.explain:
                        return await self._explain(wanted, parameters, limits)
                    return await self._run(wanted, run, parameters, limits)
            except TimeoutError:
                late = QuestionTimeout(f"the statement took longer than {limits.seconds:g} s")
                await self._stop_and_note(run, statement, parameters, late)
                raise late from None
            except (Neo4jError, QuestionTimeout) as problem:
                ended = stopped(problem) or isinstance(problem, QuestionTimeout)
                if not ended or time.monotonic() - begun < limits.seconds:
                    raise
                raise QuestionTimeout(f"the statement took longer than {limits.seconds:g} s") from None
            except asyncio.CancelledError:
                await self._stop_and_note(run, statement, parameters)
                raise

    @property
    def _patience(self) -> float:
        return STOP_PATIENCE if self._dialect.stops_at_timeout else 0.0

    async def _run(
        self, wanted: Asked, run: _Run, parameters: Mapping[str, Any], limits: Limits
    ) -> CypherAnswer:
        refuse_long_ranges(wanted, parameters)
        if self._dialect.plans_tell_the_operators:
            async with self._session() as session:
                planned = await self._plan(session, wanted, parameters, limits)
            refuse_by_plan(planned.query_type, planned.plan)
        else:
            refuse_by_words(wanted)
        self._refuse_unknown(wanted)
        session, transaction = await self._begin(limits)
        async with session:
            try:
                with self._blamed(run):
                    result = await transaction.run(tagged(wanted.statement, run.tag), dict(parameters))
                    fields = tuple(result.keys())
                    rows, cut = await read_rows(result, limits.rows)
                    summary = await summary_of(result, cut)
                    if summary is None:
                        transaction.cancel()
            except asyncio.CancelledError:
                transaction.cancel()  # to roll back would be to wait for the rows that are under way
                raise
            finally:
                await _roll_back(transaction)
        if summary is None:  # the engine goes on with rows that nobody wants
            await self._stop_and_note(run, wanted.written, parameters)
        elif summary.counters.contains_updates:  # rolled back by now, but nobody may take it for done
            raise CypherRefused("only reading statements are answered here")
        gathered = await self._gathered(rows)
        values = await asyncio.to_thread(values_of, rows, gathered.actors)
        remarks = (*_notifications(summary), *([TOO_LARGE] if cut == "size" else []))
        return CypherAnswer(fields, values, cut is not None, remarks, gathered.found())

    async def _gathered(self, rows: list[Record]) -> Gathered:
        """The actors and claims among the values; ends of relationships that came without their actor are
        looked up.
        """
        gathered = await asyncio.to_thread(gathered_of, rows)
        if unknown := gathered.unknown_ends():
            async with self._session() as session:
                result = await session.run(ACTOR_IDS, ids=unknown)
                gathered.actors.update({row["element"]: row["id"] async for row in result})
        return gathered

    async def _begin(self, limits: Limits) -> tuple[AsyncSession, AsyncTransaction]:
        """A session with its transaction; an engine that is being started again is waited for."""
        deadline = time.monotonic() + COMES_BACK
        while True:
            session = self._session(fetch_size=min(limits.rows + 1, 1000))
            try:
                return session, await session.begin_transaction(timeout=limits.seconds)
            except (*BROKEN, AuthError):
                await session.close()
                if self._runs is None or time.monotonic() > deadline:
                    raise
            except BaseException:
                await session.close()
                raise
            await asyncio.sleep(0.05)

    @contextlib.contextmanager
    def _blamed(self, run: _Run) -> Iterator[None]:
        """What it means for a statement that the engine ends while it runs: the one that runs longest is
        taken for the cause, unless we ended the engine ourselves.
        """
        run.sent = True
        self._running.append(run.tag)
        try:
            yield
        except BROKEN:
            if self._runs is None:
                raise
            if self._cause[0] != self._present():  # the first to see it decides for all
                self._cause = (self._present(), self._running[0])
            if self._cause[1] == run.tag:
                raise CypherMemory(MEMORY_ENDED) from None
            raise _OthersFault(OTHERS_FAULT) from None
        finally:
            run.led = self._running[0] == run.tag
            self._running.remove(run.tag)

    async def _explain(self, wanted: Asked, parameters: Mapping[str, Any], limits: Limits) -> CypherAnswer:
        self._refuse_unknown(wanted)
        async with self._session() as session:
            summary = await self._plan(session, wanted, parameters, limits)
        plan = explained(summary.plan)
        return CypherAnswer((), (), False, _notifications(summary), Found(), plan)

    def _refuse_unknown(self, wanted: Asked) -> None:
        """Raise CypherError for what this engine would answer wrongly."""
        if not self._dialect.matches_computed_names:
            refuse_computed_names(wanted)

    async def _plan(
        self, session: AsyncSession, wanted: Asked, parameters: Mapping[str, Any], limits: Limits
    ) -> ResultSummary:
        """What the engine would do; EXPLAIN stands in a line of its own, so that columns stay right."""
        text = f"EXPLAIN \n{wanted.statement}"
        query = Query(text, timeout=limits.seconds)
        with cypher_errors(self._address, wanted, lines_before=1):
            return await (await session.run(query, dict(parameters))).consume()

    async def _stop_and_note(
        self, run: _Run, statement: str, parameters: Mapping[str, Any], why: QuestionTimeout | None = None
    ) -> None:
        """Have the engine end a statement; one that cost its run is remembered."""
        if await self._stop(run):
            self._offenders.note(statement, parameters, why or QuestionTimeout(NOT_STOPPED))

    async def _stop(self, run: _Run) -> bool:
        """End a statement on an engine that goes on although nobody waits for it any more.

        If it does not end, or the engine does not say, the engine's run is ended: for the statement that ran
        longest, which may be another one (True: for this one). A run that is gone already has taken the
        statement along.
        """
        if self._dialect.stops_at_timeout or not run.sent:
            return False
        try:
            async with asyncio.timeout(STOP_LIMIT), self._session() as session:
                await stop(session, run.tag)
        except (TimeoutError, Neo4jError):
            if self._runs is not None and self._ended != self._present():
                self._ended = self._present()
                self._cause = (self._ended, "" if run.led or not self._running else self._running[0])
                self._runs.end(self._ended)
                return run.led
        except (DriverError, OSError):
            pass
        return False

    def _present(self) -> int:
        return self._runs.present() if self._runs is not None else 0

    def _session(self, **settings: Any) -> AsyncSession:
        return self.driver.session(
            database=self._address.database or self._dialect.database,
            default_access_mode=READ_ACCESS,
            max_transaction_retry_time=0,
            notifications_min_severity="INFORMATION",
            **settings,
        )


async def _roll_back(transaction: AsyncTransaction) -> None:
    """Roll back whatever it was; a broken connection has done so already."""
    try:
        await transaction.rollback()
    except (DriverError, Neo4jError, OSError):
        await transaction.close()


def _notifications(summary: ResultSummary | None) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {"code": one.gql_status, "severity": one.raw_severity, "description": one.status_description}
        for one in (summary.gql_status_objects if summary is not None else ())
        if one.is_notification
    )
