"""What all readings of a load share: the actors, and per data set its record, sources and relation types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Dataset, Source
from graph.vocabulary import RelationType, types_to_json
from ingest.resolve import ActorTable
from ingest.sourcebook import SourceBook


@dataclass(slots=True)
class Catalogue:
    """Grows while rows are read.

    `types`: the relation types that the claims of a data set have. `described`: data sets whose record is to
    be written.
    """

    actors: ActorTable
    stored_sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    books: dict[str, SourceBook] = field(default_factory=dict)
    datasets: dict[str, Dataset] = field(default_factory=dict)
    types: dict[str, dict[str, RelationType]] = field(default_factory=dict)
    described: set[str] = field(default_factory=set)

    def fork(self) -> Catalogue:
        """A copy for a rehearsal: what is done to it leaves this one as it is."""
        return Catalogue(
            self.actors.fork(),
            self.stored_sources,
            {name: book.fork() for name, book in self.books.items()},
            self.datasets.copy(),
            {name: types.copy() for name, types in self.types.items()},
            self.described.copy(),
        )

    def book(self, dataset: str) -> SourceBook:
        """The sources of a data set."""
        if dataset not in self.books:
            self.books[dataset] = SourceBook(dataset, self.stored_sources.get(dataset, ()))
        return self.books[dataset]

    def describe(self, dataset: Dataset) -> None:
        """Take in what is said of a data set."""
        self.datasets[dataset.name] = dataset
        self.described.add(dataset.name)
        self.book(dataset.name).name_dataset(dataset.title)

    def note_type(self, dataset: str, entry: RelationType) -> None:
        """Note that claims of this data set have this type."""
        self.types.setdefault(dataset, {})[entry.type] = entry

    def vocabulary(self, dataset: str) -> str:
        """The relation types of a data set as JSON, in order of type."""
        types = self.types.get(dataset, {})
        return types_to_json([types[name] for name in sorted(types)])

    def waiting(self) -> tuple[str, ...]:
        """The data sets of which actors, sources or a description are to be written."""
        books = {name for name, book in self.books.items() if book.waiting}
        return tuple(sorted({*self.actors.waiting(), *books, *self.described}))
