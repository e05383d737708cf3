"""Every call of the description, asked what it allows, forbids and does not mention: no answer that is not
described, no fault of ours.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import read_settings

TESTS = Path(__file__).resolve().parent.parent
LEAST_CASES = 300
"""Of each operation."""


async def fuzzing(part: str) -> list[dict[str, Any]]:
    """What became of a part of all calls."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(TESTS / "fuzzing.py"), "--cases", "30", "--part", part),
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS)))},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaint = await process.communicate()
    assert process.returncode == 0, complaint.decode()[-2000:]
    return [json.loads(line) for line in said.splitlines()]


@pytest.mark.timeout(900)
async def test_no_request_brings_an_answer_that_is_not_described() -> None:
    halves = await asyncio.gather(fuzzing("1/2"), fuzzing("2/2"))
    reports = [report for half in halves for report in half]
    paths = create_app(read_settings()).openapi()["paths"]
    assert {report["call"] for report in reports} == {
        f"{method.upper()} {path}" for path, calls in paths.items() for method in calls
    }
    assert [problem for report in reports for problem in report["problems"]] == []
    assert [(report["call"], report["cases"]) for report in reports if report["cases"] < LEAST_CASES] == []
    # A fuzzer that is turned away has tried nothing; where a name must be one of few, chance may miss it.
    assert len([report["call"] for report in reports if not report["statuses"].get("200")]) <= 2
