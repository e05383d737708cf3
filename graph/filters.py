"""Filter: which claims and actors a graph question may use, with one meaning for every question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from graph.model import POLARITIES, STATUSES, Polarity, Status

Direction = Literal["any", "out", "in"]
Inclusion = Literal["include", "exclude"]

NOT_WALKED: frozenset[str] = frozenset({"LOCATION", "PART_OF", "IDENTITY"})
"""Categories that `structural=exclude` does not walk: through them everybody meets in one country."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a question may use; an empty tuple means no restriction.

    Dates are partial ISO dates that were already checked. `avoid` holds actor ids. `status` and `polarity`
    empty means all of them; the defaults of each kind of question come from `around` and `between`.
    `max_degree` says which actors a question may pass through; `ordered` that it asks for an order of time.
    What had begun by a day and what was recorded up to a load are asked for by questions, not by people:
    `begun_by` and `recorded_by`.
    """

    type: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    polarity: tuple[Polarity, ...] = ()
    source: tuple[str, ...] = ()
    without_source: tuple[str, ...] = ()
    attributed_to: tuple[str, ...] = ()
    dataset: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    undated: Inclusion | None = None
    min_sources: int = 1
    min_claims: int = 1
    direction: Direction = "any"
    avoid: tuple[str, ...] = ()
    max_degree: int | None = None
    structural: Inclusion = "include"
    ordered: bool = False
    begun_by: str | None = None
    recorded_by: str | None = None

    @property
    def about_claims(self) -> Filter:
        """The same filter without what it says of actors and directions."""
        return replace(self, kind=(), avoid=(), max_degree=None, direction="any")

    @property
    def dated(self) -> bool:
        """Whether claims need a date: one restricts them, or the question puts them in order of time."""
        return bool(self.since or self.until or self.as_of or self.begun_by or self.ordered)


def around(given: Filter) -> Filter:
    """Defaults of "what is around X": every status, both polarities."""
    return given


def between(given: Filter, *, structural_given: bool = False) -> Filter:
    """Defaults of "how are X and Y connected": asserted and alleged, positive, places not walked.

    Naming a `NOT_` type implies negative polarity, so polarity stays open then. `structural_given` says
    that the caller chose `structural` himself.
    """
    polarity = given.polarity
    if not polarity and not any(t.startswith("NOT_") for t in given.type):
        polarity = ("positive",)
    return replace(
        given,
        status=given.status or STATUSES[:2],
        polarity=polarity,
        structural=given.structural if structural_given else "exclude",
    )


def among(given: Filter, *, structural_given: bool = False) -> Filter:
    """Defaults of "who of these is connected to whom": those of `between`, but denials are looked at too.

    So `type=MEETS` takes in NOT_MEETS, unless the caller chose `polarity` himself.
    """
    chosen = between(given, structural_given=structural_given)
    return replace(chosen, polarity=given.polarity or POLARITIES)
