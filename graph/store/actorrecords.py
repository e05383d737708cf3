"""What becomes of an actor that several data sets tell about: one record, nothing lost, nothing decided by
guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.model import Actor

UNSTATED_KIND = "other"
STATED = ("kind", "description", "wikidata_id", "country")
"""Properties of which the first data set to state them decides; what others state is kept beside it."""
SEPARATOR = "\t"


@dataclass(slots=True)
class ActorRecord:
    """An actor's properties as they stand in the store, with which data set stated what.

    `stated_by`: property → the data set whose statement stands. `also_stated`: (property, data set) → what
    another data set states, the same or not. In the store both are lists of texts with tabs. A value that
    nobody stated was written by hand and stands.
    """

    id: str
    name: str
    values: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    datasets: list[str] = field(default_factory=list)
    stated_by: dict[str, str] = field(default_factory=dict)
    also_stated: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, properties: Mapping[str, Any]) -> ActorRecord:
        """The record of an actor as the store holds it; one made by hand may lack everything but its id."""
        stated = (
            (name, by)
            for text in properties.get("stated_by") or ()
            for name, by in [text.split(SEPARATOR, 1)]
        )
        others = (text.split(SEPARATOR, 2) for text in properties.get("also_stated") or ())
        record = cls(
            id=str(properties["id"]),
            name=str(properties.get("name") or properties["id"]),
            values={name: str(properties[name]) for name in STATED if properties.get(name) is not None},
            aliases=_texts(properties.get("aliases")),
            datasets=_texts(properties.get("datasets")),
            stated_by=dict(stated),
            also_stated={(name, dataset): value for name, dataset, value in others},
        )
        if record.values.get("kind") == UNSTATED_KIND:
            del record.values["kind"]
        return record

    def properties(self) -> dict[str, Any]:
        """What is to be stored; None for what is to be absent."""
        also = [SEPARATOR.join((*key, value)) for key, value in sorted(self.also_stated.items())]
        return {
            "id": self.id,
            "name": self.name,
            **dict.fromkeys(STATED),
            "kind": UNSTATED_KIND,
            **self.values,
            "aliases": self.aliases,
            "datasets": self.datasets,
            "stated_by": [SEPARATOR.join(item) for item in sorted(self.stated_by.items())] or None,
            "also_stated": also or None,
        }

    def disagreements(self) -> tuple[tuple[str, str, str], ...]:
        """Property, data set and value of each statement that is not the one that stands."""
        return tuple(
            (name, dataset, value)
            for (name, dataset), value in sorted(self.also_stated.items())
            if self.values.get(name) != value
        )

    def mention(self, dataset: str) -> None:
        """Note that a data set tells about this actor."""
        if dataset not in self.datasets:
            self.datasets.append(dataset)

    def merge(self, actor: Actor, dataset: str) -> None:
        """Take in what a data set says: its own earlier statements change, those of others stay."""
        self.mention(dataset)
        self._rename(actor.name, dataset)
        self._add_aliases(actor.aliases)
        for name in STATED:
            value = getattr(actor, name)
            if value and (name, value) != ("kind", UNSTATED_KIND):
                self._state(name, value, dataset)

    def forget(self, dataset: str) -> None:
        """Take out a data set; where its statement stood, that of another takes its place."""
        self.datasets = [name for name in self.datasets if name != dataset]
        self.also_stated = {key: value for key, value in self.also_stated.items() if key[1] != dataset}
        for name in [name for name, by in self.stated_by.items() if by == dataset]:
            del self.stated_by[name]
            if name in STATED:
                self._promote(name)

    def _promote(self, name: str) -> None:
        for dataset in self.datasets:
            value = self.also_stated.pop((name, dataset), None)
            if value is not None:
                self.values[name], self.stated_by[name] = value, dataset
                return

    def _state(self, name: str, value: str, dataset: str) -> None:
        if self.stated_by.get(name) == dataset or name not in self.values:
            self.values[name], self.stated_by[name] = value, dataset
        else:
            self.also_stated[name, dataset] = value

    def _rename(self, name: str, dataset: str) -> None:
        by = self.stated_by.get("name")
        if name == self.name:
            self.stated_by.setdefault("name", dataset)
        elif by in (None, dataset):
            before, self.name = self.name, name
            self.aliases = [alias for alias in self.aliases if alias != name]
            self._add_aliases((before,) if before != self.id else ())
            self.stated_by["name"] = dataset
        else:
            self._add_aliases((name,))

    def _add_aliases(self, aliases: Iterable[str]) -> None:
        known = {self.name, *self.aliases}
        for alias in aliases:
            if alias and alias not in known:
                known.add(alias)
                self.aliases.append(alias)


def new_record(actor: Actor) -> ActorRecord:
    """The record of an actor that the store does not hold yet; `merge` fills it."""
    return ActorRecord(id=actor.id, name=actor.name)


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
