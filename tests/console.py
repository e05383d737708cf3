"""A terminal with a program in it, as a person sits before it: types, reads what appears, presses keys."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence

PATIENCE = 30.0
CONTROL = re.compile(r"\x1b\[[?\d;]*[A-Za-z]|\x07|\r")


class Console:
    """A program whose three streams are one terminal."""

    def __init__(self, process: subprocess.Popen[bytes], terminal: int) -> None:
        self.process = process
        self._terminal = terminal
        self._seen = ""
        self._read = 0

    def type(self, text: str) -> None:
        """Press these keys."""
        os.write(self._terminal, text.encode())

    def until(self, pattern: str) -> str:
        """What appears up to the first match of a pattern and was not read before."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = re.compile(pattern, re.MULTILINE).search(self._seen, self._read)
            if found:
                text, self._read = self._seen[self._read : found.end()], found.end()
                return text
            assert time.monotonic() < deadline, f"no {pattern!r} in {self._seen[self._read :]!r}"
            assert self._more(), f"ended without {pattern!r}: {self._seen[self._read :]!r}"

    def ask(self, text: str) -> str:
        """Type a line at the prompt, and what appears until the next one."""
        self.type(text + "\n")
        return self.until(r"^cypher> $")

    def end(self) -> tuple[int, str]:
        """Wait for the end: the exit code, and all that was to be seen."""
        deadline = time.monotonic() + PATIENCE
        while self._more() and time.monotonic() < deadline:
            pass
        return self.process.wait(PATIENCE), self._seen

    def _more(self) -> bool:
        """Read what has appeared meanwhile; False when nothing can come any more."""
        if not select.select([self._terminal], [], [], 0.2)[0]:
            return True
        try:
            data = os.read(self._terminal, 65536)
        except OSError:  # so Linux says that nobody holds the other end
            return False
        self._seen += CONTROL.sub("", data.decode(errors="replace"))
        return bool(data)


@contextlib.contextmanager
def console(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Console]:
    """A terminal in which a command runs; it is ended with the block."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, env={**environment, "TERM": "dumb", "COLUMNS": "120"},
        stdin=theirs, stdout=theirs, stderr=theirs, preexec_fn=_own_terminal,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Console(process, ours)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(ours)


def _own_terminal() -> None:
    """Make standard input the terminal of this session, whose Ctrl-C is a signal to the program.

    A test run that was put into the background of a script ignores Ctrl-C, and so would all it starts.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.setsid()
    os.close(os.open(os.ttyname(0), os.O_RDWR))
