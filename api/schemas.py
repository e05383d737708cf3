"""The answers that are more than a value of `graph.model`: what is wrapped around it on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from graph.model import Actor, Claim, Dataset, Relation, Source, Subgraph
from graph.questions.actors import TypeCount
from graph.store.explained import Operator
from ingest.recognise import Recognised
from ingest.report import LoadReport


@dataclass(frozen=True, slots=True)
class FoundActor(Actor):
    """An actor that a search found; `matched_as` is the alias it was found by, None for its name."""

    matched_as: str | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Actors that fit a name, best first; `truncated` says that more fit."""

    actors: tuple[FoundActor, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class ActorAnswer(Actor):
    """An actor with its ties by type; `sources` counts different ones, `undated` what a date left out."""

    relations: tuple[TypeCount, ...] = ()
    first_date: str | None = None
    last_date: str | None = None
    sources: int = 0
    undated: int = 0


@dataclass(slots=True)
class RelationAnswer(Relation):
    """A relation with all its claims, their sources, its actors and, if contested, the other side."""

    opposing: Relation | None = None
    actors: tuple[Actor, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class PageMeta:
    """Where a page stands in the whole: `total` counts all pages, `next` is the cursor of the next one."""

    total: int
    limit: int
    truncated: bool = False
    next: str | None = None
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class ClaimsAnswer:
    """A page of claims in order of id."""

    claims: tuple[Claim, ...]
    meta: PageMeta


@dataclass(frozen=True, slots=True)
class SourcesAnswer:
    """A page of sources in order of id."""

    sources: tuple[Source, ...]
    meta: PageMeta


@dataclass(frozen=True, slots=True)
class DatasetsAnswer:
    """All data sets in order of name."""

    datasets: tuple[Dataset, ...]


@dataclass(frozen=True, slots=True)
class CypherTable:
    """Rows by position of `fields`.

    An actor is a dictionary of `labels` and `properties`, a claim one of `type`, `properties` and the ids of
    its two actors, `start` and `end`.
    """

    fields: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class CypherAnswer:
    """What a statement returned, and the actors and relations among it as a subgraph, if there are any.

    `plan`: what the engine would do, for a statement after EXPLAIN, which is not run.
    """

    data: CypherTable
    graph: Subgraph | None
    notifications: tuple[Mapping[str, Any], ...]
    truncated: bool
    elapsed_ms: float
    plan: Operator | None = None


@dataclass(frozen=True, slots=True)
class LoadAnswer(LoadReport):
    """What became of a load; `recognised` says what the file was taken for, in a dry run alone."""

    recognised: Recognised | None = None


StateOfLoad = Literal["stopping", "cancelled", "done", "failed"]


@dataclass(frozen=True, slots=True)
class LoadState:
    """What became of a load that somebody cancels: how many of its claims are in the graph.

    In a dry run, how many would be. `state`: `stopping` while its last batch is being written; `done` and
    `failed` where it was over before.
    """

    load_id: str
    state: StateOfLoad
    new: int
    known: int
    updated: int
    dry_run: bool


@dataclass(frozen=True, slots=True)
class LoadingAnswer:
    """Whether files may be loaded over HTTP: `reason` says why not, `limit` is in bytes.

    `key_needed`: only who has the key may, and this browser has not given it. `load_id`: the load under way.
    """

    allowed: bool
    reason: str | None
    key_needed: bool
    limit: int
    endings: tuple[str, ...]
    load_id: str | None


@dataclass(frozen=True, slots=True)
class Alive:
    """The process, or the store, answers."""

    status: Literal["ok"] = "ok"


@dataclass(frozen=True, slots=True)
class ProblemAnswer:
    """An error (RFC 9457); `errors` names each wrong parameter, `candidates` and `nearest` name actors.

    `line`, `column` and `near` say where in a Cypher statement the engine found a fault.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: tuple[Mapping[str, str], ...] = field(default=())
    candidates: tuple[Mapping[str, str], ...] = field(default=())
    nearest: tuple[Mapping[str, str], ...] = field(default=())
    line: int | None = None
    column: int | None = None
    near: str | None = None
