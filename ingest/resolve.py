"""Which actor a row means: by id, by exact name, by exact alias, and never by guessing.

What a name means must not depend on how far a load has come, or a load that was killed and run again would
give another graph. So the ids that rows bring are declared for the whole file before the first row is
resolved, and a name becomes a new actor only where nobody has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from graph.ids import actor_id, hashed_actor_id, name_key, search_key
from graph.model import Actor
from graph.store.writing import KnownActor
from ingest.normalise import actor_name
from ingest.records import ActorEntry, Mention, RowRefused

CANDIDATES_SHOWN = 5
UNSTATED = "other"


@dataclass(frozen=True, slots=True)
class Found:
    """The actor that a mention means; it may be one that does not exist yet."""

    id: str
    name: str
    kind: str | None


class ActorTable:
    """All actors that exist or are declared, by id, name and alias, and what is to be written of them."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._first_dataset: dict[str, str] = {}
        self._by_name: dict[str, tuple[str, ...]] = {}
        self._by_alias: dict[str, tuple[str, ...]] = {}
        self._stored: set[str] = set()
        self._described: dict[str, Actor] = {}
        self._told: dict[tuple[str, str], Actor] = {}
        self._pending: dict[str, dict[str, Actor]] = {}
        self._used: set[str] = set()
        self.new: set[str] = set()

    def fork(self) -> ActorTable:
        """A copy for a rehearsal: what is done to it leaves this one as it is."""
        twin = ActorTable()
        state: dict[str, Any] = vars(self)
        vars(twin).update({name: value.copy() for name, value in state.items()})
        twin._pending = {dataset: actors.copy() for dataset, actors in self._pending.items()}
        return twin

    def add_stored(self, actor: KnownActor) -> None:
        """Take in an actor of the store."""
        self._stored.add(actor.id)
        self._enter(actor.id, actor.name)
        if actor.datasets:
            self._first_dataset[actor.id] = actor.datasets[0]
        for alias in actor.aliases:
            _add(self._by_alias, name_key(alias), actor.id)

    def declare(self, id: str, name: str) -> None:
        """Note that some row gives this id; its first name stays. It exists only once a row uses it."""
        if id not in self._names:
            self._enter(id, name)

    def define(self, entry: ActorEntry, datasets: Iterable[str]) -> str:
        """Take in what an actors file says; it is written for these data sets whether a claim uses it or not.

        Without data sets it is written for the first one of which a claim uses the actor.

        Raises: RowRefused when it has no id and its name fits several actors.
        """
        found = self.find(Mention("name", entry.name, entry.id))
        self.declare(found.id, entry.name)
        texts = (entry.description, entry.wikidata_id, entry.country)
        actor = Actor(found.id, entry.name, entry.kind or UNSTATED, entry.aliases, *texts)
        self._described[found.id] = actor
        for dataset in datasets:
            self._use(found.id)
            if name_key(self._names[found.id]) != name_key(entry.name):
                self._rename(found.id, entry.name, dataset)
            self._tell(dataset, actor)
        for alias in entry.aliases:
            _add(self._by_alias, name_key(alias), found.id)
        return found.id

    def find(self, mention: Mention) -> Found:
        """The actor that is meant; nothing is changed.

        Raises: RowRefused when the name fits several actors, or an id without a name is unknown.
        """
        if mention.id is not None:
            known = self._names.get(mention.id)
            if known is None and not mention.name:
                raise RowRefused(mention.column, "no actor with this id in the file or the store", mention.id)
            return Found(mention.id, known or actor_name(mention.name, mention.column), mention.kind)
        name = actor_name(mention.name, mention.column)
        candidates = self._candidates(name)
        if len(candidates) > 1:
            raise RowRefused(mention.column, self._ambiguity(mention.column, candidates), name[:200])
        if candidates:
            return Found(candidates[0], self._names[candidates[0]], mention.kind)
        return Found(self._new_id(name, mention.column), name, mention.kind)

    def use(self, found: Found, dataset: str) -> str:
        """Note that a claim of this data set has this actor as an end; returns its id.

        The first kind that a data set states in this load is the one it states.
        """
        self.declare(found.id, found.name)
        self._use(found.id)
        told = self._told.get((dataset, found.id))
        if told is None:
            bare = Actor(found.id, self._names[found.id], found.kind or UNSTATED)
            if found.id not in self._stored:
                self._tell(dataset, self._described.get(found.id, bare))
            elif found.kind:
                self._tell(dataset, bare)
        elif found.kind and told.kind == UNSTATED:
            self._tell(dataset, replace(told, kind=found.kind))
        return found.id

    def exact(self, text: str) -> str | None:
        """The id of the one actor that has exactly this name, or else exactly this alias."""
        candidates = self._candidates(text)
        return candidates[0] if len(candidates) == 1 else None

    def exists(self, id: str) -> bool:
        """Whether the actor is in the store, or this load has defined it or used it in a claim."""
        return id in self._stored or id in self._used

    def drain(self, dataset: str) -> tuple[Actor, ...]:
        """What is to be written of actors for this data set since the last call, in order of id."""
        actors = self._pending.pop(dataset, {})
        self._stored.update(actors)
        return tuple(actors[id] for id in sorted(actors))

    def waiting(self) -> tuple[str, ...]:
        """The data sets for which something is still to be written."""
        return tuple(sorted(self._pending))

    def look_alikes(self) -> Iterator[tuple[str, str]]:
        """Pairs of names of two actors, one of them new, that differ only by what search folds away."""
        wanted: dict[str, list[str]] = {}
        for id in sorted(self.new):
            wanted.setdefault(search_key(self._names[id]), []).append(id)
        if not wanted:
            return
        for id, name in self._names.items():
            for other in wanted.get(search_key(name), ()):
                if id != other and self.exists(id) and (id not in self.new or id < other):
                    yield f"{name} ({id})", f"{self._names[other]} ({other})"

    def _use(self, id: str) -> None:
        self._used.add(id)
        if id not in self._stored:
            self.new.add(id)

    def _tell(self, dataset: str, actor: Actor) -> None:
        self._told[dataset, actor.id] = actor
        self._pending.setdefault(dataset, {})[actor.id] = actor

    def _candidates(self, name: str) -> tuple[str, ...]:
        key = name_key(name)
        return self._by_name.get(key) or self._by_alias.get(key) or ()

    def _enter(self, id: str, name: str) -> None:
        self._names[id] = name
        _add(self._by_name, name_key(name), id)

    def _rename(self, id: str, name: str, dataset: str) -> None:
        """As the store does it: the data set that named the actor renames it, another one adds an alias."""
        if self._first_dataset.get(id, dataset) != dataset:
            _add(self._by_alias, name_key(name), id)
            return
        old = name_key(self._names[id])
        self._by_name[old] = tuple(one for one in self._by_name[old] if one != id)
        _add(self._by_alias, old, id)
        self._enter(id, name)

    def _new_id(self, name: str, column: str) -> str:
        """The id made from a name that nobody has; where another actor has that id, the one with the hash."""
        for id in (actor_id(name), hashed_actor_id(name)):
            if id not in self._names:
                return id
        owner = self._names[id]
        raise RowRefused(column, f"its id {id!r} belongs to {owner[:80]!r}; give {column}_id", name[:200])

    def _ambiguity(self, column: str, candidates: tuple[str, ...]) -> str:
        listed = ", ".join(f"{self._names[id][:80]} ({id})" for id in sorted(candidates)[:CANDIDATES_SHOWN])
        return f"the name fits several actors: {listed}; give {column}_id"


def _add(index: dict[str, tuple[str, ...]], key: str, id: str) -> None:
    present = index.get(key, ())
    if id not in present:
        index[key] = (*present, id)
