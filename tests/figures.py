"""An exported figure: what is drawn of the map, and the bands that were put over and under it."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Figure:
    """The whole picture without its bands, and each band; places in units of the map."""

    map: ElementTree.Element
    title: ElementTree.Element
    key: ElementTree.Element

    @classmethod
    def of(cls, path: Path | str) -> Figure:
        whole = ElementTree.parse(path).getroot()
        bands = {one.get("class"): one for one in whole.findall(f"{SVG}g[@class]")}
        for band in bands.values():
            whole.remove(band)
        return cls(whole, bands["title"], bands["key"])

    @property
    def between(self) -> tuple[float, float]:
        """Where the band above ends at the latest, and where the one below begins."""
        lowest = max(float(line.attrib["y"]) for line in self.title.iter(f"{SVG}text"))
        return offset(self.title) + lowest, offset(self.key)


def offset(band: ElementTree.Element) -> float:
    """How far down a band is moved."""
    return float(band.attrib["transform"].removeprefix("translate(").removesuffix(")").split()[1])


def words(part: ElementTree.Element) -> list[str]:
    """What is written in a part, text by text."""
    return ["".join(text.itertext()) for text in part.iter(f"{SVG}text")]
