"""Every error the product raises on purpose, as one tree; each class has a stable `code`.

    ActorgraphError
    ├── InputUnusable          a file or value that cannot be read at all
    ├── InvalidQuestion        parameters out of range, unknown or contradictory
    │   └── AmbiguousActor     a name that fits several actors
    ├── NotFound
    │   └── UnknownActor       with the nearest names
    ├── StaleCursor            a cursor of an older graph
    ├── ProjectionLimit        more claims than the projection may hold
    │   └── CorridorLimit      more claims around the actors of a question than may be fetched
    ├── QuestionTimeout        a question over its time limit
    ├── CypherError            a statement the engine refused or could not run
    │   ├── CypherRefused      a statement that is not a reading one
    │   └── CypherMemory       a statement that needs more memory than it may
    ├── StoreConflict          data already in the store that contradicts what is to be written
    └── StoreUnavailable       no answer from the store
        ├── StoreUnreachable
        ├── StoreCredentials
        ├── StoreLocked
        └── StoreBusy          too many statements of people at once

What an HTTP status or an exit code is for each of them is the API's business (`api/problems.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class ActorgraphError(Exception):
    """Base of all errors raised on purpose; `str(error)` is one line for people."""

    code = "error"
    title = "Something went wrong"


class InputUnusable(ActorgraphError):
    """A file, folder or value from which nothing can be read."""

    code = "input-unusable"
    title = "The input cannot be used"


@dataclass(frozen=True, slots=True)
class ParameterProblem:
    """One parameter that is wrong: its name and what is allowed instead."""

    parameter: str
    message: str


class InvalidQuestion(ActorgraphError):
    """A question with one or more wrong parameters; `problems` names each."""

    code = "invalid-question"
    title = "The question has a wrong parameter"

    def __init__(self, problems: Sequence[ParameterProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.parameter}: {p.message}" for p in self.problems))

    @classmethod
    def one(cls, parameter: str, message: str) -> InvalidQuestion:
        return cls([ParameterProblem(parameter, message)])


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a written name may mean."""

    id: str
    name: str


class AmbiguousActor(InvalidQuestion):
    """A name that fits several actors; `candidates` lists them."""

    code = "ambiguous-actor"
    title = "The name fits several actors"

    def __init__(self, parameter: str, name: str, candidates: Sequence[Candidate]) -> None:
        self.candidates = tuple(candidates)
        listed = ", ".join(f"{c.name} ({c.id})" for c in self.candidates[:5])
        super().__init__([ParameterProblem(parameter, f"{name!r} fits several actors: {listed}; give an id")])


class NotFound(ActorgraphError):
    """Something named in the question does not exist."""

    code = "not-found"
    title = "Not found"


class UnknownActor(NotFound):
    """No actor has this id or name; `nearest` lists up to three that are close."""

    code = "unknown-actor"
    title = "No such actor"

    def __init__(self, name: str, nearest: Sequence[Candidate] = ()) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        hint = "; nearest: " + ", ".join(f"{c.name} ({c.id})" for c in self.nearest) if self.nearest else ""
        super().__init__(f"no actor {name!r}{hint}")


class StaleCursor(ActorgraphError):
    """A cursor that was made from an older state of the graph."""

    code = "stale-cursor"
    title = "The graph has changed since this cursor was made"


class Incomplete(Exception):
    """Part of a graph was asked for claims it does not hold: those of the actors `numbers`, or all (None).

    It never leaves the product: whoever holds the part fetches what is missing and asks again.
    """

    def __init__(self, numbers: Sequence[int] | None) -> None:
        self.numbers = numbers
        super().__init__("only a part of the graph is at hand")


class ProjectionLimit(ActorgraphError):
    """The graph holds more claims than the projection may."""

    code = "projection-limit"
    title = "The graph is larger than the projection limit"


class CorridorLimit(ProjectionLimit):
    """A question on a graph over the projection limit that needs more claims than may be fetched for it."""

    code = "corridor-limit"
    title = "The question needs too large a part of the graph"


class QuestionTimeout(ActorgraphError):
    """A question that took longer than it may."""

    code = "question-timeout"
    title = "The question took too long"


@dataclass(frozen=True, slots=True)
class StatementPlace:
    """A place in a statement, line and column from 1, in characters.

    `near` is the word or sign there, None at the end.
    """

    line: int
    column: int
    near: str | None


class CypherError(ActorgraphError):
    """A statement that the engine could not run; `place` is where, if the engine says so."""

    code = "cypher-error"
    title = "The statement could not be run"

    def __init__(self, message: str, place: StatementPlace | None = None) -> None:
        self.place = place
        super().__init__(message)


class CypherRefused(CypherError):
    """A statement that is not a reading one."""

    code = "cypher-refused"
    title = "Only reading statements are answered"


class CypherMemory(CypherError):
    """A statement that needs more memory than it may use; the message names the limit."""

    code = "cypher-memory"
    title = "The statement needs too much memory"


class StoreConflict(ActorgraphError):
    """Data already in the store that contradicts what is to be written."""

    code = "store-conflict"
    title = "The store holds data that stands in the way"


class StoreUnavailable(ActorgraphError):
    """The store gave no answer."""

    code = "store-unavailable"
    title = "The store does not answer"


class StoreUnreachable(StoreUnavailable):
    """No connection to the store's address."""

    code = "store-unreachable"


class StoreCredentials(StoreUnavailable):
    """The store refused the name or password."""

    code = "store-credentials"
    title = "The store refused the credentials"


class StoreLocked(StoreUnavailable):
    """Another process holds the embedded store's files."""

    code = "store-locked"
    title = "The store is in use by another process"


class StoreBusy(StoreUnavailable):
    """So many statements run already that another one found no place in time."""

    code = "store-busy"
    title = "Too many statements at once"
