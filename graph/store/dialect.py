"""How the engines behind the Bolt door differ, as values: everything else is the same Cypher on both."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

COMPUTED_TYPES_SINCE = (5, 26)
"""The first version of Neo4j that creates a relationship whose type a parameter names."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One engine's habits.

    `refuses_writes_in_read_mode`: a session in READ mode cannot write (else only a read-only user is safe).
    `stops_at_timeout`: the engine ends a query at the time limit sent with it, or when the client leaves
    (else the query has to be found by its tag and terminated). `changes_show_in_bookmarks`: a bookmark tells
    whether anything was written (else every write of ours sets `(:GraphState).revision`).
    `forgets_users_when_ending`: in its last moments it refuses every password; who was let in asks again.
    `plans_tell_the_operators`: EXPLAIN names what a statement would do. `creates_computed_types`: one
    statement can create relationships of many types (else each type has one of its own, to be planned).
    `matches_computed_names`: it looks at labels and types that are computed, `$(…)` (else it answers as if
    they were not there).
    `database`: the database that is meant when none is named; None leaves it to the server.
    """

    name: str
    refuses_writes_in_read_mode: bool
    stops_at_timeout: bool
    changes_show_in_bookmarks: bool
    forgets_users_when_ending: bool
    plans_tell_the_operators: bool
    creates_computed_types: bool
    matches_computed_names: bool
    database: str | None


NEO4J = Dialect(
    name="neo4j",
    refuses_writes_in_read_mode=True,
    stops_at_timeout=True,
    changes_show_in_bookmarks=True,
    forgets_users_when_ending=False,
    plans_tell_the_operators=True,
    creates_computed_types=True,
    matches_computed_names=True,
    database=None,
)

ARCADEDB = Dialect(
    name="arcadedb",
    refuses_writes_in_read_mode=False,
    stops_at_timeout=False,
    changes_show_in_bookmarks=False,
    forgets_users_when_ending=True,
    plans_tell_the_operators=False,
    creates_computed_types=False,
    matches_computed_names=False,
    database="graph",
)


def dialect_of(agent: str) -> Dialect:
    """The dialect of a server by the agent it reports: `Neo4j/5.26.12`, or one that adds another name."""
    if "ArcadeDB" in agent:
        return ARCADEDB
    version = re.search(r"/(\d+)\.(\d+)", agent)
    recent = version is not None and (int(version[1]), int(version[2])) >= COMPUTED_TYPES_SINCE
    return replace(NEO4J, creates_computed_types=recent)
