"""Random multigraphs and random questions about them, for comparing answers with the oracle.

Everything is made of choices among a number of things (`Pick`), the first of which is the plainest: so the
same code serves Hypothesis, which shrinks towards it, and a plain random generator.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

from graphs import ALL_TYPES
from oracle import Asked, Graph, PathsAsked, Stated, Walks
from oracle.around import AroundAsked
from oracle.summaries import ClaimsAsked

Made = TypeVar("Made")


class Pick(Protocol):
    """Chooses a number below the given one, or so many bytes at once."""

    def __call__(self, size: int) -> int: ...

    def bytes(self, count: int) -> bytes: ...


SIZES = (3, 5, 8, 10, 14, 6, 8, 20, 12, 40)
KINDS = ("other", "person", "state", "place")
UNKNOWN_TYPE = "MUMBLES_AT"
"""A type that is in no vocabulary."""
USED_TYPES = (*sorted(ALL_TYPES), UNKNOWN_TYPE)
STATUSES = ("asserted", "asserted", "asserted", "alleged", "promised", "threatened")
DOCUMENTS = (("made", "s1"), ("made", "s2"), ("made", "s3"), ("other", "s1"), ("other", "other"))
SPEAKERS = (
    (None, None),
    (None, None),
    ("Radio  Seven", None),
    ("the mayor", "a01"),
    ("the mayor", None),
    ("The Mayor", None),
)
DATES = (
    None, None, "2024", "2024-06", "2024-06-15", "2024-06-30", "2025", "2025-01", "2025-03-07", "2023-12-31",
    "202X", "20XX", "199X", "-0431",
)  # fmt: skip
STATES = (None,) * 9 + ("2020", "2024-06", "2025", "201X", "2024-06-16")
MOST_CLAIMS = 100
BYTES_OF_A_CLAIM = 13
POLARITY_SIGNS = ("", "", "", "", "", "NOT_")
MOST_WALKS = 3_000
"""Walks that the oracle may have to follow for one question."""


def one(pick: Pick, options: Sequence[Made]) -> Made:
    return options[pick(len(options))]


def several(pick: Pick, options: Sequence[Made], count: int) -> tuple[Made, ...]:
    """So many different ones, in any order."""
    left = list(options)
    return tuple(left.pop(pick(len(left))) for _ in range(min(count, len(left))))


def few(pick: Pick, options: Sequence[Made]) -> tuple[Made, ...]:
    """One to three of them."""
    return several(pick, options, 1 + pick(3))


def random_graph(pick: Pick) -> Graph:
    """Up to 40 actors and 100 claims between them; some actors have many, some none."""
    size = one(pick, SIZES)
    names = [f"a{number:02d}" for number in range(size)]
    kinds = dict(zip(names, (KINDS[byte % len(KINDS)] for byte in pick.bytes(size)), strict=True))
    count = min(size + pick(4 * size), MOST_CLAIMS)
    made = pick.bytes(count * BYTES_OF_A_CLAIM)
    claims = tuple(_claim(names, number, iter(made[number * BYTES_OF_A_CLAIM :])) for number in range(count))
    if pick(8) == 7:
        claims = tuple(replace(claim, source="s1", dataset="made") for claim in claims)
    return Graph(claims, kinds)


def _claim(names: Sequence[str], number: int, choices: Iterator[int]) -> Stated:
    """A claim made of bytes, one for each choice: drawing them one by one would take most of the time."""

    def among(options: Sequence[Made]) -> Made:
        return options[next(choices) % len(options)]

    size = len(names)
    subject = (next(choices) % size) * (next(choices) % size) // size
    name = among(USED_TYPES)
    category, symmetric = ALL_TYPES.get(name, ("UNCLASSIFIED", False))
    dataset, source = among(DOCUMENTS)
    attributed_to, attributed_to_id = among(SPEAKERS)
    return Stated(
        subject=names[subject],
        type=among(POLARITY_SIGNS) + name,
        object=names[(subject + 1 + next(choices)) % size],
        source=source,
        status=among(STATUSES),
        date=among(DATES),
        valid_from=among(STATES),
        valid_to=among(STATES),
        category=category,
        symmetric=symmetric,
        dataset=dataset,
        attributed_to=attributed_to,
        attributed_to_id=attributed_to_id,
        id=_claim_id(next(choices) % 3, number),
    )


def _claim_id(form: int, number: int) -> str:
    """Ids of our own, of hand-written claims and of the data, whose order is not that of the rows."""
    mixed = number * 7919 % 1009
    return (f"c_{mixed:032x}", f"x_{mixed:032x}", f"given {mixed}")[form]


RESTRICTIONS: Mapping[str, Callable[[Pick, Graph], object]] = {
    "types": lambda pick, _: few(pick, ("MEETS", "HELPS", "FIGHTS", "NOT_MEETS", "LIES_IN", UNKNOWN_TYPE)),
    "categories": lambda pick, _: few(pick, ("CONSULT", "AID", "LEADERSHIP", "LOCATION")),
    "families": lambda pick, _: few(pick, ("verbal_cooperation", "structural", "material_conflict")),
    "statuses": lambda pick, _: few(pick, ("asserted", "alleged", "promised")),
    "polarity": lambda pick, _: one(pick, ("positive", "positive", "both", "negative")),
    "sources": lambda pick, _: few(pick, ("s1", "s2", "made/s1", "other/other", "other")),
    "without_sources": lambda pick, _: few(pick, ("s1", "s2", "made/s1", "other/other")),
    "attributed_to": lambda pick, _: few(pick, ("radio seven", "a01", "THE MAYOR", "nobody")),
    "datasets": lambda pick, _: few(pick, ("made", "other")),
    "kinds": lambda pick, _: several(pick, KINDS, 1 + pick(3)),
    "since": lambda pick, _: one(pick, ("2024", "2024-06-15", "202X")),
    "until": lambda pick, _: one(pick, ("2024", "2024-06", "2025-01-31")),
    "as_of": lambda pick, _: one(pick, ("2024-06", "2025-02-01", "2023")),
    "undated": lambda pick, _: one(pick, ("include", "exclude")),
    "min_sources": lambda _, __: 2,
    "min_claims": lambda pick, _: 2 + pick(2),
    "avoid": lambda pick, graph: few(pick, graph.actors),
    "structural": lambda _, __: "exclude",
}
"""How each parameter of the filter is chosen where it restricts."""


def random_filter(pick: Pick, graph: Graph) -> Asked:
    """A filter of up to four parameters of all there are, in a direction and with a most of neighbours now
    and then."""
    chosen = several(pick, tuple(RESTRICTIONS), one(pick, (0, 1, 0, 2, 1, 4)))
    values: dict[str, Any] = {name: RESTRICTIONS[name](pick, graph) for name in chosen}
    direction = one(pick, ("any", "any", "any", "out", "in"))
    return Asked(**values, direction=direction, max_degree=2 + pick(6) if pick(5) == 4 else None)


def random_paths(pick: Pick, graph: Graph, rank: str) -> PathsAsked:
    """A question for paths whose answer can be enumerated."""
    asked = random_filter(pick, graph)
    named = list(several(pick, graph.actors, 2 + one(pick, (0, 0, 0, 0, 1, 3))))
    starts, ends = [named.pop(0)], [named.pop(0)]
    via: list[str] = []
    for actor in named:
        one(pick, (via, starts, ends, via)).append(actor)
    avoid = tuple(actor for actor in asked.avoid if actor not in {*starts, *ends, *via})
    question = PathsAsked(
        tuple(starts),
        tuple(ends),
        one(pick, (5, 1, 2, 3, 25)),
        1 + pick(8),
        replace(asked, avoid=avoid),
        rank,
    )
    question = replace(question, max_hops=min(question.max_hops, longest_walked(graph, question)))
    return replace(question, via=tuple(via[: max(question.max_hops - 1, 0)]))


def longest_walked(graph: Graph, question: PathsAsked) -> int:
    """Hops up to which there are few enough walks from the starts."""
    onward = Walks(graph, replace(question, asked=Asked())).under.onward
    walks, front = 0, dict.fromkeys(question.starts, 1)
    for hops in range(1, 9):
        reached: dict[str, int] = {}
        for actor, ways in front.items():
            for other in onward.get(actor, ()):
                reached[other] = reached.get(other, 0) + ways
        walks, front = walks + sum(reached.values()), reached
        if walks > MOST_WALKS:
            return max(hops - 1, 1)
    return 8


def random_around(pick: Pick, graph: Graph) -> AroundAsked:
    """A question for a neighbourhood."""
    return AroundAsked(one(pick, graph.actors), 1 + pick(3), bool(pick(2)), random_filter(pick, graph))


def random_claims(pick: Pick, graph: Graph) -> ClaimsAsked:
    """A list of claims, perhaps about one actor or two."""
    subject, object_ = (one(pick, (None, None, one(pick, graph.actors))) for _ in range(2))
    return ClaimsAsked(subject, object_, random_filter(pick, graph))


def random_names(pick: Pick, graph: Graph) -> tuple[str, ...]:
    """Some actors in any order, perhaps one of them twice."""
    return (*several(pick, graph.actors, 1 + pick(8)), one(pick, graph.actors))


def shuffled(pick: Pick, graph: Graph) -> Graph:
    """The same graph with its claims in another order."""
    weights = pick.bytes(len(graph.claims))
    order = sorted(range(len(graph.claims)), key=lambda number: weights[number])
    return replace(graph, claims=tuple(graph.claims[number] for number in order))


def drawn(make: Callable[[Pick], Made]) -> st.SearchStrategy[Made]:
    """What Hypothesis makes by choosing."""

    @st.composite
    def strategy(draw: st.DrawFn) -> Made:
        return make(_Drawn(draw))

    return strategy()


@dataclass(frozen=True)
class _Drawn:
    """Choices of Hypothesis."""

    draw: st.DrawFn

    def __call__(self, size: int) -> int:
        return self.draw(st.integers(0, size - 1))

    def bytes(self, count: int) -> bytes:
        return self.draw(st.binary(min_size=count, max_size=count))


@dataclass(frozen=True)
class Seeded:
    """Choices of a random generator."""

    generator: random.Random

    def __call__(self, size: int) -> int:
        return self.generator.randrange(size)

    def bytes(self, count: int) -> bytes:
        return self.generator.randbytes(count)


def seeded(seed: int) -> Pick:
    """Choices that depend on a number alone."""
    return Seeded(random.Random(seed))
