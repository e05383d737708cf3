"""Fixture policy of the command line's tests: real processes; one server with a small store serves all tests
that only read, everything else starts in a home of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engines import RunningEngine, strip
from graph.store.bolt import Store
from program import Program, Server

TALKS = """\
subject,relation,object,date,status,source,statement
Amal Haddad,met with,Boris Orlov,2024-05-01,asserted,daily,Amal Haddad met Boris Orlov in Portville.
Boris Orlov,leads,Northland,2020,asserted,report,
Northland,supports,Border Guard,,alleged,radio,
Border Guard,attacks,Harbour Front,2024-03,asserted,radio,
Harbour Front,meets,Amal Haddad,2024-02,asserted,daily,
José Ruiz,meets,Amal Haddad,2024-01,asserted,daily,
Jose Ruíz,meets,Boris Orlov,2024-01,asserted,daily,
"Evil \x1b[31mRed",supports,Northland,2024,asserted,radio,
"""


@pytest.fixture(scope="session")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A claims file of eight good rows."""
    file = tmp_path_factory.mktemp("files") / "talks.csv"
    file.write_text(TALKS, encoding="utf-8")
    return file


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The command line of a home that does not exist yet; its engine takes any free port."""
    return Program(tmp_path / "home")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, talks: Path) -> Iterator[tuple[Program, Server]]:
    """A running server on a store with the talks, and the command line beside it."""
    program = Program(tmp_path_factory.mktemp("served"), {"ACTORGRAPH_PORT": "0"})
    with program.serving("--empty") as server:
        server.wait_until_ready()
        program.ok("load", str(talks))
        yield program, server


@pytest.fixture(scope="session")
def beside(served: tuple[Program, Server]) -> Program:
    """The command line beside a running server."""
    return served[0]


@pytest.fixture
async def neo4j_program(neo4j_engine: RunningEngine, tmp_path: Path) -> Program:
    """The command line on an empty Neo4j."""
    async with await Store.connect(neo4j_engine.writer) as store:
        await strip(store)
    address = neo4j_engine.writer
    settings = {
        "NEO4J_URI": address.uri,
        "NEO4J_USERNAME": address.username or "",
        "NEO4J_PASSWORD": address.password or "",
    }
    return Program(tmp_path / "home", {"ACTORGRAPH_PORT": "0"} | settings)
