"""`python -m benchmarks [NAME …]`: run the named benchmarks, or all, and print their figures."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from benchmarks import explorer, greed, load, measures, memory, neighbourhood, paths, start, view
from benchmarks.cases import ENGINES, GRAPHS, Case
from benchmarks.report import Report

PLAIN: Mapping[str, Callable[[], Report]] = {
    "load": load.run,
    "measures": measures.run,
    "start": start.run,
    "view": view.run,
    "explorer": explorer.run,
}
ON_CASES: Mapping[str, Callable[[Case], Report]] = {
    "paths": paths.run,
    "neighbourhood": neighbourhood.run,
    "memory": memory.run,
    "greed": greed.run,
}
"""Those that are run on each engine with each graph."""


def main(arguments: Sequence[str]) -> int:
    """Exit code 1 when a bar was missed, 2 for wrong usage."""
    met = True
    for report in _reports(_options(arguments)):
        report.show(Console(width=150))
        met = met and report.met
    return 0 if met else 1


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [*PLAIN, *ON_CASES]
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"which ones: {', '.join(names)}; default all"
    )
    parser.add_argument("--engine", action="append", choices=ENGINES, help="only on this engine; repeatable")
    parser.add_argument("--graph", action="append", choices=GRAPHS, help="only on this graph; repeatable")
    parser.add_argument("--stores", type=Path, help="folder where loaded stores are kept for the next run")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in names]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(names)}")
    return options


def _reports(options: argparse.Namespace) -> Iterator[Report]:
    for name in options.names or [*PLAIN, *ON_CASES]:
        if name in PLAIN:
            yield PLAIN[name]()
            continue
        for engine in options.engine or ENGINES:
            for graph in options.graph or GRAPHS:
                yield ON_CASES[name](Case(engine, graph, options.stores))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
