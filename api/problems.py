"""What an error means outside: its HTTP status, its exit code, and its one shape on the wire (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, NamedTuple

import orjson

from graph.errors import (
    ActorgraphError,
    AmbiguousActor,
    Candidate,
    CypherError,
    CypherMemory,
    CypherRefused,
    InputUnusable,
    InvalidQuestion,
    NotFound,
    ProjectionLimit,
    QuestionTimeout,
    StaleCursor,
    StoreConflict,
    StoreUnavailable,
    UnknownActor,
)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 2
"""What `Retry-After` says when the store is away or a question took too long."""


class SettingsUnusable(ActorgraphError):
    """An environment variable or option that cannot be used as it is."""

    code = "settings-unusable"
    title = "A setting cannot be used"


class PortTaken(ActorgraphError):
    """The port that was chosen belongs to another program."""

    code = "port-taken"
    title = "The port is taken"


class Meaning(NamedTuple):
    """How a class of errors leaves the house."""

    status: int
    exit_code: int


EXIT_DONE = 0
EXIT_REFUSED_ROWS = 1
EXIT_USAGE = 2
EXIT_NOT_FOUND = 3
EXIT_INPUT = 65
EXIT_STORE = 69
EXIT_OURS = 70
EXIT_AGAIN = 75

MEANINGS: Mapping[type[ActorgraphError], Meaning] = {
    InputUnusable: Meaning(400, EXIT_INPUT),
    InvalidQuestion: Meaning(422, EXIT_USAGE),
    AmbiguousActor: Meaning(422, EXIT_NOT_FOUND),
    NotFound: Meaning(404, EXIT_NOT_FOUND),
    StaleCursor: Meaning(409, EXIT_AGAIN),
    ProjectionLimit: Meaning(413, EXIT_USAGE),
    QuestionTimeout: Meaning(504, EXIT_AGAIN),
    CypherError: Meaning(400, EXIT_INPUT),
    CypherRefused: Meaning(403, EXIT_INPUT),
    CypherMemory: Meaning(413, EXIT_INPUT),
    StoreConflict: Meaning(409, EXIT_INPUT),
    StoreUnavailable: Meaning(503, EXIT_STORE),
    PortTaken: Meaning(503, EXIT_STORE),
    SettingsUnusable: Meaning(500, EXIT_USAGE),
    ActorgraphError: Meaning(500, EXIT_OURS),
}


def meaning(error: ActorgraphError) -> Meaning:
    """The entry of the nearest class in the table."""
    return next(MEANINGS[kind] for kind in type(error).__mro__ if kind in MEANINGS)


class RequestRefused(ActorgraphError):
    """A request that is turned away before it is a question: wrong host, no key, too large."""

    code = "request-refused"
    title = "The request was refused"

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.detail)


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as `application/problem+json`; `extra` holds what only some have, such as `candidates`."""

    status: int
    code: str
    title: str
    detail: str
    errors: tuple[Mapping[str, str], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, request_id: str) -> bytes:
        """The bytes of the answer."""
        members: dict[str, Any] = {
            "type": f"/docs/errors#{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "request_id": request_id,
        }
        if self.errors:
            members["errors"] = list(self.errors)
        return orjson.dumps(members | dict(self.extra))


def problem_of(error: ActorgraphError) -> Problem:
    """The problem that says what an error of ours is."""
    if isinstance(error, RequestRefused):
        return error.problem
    status = meaning(error).status
    wait = status in (503, 504)
    return Problem(
        status=status,
        code=error.code,
        title=error.title,
        detail=str(error),
        errors=_errors(error),
        extra=_extra(error),
        headers={"Retry-After": str(RETRY_AFTER_S)} if wait else {},
    )


def plain_problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Problem:
    """A problem that only a status describes: no such page, wrong method."""
    phrase = HTTPStatus(status).phrase
    return Problem(status, phrase.lower().replace(" ", "-"), phrase, detail, headers=headers or {})


def our_fault() -> Problem:
    """The problem of an error that nobody foresaw; says nothing of the inside."""
    return Problem(
        500, "internal-error", "Our fault", "something went wrong here; the log has it under the request id"
    )


def _errors(error: ActorgraphError) -> tuple[Mapping[str, str], ...]:
    if not isinstance(error, InvalidQuestion):
        return ()
    return tuple({"parameter": p.parameter, "message": p.message} for p in error.problems)


def _extra(error: ActorgraphError) -> Mapping[str, Any]:
    if isinstance(error, AmbiguousActor):
        return {"candidates": _listed(error.candidates)}
    if isinstance(error, UnknownActor):
        return {"nearest": _listed(error.nearest)}
    if isinstance(error, CypherError) and error.place is not None:
        return {"line": error.place.line, "column": error.place.column, "near": error.place.near}
    return {}


def _listed(candidates: tuple[Candidate, ...]) -> list[dict[str, str]]:
    return [{"id": c.id, "name": c.name} for c in candidates]
