"""Reads files as a load does, without a store: what the readers, checks and resolution make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.model import Actor, Claim
from graph.vocabulary import RelationType, Vocabulary
from ingest.batches import batches, window
from ingest.catalogue import Catalogue
from ingest.folders import units
from ingest.passes import Pass
from ingest.report import Rejection, Tally
from ingest.resolve import ActorTable

WORDS = Vocabulary(
    (
        RelationType(
            "MEETS", "CONSULT", True, "meets", "meets", "{subject} met {object}", words=("met with",)
        ),
        RelationType("LEADS", "LEADERSHIP", False, "leads", "is led by", "{subject} leads {object}"),
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of some files."""

    claims: tuple[Claim, ...]
    actors: dict[str, Actor]
    tally: Tally

    @property
    def rejections(self) -> list[Rejection]:
        return self.tally.rejections

    @property
    def notes(self) -> dict[str, int]:
        return {note.code: note.count for note in self.tally.notes()}

    def only_claim(self) -> Claim:
        """The one claim, where there is one and nothing was refused."""
        assert not self.rejections, self.rejections
        (claim,) = self.claims
        return claim

    def only_rejection(self) -> Rejection:
        """The one refused row, where there is one."""
        (rejection,) = self.rejections
        return rejection


def read(
    *paths: Path, dataset: str | None = None, vocabulary: Vocabulary = WORDS, known: ActorTable | None = None
) -> Reading:
    """All claims and actors of the files, as they would be written."""
    catalogue, tally = Catalogue(known or ActorTable()), Tally()
    claims: list[Claim] = []
    for unit in units(paths, dataset):
        reading = Pass(unit, vocabulary, catalogue, tally)
        reading.check_files()
        for _ in reading.prepare():
            pass
        attributable = catalogue.actors
        if reading.wants_rehearsal:
            trial = catalogue.fork()
            for _ in reading.rehearsal(trial).claims():
                pass
            attributable = trial.actors
        claims += reading.claims(attributable)
    written = batches(catalogue, window(claims).claims)
    actors = {actor.id: actor for one in written for actor in one.batch.actors}
    return Reading(tuple(claims), actors, tally)


def write_file(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with exactly this content."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def claims_file(folder: Path, rows: Sequence[Sequence[str]], name: str = "some.tsv") -> Path:
    """A claims file with a header row, cells separated by tabs."""
    return write_file(folder, name, "".join("\t".join(row) + "\n" for row in rows))
