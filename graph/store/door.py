"""The read-only door for people's own Cypher: READ mode, a read-only user where the engine needs one,
limits, no retry.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from neo4j import (
    READ_ACCESS,
    AsyncDriver,
    AsyncResult,
    AsyncSession,
    AsyncTransaction,
    Query,
    Record,
    ResultSummary,
)
from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import CypherRefused, QuestionTimeout
from graph.store.address import StoreAddress
from graph.store.asked import Asked, asked
from graph.store.dialect import Dialect
from graph.store.explained import Operator, explained
from graph.store.failures import cypher_errors
from graph.store.plan import refuse_by_plan
from graph.store.statements import ACTOR_IDS
from graph.store.stopping import stop, tagged
from graph.store.values import Found, Gathered, gather, plain, size
from graph.store.wording import refuse_by_words, refuse_computed_names

STOP_PATIENCE = 2.0
"""Seconds beyond a time limit until we stop waiting for the engine to end the statement."""
LARGEST_ANSWER = 16 << 20
"""Bytes, as JSON: rows beyond are left out, because everybody else's answers would wait for them."""
TOO_LARGE: Mapping[str, Any] = {
    "code": "actorgraph-size",
    "severity": "WARNING",
    "description": f"rows were left out: an answer holds at most {LARGEST_ANSWER >> 20} MiB",
}


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


class ReadDoor:
    """Runs statements under one user in READ mode."""

    def __init__(self, address: StoreAddress, driver: AsyncDriver, dialect: Dialect) -> None:
        self.driver = driver
        self._address = address
        self._dialect = dialect

    async def ask(self, statement: str, parameters: Mapping[str, Any], limits: Limits) -> CypherAnswer:
        """Run one statement; see `Store.cypher`."""
        if not self._dialect.refuses_writes_in_read_mode and not self._address.read_only:
            raise CypherRefused("this connection may write: people's statements need the read-only user")
        wanted = asked(statement)
        tag = f"actorgraph:{uuid.uuid4().hex}"
        with cypher_errors(self._address, wanted):
            try:
                async with asyncio.timeout(limits.seconds + self._patience):
                    if wanted.explain:
                        return await self._explain(wanted, parameters, limits)
                    return await self._run(wanted, tag, parameters, limits)
            except TimeoutError:
                await self._stop(tag)
                raise QuestionTimeout(f"the statement took longer than {limits.seconds:g} s") from None
            except asyncio.CancelledError:
                await self._stop(tag)
                raise

    @property
    def _patience(self) -> float:
        return STOP_PATIENCE if self._dialect.stops_at_timeout else 0.0

    async def _run(
        self, wanted: Asked, tag: str, parameters: Mapping[str, Any], limits: Limits
    ) -> CypherAnswer:
        async with self._session(fetch_size=min(limits.rows + 1, 1000)) as session:
            if self._dialect.plans_tell_the_operators:
                planned = await self._plan(session, wanted, parameters, limits)
                refuse_by_plan(planned.query_type, planned.plan)
            else:
                refuse_by_words(wanted)
            self._refuse_unknown(wanted)
            transaction = await session.begin_transaction(timeout=limits.seconds)
            try:
                result = await transaction.run(tagged(wanted.statement, tag), dict(parameters))
                fields = tuple(result.keys())
                rows, cut = await _rows(result, limits.rows)
                summary = await result.consume()
            finally:
                await _leave(transaction)
            gathered = await _gathered(session, rows)
        if summary.counters.contains_updates:  # rolled back by now, but nobody may take it for done
            raise CypherRefused("only reading statements are answered here")
        values = await asyncio.to_thread(_values, rows, gathered.actors)
        remarks = (*_notifications(summary), *([TOO_LARGE] if cut == "size" else []))
        return CypherAnswer(fields, values, cut is not None, remarks, gathered.found())

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

    async def _stop(self, tag: str) -> None:
        """End a tagged statement on an engine that goes on although nobody waits for it any more."""
        if self._dialect.stops_at_timeout:
            return
        async with self._session() as session:
            await stop(session, tag)

    def _session(self, **settings: Any) -> AsyncSession:
        return self.driver.session(
            database=self._address.database or self._dialect.database,
            default_access_mode=READ_ACCESS,
            max_transaction_retry_time=0,
            notifications_min_severity="INFORMATION",
            **settings,
        )


async def _rows(result: AsyncResult, limit: int) -> tuple[list[Record], Literal["rows", "size"] | None]:
    """The first rows, and which limit cut them."""
    rows: list[Record] = []
    held = 0
    async for row in result:
        if len(rows) == limit:
            return rows, "rows"
        held += size(row.values())
        if held > LARGEST_ANSWER:
            return rows, "size"
        rows.append(row)
    return rows, None


def _values(rows: list[Record], actors: Mapping[str, str]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(plain(value, actors) for value in row.values()) for row in rows)


async def _gathered(session: AsyncSession, rows: list[Record]) -> Gathered:
    """The actors and claims among the values; ends of relationships that came without their actor are looked
    up.
    """
    gathered = await asyncio.to_thread(gather, [value for row in rows for value in row.values()])
    unknown = gathered.unknown_ends()
    if unknown:
        result = await session.run(ACTOR_IDS, ids=unknown)
        gathered.actors.update({row["element"]: row["id"] async for row in result})
    return gathered


async def _leave(transaction: AsyncTransaction) -> None:
    """Roll back whatever it was; a broken connection has done so already."""
    try:
        await transaction.rollback()
    except (DriverError, Neo4jError, OSError):
        await transaction.close()


def _notifications(summary: ResultSummary) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {"code": one.gql_status, "severity": one.raw_severity, "description": one.status_description}
        for one in summary.gql_status_objects
        if one.is_notification
    )
