"""Bad input: each thing is a line of the report or an error of one line, and what is beside it is kept."""

from __future__ import annotations

import gzip
import os
import zlib
from pathlib import Path

import pytest

from graph.errors import InputUnusable
from ingest.readers.stream import LINE_LIMIT, SKIP_LIMIT
from reading import Reading, read, write_file

HEADER = "subject,relation,object,date,status,polarity,subject_kind\n"
GOOD = "Good,meets,Better,,,,\n"


def beside_a_good_row(folder: Path, row: str | bytes, header: str = HEADER) -> Reading:
    """What comes out of a file whose second row is `row`, between two good ones."""
    middle = row.encode() if isinstance(row, str) else row
    good = GOOD if header == HEADER else "Good,meets,Better" + "," * (header.count(",") - 2) + "\n"
    last = good.replace("Good", "Last")
    found = read(write_file(folder, "some.csv", (header + good).encode() + middle + b"\n" + last.encode()))
    assert [claim.subject for claim in found.claims][:1] == ["good"], "the row before is kept"
    assert found.claims[-1].subject == "last", "the row after is kept"
    return found


def the_error(*paths: Path) -> str:
    """The error of one line that a load of these files ends with."""
    with pytest.raises(InputUnusable) as caught:
        read(*paths)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 400
    return message


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",meets,B,,,,", "subject", "subject is empty"),
        (" \u00a0 ,meets,B,,,,", "subject", "subject is empty"),
        ("A,meets,,,,,", "object", "object is empty"),
        ("A,,B,,,,", "relation", "relation is empty"),
        ("A,?!,B,,,,", "relation", "no letter or digit"),
        ("A,3rd,B,,,,", "relation", "starts with a digit"),
        ("A," + "x" * 300 + ",B,,,,", "relation", "at most 120"),
        ("A,NOT_,B,,,,", "relation", "denial of nothing"),
        ("A,NOT_NOT_MEETS,B,,,,", "relation", "denied twice"),
        ("A,meets,B,2025-02-30,,,", "date", "February 2025 has 28 days"),
        ("A,meets,B,03/04/2025,,,", "date", "not a date of the form"),
        ("A,meets,B,２０２５,,,", "date", "not a date of the form"),
        ("A,meets,B,12025,,,", "date", "not a date of the form"),
        ("A,meets,B,,certain,,", "status", "asserted, alleged, promised, threatened"),
        ("A,meets,B,,,yes,", "polarity", "positive, negative"),
        ("A,NOT_MEETS,B,,,positive,", "polarity", "is a denial"),
        ("A,meets,B,,negated,positive,", "polarity", "negated"),
        ("A,meets,B,,,,robot", "subject_kind", "person, state, government"),
        ("A,meets,B", None, "3 cells, the header 7"),
        ("A,meets,B,,,,,,,", None, "10 cells, the header 7"),
        ("A\0,meets,B,,,,", None, "NUL"),
        ("x" * 4_097 + ",meets,B,,,,", "subject", "at most 4,096"),
        ("\u200b\u200d,meets,B,,,,", "subject", "no visible sign"),
        ('"A"x,meets,B,,,,', None, "quoting"),
        ("A\rx,meets,B,,,,", None, "CR"),
        ("x" * 140_000 + ",meets,B,,,,", None, "longer than 131,072"),
        ("x" * (LINE_LIMIT + 1) + ",meets,B,,,,", None, "longer than 1024 KiB"),
    ],
)
def test_a_bad_row_is_one_line_of_the_report(
    tmp_path: Path, row: str, column: str | None, reason: str
) -> None:
    found = beside_a_good_row(tmp_path, row)

    refused = found.only_rejection()
    assert refused.line == 3
    assert refused.column == column
    assert reason in refused.reason
    assert refused.file.endswith("some.csv")
    assert (found.tally.read, found.tally.refused_claims) == (3, 1)
    assert len(refused.value or "") < 1_000
    assert "x" * 20 not in found.actors


@pytest.mark.parametrize(
    ("header", "row", "column", "reason"),
    [
        ("subject,relation,object,passage_start,passage_end\n", "A,meets,B,5,", "passage_end", "both"),
        ("subject,relation,object,passage_start,passage_end\n", "A,meets,B,9,5", "passage_end", "before"),
        ("subject,relation,object,passage_start,passage_end\n", "A,meets,B,-1,5", "passage_start", "whole"),
        ("subject,relation,object,passage_start,passage_end\n", "A,meets,B,1.5,5", "passage_start", "whole"),
        ("subject,relation,object,passage_start,passage_end\n", "A,meets,B,1," + "9" * 30, "passage_end", ""),
        ("subject,relation,object,subject_id\n", "A,meets,B,two words", "subject_id", "white space"),
        ("subject,relation,object,subject_id\n", "A,meets,B," + "x" * 300, "subject_id", "at most 256"),
        ("subject,relation,object,dataset\n", "A,meets,B,My Set", "dataset", "'my-set'"),
        ("subject,relation,object,dataset\n", "A,meets,B,external", "dataset", "reserved"),
        ("subject,relation,object,start\n", "A,meets,B,2025-13", "valid_from", "no month 13"),
    ],
)
def test_a_bad_cell_of_a_column_that_may_be_absent_is_refused(
    tmp_path: Path, header: str, row: str, column: str, reason: str
) -> None:
    refused = beside_a_good_row(tmp_path, row, header).only_rejection()

    assert (refused.line, refused.column) == (3, column)
    assert reason in refused.reason


def test_a_row_in_another_encoding_is_refused_with_the_byte_and_its_offset(tmp_path: Path) -> None:
    found = beside_a_good_row(tmp_path, "Müller,meets,B,,,,".encode("latin-1"))

    refused = found.only_rejection()
    offset = len((HEADER + GOOD).encode()) + 1
    assert f"byte 0xFC at offset {offset}" in refused.reason
    assert refused.line == 3


def test_a_name_of_four_thousand_signs_is_kept_as_it_is(tmp_path: Path) -> None:
    name = "ab " * 1_333 + "c"
    found = beside_a_good_row(tmp_path, f"{name},meets,B,,,,")

    assert not found.rejections
    assert name in {actor.name for actor in found.actors.values()}


def test_a_relation_of_an_actor_to_itself_is_kept_and_noted(tmp_path: Path) -> None:
    found = beside_a_good_row(tmp_path, "A,meets,a,,,,")

    assert [claim.object for claim in found.claims if claim.subject == "a"] == ["a"]
    assert found.notes["self-relation"] == 1


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "MATCH (n) DETACH DELETE n",
        "`) //",
        "=HYPERLINK(1)",
        "\u202eآدم",
        "🙂",
        "O'Brien",
    ],
)
def test_names_that_look_dangerous_are_names(tmp_path: Path, name: str) -> None:
    found = beside_a_good_row(tmp_path, f"{name},meets,B,,,,")

    assert not found.rejections
    assert name in {actor.name for actor in found.actors.values()}


def test_an_unknown_column_is_named_and_a_near_one_suggested(tmp_path: Path) -> None:
    found = read(
        write_file(tmp_path, "some.csv", "subject,relation,object,statuss,colour\nA,meets,B,x,red\n")
    )

    assert list(found.tally.other_columns) == ["statuss", "colour"]
    (note,) = found.tally.notes()
    assert "'statuss' for 'status'" in note.message


def test_a_missing_column_is_an_error_that_names_near_ones(tmp_path: Path) -> None:
    for name, content in (
        ("a.csv", "subjct,relation,object\nA,meets,B\n"),
        ("a.jsonl", '{"subjct":"A","relation":"meets","object":"B"}\n'),
    ):
        message = the_error(write_file(tmp_path, name, content))
        assert "no column 'subject'; near: subjct" in message


def test_a_column_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    assert "twice" in the_error(write_file(tmp_path, "a.csv", "subject,relation,object,Subject\nA,b,C,D\n"))
    assert "twice" in the_error(write_file(tmp_path, "b.csv", "subject,relation,object,start,valid_from\n"))


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.csv.gz"])
def test_an_empty_file_has_no_claims_and_is_noted(tmp_path: Path, name: str) -> None:
    content = gzip.compress(b"") if name.endswith("gz") else b""
    found = read(write_file(tmp_path, name, content))

    assert (found.claims, found.rejections) == ((), [])
    assert found.notes == {"no-rows": 1}


def test_a_file_with_a_header_only_is_noted(tmp_path: Path) -> None:
    found = read(write_file(tmp_path, "a.csv", "\n\nsubject,relation,object\n\n"))

    assert (found.claims, found.rejections) == ((), [])
    assert found.notes == {"no-rows": 1}


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("a.csv", HEADER.encode("utf-16"), "UTF-16"),
        ("a.csv", HEADER.encode("utf-16-be"), "NUL at byte 0"),
        ("a.csv", "subject,relation,object,Größe\n".encode("latin-1"), "0xF6"),
        ("a.csv", b"PK\x03\x04xlsx", "spreadsheet"),
        ("a.csv", b"%PDF-1.7", "PDF"),
        ("a.jsonl", b"PAR1abc", "Parquet"),
        ("a.tsv", gzip.compress(HEADER.encode(), mtime=0), "must end in .gz"),
        ("a.csv.gz", HEADER.encode(), "not a gzip file"),
        ("a.csv.gz", gzip.compress(b"PK\x03\x04xlsx", mtime=0), "spreadsheet"),
        ("a.csv", b'{"subject": "A"}\n', "JSON"),
        ("a.csv", b"<!DOCTYPE html><html>", "web page"),
        ("a.csv", b"subject,relation,object\rA,meets,B\r", "CR alone"),
        ("a.jsonl", b"subject,relation,object\n", "no JSON object"),
        ("a.jsonl", b'[{"subject": "A"}]\n', "array"),
        ("a.txt", b"", ".csv .tsv"),
        ("a.xlsx", b"PK\x03\x04", "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0", ".csv .tsv"),
        ("a.xlsx.gz", b"", "packed already"),
        ("a", b"", "ending"),
        ("a.csv", b"x" * (LINE_LIMIT + 2), "longer than"),
        ("a.csv", b"\n" * 3 + b"x" * (SKIP_LIMIT + 1_000_000), "longer than"),
    ],
)
def test_a_file_that_is_something_else_is_an_error(
    tmp_path: Path, name: str, content: bytes, part: str
) -> None:
    message = the_error(write_file(tmp_path, name, content))

    assert part in message
    assert name in message


def test_a_missing_file_a_folder_and_a_pipe_are_errors(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")

    assert "no such file" in the_error(tmp_path / "absent.csv")
    assert "without dataset.toml" in the_error(tmp_path)
    assert "not an ordinary file" in the_error(tmp_path / "pipe.csv")
    assert "no such file" in the_error(Path("https://example.org/claims.csv"))


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A process's own memory is an ordinary file that nobody can read from the start, not even root."""
    (tmp_path / "memory.csv").symlink_to("/proc/self/mem")

    assert "cannot be read" in the_error(tmp_path / "memory.csv")


def test_a_quote_that_is_never_closed_ends_the_file_with_its_line(tmp_path: Path) -> None:
    tail = "A,meets,B,,,,\n" * 20_000
    found = read(write_file(tmp_path, "a.csv", HEADER + GOOD + '"Open,meets,B,,,,\n' + tail))

    assert len(found.claims) == 1
    refused = found.only_rejection()
    assert refused.line == 3
    assert "not closed" in refused.reason
    assert "nothing after" in refused.reason


def test_a_quote_that_is_never_closed_in_the_first_row_is_an_error(tmp_path: Path) -> None:
    message = the_error(write_file(tmp_path, "a.csv", HEADER + '"Open,meets,B,,,,\nA,meets,B,,,,\n'))

    assert "line 2" in message
    assert "not closed" in message


def test_a_line_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write((HEADER + GOOD).encode())
        file.truncate(1 << 30)
    found = read(path)

    assert len(found.claims) == 1
    assert "longer than 16 MiB" in found.only_rejection().reason


def test_a_gzip_bomb_is_given_up(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    row = GOOD.encode()
    data = packer.compress(HEADER.encode() + row)
    for _ in range(72):
        data += packer.compress((b" " * 65_535 + b"\n") * 16)
    found = read(write_file(tmp_path, "bomb.csv.gz", data + packer.flush()))

    assert len(found.claims) == 1
    assert "200 times its size" in found.only_rejection().reason


def test_a_gzip_file_that_is_cut_off_keeps_what_was_read(tmp_path: Path) -> None:
    rows = HEADER + GOOD + "".join(f"{number * 7919 % 65_537},meets,B,,,,\n" for number in range(60_000))
    data = gzip.compress(rows.encode())
    found = read(write_file(tmp_path, "cut.csv.gz", data[: len(data) // 2]))

    assert 0 < len(found.claims) < 60_000
    assert "cut off" in found.rejections[-1].reason
    assert "cut off" in the_error(write_file(tmp_path, "short.csv.gz", data[:30]))


def test_a_gzip_file_that_is_damaged_is_an_error(tmp_path: Path) -> None:
    assert "damaged" in the_error(write_file(tmp_path, "a.csv.gz", b"\x1f\x8b" + b"\xff" * 60))
