"""How many random examples a comparison with the oracle runs through, said once for all of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

PATIENCE = 0 if "TEST_EXAMPLES" in os.environ else 900
"""Seconds for one comparison: 1,000 whole graphs take a minute and a half, several on a busy machine. 0 is no
limit, for as many as somebody wishes."""


def exact(test: Callable[..., Any]) -> Callable[..., Any]:
    """A test that compares with the oracle: of the marker `exactness`, with the number of examples that
    `tests/conftest.py` reads from the environment."""
    marked: Callable[..., Any] = pytest.mark.exactness(settings.get_profile("exactness")(test))
    patient: Callable[..., Any] = pytest.mark.timeout(PATIENCE)(marked)
    return patient
