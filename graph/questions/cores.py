"""Cores: how deep inside the dense parts of the graph an actor sits."""

from __future__ import annotations

import numpy as np

from graph.projection.index import Longs
from graph.questions.deadline import Deadline
from graph.questions.tiegraph import TieGraph

LOOK_EVERY = 4096
"""Actors between two looks at the clock."""


def cores(graph: TieGraph, deadline: Deadline) -> Longs:
    """Of each actor the largest k such that it belongs to the k-core of Seidman, "Network structure and
    minimum degree" (1983): a group in which everybody has at least k ties inside it.

    The actor with the fewest ties is taken out, again and again, in linear time (Batagelj and Zaveršnik, "An
    O(m) algorithm for cores decomposition of networks", 2003).

    Raises: QuestionTimeout.
    """
    # Plain lists: single elements of arrays would take most of the time.
    start, to, left = graph.start.tolist(), graph.to.tolist(), graph.degrees.tolist()
    by_degree = np.argsort(graph.degrees, kind="stable")
    order, place = by_degree.tolist(), np.argsort(by_degree).tolist()
    counts = np.bincount(graph.degrees)
    begin = (np.cumsum(counts) - counts).tolist()
    for done in range(graph.size):
        if done % LOOK_EVERY == 0:
            deadline.check()
        actor = order[done]
        for other in to[start[actor] : start[actor + 1]]:
            if left[other] > left[actor]:
                # To the front of those with as many ties; then it counts among those with one less.
                degree = left[other]
                first = order[begin[degree]]
                order[place[other]], order[begin[degree]] = first, other
                place[first], place[other] = place[other], begin[degree]
                begin[degree] += 1
                left[other] -= 1
    return np.array(left, np.int64)
