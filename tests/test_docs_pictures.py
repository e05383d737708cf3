"""The pictures of the documents against their scenes: each is there, of its size, and told in words."""

from __future__ import annotations

import re
from pathlib import Path

from test_docs import DOCUMENTS
from tour.camera import size
from tour.scenes import SCENES
from tracked import ROOT, name_of, project_files

IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LEAST_WORDS = 6
MOST_BYTES = 1_450_000
"""What all pictures may weigh together in every clone."""


def shown() -> dict[Path, list[str]]:
    """Each picture that a document shows, with the words that stand for it."""
    found: dict[Path, list[str]] = {}
    for name in DOCUMENTS:
        for words, target in IMAGE.findall((ROOT / name).read_text(encoding="utf-8")):
            found.setdefault(((ROOT / name).parent / target).resolve(), []).append(words)
    return found


def test_the_shown_pictures_are_those_that_the_scenes_make() -> None:
    made = {ROOT / "docs" / "images" / f"{scene.name}.png" for scene in SCENES}

    assert shown().keys() == made
    assert {path for path in project_files() if name_of(path).startswith("docs/images/")} == made


def test_a_picture_has_the_size_of_its_scene() -> None:
    taken = {scene.name: (ROOT / "docs" / "images" / f"{scene.name}.png").read_bytes() for scene in SCENES}

    assert {name: size(png) for name, png in taken.items()} == {
        scene.name: (scene.width, scene.height) for scene in SCENES
    }
    assert sum(len(png) for png in taken.values()) < MOST_BYTES


def test_a_picture_is_told_in_words() -> None:
    silent = {path.name: texts for path, texts in shown().items() if min(map(_words, texts)) < LEAST_WORDS}

    assert not silent


def _words(text: str) -> int:
    return len(text.split())
