"""What Tab offers at the prompt: words of the language, and names that this graph holds, by what stands
before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from api.service import Service
from graph.errors import ActorgraphError

KEYWORDS = (
    "ALL", "AND", "ANY", "AS", "ASC", "BY", "CALL", "CASE", "COLLECT", "CONTAINS", "COUNT", "DESC",
    "DISTINCT", "ELSE", "END", "ENDS", "EXISTS", "EXPLAIN", "FALSE", "IN", "IS", "LIMIT", "MATCH", "NONE",
    "NOT", "NULL", "OPTIONAL", "OR", "ORDER", "RETURN", "SHORTEST", "SINGLE", "SKIP", "STARTS", "THEN",
    "TRUE", "UNION", "UNWIND", "WHEN", "WHERE", "WITH", "XOR", "YIELD",
    "avg(", "coalesce(", "collect(", "count(", "date(", "duration(", "elementId(", "endNode(", "head(",
    "keys(", "labels(", "last(", "length(", "max(", "min(", "nodes(", "properties(", "range(", "reduce(",
    "relationships(", "shortestPath(", "size(", "split(", "startNode(", "sum(", "tail(", "toInteger(",
    "toLower(", "toString(", "toUpper(", "trim(", "type(",
)  # fmt: skip
NAMES: Mapping[str, str] = {
    "labels": "CALL db.labels() YIELD label AS name RETURN name ORDER BY name",
    "types": "CALL db.relationshipTypes() YIELD relationshipType AS name RETURN name ORDER BY name",
    "properties": """
        MATCH (a:Actor) WITH a LIMIT 1000 UNWIND keys(a) AS name RETURN DISTINCT name
        UNION MATCH (:Actor)-[r]->(:Actor) WITH r LIMIT 1000 UNWIND keys(r) AS name RETURN DISTINCT name
    """,
}
"""The statements that ask a store for its names; `db.propertyKeys` is empty on the embedded engine, so
properties are those of some actors and claims.
"""
PATIENCE = 3.0
"""Seconds to wait for names; without them Tab still knows the language."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the graph's labels, relation types and properties are called."""

    labels: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()


async def names_in(service: Service) -> Names:
    """The names that the store knows.

    Raises: CypherError, QuestionTimeout, StoreUnavailable.
    """
    found = {}
    for kind, statement in NAMES.items():
        rows = await service.store.cypher(statement, limit=10_000, timeout=PATIENCE)
        found[kind] = tuple(sorted(str(row[0]) for row in rows.values))
    return Names(**found)


async def names_if_told(service: Service) -> Names:
    """The same, or none where the store does not tell."""
    try:
        return await names_in(service)
    except ActorgraphError:
        return Names()


@dataclass(slots=True)
class Completer:
    """Completions in readline's way: asked for the first, the second and so on, until there is none."""

    commands: Iterable[str]
    names: Names
    parameters: Mapping[str, object]
    line: Callable[[], tuple[str, int]]
    """The line so far, and where in it the word begins that is to be completed."""

    def complete(self, word: str, number: int) -> str | None:
        """The completion of a word with this number."""
        text, begin = self.line()
        found = self.choices(text[:begin], word)
        return found[number] if number < len(found) else None

    def choices(self, before: str, word: str) -> list[str]:
        """What a word may become after the text before it; written as the asker writes, small or large."""
        small = word.islower()
        fitting = [one for one in self._expected(before) if one.lower().startswith(word.lower())]
        if not self._names_expected(before):
            return [one.lower() if small and one.isupper() else one for one in fitting]
        return [one if one.isidentifier() else f"`{one}`" for one in fitting]

    def _expected(self, before: str) -> Iterable[str]:
        if before.strip() == ":":
            return [command.removeprefix(":") for command in self.commands]
        return self._names_expected(before) or KEYWORDS

    def _names_expected(self, before: str) -> Iterable[str]:
        """The names among which the word has to be; empty where it is one of the language."""
        inside, end = _innermost(before), before.rstrip()[-1:]
        if before.endswith("$"):
            return tuple(self.parameters)
        if re.search(r"\w\.$", before) or (inside == "{" and end in ("{", ",")):
            return self.names.properties
        if end in (":", "|", "&", "!") and inside in ("(", "["):
            return self.names.types if inside == "[" else self.names.labels
        return ()


def _innermost(text: str) -> str:
    """The last bracket that is open."""
    opened: list[str] = []
    for sign in re.sub(r"'[^']*'|\"[^\"]*\"", "", text):
        if sign in "([{":
            opened.append(sign)
        elif sign in ")]}" and opened:
            opened.pop()
    return opened[-1] if opened else ""
