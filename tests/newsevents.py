"""The events of ICEWS 2014 as their file has them, and what a map of some of its actors has to show: counted
here from the lines alone, with networkx for ties."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import networkx as nx

from published import lines

Triple = tuple[str, str, str]


class Event(NamedTuple):
    """A line of the file: who did what to whom on which day."""

    subject: str
    relation: str
    object: str
    day: str

    @property
    def triple(self) -> Triple:
        """As the page writes it: the relation in small letters."""
        return (self.subject, self.relation.lower(), self.object)

    @property
    def type(self) -> str:
        """The relation as a type."""
        return re.sub(r"[^A-Z0-9]+", "_", self.relation.upper()).strip("_")


@dataclass(frozen=True)
class NewsEvents:
    """All events; a part of them is a `Sequence` again."""

    events: Sequence[Event]

    @classmethod
    def of(cls, folder: Path) -> NewsEvents:
        """Read `icews14.tsv.gz`; white space within names is one space, as on the page."""
        _, *rows = (line.split("\t") for line in lines(folder / "icews14.tsv.gz"))
        return cls([Event(*(" ".join(cell.split()) for cell in row)) for row in rows])

    @cached_property
    def ties(self) -> nx.Graph[str]:
        """Who is tied to whom, by any event with two different actors."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from({name for event in self.events for name in (event.subject, event.object)})
        graph.add_edges_from((event.subject, event.object) for event in self.events)
        graph.remove_edges_from([(name, name) for name in list(nx.nodes_with_selfloops(graph))])
        return graph

    def around(self, name: str) -> set[str]:
        """Somebody with all neighbours."""
        return {name, *self.ties[name]}

    def among(self, names: Iterable[str]) -> list[Event]:
        """The events between these."""
        wanted = set(names)
        return [one for one in self.events if one.subject in wanted and one.object in wanted]

    def about(self, name: str) -> list[Event]:
        """The events that name somebody."""
        return [one for one in self.events if name in (one.subject, one.object)]

    def between(self, one: str, other: str) -> list[Event]:
        """The events of two actors, whoever of them acts."""
        return [event for event in self.events if {event.subject, event.object} == {one, other}]

    def objects(self, name: str) -> dict[str, set[str]]:
        """Whom somebody does what to: relation in small letters → others."""
        found: dict[str, set[str]] = {}
        for event in self.events:
            if event.subject == name != event.object:
                found.setdefault(event.triple[1], set()).add(event.object)
        return found

    def subjects(self, name: str) -> dict[str, set[str]]:
        """Who does what to somebody."""
        found: dict[str, set[str]] = {}
        for event in self.events:
            if event.object == name != event.subject:
                found.setdefault(event.triple[1], set()).add(event.subject)
        return found

    def branch(self, name: str, most: int) -> tuple[str, str, set[str]]:
        """A neighbour of somebody, a type of its ties and the at most so many others whom it brings to a map
        of all neighbours; of all choices the one that brings most who are tied to nobody else there."""
        on_map = self.around(name)
        choices = [
            (hub, label, others - on_map)
            for hub in self.ties[name]
            for label, others in self.objects(hub).items()
            if 0 < len(others - on_map) <= most
        ]

        def alone(choice: tuple[str, str, set[str]]) -> int:
            hub, _, brought = choice
            return sum(not (set(self.ties[one]) & (on_map | brought)) - {hub} for one in brought)

        return max(choices, key=lambda choice: (alone(choice), choice[:2]))


def relations(events: Iterable[Event]) -> Counter[Triple]:
    """Events by who, what and whom."""
    return Counter(event.triple for event in events)


def by_type(events: Iterable[Event]) -> Counter[str]:
    """How many relations of each type there are."""
    return Counter(type_ for type_, _, _ in {(one.type, one.subject, one.object) for one in events})


def by_month(events: Iterable[Event]) -> list[int]:
    """How many events each month has, from the first to the last that has any."""
    counts = Counter(int(event.day[5:7]) for event in events)
    return [counts[month] for month in range(min(counts), max(counts) + 1)]


def span(events: Sequence[Event]) -> str:
    """From the first day to the last, as the page writes it."""
    first, last = min(one.day for one in events), max(one.day for one in events)
    return first if first == last else f"{first} to {last}"


def first_days(events: Iterable[Event]) -> dict[Triple, str]:
    """When each relation began."""
    found: dict[Triple, str] = {}
    for event in events:
        found[event.triple] = min(event.day, found.get(event.triple, event.day))
    return found
