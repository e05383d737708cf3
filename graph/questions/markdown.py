"""An answer for paths as a text to publish: what was asked, sentences with footnotes, why there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import Claim, NamedActor, Path, Weakest
from graph.questions.footnotes import Sources, footnotes
from graph.questions.pathquestion import PathQuestion
from graph.questions.paths import PathAnswer
from graph.questions.plaintext import escaped
from graph.questions.ranks import Rank

ORDER: Mapping[Rank, str] = {
    "shortest": "shortest first",
    "strongest": "best supported first",
    "specific": "rare go-betweens first",
    "recent": "most recent first",
    "chronological": "in the order of time",
}


def markdown(
    question: PathQuestion, answer: PathAnswer, claims: Mapping[str, Claim], sources: Sources
) -> str:
    """The answer in words: the question with its conditions, then the paths, best first, each sentence with
    the number of its footnote, then what a reader should know, then the footnotes.

    `claims` by id are those of `leading_claims`. Everything that comes from the graph is escaped.
    """
    names = {actor.id: actor.name for actor in answer.graph.actors}
    asked = answer.meta.asked
    parts = [f"# From {_either(asked.from_)} to {_either(asked.to)}", _head(question, answer)]
    parts += [_path(number, path, names) for number, path in enumerate(answer.paths, start=1)]
    parts += _notes(question, answer)
    parts += [_blocked(answer)] if answer.meta.blocked_by else []
    parts += [footnotes(answer.paths, claims, sources)] if answer.paths else []
    return "\n\n".join(parts) + "\n"


def _either(actors: Sequence[NamedActor]) -> str:
    return " or ".join(escaped(actor.name) for actor in actors)


def _head(question: PathQuestion, answer: PathAnswer) -> str:
    """How many paths there are, in which order, under which conditions."""
    within = f"of at most {_counted(question.max_hops, 'hop')}"
    found = len(answer.paths)
    said = f"{_counted(found, 'path')} {within}, {ORDER[question.rank]}." if found else f"No path {within}."
    if answer.meta.reason:
        said = f"{_counted(found, 'path')} before a limit of the service was met."
    conditions = "; ".join(escaped(one.text) for one in answer.meta.conditions)
    return f"{said} Conditions: {conditions}." if conditions else said


def _path(number: int, path: Path, names: Mapping[str, str]) -> str:
    told = []
    for one in path.sentences:
        words = one.text.removesuffix(f" [{one.footnote}].")
        told.append(f"{escaped(words)}.[^{one.footnote}]")
    text = f"## {number}. {_chain(path.actors, names)}\n\n{' '.join(told)}"
    return text if path.weakest is None else f"{text}\n\n{_weakest(path, path.weakest, names)}"


def _chain(actors: Sequence[str], names: Mapping[str, str]) -> str:
    return " – ".join(escaped(names.get(id, id)) for id in actors)


def _weakest(path: Path, weakest: Weakest, names: Mapping[str, str]) -> str:
    """The hop that carries least; where all carry the same there is none to name."""
    reasons = ", ".join(weakest.reasons)
    if weakest.alike == path.length:
        every = "Its one link" if path.length == 1 else "Every link"
        return f"{every}: {reasons}."
    ends = _chain(path.actors[weakest.hop : weakest.hop + 2], names)
    others = weakest.alike - 1
    alike = f"; {others} other{'s' if others > 1 else ''} as weak" if others else ""
    return f"Weakest link: {ends} ({reasons}{alike})."


def _notes(question: PathQuestion, answer: PathAnswer) -> list[str]:
    """One paragraph for each thing that the paths alone do not say."""
    meta = answer.meta
    notes = [_sentence(note.text) for note in meta.notes]
    if meta.truncated and not meta.reason:
        notes.append("There are more paths than these.")
    if meta.skipped:
        busy = ", ".join(f"{escaped(one.name)} ({one.degree})" for one in meta.skipped)
        rest = meta.skipped_actors - len(meta.skipped)
        more = f" and {rest} more" if rest > 0 else ""
        notes.append(f"Not passed, with more than {question.filter.max_degree} neighbours: {busy}{more}.")
    if meta.undated:
        claims = _counted(meta.undated, "claim")
        notes.append(f"{claims} of the actors at the ends left out for want of a date.")
    return notes


def _blocked(answer: PathAnswer) -> str:
    lines = []
    for way in answer.meta.blocked_by or ():
        lifted = " and ".join(f"*{escaped(one.text)}*" for one in (way, *way.together))
        lines.append(f"- {lifted}: {_counted(way.paths_without_it, 'path')}")
    return "\n".join(["There are paths when a condition is lifted:", "", *lines])


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _sentence(text: str) -> str:
    told = escaped(text)
    return f"{told[:1].upper()}{told[1:]}."
