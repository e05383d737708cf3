"""What a load takes in: files, data set folders and bundled data sets become units of one data set each."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from graph.errors import InputUnusable
from graph.ids import dataset_name
from graph.model import Dataset, Question
from graph.vocabulary import RelationType, parse_vocabulary
from ingest.normalise import dataset as checked_name
from ingest.readers.formats import READERS, ending, stem
from ingest.records import RowRefused

BUNDLED = Path(__file__).resolve().parent / "datasets"
DESCRIPTION = "dataset.toml"
VOCABULARY = "vocabulary.toml"
_TEXTS = ("title", "description", "licence")
_KEYS = ("name", *_TEXTS, "question")
_VOCABULARY_LIMIT = 16 << 20


@dataclass(frozen=True, slots=True)
class Unit:
    """The files of one data set; `fixed`: rows that name another data set belong to this one all the same."""

    dataset: Dataset
    claims: tuple[Path, ...] = ()
    actors: tuple[Path, ...] = ()
    sources: tuple[Path, ...] = ()
    vocabulary: tuple[RelationType, ...] = ()
    fixed: bool = False


def bundled() -> dict[str, Path]:
    """The data sets that come with the product: name → folder."""
    return {path.parent.name: path.parent for path in sorted(BUNDLED.glob(f"*/{DESCRIPTION}"))}


def locate(name_or_path: str | Path) -> Path:
    """The path that is meant: one that exists, else the bundled data set of this name.

    Raises: InputUnusable naming the nearest bundled data set.
    """
    path = Path(name_or_path)
    known = bundled()
    if str(name_or_path) in known and not path.exists():
        return known[str(name_or_path)]
    if not path.exists() and len(path.parts) == 1 and not path.suffix:
        near = get_close_matches(path.name, known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f" (bundled: {', '.join(known) or 'none'})"
        raise InputUnusable(f"{path}: no such file, folder or bundled data set{hint}")
    return path


def units(paths: Sequence[Path], dataset: str | None) -> tuple[Unit, ...]:
    """What is to be loaded, in order; nothing is opened but the descriptions of folders.

    Files called `actors` or `sources` go with the one claims file beside them. Without `dataset` each claims
    file is a data set of its own, named after the file.

    Raises: InputUnusable when a folder has no description, or it is open to which data set a file belongs.
    """
    found = [locate(path) for path in paths]
    folders = [_folder(path, dataset) for path in found if path.is_dir()]
    return (*folders, *_loose([path for path in found if not path.is_dir()], dataset))


def _loose(paths: Sequence[Path], dataset: str | None) -> tuple[Unit, ...]:
    if not paths:
        return ()
    actors = tuple(path for path in paths if stem(path) == "actors")
    sources = tuple(path for path in paths if stem(path) == "sources")
    claims = tuple(path for path in paths if path not in actors + sources)
    if dataset is not None:
        return (Unit(Dataset(_given(dataset, "--dataset")), claims, actors, sources, fixed=True),)
    if (actors or sources) and len(claims) != 1:
        raise InputUnusable("actors and sources files need one claims file beside them, or --dataset NAME")
    named = [(Dataset(_from_stem(path)), path) for path in claims]
    return tuple(Unit(one, (path,), actors, sources) for one, path in named)


def _folder(folder: Path, dataset: str | None) -> Unit:
    description = folder / DESCRIPTION
    if not description.is_file():
        raise InputUnusable(f"{folder}: a folder without {DESCRIPTION} is no data set; name the files in it")
    described = _described(description)
    if dataset is not None:
        described = replace(described, name=_given(dataset, "--dataset"))
    claims = _files(folder, "claims")
    if len(claims) != 1:
        names = ", ".join(path.name for path in claims)
        raise InputUnusable(
            f"{folder}: a data set has one claims file, here {f'are {names}' if names else 'is none'}"
        )
    return Unit(
        described,
        claims,
        _files(folder, "actors"),
        _files(folder, "sources"),
        _vocabulary(folder),
        fixed=True,
    )


def _files(folder: Path, name: str) -> tuple[Path, ...]:
    found = (path for path in folder.iterdir() if stem(path) == name and ending(path) in READERS)
    return tuple(sorted(found))


def _described(path: Path) -> Dataset:
    try:
        content = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputUnusable(f"{path}: not valid TOML: {error}") from None
    for key in content:
        if key not in _KEYS:
            raise InputUnusable(f"{path}: {key[:40]!r} is not known here; known: {', '.join(_KEYS)}")
    name = content.get("name", dataset_name(path.parent.name))
    texts = {field: content[field] for field in _TEXTS if field in content}
    for field, value in {"name": name, **texts}.items():
        if not isinstance(value, str):
            raise InputUnusable(f"{path}: {field} must be a text")
    return Dataset(
        _given(name, f"{path}: name"), questions=_questions(path, content.get("question", [])), **texts
    )


def _questions(path: Path, listed: Any) -> tuple[Question, ...]:
    if not isinstance(listed, list):
        raise InputUnusable(f"{path}: questions must be tables [[question]] with text and link")
    made = []
    for number, one in enumerate(listed, 1):
        if not isinstance(one, dict) or not all(isinstance(one.get(key), str) for key in ("text", "link")):
            raise InputUnusable(f"{path}: question {number} needs a text and a link")
        made.append(Question(one["text"], one["link"]))
    return tuple(made)


def _vocabulary(folder: Path) -> tuple[RelationType, ...]:
    path = folder / VOCABULARY
    return parse_vocabulary(_text(path), str(path)) if path.is_file() else ()


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _VOCABULARY_LIMIT:
            raise InputUnusable(f"{path}: larger than {_VOCABULARY_LIMIT >> 20} MiB")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputUnusable(f"{path}: not UTF-8 (at byte {error.start})") from None
    except OSError as error:
        raise InputUnusable(f"{path}: cannot be read ({error.strerror})") from None


def _given(name: str, where: str) -> str:
    try:
        return checked_name(name, "dataset")
    except RowRefused as refused:
        raise InputUnusable(f"{where}: {refused.reason} (not {name[:80]!r})") from None


def _from_stem(path: Path) -> str:
    return _given(dataset_name(stem(path)), f"{path}: give --dataset NAME")
