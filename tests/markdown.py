"""Reads our Markdown documents as the documentation tests need them: sections, tables, code and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FENCE = re.compile(
    r"^(?P<fence>```+|~~~+)[ \t]*(?P<language>\w*)[^\n]*\n(?P<text>.*?)^(?P=fence)[ \t]*$", re.M | re.S
)
_HEADING = re.compile(r"^(?P<level>#{1,6}) +(?P<title>.+?) *#*$", re.M)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^\s()<>]+)>?[^()]*\)")
_CELL_END = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and its text up to the next heading of any level; code blocks are taken out of the text."""

    level: int
    title: str
    text: str

    @property
    def name(self) -> str:
        """The title without its code marks."""
        return self.title.replace("`", "")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The cells of every table row, without header rows."""
        found: list[tuple[str, ...]] = []
        for line in self.text.splitlines():
            if not line.lstrip().startswith("|"):
                continue
            cells = tuple(cell.strip() for cell in _CELL_END.split(line.strip().strip("|")))
            if all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                found.pop()
            else:
                found.append(cells)
        return tuple(found)

    @property
    def entries(self) -> dict[str, tuple[str, ...]]:
        """Rows by each code span of their first cell: `| `--json`, `-j` | … |` is found by both."""
        return {span: row for row in self.rows for span in spans(row[0])}


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced code block."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file, read once."""

    path: Path
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    prose: str

    @property
    def anchors(self) -> frozenset[str]:
        """The fragments under which the headings are reached."""
        return frozenset(anchor(section.title) for section in self.sections)

    @property
    def links(self) -> tuple[str, ...]:
        """Targets of all links and images."""
        return tuple(_LINK.findall(self.prose))

    @property
    def code(self) -> str:
        """Everything marked as code, one span or line of a block per line."""
        return "\n".join([*spans(self.prose), *(block.text for block in self.blocks)])

    def section(self, name: str) -> Section:
        """The section with this heading; an AssertionError names file and heading if there is none."""
        for section in self.sections:
            if section.name.casefold() == name.casefold():
                return section
        raise AssertionError(f"{self.path.name} has no heading {name!r}")


def spans(text: str) -> list[str]:
    """The code spans of a text."""
    return _SPAN.findall(text)


def anchor(title: str) -> str:
    """The fragment that a heading gets on the usual hosts."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).replace("`", "")
    return re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")


@cache
def read(path: Path) -> Document:
    """Read one document; an AssertionError if it is not there."""
    assert path.exists(), f"{path.name} is not written"
    text = path.read_text(encoding="utf-8")
    blocks = tuple(Block(found["language"], found["text"]) for found in _FENCE.finditer(text))
    prose = _FENCE.sub("", text)
    headings = list(_HEADING.finditer(prose))
    ends = [heading.start() for heading in headings[1:]] + [len(prose)]
    sections = tuple(
        Section(len(heading["level"]), heading["title"], prose[heading.end() : end])
        for heading, end in zip(headings, ends, strict=True)
    )
    return Document(path, sections, blocks, prose)
