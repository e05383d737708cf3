"""The footnotes of a text about paths: per number the claims behind a sentence, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import Claim, Path, Sentence, Source
from graph.questions.narrative import period
from graph.questions.plaintext import escaped, linked

MOST_PER_NOTE = 5
"""Claims that a footnote shows; it counts the rest."""

Sources = Mapping[tuple[str, str], Source]
"""By data set and id."""


def leading_claims(paths: Sequence[Path]) -> tuple[str, ...]:
    """Ids of the claims that the footnotes of these paths show."""
    shown = (id for path in paths for one in path.sentences for id in one.claims[:MOST_PER_NOTE])
    return tuple(dict.fromkeys(shown))


def footnotes(paths: Sequence[Path], claims: Mapping[str, Claim], sources: Sources) -> str:
    """Every footnote of these paths in order of its number, in Markdown.

    Each holds of its claims the statement, date, who says so, how firmly, the source with the passage, and
    the quote where there is one. A claim that `claims` lacks is left out.
    """
    told = {one.footnote: one for path in paths for one in path.sentences}
    return "\n\n".join(_note(told[number], claims, sources) for number in sorted(told))


def _note(told: Sentence, claims: Mapping[str, Claim], sources: Sources) -> str:
    known = [claims[id] for id in told.claims[:MOST_PER_NOTE] if id in claims]
    blocks, before = [], None
    for claim in known:
        blocks += _claim(claim, sources, before)
        before = claim
    rest = told.claim_count - MOST_PER_NOTE
    if rest > 0:
        blocks.append(f"And {rest} more claim{'s' if rest > 1 else ''}.")
    # What is indented belongs to the footnote; an empty line begins a new paragraph in it.
    text = "\n\n".join(blocks) or "The claim is no longer in the graph."
    return f"[^{told.footnote}]: " + "\n".join(f"    {line}".rstrip() for line in text.split("\n")).lstrip()


def _claim(claim: Claim, sources: Sources, before: Claim | None) -> list[str]:
    """The claim with its source as one paragraph, and its quote as another."""
    statement = claim.statement or f"{claim.subject} {claim.type} {claim.object}"
    paragraphs = [f"{_stated(statement, _facts(claim))}\n{_source(claim, sources, before)}"]
    if claim.quote:
        lines = [escaped(line) for line in claim.quote.splitlines()]
        paragraphs.append("\n".join(f"> {line}" for line in lines if line))
    return paragraphs


def _stated(statement: str, facts: Sequence[str]) -> str:
    """The statement with what is known of it in brackets before its full stop."""
    text = escaped(statement)
    noted = f" ({'; '.join(facts)})" if facts else ""
    if text.endswith("."):
        return f"{text[:-1]}{noted}."
    return f"{text}{noted}" + ("" if not noted and text.endswith(("!", "?", "…")) else ".")


def _facts(claim: Claim) -> list[str]:
    """Date, how long it held, who says so, how firmly; the source's own words for a date in quotation
    marks."""
    facts = [escaped(claim.date)] if claim.date else []
    facts += [f"“{escaped(claim.date_text)}”"] if claim.date_text else []
    held = period(claim.valid_from, claim.valid_to)
    facts += [f"valid {escaped(held)}" if facts else escaped(held)] if held else []
    facts += [f"according to {escaped(claim.attributed_to)}"] if claim.attributed_to else []
    return facts + ([claim.status] if claim.status != "asserted" else [])


def _source(claim: Claim, sources: Sources, before: Claim | None) -> str:
    key = (claim.dataset, claim.source_id)
    if before is not None and key == (before.dataset, before.source_id):
        return f"Same source{_passage(claim)}."
    source = sources.get(key)
    if source is None:
        return f"Source: {escaped(claim.source_id)}{_passage(claim)}."
    about = (source.author, source.publisher, source.published)
    rest = "".join(f", {escaped(part)}" for part in about if part and part != source.title)
    return f"Source: {linked(source.title, source.url)}{rest}{_passage(claim)}."


def _passage(claim: Claim) -> str:
    if claim.passage_start is None or claim.passage_end is None:
        return ""
    return f", characters {claim.passage_start} to {claim.passage_end}"
