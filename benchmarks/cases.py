"""On what is measured: an engine, a graph in its store, and the running service on it."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from benchmarks.madegraph import MadeGraph
from benchmarks.serving import Serving, serving, shared
from benchmarks.serving import run as run_command
from engines import running_neo4j

Engine = Literal["embedded", "neo4j"]
Graph = Literal["icews14", "made"]
ENGINES: Sequence[Engine] = get_args(Engine)
GRAPHS: Sequence[Graph] = get_args(Graph)

MADE = MadeGraph(actors=25_000, claims=470_000)
COLLECTOR = "-XX:+UseParallelGC"
"""Neo4j has its better compiler too: it is measured, not only tested with."""


@dataclass(frozen=True, slots=True)
class Case:
    """An engine and a graph; `stores` is the folder where loaded stores are kept (None: a passing one).

    `heap`: megabytes that a Neo4j server has.
    """

    engine: Engine
    graph: Graph
    stores: Path | None = None
    heap: int = 2048

    def __str__(self) -> str:
        return f"{self.graph} on {self.engine}"

    @property
    def folder(self) -> str:
        """Name of its store among those that are kept."""
        return f"{self.graph}-{self.engine}"


@contextlib.contextmanager
def served(case: Case) -> Iterator[Serving]:
    """The service on the graph, which is loaded unless a kept store holds it."""
    with _folder(case) as folder, _engine(case, folder) as variables:
        home, loaded = folder / "home", folder / "loaded"
        if not loaded.exists():
            with tempfile.TemporaryDirectory() as files:
                run_command(home, "load", str(_file(case, Path(files))), variables=variables)
            loaded.touch()
        with serving(home, variables=variables) as server:
            yield server


@contextlib.contextmanager
def _folder(case: Case) -> Iterator[Path]:
    if case.stores is not None:
        folder = case.stores / case.folder
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as passing:
        yield Path(passing)


@contextlib.contextmanager
def _engine(case: Case, folder: Path) -> Iterator[Mapping[str, str]]:
    """The variables that name the store; nothing for the embedded engine, which the service starts."""
    if case.engine == "embedded":
        yield {}
        return
    with asyncio.Runner() as runner:
        server = running_neo4j(folder / "neo4j", options=(f"-Xmx{case.heap}m", COLLECTOR))
        address = runner.run(server.__aenter__()).writer
        try:
            yield {
                "NEO4J_URI": address.uri,
                "NEO4J_USERNAME": address.username or "",
                "NEO4J_PASSWORD": address.password or "",
            }
        finally:
            runner.run(server.__aexit__(None, None, None))


def _file(case: Case, folder: Path) -> Path:
    return shared("icews14.tsv.gz") if case.graph == "icews14" else MADE.write(folder / "made.csv")
