"""The one form in which a benchmark says what it measured: ours, the reference, their ratio, the bar."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `reference` is what was measured beside it in the same run, in the same unit.

    `most_ratio` bounds ours / reference, `most` bounds ours; None: no bar, shown for comparison.
    """

    name: str
    ours: float
    unit: str
    reference: float | None = None
    reference_name: str = ""
    most_ratio: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours divided by the reference."""
        return self.ours / self.reference if self.reference else None

    @property
    def met(self) -> bool | None:
        """Whether every bar is met; None where there is none."""
        verdicts = []
        if self.most is not None:
            verdicts.append(self.ours <= self.most)
        if self.most_ratio is not None and self.ratio is not None:
            verdicts.append(self.ratio <= self.most_ratio)
        return all(verdicts) if verdicts else None


@dataclass(slots=True)
class Report:
    """Figures in the order they were measured."""

    title: str
    figures: list[Figure] = field(default_factory=list)

    def add(self, figure: Figure) -> None:
        """Take note of a figure."""
        self.figures.append(figure)

    def compare(
        self, name: str, ours: Sequence[float], beside: Mapping[str, Sequence[float]], most: float
    ) -> None:
        """Middle and 95th percentile of milliseconds, the latter with its bar, beside each reference."""
        for share, what, bar in ((0.5, "p50", None), (0.95, "p95", most)):
            value = percentile(ours, share)
            if not beside:
                self.add(Figure(f"{name}, {what}", value, "ms", most=bar))
            for reference, taken in beside.items():
                about = reference if len(taken) == len(ours) else f"{reference}, first {len(taken)}"
                figure = Figure(f"{name}, {what}", value, "ms", percentile(taken, share), about, most=bar)
                self.add(figure)

    def show(self, console: Console) -> None:
        """Print the figures as a table."""
        table = Table(title=self.title, title_justify="left")
        for heading in ("figure", "ours", "reference", "ratio", "bar", ""):
            table.add_column(heading, justify="left" if heading in ("figure", "") else "right")
        for figure in self.figures:
            table.add_row(
                figure.name,
                f"{figure.ours:.3g} {figure.unit}",
                f"{figure.reference:.3g} {figure.unit} ({figure.reference_name})" if figure.reference else "",
                f"{figure.ratio:.2f}" if figure.ratio else "",
                _bar(figure),
                {True: "met", False: "MISSED", None: ""}[figure.met],
            )
        console.print(table)

    @property
    def met(self) -> bool:
        """Whether no bar was missed."""
        return all(figure.met is not False for figure in self.figures)


def _bar(figure: Figure) -> str:
    bars = []
    if figure.most is not None:
        bars.append(f"≤ {figure.most:g} {figure.unit}")
    if figure.most_ratio is not None:
        bars.append(f"≤ {figure.most_ratio:g} ×")
    return ", ".join(bars)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)
