"""Readers: rows with their physical lines, whatever the format, and nothing raised that is not documented."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputUnusable
from ingest.readers.delimited import PROTECTED
from ingest.readers.formats import READERS, open_table, stem
from ingest.records import CLAIMS, Fault, RawRow
from reading import write_file

HEADER = "subject,relation,object\n"
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=12)
SHARED_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


def rows_of(path: Path) -> list[RawRow | Fault]:
    """Everything a reader gives of a claims file."""
    return list(open_table(path, CLAIMS).rows)


def triples(path: Path) -> list[tuple[str, str, str]]:
    """Subject, relation and object of each row, where none is faulty."""
    found = rows_of(path)
    assert not [row for row in found if isinstance(row, Fault)]
    return [
        (row.values["subject"], row.values["relation"], row.values["object"])
        for row in found
        if isinstance(row, RawRow)
    ]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".csv", 'subject,relation,object\nA,meets,"B, ""the"" C"\n'),
        (".tsv", 'subject\trelation\tobject\nA\tmeets\tB, "the" C\n'),
        (".tab", 'subject\trelation\tobject\r\nA\tmeets\tB, "the" C\r\n'),
        (".jsonl", '{"subject": "A", "relation": "meets", "object": "B, \\"the\\" C"}\n'),
        (".ndjson", '{"object": "B, \\"the\\" C", "relation": "meets", "subject": "A"}'),
    ],
)
def test_every_format_gives_the_same_rows(tmp_path: Path, ending: str, content: str, packed: bool) -> None:
    data = gzip.compress(content.encode()) if packed else content.encode()
    path = write_file(tmp_path, f"some{ending}{'.gz' if packed else ''}", data)

    assert triples(path) == [("A", "meets", 'B, "the" C')]
    assert stem(path) == "some"


def test_columns_come_in_any_order_and_case_and_others_are_named(tmp_path: Path) -> None:
    path = write_file(tmp_path, "some.csv", "colour, Object ,RELATION,subject,end\nred,B,meets,A,2025\n")
    table = open_table(path, CLAIMS)

    (row,) = table.rows
    assert isinstance(row, RawRow)
    assert (row.values["subject"], row.values["object"], row.values["valid_to"]) == ("A", "B", "2025")
    assert list(table.other) == ["colour"]
    assert table.columns == frozenset({"subject", "relation", "object", "valid_to"})


def test_a_tsv_file_has_no_quoting(tmp_path: Path) -> None:
    path = write_file(tmp_path, "some.tsv", 'subject\trelation\tobject\n"A\tmeets\tB"C\n')

    assert triples(path) == [('"A', "meets", 'B"C')]


@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_delimiter_in_a_csv_file_is_taken_and_remarked(
    tmp_path: Path, delimiter: str, name: str
) -> None:
    path = write_file(tmp_path, "some.csv", f"{HEADER}A,meets,B\n".replace(",", delimiter))
    table = open_table(path, CLAIMS)

    assert triples(path) == [("A", "meets", "B")]
    assert name in table.remarks["delimiter"]


def test_line_numbers_are_those_of_an_editor(tmp_path: Path) -> None:
    content = HEADER + '\n"A\nA","meets",B\nC,meets,D\n\n\nE,meets,F\n'

    lines = [row.line for row in rows_of(write_file(tmp_path, "some.csv", content))]

    assert lines == [3, 5, 8]


def test_line_ends_inside_quotes_belong_to_the_cell(tmp_path: Path) -> None:
    path = write_file(tmp_path, "some.csv", HEADER + '"A\r\nB",meets,C\r\n')

    assert triples(path) == [("A\r\nB", "meets", "C")]


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    for name, content in (
        ("a.csv", HEADER + "A,meets,B\n"),
        ("a.jsonl", '{"subject":"A","relation":"meets","object":"B"}\n'),
    ):
        assert triples(write_file(tmp_path, name, b"\xef\xbb\xbf" + content.encode())) == [
            ("A", "meets", "B")
        ]


def test_an_apostrophe_that_protects_a_formula_is_taken_away(tmp_path: Path) -> None:
    path = write_file(tmp_path, "some.csv", HEADER + "'=A,meets,''+B\n'C,meets,=D\n")

    assert triples(path) == [("=A", "meets", "'+B"), ("'C", "meets", "=D")]


def test_gzip_files_of_several_parts_are_read_whole(tmp_path: Path) -> None:
    parts = gzip.compress((HEADER + "A,meets,B\n").encode()) + gzip.compress(b"C,meets,D\n") + b"\0" * 30

    assert len(triples(write_file(tmp_path, "some.csv.gz", parts))) == 2


def test_lines_across_chunks_stay_whole(tmp_path: Path) -> None:
    rows = [f"{'x' * (number % 977)},meets,{number}" for number in range(2_000)]
    path = write_file(tmp_path, "some.csv", HEADER + "\n".join(rows))

    assert [",".join(row) for row in triples(path)] == rows


@SHARED_FOLDER
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
def test_what_pythons_csv_writes_is_read_back(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [("subject", "relation", "object"), *rows]
    )
    path = write_file(tmp_path, "some.csv", text.getvalue())

    expected = [tuple(cell[1:] if PROTECTED.match(cell) else cell for cell in row) for row in rows]
    assert triples(path) == expected


@SHARED_FOLDER
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_what_pythons_json_writes_is_read_back(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    names = ("subject", "relation", "object")
    lines = (json.dumps(dict(zip(names, row, strict=True))) for row in rows)

    assert triples(write_file(tmp_path, "some.jsonl", "\n".join(lines))) == rows


@SHARED_FOLDER
@given(ending=st.sampled_from(sorted(READERS)), tail=st.binary(max_size=200), packed=st.booleans())
def test_no_content_raises_anything_but_input_unusable(
    tmp_path: Path, ending: str, tail: bytes, packed: bool
) -> None:
    head = b'{"subject":"A","relation":"meets","object":"B"}\n'
    if "jsonl" not in ending and "ndjson" not in ending:
        head = HEADER.replace(",", "\t" if ending != ".csv" else ",").encode()
    for content in (head + tail, tail):
        data = gzip.compress(content) if packed else content
        path = write_file(tmp_path, f"some{ending}{'.gz' if packed else ''}", data)
        try:
            found = rows_of(path)
        except InputUnusable:
            continue
        assert all(row.line >= 1 for row in found)
