"""The Cypher that several parts of the store share, by name; the same text on every engine."""

from __future__ import annotations

READ_REVISION = "MATCH (s:GraphState) RETURN s.revision AS revision"
SET_REVISION = "MERGE (s:GraphState) SET s.revision = $revision"

ACTOR_IDS = """
MATCH (a:Actor) WHERE elementId(a) IN $ids AND a.id IS NOT NULL
RETURN elementId(a) AS element, a.id AS id
"""
