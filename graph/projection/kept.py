"""A snapshot on disk between two starts: arrays and JSON in one `.npz`, read without pickle, written whole
or not at all."""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from graph.errors import InputUnusable
from graph.model import Actor, Dataset, Question
from graph.projection.columns import ClaimColumns
from graph.projection.snapshot import Catalogue, Snapshot
from graph.vocabulary import Vocabulary, types_from_json, types_to_json

FORM = 3
"""Raised when the layout changes; a file of another form is not read."""


@dataclass(frozen=True, slots=True)
class KeptSnapshots:
    """The folder for one store's snapshot; `store` names the store (address and database), `vocabulary` is
    the one that a reading of it starts from."""

    folder: Path
    store: str
    vocabulary: Vocabulary

    @property
    def path(self) -> Path:
        """The file of this store."""
        return self.folder / f"{_mark(self.store)}.npz"

    def save(self, snapshot: Snapshot) -> None:
        """Write the snapshot under a temporary name and rename it.

        Raises: OSError when the folder cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        waiting = self.path.with_suffix(f".{os.getpid()}.tmp")
        try:
            with waiting.open("wb") as file:
                os.fchmod(file.fileno(), 0o600)
                np.savez(file, allow_pickle=False, **_arrays(snapshot, self._labels(snapshot.token)))
            waiting.replace(self.path)
        finally:
            waiting.unlink(missing_ok=True)

    def load(self, token: str) -> Snapshot | None:
        """The kept snapshot if it has this token, began with this vocabulary and is whole, else None."""
        try:
            with self.path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
                about = orjson.loads(file["about"].tobytes())
                if about["labels"] != self._labels(token):
                    return None
                arrays = {name: file[name] for name in file.files if name != "about"}
                return _snapshot(token, about, arrays, self.vocabulary)
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, InputUnusable):
            return None

    def _labels(self, token: str) -> dict[str, Any]:
        """What a kept snapshot must agree in; another version of the program may bring other types."""
        types = types_to_json(self.vocabulary.entries)
        return {"form": FORM, "store": self.store, "token": token, "vocabulary": _mark(types)}


def _mark(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _arrays(snapshot: Snapshot, labels: dict[str, Any]) -> dict[str, NDArray[Any]]:
    columns = snapshot.columns
    values = {field.name: getattr(columns, field.name) for field in fields(columns)}
    about = {
        "labels": labels,
        "actors": [
            [a.id, a.name, a.kind, a.aliases, a.description, a.wikidata_id, a.country, a.datasets]
            for a in snapshot.actors
        ],
        "datasets": snapshot.datasets,
        "vocabulary": types_to_json(snapshot.vocabulary.entries),
        "lookups": {name: value for name, value in values.items() if isinstance(value, tuple)},
    }
    arrays = {name: value for name, value in values.items() if not isinstance(value, tuple)}
    return {**arrays, "about": np.frombuffer(orjson.dumps(about), dtype=np.uint8)}


def _snapshot(
    token: str, about: dict[str, Any], arrays: dict[str, NDArray[Any]], vocabulary: Vocabulary
) -> Snapshot:
    lookups = about["lookups"]
    paired = ("sources", "speakers", "loads")
    pairs = {name: tuple(tuple(pair) for pair in lookups.pop(name)) for name in paired}
    parts: dict[str, Any] = {**arrays, **{name: tuple(value) for name, value in lookups.items()}, **pairs}
    columns = ClaimColumns(**parts)
    catalogue = Catalogue(
        actors=tuple(_actor(row) for row in about["actors"]),
        datasets=tuple(_dataset(row) for row in about["datasets"]),
        vocabulary=vocabulary.extended(types_from_json(about["vocabulary"])),
    )
    return Snapshot(token, catalogue, columns)


def _actor(row: list[Any]) -> Actor:
    id_, name, kind, aliases, description, wikidata_id, country, datasets = row
    return Actor(id_, name, kind, tuple(aliases), description, wikidata_id, country, tuple(datasets))


def _dataset(row: dict[str, Any]) -> Dataset:
    questions = tuple(Question(**question) for question in row["questions"])
    return Dataset(**{**row, "questions": questions})
