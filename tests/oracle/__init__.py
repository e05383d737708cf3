"""Answers from the raw claims by plain enumeration, without any code of the product.

Tests compare the product with these functions; they are written for being obviously right, not for speed.
"""

from __future__ import annotations

from oracle.claims import Graph, Stated, contested, graph_of, relation_key
from oracle.days import day_from, day_to
from oracle.filtered import Asked, Under, in_time, passing
from oracle.plain import best_paths, neighbours, steps
from oracle.walks import PathsAsked, Walks

__all__ = [
    "Asked",
    "Graph",
    "PathsAsked",
    "Stated",
    "Under",
    "Walks",
    "best_paths",
    "contested",
    "day_from",
    "day_to",
    "graph_of",
    "in_time",
    "neighbours",
    "passing",
    "relation_key",
    "steps",
]
