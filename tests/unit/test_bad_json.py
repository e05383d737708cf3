"""Bad JSON Lines: a line that cannot be taken is one line of the report, the lines around it are kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reading import read, write_file

ROW = {"subject": "A", "relation": "meets", "object": "B"}


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ('{"subject":"A","relation":"meets","object":"B","subject":"C"}', None, "stands twice"),
        ('{"subject":"A","relation":"meets","object":"B","Subject":"C"}', "subject", "given twice"),
        ('{"subject":"A","relation":"meets","object":"B","x":{"k":1,"k":2}}', None, "stands twice"),
        ('{"subject":NaN,"relation":"meets","object":"B"}', None, "not valid JSON"),
        ('{"subject":1e999,"relation":"meets","object":"B"}', None, "not valid JSON"),
        ('{"subject":"A","relation":"meets","object":"B","date":1180591620717411303424}', "date", "number"),
        ('{"subject":"A","relation":"meets","object":"B","date":2025.5}', "date", "number"),
        ('{"subject":"A","relation":"meets","object":"B","date":true}', "date", "true or false"),
        ('{"subject":["A"],"relation":"meets","object":"B"}', "subject", "a list"),
        ('{"subject":{"a":1},"relation":"meets","object":"B"}', "subject", "an object"),
        ('{"subject":"A","relation":"meets"}', "object", "object is missing"),
        ('{"subject":null,"relation":"meets","object":"B"}', "subject", "subject is empty"),
        ('{"subject":"A\\u0000","relation":"meets","object":"B"}', "subject", "NUL"),
        ('{"subject":"\\ud800","relation":"meets","object":"B"}', None, "not valid JSON"),
        ('{"subject":"A","relation":"meets","object":"B",}', None, "not valid JSON"),
        ("[1, 2]", None, "not a JSON object"),
        ('"text"', None, "not a JSON object"),
        ("[" * 100_000, None, "not valid JSON"),
        ('{"x":' * 900 + "1" + "}" * 900, "relation", "missing"),
        ('{"record":"tale"}', "record", "actor, source, dataset or claim"),
        ('{"record":"claim","id":"c_1","subject":"zz","object":"zz","type":"MEETS"}', "subject", "no actor"),
        ('{"record":"claim","id":"c_1","subject":"a","object":"a","type":"meets"}', "type", "UPPER_SNAKE"),
    ],
)
def test_a_bad_json_line_is_one_line_of_the_report(
    tmp_path: Path, line: str, column: str | None, reason: str
) -> None:
    good = json.dumps(ROW)
    found = read(write_file(tmp_path, "a.jsonl", f"{good}\n{line}\n{good}\n"))

    refused = found.only_rejection()
    assert (refused.line, refused.column) == (2, column)
    assert reason in refused.reason
    assert len(found.claims) == 2


def test_a_last_json_line_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    found = read(write_file(tmp_path, "a.jsonl", json.dumps(ROW) + "\n" + json.dumps(ROW)[:-4]))

    assert len(found.claims) == 1
    assert found.only_rejection().line == 2


def test_bytes_of_another_encoding_in_json_are_named_with_their_offset(tmp_path: Path) -> None:
    line = json.dumps(ROW).encode() + b"\n"
    found = read(write_file(tmp_path, "a.jsonl", line + b'{"subject":"M\xfcller"}\n'))

    assert f"0xFC at offset {len(line) + 13}" in found.only_rejection().reason
