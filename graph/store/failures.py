"""What the driver's errors mean to us: by class, never by exact code, and never with the text of a query."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.errors import (
    ActorgraphError,
    CypherError,
    CypherMemory,
    CypherRefused,
    QuestionTimeout,
    StoreConflict,
    StoreCredentials,
    StoreUnavailable,
    StoreUnreachable,
)
from graph.store.address import StoreAddress
from graph.store.asked import Asked
from graph.store.complaint import complaint

USES = re.compile(r"\bUSE\b", re.IGNORECASE)
"""Where a statement names a database by itself, the one that is missing is not that of the address."""
MEMORY = re.compile(
    r"OutOfMemory|heap budget exceeded|queryMaxHeapElementsAllowedPerOp|queryMaxRangeSize", re.IGNORECASE
)
"""In the code or message of an engine that ends a statement because of the memory it needs."""
UNSENDABLE = (ValueError, OverflowError, TypeError)
"""What the driver raises for a parameter that has no place in Bolt: a lone surrogate, a number over 64 bits.
"""


@contextlib.contextmanager
def store_errors(address: StoreAddress) -> Iterator[None]:
    """Turn whatever the driver raises for one of our own statements into one of our errors."""
    try:
        yield
    except (DriverError, Neo4jError, TimeoutError, OSError) as problem:
        raise of_store(problem, address) from None


@contextlib.contextmanager
def cypher_errors(address: StoreAddress, asked: Asked, lines_before: int = 0) -> Iterator[None]:
    """The same for a statement that somebody typed: its author is told what the engine says about it.

    `lines_before`: how many lines of ours were sent above it.
    """
    try:
        yield
    except UNSENDABLE as problem:
        raise CypherError(f"a parameter cannot be sent: {type(problem).__name__}") from None
    except RecursionError:
        raise CypherError("a value is nested too deeply; return its parts") from None
    except (DriverError, Neo4jError, OSError) as problem:
        raise of_statement(problem, address, asked, lines_before) from None


def stopped(problem: Exception) -> bool:
    """Whether the engine ended a statement before it was done: at its time limit, or when it was told to."""
    code = getattr(problem, "code", None) or ""
    return "TransactionTimedOut" in code or "Transaction.Terminated" in code


def of_store(problem: Exception, address: StoreAddress) -> ActorgraphError:
    """Our error for the driver's, for statements of our own."""
    code = getattr(problem, "code", None) or ""
    if isinstance(problem, Forbidden) or "AccessMode" in code:
        return StoreCredentials(f"the user {address.username!r} may not do this at {address.uri}")
    if isinstance(problem, AuthError) or ".Security." in code:
        return StoreCredentials(
            f"{address.uri} refuses the credentials of {address.username!r}: "
            "check NEO4J_USERNAME and NEO4J_PASSWORD"
        )
    if stopped(problem):
        return QuestionTimeout("the store stopped a question that took too long")
    if "Database.DatabaseNotFound" in code:
        return StoreUnavailable(
            f"there is no database {address.database!r} at {address.uri}: check NEO4J_DATABASE"
        )
    if isinstance(problem, ConstraintError):
        return StoreConflict(
            "the store holds data that breaks a constraint of the graph; `actorgraph check` names it"
        )
    if isinstance(problem, ConfigurationError):
        return StoreUnreachable(f"{address.uri} is not an address of a store: {_first_line(problem)}")
    if isinstance(problem, TransientError):
        return StoreUnavailable(f"{address.uri} cannot answer at the moment ({code}); try again")
    if isinstance(problem, (ServiceUnavailable, SessionExpired, TimeoutError, OSError)):
        return StoreUnreachable(
            f"{address.uri} does not answer: is the server running, is the address right?"
        )
    return StoreUnavailable(f"{address.uri} could not run a statement ({code or type(problem).__name__})")


def of_statement(
    problem: Exception, address: StoreAddress, asked: Asked, lines_before: int = 0
) -> ActorgraphError:
    """Our error for the driver's, for a statement that the asker wrote and may read about."""
    code = getattr(problem, "code", None) or ""
    if isinstance(problem, Forbidden) or "AccessMode" in code:
        return CypherRefused("only reading statements are answered here")
    if stopped(problem):
        return QuestionTimeout("the statement took longer than it may and was stopped")
    if (
        isinstance(problem, Neo4jError)
        and not isinstance(problem, AuthError)
        and ("Database.Database" not in code or USES.search(asked.statement))
    ):
        found = complaint(problem.message or code, asked, lines_before)
        if MEMORY.search(f"{code} {problem.message}"):
            return CypherMemory(f"the statement needs more memory than it may use: {found}")
        return found
    return of_store(problem, address)


def _first_line(problem: Exception) -> str:
    text = getattr(problem, "message", None) or str(problem)
    lines = str(text).strip().splitlines()
    return lines[0][:400] if lines else type(problem).__name__
