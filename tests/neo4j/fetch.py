"""Makes a real Neo4j available to the tests: its jars by Maven, our launcher by javac. Does nothing that is
done already.

The folder is $ACTORGRAPH_NEO4J_JARS, default `.cache/neo4j/lib` in the repository; the compiled launcher lies
beside the jars in `launcher/`. Needs Maven and a JDK of 17 or newer; ends with 1 and one line when it cannot
do its work.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
POM = HERE / "pom.xml"
LAUNCHER = HERE / "Neo4jForTests.java"
MAVEN_LIMIT = 600
"""Seconds that the download of about 116 MB may take."""


def jar_folder() -> Path:
    """Where the jars are, or are to be."""
    given = os.environ.get("ACTORGRAPH_NEO4J_JARS")
    return Path(given) if given else HERE.parents[1] / ".cache" / "neo4j" / "lib"


def is_ready(folder: Path) -> bool:
    """Whether jars and launcher were made from the present pom and source."""
    return _is_made_from(POM, folder) and _is_made_from(LAUNCHER, folder)


def fetch(folder: Path) -> None:
    """Copy the jars into `folder` and compile the launcher; what is there already stays.

    Raises: FetchFailed with one line that says what is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not _is_made_from(POM, folder):
        print(f"fetching Neo4j's jars into {folder}", file=sys.stderr)
        _run("mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies",
             f"-DoutputDirectory={folder}", "-DincludeScope=runtime")  # fmt: skip
        _note(POM, folder)
    if not _is_made_from(LAUNCHER, folder):
        _run("javac", "-cp", f"{folder}/*", "-d", str(folder / "launcher"), str(LAUNCHER))
        _note(LAUNCHER, folder)


class FetchFailed(Exception):
    """The jars or the launcher could not be made."""


def _is_made_from(source: Path, folder: Path) -> bool:
    """Whether the folder holds what this very source makes; times of files say nothing after a clone."""
    note = folder / f"{source.name}.sha256"
    return note.exists() and note.read_text(encoding="ascii") == _digest(source)


def _note(source: Path, folder: Path) -> None:
    (folder / f"{source.name}.sha256").write_text(_digest(source), encoding="ascii")


def _digest(source: Path) -> str:
    return hashlib.sha256(source.read_bytes()).hexdigest()


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise FetchFailed(f"{program} is not installed")
    try:
        done = subprocess.run(
            [found, *arguments], capture_output=True, text=True, timeout=MAVEN_LIMIT, check=False
        )
    except subprocess.TimeoutExpired as slow:
        raise FetchFailed(f"{program} did not finish within {MAVEN_LIMIT} s") from slow
    if done.returncode != 0:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise FetchFailed(f"{program} failed: {lines[0] if lines else done.returncode}")


def main() -> int:
    """Fetch; 0 when the tests can have their Neo4j, 1 when not."""
    try:
        fetch(jar_folder())
    except FetchFailed as problem:
        print(f"no Neo4j for the tests: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
