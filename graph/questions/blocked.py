"""Why no path was found: which single constraint stands in the way, and whether there is any connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from graph.filters import Filter
from graph.projection.snapshot import Snapshot
from graph.questions.conditions import condition
from graph.questions.pathquestion import Named, PathQuestion, count

MOST_TRIES = 64
"""Sets of constraints that are tried one by one; after that the whole is thinned out, which also ends in a
set without a needless member."""

WHOLE_LISTS = (
    "type", "category", "family", "status", "source", "without_source", "attributed_to", "dataset", "kind",
)  # fmt: skip
DATES = ("since", "until", "as_of")
Lift = Callable[[PathQuestion], PathQuestion]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition of a question by its parameter, and its value; `text` says it in words."""

    constraint: str
    value: str
    text: str = field(default="", compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Blocked(Constraint):
    """A condition without which there are paths (at most k are counted); `together`: others that have to be
    lifted with it."""

    paths_without_it: int
    together: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class _Liftable:
    """A condition, and the question without it."""

    name: Constraint
    lift: Lift


def conditions(snapshot: Snapshot, question: PathQuestion) -> tuple[Constraint, ...]:
    """Everything that restricts a question, defaults included, in the order of the parameters."""
    return tuple(one.name for one in _liftable(snapshot, question))


def blocked_by(
    snapshot: Snapshot, question: PathQuestion, actors: Named, deadline: float | None
) -> tuple[Blocked, ...]:
    """Every single constraint whose removal gives paths; where no single one does, the smallest set found.

    Defaults count as constraints. Polarity is never lifted: a denial is no connection. Empty: no removal
    helps.

    Raises: QuestionTimeout.
    """

    def ways(lifted: Sequence[_Liftable], k: int) -> int:
        asked = replace(question, k=k)
        for one in lifted:
            asked = one.lift(asked)
        via = tuple(number for number in actors.via if snapshot.actors[number].id in asked.via)
        return count(snapshot, asked, replace(actors, via=via), deadline)

    known = _liftable(snapshot, question)
    single = [(one, ways([one], question.k)) for one in known]
    alone = tuple(_blocked(one.name, n) for one, n in single if n)
    if alone or not ways(known, 1):
        return alone
    smallest = _smallest(known, lambda lifted: ways(lifted, 1) > 0)
    first, *others = (one.name for one in smallest)
    return (_blocked(first, ways(smallest, question.k), tuple(others)),)


def _blocked(name: Constraint, paths: int, together: tuple[Constraint, ...] = ()) -> Blocked:
    return Blocked(name.constraint, name.value, paths, together, text=name.text)


def _smallest(known: Sequence[_Liftable], opens: Callable[[Sequence[_Liftable]], bool]) -> list[_Liftable]:
    """The first smallest set that opens a way, by trying sets in order of size, then by thinning out."""
    tries = 0
    for size in range(2, len(known)):
        for chosen in combinations(known, size):
            tries += 1
            if tries > MOST_TRIES:
                return _thinned(known, opens)
            if opens(chosen):
                return list(chosen)
    return list(known)


def _thinned(known: Sequence[_Liftable], opens: Callable[[Sequence[_Liftable]], bool]) -> list[_Liftable]:
    """Leave out every member that is not needed, until each one is.

    Once is not enough: what is lifted adds neighbours, so `max_degree` may close a way again, and a member
    that was needed beside others may not be without them.
    """
    kept, before = list(known), 0
    while len(kept) != before:
        before = len(kept)
        for one in list(kept):
            rest = [other for other in kept if other is not one]
            if opens(rest):
                kept = rest
    return kept


def _liftable(snapshot: Snapshot, question: PathQuestion) -> list[_Liftable]:
    """Everything that restricts a question, in the order of the parameters."""
    given = question.filter
    dated = question.claims_filter.dated

    def named(name: str, values: Sequence[object], lift: Lift) -> _Liftable:
        value = ", ".join(str(one) for one in values)
        return _Liftable(Constraint(name, value, text=condition(snapshot, name, values)), lift)

    found = [
        named(name, getattr(given, name), _freeing(name, ())) for name in WHOLE_LISTS if getattr(given, name)
    ]
    found += [
        named(name, [getattr(given, name)], _freeing(name, None)) for name in DATES if getattr(given, name)
    ]
    found += [
        named(name, [value], _freeing(name, free))
        for name, value, free, restricts in (
            ("undated", "exclude", "include", given.undated == "exclude" or (dated and not given.undated)),
            ("min_sources", given.min_sources, 1, given.min_sources > 1),
            ("min_claims", given.min_claims, 1, given.min_claims > 1),
            ("direction", given.direction, "any", given.direction != "any"),
            ("max_degree", given.max_degree, None, given.max_degree is not None),
            ("structural", given.structural, "include", given.structural == "exclude"),
        )
        if restricts
    ]
    if question.rank == "chronological":
        found.append(named("rank", [question.rank], lambda q: replace(q, rank="shortest")))
    found += [named("avoid", [actor], _not_avoiding(actor)) for actor in given.avoid]
    found += [named("via", [actor], _not_via(actor)) for actor in question.via]
    return found


def _freeing(name: str, free: object) -> Lift:
    def lift(question: PathQuestion) -> PathQuestion:
        changes: dict[str, object] = {name: free}
        lifted: Filter = replace(question.filter, **changes)  # type: ignore[arg-type]  # fields by name
        return replace(question, filter=lifted)

    return lift


def _not_avoiding(actor: str) -> Lift:
    def lift(question: PathQuestion) -> PathQuestion:
        rest = tuple(other for other in question.filter.avoid if other != actor)
        return replace(question, filter=replace(question.filter, avoid=rest))

    return lift


def _not_via(actor: str) -> Lift:
    return lambda q: replace(q, via=tuple(other for other in q.via if other != actor))
