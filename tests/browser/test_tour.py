"""The pictures of the documents can be taken anew from the product as it is now."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tour.camera import pictures, size
from tour.scenes import SCENES

LEAST_BYTES = 30_000
"""A page without anything on it is smaller."""


@pytest.fixture(scope="module")
def taken(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every scene, taken on a store of its own."""
    return {scene.name: png for scene, png in pictures(browser, tmp_path_factory.mktemp("tour"), SCENES)}


def test_every_scene_can_be_taken_in_its_size(taken: dict[str, bytes]) -> None:
    assert {name: size(png) for name, png in taken.items()} == {
        scene.name: (scene.width, scene.height) for scene in SCENES
    }


def test_something_is_on_every_picture(taken: dict[str, bytes]) -> None:
    assert {name for name, png in taken.items() if len(png) < LEAST_BYTES} == set()
    assert len(set(taken.values())) == len(SCENES)
