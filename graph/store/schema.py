"""The constraints of the graph, made before the first load and never by reading, and the check whether all
is well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph.errors import StoreConflict
from graph.ids import TYPE_PATTERN
from graph.store.actorrecords import ActorRecord
from graph.store.bolt import Store
from graph.store.sourcekeys import source_key


@dataclass(frozen=True, slots=True)
class UniqueProperty:
    """A property that is unique among all that carry a label."""

    label: str
    key: str

    @property
    def name(self) -> str:
        return f"actorgraph_{self.label.lower()}_{self.key}"

    @property
    def statement(self) -> str:
        return (
            f"CREATE CONSTRAINT {self.name} IF NOT EXISTS FOR (x:{self.label}) REQUIRE x.{self.key} IS UNIQUE"
        )


UNIQUE = (UniqueProperty("Actor", "id"), UniqueProperty("Source", "key"), UniqueProperty("Dataset", "name"))

SHOW = "SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties RETURN type, labelsOrTypes, properties"


async def constraints(store: Store) -> frozenset[tuple[str, str]]:
    """Label or type and property of every unique constraint the store has, whatever its name."""
    rows = await store.read(SHOW)
    return frozenset(
        (row["labelsOrTypes"][0], row["properties"][0])
        for row in rows
        if "UNIQUE" in row["type"] and len(row["properties"]) == 1
    )


async def constrained_types(store: Store) -> set[str]:
    """The relation types within which `claim_id` is unique."""
    return {name for name, key in await constraints(store) if key == "claim_id"}


async def missing_constraints(store: Store) -> tuple[UniqueProperty, ...]:
    """What `ensure_schema` would make: nothing after the first load."""
    present = await constraints(store)
    return tuple(one for one in UNIQUE if (one.label, one.key) not in present)


async def ensure_schema(store: Store) -> tuple[str, ...]:
    """Make the constraints that are missing; returns them as words for people, for the announcement.

    Raises: StoreConflict when what the store holds violates one; nothing is made then.
    """
    missing = await missing_constraints(store)
    for one in missing:
        await _refuse_violations(store, one)
    for one in missing:
        await store.define(one.statement)
    return tuple(f"{one.label}.{one.key} is unique" for one in missing)


async def ensure_types(store: Store, types: Iterable[str], known: set[str]) -> None:
    """Make `claim_id` unique within each relation type that is not yet in `known`, and add it there.

    Raises: StoreConflict when a type is used as a label too, or claim ids are repeated already.
    """
    for type in sorted(set(types) - known):
        if not TYPE_PATTERN.fullmatch(type):
            raise ValueError(f"{type!r} is not a relation type")
        await store.define(
            f"CREATE CONSTRAINT actorgraph_claim_{type} IF NOT EXISTS "
            f"FOR ()-[x:`{type}`]-() REQUIRE x.claim_id IS UNIQUE"
        )
        known.add(type)


async def _refuse_violations(store: Store, one: UniqueProperty) -> None:
    rows = await store.read(
        f"MATCH (x:{one.label}) WHERE x.{one.key} IS NOT NULL "
        f"WITH x.{one.key} AS value, count(*) AS times WHERE times > 1 "
        "RETURN value ORDER BY value LIMIT 3"
    )
    if rows:
        shown = ", ".join(repr(row["value"])[:60] for row in rows)
        raise StoreConflict(
            f"the store holds several :{one.label} with the same {one.key} ({shown}): "
            "give each its own, or use another database"
        )


Level = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that `check` saw; `code` is stable, `message` one line for people."""

    level: Level
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What `check` saw, worst first."""

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; warnings and remarks may remain."""
        return not any(one.level == "error" for one in self.findings)


CLAIM_TYPES = """
MATCH (a:Actor)-[x]->(b:Actor) WHERE a.id IS NOT NULL AND b.id IS NOT NULL
RETURN type(x) AS type, count(x) AS claims, count(x.claim_id) AS loaded, count(DISTINCT x.claim_id) AS
distinct
"""
USED_SOURCES = """
MATCH (:Actor)-[x]->(:Actor) WHERE x.claim_id IS NOT NULL
RETURN DISTINCT x.dataset AS dataset, x.source_id AS source, count(x) AS claims
"""
KNOWN = """
MATCH (s:Source) RETURN s.key AS key UNION ALL MATCH (d:Dataset) RETURN d.name AS key
"""
DISPUTED = "MATCH (a:Actor) WHERE a.also_stated IS NOT NULL RETURN properties(a) AS properties ORDER BY a.id"
LONELY = "MATCH (a:Actor) WHERE a.id IS NOT NULL AND NOT EXISTS { (a)--() } RETURN count(a) AS times"
NAMELESS = "MATCH (a:Actor) WHERE a.id IS NULL RETURN count(a) AS times"
OTHER_LABELS = """
MATCH (x) WHERE NOT (x:Actor OR x:Source OR x:Dataset OR x:GraphState)
RETURN labels(x) AS labels, count(x) AS times ORDER BY times DESC
"""
NOT_ONLINE = "SHOW INDEXES YIELD name, state WHERE state <> 'ONLINE' RETURN name, state"
SHOWN = 5
"""Examples named in one finding."""


async def check(store: Store) -> CheckReport:
    """Look over constraints, claims, sources and actors; reads everything, writes nothing.

    Raises: StoreUnavailable.
    """
    findings = [
        *await _constraint_findings(store),
        *await _source_findings(store),
        *await _actor_findings(store),
        *await _stranger_findings(store),
    ]
    rank = {"error": 0, "warning": 1, "info": 2}
    return CheckReport(tuple(sorted(findings, key=lambda one: rank[one.level])))


async def _constraint_findings(store: Store) -> list[Finding]:
    present = await constraints(store)
    types = await store.read(CLAIM_TYPES)
    findings = []
    absent = [f"{one.label}.{one.key}" for one in UNIQUE if (one.label, one.key) not in present]
    loaded = [row for row in types if row["loaded"]]
    if absent and loaded:
        findings.append(Finding("error", "constraint-missing", f"not unique: {', '.join(absent)}"))
    open_types = [row["type"] for row in loaded if (row["type"], "claim_id") not in present]
    if open_types:
        findings.append(
            Finding("error", "constraint-missing", f"claim_id is not unique in: {_some(open_types)}")
        )
    repeated = [row["type"] for row in loaded if row["distinct"] < row["loaded"]]
    if repeated:
        findings.append(Finding("error", "claim-repeated", f"claim ids are repeated in: {_some(repeated)}"))
    waiting = [f"{row['name']} ({row['state']})" for row in await store.read(NOT_ONLINE)]
    if waiting:
        findings.append(Finding("error", "index-not-online", f"indexes are not online: {_some(waiting)}"))
    external = sum(row["claims"] - row["loaded"] for row in types)
    if external:
        findings.append(
            Finding("info", "external-claims", f"{external} relationships are written by hand (external)")
        )
    return findings


async def _source_findings(store: Store) -> list[Finding]:
    known = {row["key"] for row in await store.read(KNOWN)}
    used = await store.read(USED_SOURCES)
    findings = []
    orphans = sorted({str(row["dataset"]) for row in used if row["dataset"] not in known})
    if orphans:
        findings.append(
            Finding("error", "dataset-missing", f"claims name data sets that are not there: {_some(orphans)}")
        )
    lost = [row for row in used if not _has_source(row, known)]
    if lost:
        claims = sum(row["claims"] for row in lost)
        named = _some([f"{row['dataset']}/{row['source']}" for row in lost])
        findings.append(
            Finding("warning", "source-missing", f"{claims} claims name a source that is not there: {named}")
        )
    return findings


def _has_source(row: dict[str, Any], known: set[Any]) -> bool:
    """A claim's source is one of its data set's, or the data set itself."""
    dataset, source = row["dataset"], row["source"]
    return source == dataset or (source is not None and source_key(str(dataset), source) in known)


async def _actor_findings(store: Store) -> list[Finding]:
    findings = []
    for row in await store.read(DISPUTED):
        record = ActorRecord.of(row["properties"])
        for name, dataset, value in record.disagreements():
            stands, by = record.values.get(name), record.stated_by.get(name, "somebody by hand")
            findings.append(
                Finding(
                    "warning",
                    "actor-disagreement",
                    f"{record.id}: {name} is {stands!r} ({by}), but {value!r} says {dataset}",
                )
            )
    lonely = (await store.read(LONELY))[0]["times"]
    if lonely:
        findings.append(Finding("info", "actor-without-claims", f"{lonely} actors have no claim"))
    return findings


async def _stranger_findings(store: Store) -> list[Finding]:
    findings = []
    nameless = (await store.read(NAMELESS))[0]["times"]
    if nameless:
        findings.append(Finding("info", "actor-without-id", f"{nameless} :Actor have no id and are ignored"))
    others = await store.read(OTHER_LABELS)
    if others:
        named = _some([f"{':'.join(sorted(row['labels'])) or 'no label'} ({row['times']})" for row in others])
        findings.append(Finding("info", "other-labels", f"other things here are ignored: {named}"))
    return findings


def _some(items: Sequence[str]) -> str:
    """The first few of a list, and how many more there are."""
    rest = len(items) - SHOWN
    return ", ".join(items[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")
