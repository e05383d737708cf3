"""An answer for paths as a text to publish: sentences with numbered footnotes, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graph.model import Claim, Path, Sentence, Source
from graph.questions.paths import PathAnswer

SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~&$])")
MOST_PER_NOTE = 5
"""Claims that a footnote shows; it counts the rest."""

Sources = Mapping[tuple[str, str], Source]
"""By data set and id."""


def markdown(answer: PathAnswer, claims: Mapping[str, Claim], sources: Sources) -> str:
    """The paths in words, best first, with a footnote for each sentence, numbered through the whole text.

    A footnote holds source, date, passage, status, who says so, and the quote where there is one. `claims` by
    id; one that is missing is left out. Everything that comes from the graph is escaped.
    """
    names = {actor.id: actor.name for actor in answer.graph.actors}
    notes = _Footnotes(claims, sources)
    parts = [_path(number, path, names, notes) for number, path in enumerate(answer.paths, start=1)]
    if not answer.paths:
        parts.append("No path was found under these conditions.")
    parts += [_capital(f"{escaped(note.text)}.") for note in answer.meta.notes]
    parts += [_blocked(answer)] if answer.meta.blocked_by else []
    parts += [notes.text()] if answer.paths else []
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text from the graph as one line that Markdown shows as it is."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


class _Footnotes:
    """Footnotes in order of their first use; the same leading claim is one footnote."""

    def __init__(self, claims: Mapping[str, Claim], sources: Sources) -> None:
        self._claims = claims
        self._sources = sources
        self._numbers: dict[tuple[tuple[str, ...], int], int] = {}

    def number(self, told: Sentence) -> int:
        """The footnote of a sentence; sentences that rest on the same claims share one."""
        return self._numbers.setdefault((told.claims, told.claim_count), len(self._numbers) + 1)

    def text(self) -> str:
        """All footnotes."""
        return "\n".join(self._note(number, *about) for about, number in self._numbers.items())

    def _note(self, number: int, ids: tuple[str, ...], count: int) -> str:
        known = [self._claims[id] for id in ids[:MOST_PER_NOTE] if id in self._claims]
        told = [line for claim in known for line in self._claim(claim)]
        if count > MOST_PER_NOTE:
            told.append(f"And {count - MOST_PER_NOTE} more claims.")
        return f"[^{number}]: " + "\n    ".join(told or ["The claim is no longer in the graph."])

    def _claim(self, claim: Claim) -> list[str]:
        """The claim in a line, its source in the next, and its quote; indented lines belong to a footnote."""
        when = claim.date or claim.date_text
        facts = [escaped(when)] if when else []
        if claim.valid_from or claim.valid_to:
            facts.append(f"valid from {claim.valid_from or '?'} to {claim.valid_to or 'now or unknown'}")
        facts += [claim.status] if claim.status != "asserted" else []
        facts += [f"according to {escaped(claim.attributed_to)}"] if claim.attributed_to else []
        line = escaped(claim.statement or f"{claim.subject} {claim.type} {claim.object}")
        lines = [line + (f" ({', '.join(facts)})" if facts else ""), f"Source: {self._source(claim)}", ""]
        if claim.quote:
            lines[-1:] = [
                "",
                *(f"> {escaped(part)}" for part in claim.quote.splitlines() if part.strip()),
                "",
            ]
        return lines

    def _source(self, claim: Claim) -> str:
        source = self._sources.get((claim.dataset, claim.source_id))
        if source is None:
            return escaped(claim.source_id) + _passage(claim)
        about = [source.author, source.publisher, source.published]
        rest = ", ".join(escaped(part) for part in about if part and part != source.title)
        title = escaped(source.title)
        if source.url and re.fullmatch(r"https?://[^\s<>()\[\]\\\"'`]+", source.url):
            title = f"[{title}]({source.url})"
        return title + (f", {rest}" if rest else "") + _passage(claim)


def _passage(claim: Claim) -> str:
    if claim.passage_start is None or claim.passage_end is None:
        return ""
    return f", characters {claim.passage_start} to {claim.passage_end}"


def _path(number: int, path: Path, names: Mapping[str, str], notes: _Footnotes) -> str:
    chain = " – ".join(escaped(names.get(id, id)) for id in path.actors)
    told = []
    for one in path.sentences:
        words = one.text.removesuffix(f" [{one.footnote}].")
        told.append(f"{escaped(words)}.[^{notes.number(one)}]")
    weak = ""
    if path.weakest is not None:
        ends = path.actors[path.weakest.hop : path.weakest.hop + 2]
        weak = (
            f"\n\nWeakest link: {' – '.join(escaped(names.get(id, id)) for id in ends)} "
            f"({', '.join(path.weakest.reasons)})."
        )
    return f"## {number}. {chain}\n\n{' '.join(told)}{weak}"


def _blocked(answer: PathAnswer) -> str:
    lines = []
    for way in answer.meta.blocked_by or ():
        lifted = " and ".join(f"{one.constraint} {escaped(one.value)}" for one in (way, *way.together))
        count = way.paths_without_it
        lines.append(f"- without {lifted}: {count} path{'s' if count != 1 else ''}")
    return "\n".join(["There are paths", "", *lines])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def leading_claims(paths: Sequence[Path]) -> tuple[str, ...]:
    """Ids of the claims that the footnotes of these paths show."""
    shown = (id for path in paths for one in path.sentences for id in one.claims[:MOST_PER_NOTE])
    return tuple(dict.fromkeys(shown))
