"""JSON: an array of objects, alone or under the name of its form; what is wrong is said with its line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from graph.errors import InputUnusable
from ingest.readers import jsonarray
from reading import read, write_file

ROW = {"subject": "A", "relation": "meets", "object": "B"}
GOOD = json.dumps(ROW)


def the_error(path: Path) -> str:
    """The error of one line that reading the file ends with."""
    with pytest.raises(InputUnusable) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    assert path.name in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        f"[{GOOD}]",
        f"\ufeff [ {GOOD} ]\n",
        json.dumps([ROW], indent=2),
        json.dumps({"claims": [ROW]}, indent=1),
        json.dumps({"about": {"claims": []}, "n": [1, {}], "claims": [ROW]}),
    ],
)
def test_an_array_of_objects_is_read_wherever_it_stands(tmp_path: Path, text: str) -> None:
    assert read(write_file(tmp_path, "some.json", text)).only_claim().subject == "a"
    packed = read(write_file(tmp_path, "some.json.gz", gzip.compress(text.encode())))
    assert packed.only_claim().subject == "a"


def test_what_stands_beside_the_claims_is_said(tmp_path: Path) -> None:
    for value in ({"by": "me", "claims": [ROW]}, {"claims": [ROW], "by": {"x": "me"}}):
        found = read(write_file(tmp_path, "some.json", json.dumps(value)))

        assert (len(found.claims), found.rejections, found.notes) == (1, [], {"other-keys": 1})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"[{GOOD}]\n[{GOOD}]", "after its end"),
        (f"[{GOOD}]\nand so on", "after its end"),
        (f"[{GOOD}]\n]", "after its end"),
        (f'{{"claims": [{GOOD}]}}\n{{"claims": [{GOOD}]}}', "after its end"),
        (f'{{"claims": [{GOOD}],\n"claims": [{GOOD}]}}', "'claims' stands twice"),
        (f'{{"claims": [{GOOD}],\n"by": "me', "not valid JSON"),
        (f'{{"claims": [{GOOD}],\n}}', "a key in double quotes expected"),
        (f'{{"claims": [{GOOD}]\n', "expected, not the end"),
    ],
)
def test_what_stands_after_the_array_is_not_lost_in_silence(tmp_path: Path, text: str, reason: str) -> None:
    found = read(write_file(tmp_path, "some.json", text))

    assert len(found.claims) == 1
    assert reason in found.only_rejection().reason
    assert found.only_rejection().line == 2


@pytest.mark.parametrize(
    ("value", "column", "reason"),
    [
        ('{"subject":"A","relation":"meets","object":"B","subject":"C"}', None, "stands twice"),
        ('{"subject":"A","relation":"meets","object":"B","Subject":"C"}', "subject", "given twice"),
        ('{"subject":"A","relation":"meets","object":"B","x":{"k":1,"k":2}}', None, "stands twice"),
        ('{"subject":1e999,"relation":"meets","object":"B"}', "subject", "a broken number"),
        ('{"subject":"A","relation":"meets","object":"B","date":1180591620717411303424}', None, "64-bit"),
        ('{"subject":"A","relation":"meets","object":"B","date":true}', "date", "true or false"),
        ('{"subject":["A"],"relation":"meets","object":"B"}', "subject", "a list"),
        ('{"subject":"A","relation":"meets"}', "object", "object is missing"),
        ('{"subject":"A\\u0000","relation":"meets","object":"B"}', "subject", "NUL"),
        ('{"subject":"\\ud800","relation":"meets","object":"B"}', None, "surrogates"),
        ("[1, 2]", None, "not a JSON object"),
        ('"text"', None, "not a JSON object"),
        ("null", None, "not a JSON object"),
    ],
)
def test_a_bad_object_is_one_line_of_the_report(
    tmp_path: Path, value: str, column: str | None, reason: str
) -> None:
    found = read(write_file(tmp_path, "some.json", f"[\n{GOOD},\n{value},\n{GOOD}]"))

    refused = found.only_rejection()
    assert (refused.line, refused.column) == (3, column)
    assert reason in refused.reason
    assert len(found.claims) == 2


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ("{", "not valid JSON"),
        (f"{GOOD}, ]", "not valid JSON"),
        (f"{GOOD} {GOOD}]", "expected"),
        ("[" * 100_000, "nested too deeply"),
        ('{"subject": NaN}]', "NaN"),
        (GOOD, "expected, not the end"),
        ('{"subject":"a","x":{"b":1,"b":2},"c": }]', "not valid JSON"),
        ('{"x":{"b":1,"b":2},"c": NaN}]', "NaN"),
        ('{"x":{"b":1,"b":2},"c":' + "[" * 100_000, "nested too deeply"),
    ],
)
def test_an_array_that_breaks_off_keeps_what_was_read(tmp_path: Path, rest: str, reason: str) -> None:
    found = read(write_file(tmp_path, "some.json", f"[{GOOD},\n{GOOD},\n{rest}"))

    assert len(found.claims) >= 2
    assert reason in found.rejections[-1].reason
    assert found.rejections[-1].line == 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('"text"', "no array of objects"),
        ("{}", "an object without 'claims'"),
        ('{"rows": [], "by": "me"}', "its keys are: rows, by"),
        (f"{GOOD}\n{GOOD}\n", "name JSON Lines .jsonl"),
        ('{"claims": {}}', "[ expected, not {"),
        ("{claims: []}", "double quotes"),
        ("[nothing]", "not valid JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"subject": "A", "relation": "meets", "target": "B"}]', "no column 'object'"),
        (b"[\xff]", "not UTF-8"),
        (b"PK\x03\x04", "a zip file"),
        ("[] []", "after its end"),
        ("[1" + " " * 100 + "]", "JSON of more than"),
    ],
)
def test_a_file_that_is_something_else_is_an_error(
    tmp_path: Path, text: str | bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "more than" in reason:
        monkeypatch.setattr(jsonarray, "JSON_LIMIT", 100)

    assert reason in the_error(write_file(tmp_path, "some.json", text))


@pytest.mark.parametrize("text", ["", " \n", "[]", '{"claims": []}'])
def test_a_file_without_an_object_is_noted(tmp_path: Path, text: str) -> None:
    found = read(write_file(tmp_path, "some.json", text))

    assert (found.claims, found.rejections, found.notes) == ((), [], {"no-rows": 1})


def test_records_of_our_own_export_may_stand_in_an_array(tmp_path: Path) -> None:
    records = [
        {"record": "actor", "id": "a", "name": "A"},
        {"record": "claim", "id": "c_1", "subject": "a", "object": "a", "type": "MEETS"},
    ]
    found = read(write_file(tmp_path, "some.json", json.dumps(records)))

    assert found.only_claim().id == "c_1"
