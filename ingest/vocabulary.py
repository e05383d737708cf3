"""The built-in vocabulary: our words for news and political analysis, and every CAMEO name and code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from graph.errors import InputUnusable
from graph.vocabulary import RelationType, Vocabulary, parse_vocabulary

_TABLES = ("vocabulary.toml", "cameo.toml")


@cache
def builtin() -> Vocabulary:
    """The vocabulary that ships with the package."""
    folder = files("ingest")
    return Vocabulary(
        entry for name in _TABLES for entry in parse_vocabulary((folder / name).read_text("utf-8"), name)
    )


def read_vocabulary(path: Path) -> tuple[RelationType, ...]:
    """The entries of a vocabulary file of a user or a data set.

    Raises: InputUnusable naming the file, and entry and field where one is wrong.
    """
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise InputUnusable(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise InputUnusable(f"{path}: cannot be read: {error.strerror}") from error
    return parse_vocabulary(text, str(path))
