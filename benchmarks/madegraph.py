"""A made graph of any size for measuring: the same seed gives the same claims. Degrees follow a power law,
half of the ties stay within a region; types, statuses, sources and dates are as unequal as in real data."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple, TypeVar

REGIONS, LOCAL = 40, 0.5
SOURCES = 400
FIRST_DAY, DAYS = date(2005, 1, 1), 20 * 365
STATUSES = {"asserted": 85, "alleged": 10, "promised": 3, "threatened": 2}
PRECISIONS = {10: 80, 7: 10, 4: 5, 0: 5}
"""How many characters of a date are known, and how often."""
RELATIONS = {
    "meets": 24,
    "comments on": 18,
    "supports": 12,
    "cooperates with": 9,
    "accuses": 8,
    "attacks": 7,
    "trades with": 5,
    "threatens": 4,
    "sanctions": 3,
    "protests against": 2,
    "gives aid to": 2,
    "member of": 2,
    "located in": 2,
    "leads": 1,
    "NOT_MEETS": 1,
}
KINDS = ("person", "organization", "company", "government", "party", "media", "armed_group")
Value = TypeVar("Value")
SYLLABLES = (
    "ka",
    "ro",
    "mi",
    "tel",
    "sha",
    "ven",
    "du",
    "lor",
    "an",
    "bes",
    "qi",
    "far",
    "jo",
    "nev",
    "ul",
    "ta",
)


class MadeClaim(NamedTuple):
    """One row of a claims file."""

    subject: str
    relation: str
    object: str
    source: str
    date: str
    status: str
    subject_kind: str
    object_kind: str


@dataclass(frozen=True, slots=True)
class MadeGraph:
    """How many actors and claims; each actor is the subject of at least one claim."""

    actors: int
    claims: int
    seed: int = 7

    def rows(self) -> Iterator[MadeClaim]:
        """The claims, one after another."""
        rng = random.Random(self.seed)
        weights = list(accumulate((number + 5) ** -0.75 for number in range(self.actors)))
        everybody = range(self.actors)
        sources = list(accumulate(1 / (number + 3) for number in range(SOURCES)))
        relations, statuses, precisions = _draws(RELATIONS), _draws(STATUSES), _draws(PRECISIONS)
        for number in range(self.claims):
            subject = number if number < self.actors else rng.choices(everybody, cum_weights=weights)[0]
            other = self._other(rng, subject, rng.choices(everybody, cum_weights=weights)[0])
            day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
            yield MadeClaim(
                name_of(subject),
                rng.choice(relations),
                name_of(other),
                f"paper-{rng.choices(range(SOURCES), cum_weights=sources)[0]:03d}",
                day.isoformat()[: rng.choice(precisions)].rstrip("-"),
                rng.choice(statuses),
                _kind_of(subject),
                _kind_of(other),
            )

    def write(self, path: Path) -> Path:
        """Write the claims as a CSV file that can be loaded."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(MadeClaim._fields)
            writer.writerows(self.rows())
        return path

    def _other(self, rng: random.Random, subject: int, drawn: int) -> int:
        """The actor drawn, or half of the time the one of the subject's region beside it."""
        if rng.random() < LOCAL:
            drawn += subject % REGIONS - drawn % REGIONS
        return drawn % self.actors if drawn % self.actors != subject else (subject + 1) % self.actors


def name_of(actor: int) -> str:
    """A name that can be spoken, different for each number below 65,536."""
    first = "".join(SYLLABLES[actor >> shift & 15] for shift in (8, 4, 0))
    return f"{first.capitalize()} {SYLLABLES[actor >> 12 & 15].capitalize()}son"


def _kind_of(actor: int) -> str:
    return "state" if actor < 150 else KINDS[actor % len(KINDS)]


def _draws(weights: Mapping[Value, int]) -> Sequence[Value]:
    """Each value as often as its weight says."""
    return [value for value, weight in weights.items() for _ in range(weight)]
