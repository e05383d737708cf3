"""What must be known before the first claim is read, so that no meaning depends on the order of rows.

Actors and sources files, the records of our own export, and the ids that claims rows bring.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.errors import InputUnusable
from graph.model import Dataset, Question
from graph.vocabulary import types_from_json
from ingest import normalise
from ingest.catalogue import Catalogue
from ingest.folders import Unit
from ingest.readers.formats import open_table
from ingest.readers.table import Table
from ingest.records import ACTORS, CLAIMS, SOURCES, Fault, FileBroken, Form, RawRow, RowRefused
from ingest.sheets import Sheets
from ingest.validate import ClaimValidator, actor_entry, is_record, source_of

_SURVEYED = frozenset({"subject_id", "object_id", "attributed_to"})
"""Columns whose meaning depends on rows that come later, so that the file is read once before."""


class Survey:
    """Reads a unit into the catalogue; `attributes` tells afterwards whether claims say who says so."""

    def __init__(self, unit: Unit, catalogue: Catalogue, validator: ClaimValidator, sheets: Sheets) -> None:
        self.attributes = False
        self._unit = unit
        self._name = unit.dataset.name
        self._catalogue = catalogue
        self._validator = validator
        self._sheets = sheets

    def run(self) -> Iterator[None]:
        """Read; gives None for each row so that the caller can pause.

        Raises: InputUnusable when a file breaks off before its first row.
        """
        if self._unit.dataset != Dataset(self._name):
            self._catalogue.describe(self._unit.dataset)
        for path in self._unit.actors:
            yield from self._define_all(path, ACTORS)
        for path in self._unit.sources:
            yield from self._define_all(path, SOURCES)
        for path in self._unit.claims:
            table = open_table(path, CLAIMS)
            if table.columns is None or table.columns & _SURVEYED:
                yield from self._survey(table)

    def _define_all(self, path: Path, form: Form) -> Iterator[None]:
        lines: dict[str, int] = {}
        for row in self._sheets.rows(path, form):
            if isinstance(row, Fault):
                self._sheets.refuse(row, claim=False)
                continue
            try:
                self._define(row, form, lines)
            except RowRefused as refused:
                self._sheets.refuse(row, refused, claim=False)
            yield None

    def _define(self, row: RawRow, form: Form, lines: dict[str, int]) -> None:
        if form is SOURCES:
            source = source_of(row.values)
            _once(lines, source.id, row.line)
            self._catalogue.book(self._name).define(replace(source, datasets=(self._name,)))
            return
        entry = actor_entry(row.values)
        if entry.id is not None:
            _once(lines, entry.id, row.line)
        id = self._catalogue.actors.define(entry, (self._name,))
        if entry.id is None:
            _once(lines, id, row.line)

    def _survey(self, table: Table) -> Iterator[None]:
        """Declare the ids that rows bring and take in the records of our own export."""
        self._sheets.table = table
        try:
            for row in table.rows:
                if isinstance(row, RawRow):
                    try:
                        self._survey_row(row)
                    except RowRefused as refused:
                        if is_record(row):
                            self._sheets.refuse(row, refused, claim=False)
                yield None
        except FileBroken:
            return

    def _survey_row(self, row: RawRow) -> None:
        values = row.values
        record = values.get("record")
        if record is None:
            self.attributes = self.attributes or bool(values.get("attributed_to"))
            for column in ("subject", "object"):
                id = normalise.text_in(values, f"{column}_id")
                name = normalise.text_in(values, column)
                if id and name:
                    self._catalogue.actors.declare(
                        normalise.identifier(id, column), normalise.actor_name(name, column)
                    )
        elif record == "actor":
            entry = actor_entry(values)
            self._catalogue.actors.define(entry, self._mentioned_by(entry.datasets))
        elif record == "source":
            source = source_of(values)
            for name in self._mentioned_by(source.datasets):
                self._catalogue.book(name).define(replace(source, datasets=(name,)))
        elif record == "dataset":
            self._describe(values)
        elif record != "claim":
            raise RowRefused("record", "a record is an actor, source, dataset or claim", str(record)[:80])

    def _mentioned_by(self, datasets: tuple[str, ...]) -> tuple[str, ...]:
        """The data sets that a record is written for; none where it says none."""
        if self._unit.fixed:
            return (self._name,)
        return tuple(sorted(normalise.dataset(name, "datasets") for name in datasets))

    def _describe(self, values: Mapping[str, Any]) -> None:
        name = self._name if self._unit.fixed else normalise.text_in(values, "name")
        title, description, licence = (
            normalise.text_in(values, key) for key in ("title", "description", "licence")
        )
        if name is None:
            raise RowRefused("name", "name is empty")
        name = normalise.dataset(name, "name")
        questions = values.get("questions") or []
        try:
            asked = tuple(Question(str(one["text"]), str(one["link"])) for one in questions)
            entries = types_from_json(normalise.text_in(values, "vocabulary") or "[]")
        except (TypeError, KeyError, InputUnusable) as error:
            raise RowRefused("record", f"the data set's record is damaged ({error})", name) from None
        self._catalogue.describe(Dataset(name, title, description, licence, questions=asked))
        self._validator.extend(entries)


def _once(lines: dict[str, int], id: str, line: int) -> None:
    first = lines.setdefault(id, line)
    if first != line:
        raise RowRefused("id", f"{id!r} stands in line {first} already", id)
