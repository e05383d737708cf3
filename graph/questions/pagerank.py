"""PageRank: where somebody ends up who follows relations from subject to object and now and then starts
anew."""

from __future__ import annotations

import numpy as np

from graph.questions.deadline import Deadline
from graph.questions.tiegraph import Floats, TieGraph

DAMPING = 0.85
"""Chance to follow a relation instead of starting anew at any actor."""

ROUNDS = 200
"""After so many rounds the ranks are together less than 2e-14 off: every round leaves `DAMPING` of an error
of at most 2."""


def pagerank(graph: TieGraph, deadline: Deadline) -> Floats:
    """The ranks of Page, Brin, Motwani and Winograd, "The PageRank citation ranking" (1998), by power
    iteration; they add up to 1. Who has no relation to follow starts anew.

    Raises: QuestionTimeout.
    """
    if not graph.size:
        return np.zeros(0)
    origin, onward = graph.origin, np.maximum(graph.degrees, 1)
    ends = np.flatnonzero(graph.degrees == 0)
    rank = np.full(graph.size, 1.0 / graph.size)
    for _ in range(ROUNDS):
        deadline.check()
        followed = np.bincount(graph.to, (rank / onward).take(origin), graph.size)
        anew = 1.0 - DAMPING + DAMPING * rank[ends].sum()
        rank = DAMPING * followed + anew / graph.size
    return rank
