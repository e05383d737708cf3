"""Lines from a terminal with what readline adds where it exists: editing, history, completion with Tab."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path

from api.cli.terminal import note
from graph.store.runfile import make_private_folder

try:
    import readline
except ImportError:  # Windows has none: lines can be typed there, without history
    readline = None  # type: ignore[assignment]  # a module that may be missing

REMEMBERED = 1000
"""Entries of the history that are kept."""
DELIMITERS = " \t\n\"'`()[]{}<>:;,.=|&!?+-*/%^$"


class LineInput:
    """Reads lines; what was typed is remembered in a file for its owner alone.

    A history that cannot be kept is none: nobody is kept from asking by it.
    """

    def __init__(self, history: Path, complete: Callable[[str, int], str | None]) -> None:
        self._history = history
        self._last = ""
        if readline is None:
            return
        readline.set_auto_history(False)
        readline.set_completer_delims(DELIMITERS)
        readline.set_completer(complete)
        libedit = "libedit" in (readline.__doc__ or "")
        readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
        readline.clear_history()
        with contextlib.suppress(OSError):
            for entry in _recent(history):
                readline.add_history(entry)

    def read(self, prompt: str) -> str:
        """One line.

        Raises: EOFError, KeyboardInterrupt; the terminal's line is ended then.
        """
        try:
            while True:
                try:
                    return self._line(prompt)
                except UnicodeDecodeError:
                    note("that line is not UTF-8 text; type it again")
        except (EOFError, KeyboardInterrupt):
            print(file=sys.stderr)
            raise

    def remember(self, entry: str) -> None:
        """Put a statement or command into the history, unless it is the last one again."""
        entry = " ".join(entry.splitlines())
        if entry == self._last:
            return
        self._last = entry
        if readline is not None:
            readline.add_history(entry)
        with contextlib.suppress(OSError):
            make_private_folder(self._history.parent)
            handle = os.open(self._history, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with open(handle, "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(entry + "\n")

    def _line(self, prompt: str) -> str:
        if sys.stdout.isatty():
            return input(prompt)
        print(prompt, end="", file=sys.stderr, flush=True)  # stdout is for rows
        return input()


def line_so_far() -> tuple[str, int]:
    """The line that is being typed, and where in it the word begins that Tab is to complete."""
    return ("", 0) if readline is None else (readline.get_line_buffer(), readline.get_begidx())


def _recent(history: Path) -> list[str]:
    """The last entries; a file that has grown to twice of that is cut to them.

    Raises: OSError.
    """
    with history.open(encoding="utf-8", errors="replace") as file:
        lines = [line.rstrip("\n") for line in deque(file, 2 * REMEMBERED + 1)]
    kept = lines[-REMEMBERED:]
    if len(lines) > 2 * REMEMBERED:
        new = history.with_name(f"{history.name}.{os.getpid()}")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in kept)
        new.replace(history)
    return kept
