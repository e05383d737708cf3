"""Bytes of a file as physical lines, in constant memory and within limits, whatever the file holds."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from graph.errors import InputUnusable
from ingest.records import FileBroken

LINE_LIMIT = 1 << 20
"""Bytes of a line that is still read."""
SKIP_LIMIT = 16 << 20
"""Bytes of a line after which the rest of the file is given up."""
INFLATED_LIMIT = 8 << 30
"""Bytes that a .gz file may hold."""
RATIO_LIMIT = 200
"""Bytes out for each byte in, beyond RATIO_FREE: text packs at 5 to 20, a bomb at 1,000."""
RATIO_FREE = 64 << 20

_CHUNK = 1 << 18
_GZIP = b"\x1f\x8b"
_SIGNATURES = (
    (b"\xff\xfe\x00\x00", "UTF-32 text: save it as UTF-8"),
    (b"\xff\xfe", "UTF-16 text: save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text: save it as UTF-8"),
    (b"PK\x03\x04", "a zip file or a spreadsheet: name an Excel sheet .xlsx, save others as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (.xls): save the sheet as CSV"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (_GZIP, "packed with gzip: its name must end in .gz"),
    (b"BZh", "packed with bzip2: unpack it first"),
    (b"\xfd7zXZ", "packed with xz: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "packed with Zstandard: unpack it first"),
)


class Meter:
    """How far the reading of a file has come.

    `number` and `offset` (in the unpacked bytes) are those of the line given last; `done` and `total` count
    the bytes of the file as it lies on the disk.

    Raises: InputUnusable when there is no such file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = 0
        self.offset = 0
        self.done = 0
        self.total = _size(path)


class ByteLines(Meter):
    """The physical lines of a file without their line feed; a line over LINE_LIMIT comes as None."""

    def __iter__(self) -> Iterator[bytes | None]:
        rest, after = b"", 0
        for chunk in self._joined():
            pieces = (rest + chunk).split(b"\n") if rest else chunk.split(b"\n")
            rest = pieces.pop()
            for piece in pieces:
                self.number += 1
                self.offset, after = after, after + len(piece) + 1
                yield piece if len(piece) <= LINE_LIMIT else None
        if rest:
            self.number += 1
            self.offset = after
            yield rest if len(rest) <= LINE_LIMIT else None

    def _joined(self) -> Iterator[bytes]:
        """Chunks with at least one line end each, but for the last."""
        held: list[bytes] = []
        size = 0
        for chunk in self.chunks():
            held.append(chunk)
            size += len(chunk)
            if b"\n" in chunk:
                yield b"".join(held) if len(held) > 1 else chunk
                held, size = [], 0
            elif size > SKIP_LIMIT:
                limit = f"the line is longer than {SKIP_LIMIT >> 20} MiB"
                raise FileBroken(self.path, self.number + 1, limit)
        if held:
            yield b"".join(held)

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the file, unpacked, without regard to lines.

        Raises: InputUnusable when they are no text, FileBroken.
        """
        first = True
        for chunk in self._inflated() if self.path.suffix.lower() == ".gz" else self._raw():
            if first:
                _refuse_foreign(self.path, chunk)
                first = False
            yield chunk

    def _raw(self) -> Iterator[bytes]:
        with _open(self.path) as file:
            while chunk := _read(self.path, file):
                self.done += len(chunk)
                yield chunk

    def _inflated(self) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(31)
        out = 0
        for packed in self._raw():
            if not out and self.done == len(packed) and not packed.startswith(_GZIP):
                raise InputUnusable(f"{self.path}: not a gzip file, although its name ends in .gz")
            while packed:
                if unpacker.eof:
                    packed = packed.lstrip(b"\0")
                    unpacker = zlib.decompressobj(31) if packed else unpacker
                    continue
                chunk = self._unpack(unpacker, packed)
                out += len(chunk)
                self._limit(out)
                if chunk:
                    yield chunk
                packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        if not unpacker.eof and self.done:
            raise FileBroken(self.path, self.number + 1, "the gzip file is cut off")

    def _unpack(self, unpacker: zlib._Decompress, packed: bytes) -> bytes:
        try:
            return unpacker.decompress(packed, _CHUNK)
        except zlib.error as error:
            raise FileBroken(self.path, self.number + 1, f"the gzip file is damaged ({error})") from None

    def _limit(self, out: int) -> None:
        if out > INFLATED_LIMIT:
            raise FileBroken(self.path, self.number + 1, f"unpacked it exceeds {INFLATED_LIMIT >> 30} GiB")
        if out > RATIO_FREE and out > self.done * RATIO_LIMIT:
            raise FileBroken(
                self.path,
                self.number + 1,
                f"unpacked it is over {RATIO_LIMIT} times its size, as only a gzip bomb is; unpack it first",
            )


def _size(path: Path) -> int:
    try:
        found = path.stat()
    except FileNotFoundError:
        raise InputUnusable(f"{path}: no such file") from None
    except (OSError, ValueError) as error:
        raise InputUnusable(f"{path}: cannot be read ({_why(error)})") from None
    if stat.S_ISDIR(found.st_mode):
        raise InputUnusable(f"{path}: a folder, not a file")
    if not stat.S_ISREG(found.st_mode):
        raise InputUnusable(f"{path}: not an ordinary file (a pipe or a device); save it as a file first")
    return found.st_size


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb", buffering=0)
    except OSError as error:
        raise InputUnusable(f"{path}: cannot be read ({_why(error)})") from None


def _read(path: Path, file: BinaryIO) -> bytes:
    try:
        return file.read(_CHUNK)
    except OSError as error:
        raise InputUnusable(f"{path}: cannot be read ({_why(error)})") from None


def _why(error: OSError | ValueError) -> str:
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)


def _refuse_foreign(path: Path, head: bytes) -> None:
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise InputUnusable(f"{path}: {what}")
    nul = head[:4096].find(b"\0")
    line_end = head.find(b"\n")
    if nul >= 0 and (line_end < 0 or nul < line_end):
        raise InputUnusable(
            f"{path}: not UTF-8 text: a NUL at byte {nul} of the first line (UTF-16 text, or no text at all)"
        )
