"""What somebody types at the prompt, put together: lines to statements, each ended by a semicolon."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

PROMPT = "cypher> "
FURTHER = "   ...> "
TOKEN = re.compile(
    r"""(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`)
    |(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<end>;)
    |(?P<open>['"`].*|/\*.*)
    |(?P<other>[^'"`/;]+|/)""",
    re.VERBOSE | re.DOTALL,
)
"""A text as far as a semicolon in it may mean something else; `open` is what does not end in this text."""


def typed(read: Callable[[str], str]) -> Iterator[str]:
    """Whole statements, and commands (lines that begin with a colon), until the input ends.

    `read` asks for a line with a prompt. An empty line ends a statement too; KeyboardInterrupt, which is
    Ctrl-C, forgets what was begun.
    """
    begun = ""
    while True:
        try:
            line = read(FURTHER if begun else PROMPT)
        except EOFError:
            return
        except KeyboardInterrupt:
            begun = ""
            continue
        if not begun and line.lstrip().startswith(":"):
            yield line.strip()
        elif line.strip():
            whole, begun = split(f"{begun}\n{line}" if begun else line)
            yield from whole
        elif begun:
            yield begun
            begun = ""


def split(text: str) -> tuple[list[str], str]:
    """The statements that a semicolon ends, and what is begun after the last one.

    Nothing but white space and comments is not the begin of a statement.
    """
    statements, begin, said = [], 0, False
    for token in TOKEN.finditer(text):
        if token.lastgroup == "end":
            statements += [text[begin : token.start()]] if said else []
            begin, said = token.end(), False
        elif token.lastgroup != "comment" and token[0].strip():
            said = True
    return statements, text[begin:] if said else ""


def in_one_line(statement: str) -> str:
    """The same statement as a line to be called back: without comments, breaks in strings escaped."""
    line = ""
    for token in TOKEN.finditer(statement):
        if token.lastgroup == "text":
            line += token[0].replace("\n", "\\n")
        else:
            part = " " if token.lastgroup == "comment" else re.sub(r"\s+", " ", token[0])
            line += part.lstrip() if line.endswith(" ") else part
    return line.strip()
