"""Somebody with a driver in hand: what the documents tell to write, word for word, until the first answer."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from markdown import read
from nodejs import run_script
from program import Program, Server
from tracked import ROOT

MACHINES_SHARE = 10.0
"""Seconds that starting the language, connecting and asking may take of the two minutes from the printed
address to the first answer; a quiet machine needs less than one. The rest is for whoever copies the lines."""
PRINTED = re.compile(r"Bolt, read-only: (\S+)  user (\S+)  password (\S+)  database (\S+)")
WHERE = "import platformdirs; print(platformdirs.user_data_dir('actorgraph', appauthor=False))"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A server in the folder that is meant where nobody names one, and the surroundings of its user."""

    server: Server
    environment: Mapping[str, str]

    @property
    def printed(self) -> dict[str, str]:
        """The values of the line for Bolt under the names that a driver's user gives them."""
        found = PRINTED.fullmatch(self.server.said[-1])
        assert found is not None, self.server.said
        names = ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE")
        return dict(zip(names, found.groups(), strict=True))

    def met(self) -> set[str]:
        """The names that the examples ask for, by the other door."""
        answer = self.server.get("/api/v1/actors/ahmed-al-sharaa/neighbourhood?type=MEETS")
        return {actor["name"] for actor in answer["actors"]} - {"Ahmed al-Sharaa"}


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newcomer]:
    """The server of somebody who typed `make run` and set nothing."""
    person = tmp_path_factory.mktemp("person")
    environment = {name: value for name, value in os.environ.items() if name != "XDG_DATA_HOME"}
    environment["HOME"] = str(person)
    home = Path(output([sys.executable, "-c", WHERE], environment).strip())
    assert person in home.parents
    with Program(home, {"ACTORGRAPH_PORT": "0"}).serving() as server:
        server.wait_until_ready()
        yield Newcomer(server, environment)


def output(command: list[str], environment: Mapping[str, str]) -> str:
    """What a command prints; it has to succeed."""
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def example(document: str, language: str) -> str:
    """The one block of a document in a language."""
    (block,) = (one for one in read(ROOT / document).blocks if one.language == language)
    return block.text


def names_in(printed: str) -> set[str]:
    """The list of names that both examples print; JavaScript's and Python's are written alike."""
    names = ast.literal_eval(printed.strip())
    assert isinstance(names, list)
    return set(names)


def test_the_python_of_the_readme_has_a_first_answer_in_two_minutes(newcomer: Newcomer) -> None:
    begun = time.monotonic()
    printed = output([sys.executable, "-c", example("README.md", "python")], newcomer.environment)
    taken = time.monotonic() - begun

    assert names_in(printed) == newcomer.met()
    assert "Walid Jumblatt" in names_in(printed)
    assert taken < MACHINES_SHARE


@pytest.mark.node
def test_the_javascript_of_the_documents_has_a_first_answer_at_the_printed_address(
    newcomer: Newcomer, tmp_path: Path
) -> None:
    begun = time.monotonic()
    printed = run_script(example("docs/cypher.md", "js"), tmp_path, newcomer.printed)
    taken = time.monotonic() - begun

    assert names_in(printed) == newcomer.met()
    assert "Walid Jumblatt" in names_in(printed)
    assert taken < MACHINES_SHARE


@pytest.mark.node
@pytest.mark.neo4j
async def test_the_javascript_of_the_documents_has_the_same_answer_on_neo4j(
    neo4j_program: Program, newcomer: Newcomer, tmp_path: Path
) -> None:
    neo4j_program.ok("load", "syria-2025")
    printed = run_script(
        example("docs/cypher.md", "js"), tmp_path, dict(neo4j_program.settings) | {"NEO4J_DATABASE": "neo4j"}
    )

    assert names_in(printed) == newcomer.met()
