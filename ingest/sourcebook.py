"""Which source a row means: an id of the sources file, an address or a title; one book for each data set."""

from __future__ import annotations

from collections.abc import Iterable

from graph.ids import source_id
from graph.model import Source


class SourceBook:
    """The sources of one data set, and those that are still to be written."""

    def __init__(self, dataset: str, stored: Iterable[Source] = ()) -> None:
        self._dataset = dataset
        self._title = dataset
        self._ids: set[str] = set()
        self._by_text: dict[str, str] = {}
        self._pending: dict[str, Source] = {}
        self._stored: set[str] = set()
        self.new: set[str] = set()
        for source in stored:
            self._stored.add(source.id)
            self._enter(source)

    def fork(self) -> SourceBook:
        """A copy for a rehearsal."""
        twin = SourceBook(self._dataset)
        vars(twin).update({n: v if isinstance(v, str) else v.copy() for n, v in vars(self).items()})
        return twin

    def name_dataset(self, title: str | None) -> None:
        """The title under which the data set itself is the source of claims that name none."""
        self._title = title or self._dataset

    def define(self, source: Source) -> None:
        """Take in a row of a sources file; it is written whether a claim uses it or not."""
        self._enter(source)
        self._pending[source.id] = source
        if source.id not in self._stored:
            self.new.add(source.id)

    def find(self, text: str | None) -> str:
        """The id of the source that the text of a row means; the data set itself where there is none.

        Of several sources with this address or title it is the one with the smallest id.
        """
        if text is None:
            text = self._dataset
        if text in self._ids:
            return text
        return self._by_text.get(text) or self._make(text)

    def drain(self) -> tuple[Source, ...]:
        """What is to be written since the last call, in order of id."""
        sources, self._pending = self._pending, {}
        return tuple(sources[id] for id in sorted(sources))

    @property
    def waiting(self) -> bool:
        return bool(self._pending)

    def _make(self, text: str) -> str:
        if text == self._dataset:
            source = Source(text, self._title)
        else:
            url = text if text.lower().startswith(("http://", "https://")) else None
            source = Source(source_id(text), text, url=url)
        if source.id not in self._ids:
            self.define(source)
        return source.id

    def _enter(self, source: Source) -> None:
        self._ids.add(source.id)
        for text in (source.url, source.title):
            if text:
                self._by_text[text] = min(source.id, self._by_text.get(text, source.id))
