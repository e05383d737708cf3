"""One reading of a data set's files: rows in, claims out, everything else into the tally."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from graph.dates import as_dates, parse_date
from graph.ids import ClaimIdentity, claim_id, is_derived_claim_id
from graph.model import Claim
from graph.vocabulary import Vocabulary
from ingest.catalogue import Catalogue
from ingest.folders import Unit
from ingest.readers.formats import open_table
from ingest.records import ACTORS, CLAIMS, SOURCES, ClaimRow, Form, RawRow, RowRefused
from ingest.report import Tally
from ingest.resolve import ActorTable
from ingest.sheets import Sheets
from ingest.survey import Survey
from ingest.validate import ClaimValidator

FAR_AHEAD = dt.timedelta(days=366)
CLAIM_RECORD = "claim"


class Pass:
    """Reads a unit: first `prepare`, then `claims`; `sheets.table` is the file being read."""

    def __init__(self, unit: Unit, vocabulary: Vocabulary, catalogue: Catalogue, tally: Tally) -> None:
        self.unit = unit
        self.sheets = Sheets(tally)
        self._catalogue = catalogue
        self._tally = tally
        self._validator = ClaimValidator(
            vocabulary.extended(unit.vocabulary), unit.dataset.name, override=unit.fixed
        )
        self._survey = Survey(unit, catalogue, self._validator, self.sheets)
        self._ends: dict[tuple[str, str], str] = {}
        self._attributable: ActorTable | None = None
        self._horizon = (dt.date.today() + FAR_AHEAD).toordinal()

    def check_files(self) -> None:
        """Open each file and look at its header, so that one that cannot be used is known before any is read.

        Raises: InputUnusable.
        """
        for path, form in self._files():
            open_table(path, form)

    def prepare(self) -> Iterator[None]:
        """Take in all that claims may refer to; gives None for each row so that the caller can pause.

        Raises: InputUnusable when a file breaks off before its first row.
        """
        return self._survey.run()

    def rehearsal(self, catalogue: Catalogue) -> Pass:
        """A reading of the same unit after `prepare`, into another catalogue; nothing of it is reported."""
        twin = Pass(self.unit, Vocabulary(), catalogue, Tally())
        twin._validator = self._validator
        return twin

    @property
    def wants_rehearsal(self) -> bool:
        """After `prepare`: whether a claim may be attributed to an actor that a later row makes."""
        return self._survey.attributes

    def claims(self, attributable: ActorTable | None = None) -> Iterator[Claim]:
        """The claims of the rows that are accepted, in the order of the files.

        `attributable` knows all actors that there will be; without it no claim is attributed to one.

        Raises: InputUnusable when a file breaks off before its first row.
        """
        self._attributable = attributable
        for path in self.unit.claims:
            for row in self.sheets.rows(path, CLAIMS):
                if not isinstance(row, RawRow):
                    self._tally.read += 1
                    self.sheets.refuse(row, claim=True)
                elif row.values.get("record", CLAIM_RECORD) == CLAIM_RECORD:
                    self._tally.read += 1
                    try:
                        yield self._claim(row)
                    except RowRefused as refused:
                        self.sheets.refuse(row, refused, claim=True)

    def _files(self) -> Iterator[tuple[Path, Form]]:
        unit = self.unit
        for form, paths in ((ACTORS, unit.actors), (SOURCES, unit.sources), (CLAIMS, unit.claims)):
            yield from ((path, form) for path in paths)

    def _claim(self, row: RawRow) -> Claim:
        values = row.values
        exported = "record" in values
        checked = self._validator.check_record(values) if exported else self._validator.check(values)
        dataset = checked.dataset
        subject, object_ = self._both_ends(checked)
        source = self._catalogue.book(dataset).find(checked.source)
        date = checked.date
        first, last = as_dates(date) if date else (None, None)
        claim = Claim(
            id=self._claim_id(checked, subject, object_, source, str(values.get("dataset") or dataset)),
            dataset=dataset,
            subject=subject,
            object=object_,
            type=checked.type,
            polarity=checked.polarity,
            status=checked.status,
            category=checked.category,
            attributed_to=checked.attributed_to,
            attributed_to_id=self._attribution(checked) if checked.attributed_to else None,
            statement=checked.statement or "",
            quote=checked.quote,
            source_id=source,
            passage_start=checked.passage_start,
            passage_end=checked.passage_end,
            date=date.text if date else None,
            date_from=first,
            date_to=last,
            date_precision=date.precision if date else None,
            date_text=checked.date_text,
            valid_from=checked.valid_from,
            valid_to=checked.valid_to,
            relation_raw=checked.word or None,
        )
        self._note(row.line, checked, claim)
        named = values.get("dataset")
        if not exported and named and str(named).strip() != dataset:
            said = "claims that name another data set; the one loaded is kept"
            self._tally.remark("other-dataset", said, f"line {row.line}")
        return claim

    def _both_ends(self, row: ClaimRow) -> tuple[str, str]:
        """Ids of both ends; neither is noted as used unless both can be found."""
        subject, object_ = row.subject, row.object
        plain = subject.id is None and subject.kind is None and object_.id is None and object_.kind is None
        if plain:
            known = self._ends.get((row.dataset, subject.name)), self._ends.get((row.dataset, object_.name))
            if known[0] is not None and known[1] is not None:
                return known[0], known[1]
        actors = self._catalogue.actors
        found = actors.find(subject), actors.find(object_)
        ids = actors.use(found[0], row.dataset), actors.use(found[1], row.dataset)
        if plain:
            self._ends[row.dataset, subject.name], self._ends[row.dataset, object_.name] = ids
        return ids

    def _claim_id(self, row: ClaimRow, subject: str, object: str, source: str, written_for: str) -> str:
        """The id given, unless it is one of our own making for another data set; else the hash."""
        given = row.claim_id
        if given and (written_for == row.dataset or not is_derived_claim_id(given)):
            return given
        return claim_id(
            ClaimIdentity(
                row.dataset,
                subject,
                row.type,
                object,
                source,
                row.date.text if row.date else None,
                row.valid_from,
                row.valid_to,
                row.status,
                row.attributed_to,
                row.passage_start,
                row.passage_end,
                row.statement,
            )
        )

    def _attribution(self, row: ClaimRow) -> str | None:
        actors = self._attributable
        if actors is None or row.attributed_to is None:
            return None
        id = row.attributed_to_id if row.exported else actors.exact(row.attributed_to)
        return id if id is not None and actors.exists(id) else None

    def _note(self, line: int, row: ClaimRow, claim: Claim) -> None:
        tally = self._tally
        self._catalogue.note_type(claim.dataset, row.entry)
        if not row.known_word:
            tally.unknown_relations[row.word] += 1
        if claim.subject == claim.object:
            tally.remark("self-relation", "claims that relate an actor to itself", f"line {line}")
        if row.status == "alleged" and row.attributed_to is None:
            tally.remark("unattributed", "alleged claims that do not say who alleges", f"line {line}")
        if row.date is not None and row.date.first > self._horizon:
            tally.remark("far-ahead", "dates more than a year ahead", f"line {line}")
        if (
            row.valid_from
            and row.valid_to
            and parse_date(row.valid_to).last < parse_date(row.valid_from).first
        ):
            tally.remark(
                "ends-before-start", "claims kept although they end before they begin", f"line {line}"
            )
