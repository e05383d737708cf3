"""How many random examples a comparison with the oracle runs through, said once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings


def exact(test: Callable[..., Any]) -> Callable[..., Any]:
    """A test that compares with the oracle: of the marker `exactness`, with the number of examples that
    `tests/conftest.py` reads from the environment."""
    marked: Callable[..., Any] = pytest.mark.exactness(settings.get_profile("exactness")(test))
    return marked
