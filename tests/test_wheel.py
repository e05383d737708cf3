"""The wheel as a stranger gets it: complete, installable into a clean environment, and at work from there."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tracked import PRODUCT, ROOT, name_of, project_files

pytestmark = [pytest.mark.wheel, pytest.mark.timeout(600)]

NO_NETWORK = re.compile(r"NewConnectionError|NameResolutionError|TimeoutError|ProxyError|from versions: none")
"""What pip says when it reaches no index; a pin that is wrong gets a list of versions instead."""

START_LIMIT = 90.0
"""Seconds from the command to an answer, a first load included, on a busy machine."""
STOP_LIMIT = 30.0


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in the surroundings of a stranger and return what it said."""
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=surroundings(), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def surroundings(**more: str) -> dict[str, str]:
    """Our environment without what belongs to the project or to the developers' Python."""
    strange = re.compile(r"(ACTORGRAPH|NEO4J|PYTHON)[A-Z_]*$|VIRTUAL_ENV$")
    return {name: value for name, value in os.environ.items() if not strange.match(name)} | more


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this clone, built with the pinned backend, so without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("actorgraph-*.whl")
    return found


def wheels_of_others() -> Path:
    """A folder with the pinned wheels of everything the product needs; fetched once for these pins.

    Skips when they cannot be fetched because there is no network.
    """
    pins = (ROOT / "constraints.txt").read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    key = hashlib.sha256(pins + sys.version.encode()).hexdigest()[:16]
    folder = ROOT / ".cache" / "wheels" / key
    if (folder / "complete").exists():
        return folder
    fetched = run(
        sys.executable, "-m", "pip", "download", "--quiet", "--only-binary", ":all:", "--dest", folder,
        "--constraint", ROOT / "constraints.txt", *requirements(), cwd=ROOT,
    )  # fmt: skip
    if NO_NETWORK.search(fetched.stderr):
        pytest.skip("no package index can be reached, and the wheels were not fetched before")
    assert fetched.returncode == 0, fetched.stdout + fetched.stderr
    (folder / "complete").touch()
    return folder


def requirements() -> list[str]:
    """What the product declares to need, as pip takes it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [str(requirement) for requirement in project["dependencies"]]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of a clean environment that holds the wheel and nothing of ours besides."""
    home = tmp_path_factory.mktemp("stranger")
    python = home / "bin" / "python"
    made = run(sys.executable, "-m", "venv", home, cwd=home)
    assert made.returncode == 0, made.stderr
    filled = run(
        python, "-m", "pip", "install", "--quiet", "--no-index", "--find-links", wheels_of_others(),
        "--constraint", ROOT / "constraints.txt", wheel, cwd=home,
    )  # fmt: skip
    assert filled.returncode == 0, filled.stdout + filled.stderr
    return python.parent


def test_the_wheel_holds_the_code_the_pages_and_the_data(wheel: Path) -> None:
    code = {name_of(path) for path in project_files() if name_of(path).split("/")[0] in PRODUCT}
    pages = {f"api/{name_of(path)}" for path in project_files() if name_of(path).startswith("static/")}
    assert "ingest/datasets/syria-2025/claims.csv" in code
    assert "api/static/index.html" in pages

    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert held == code | pages


def test_the_wheel_is_marked_private_and_names_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (entry for entry in archive.namelist() if entry.endswith(".dist-info/METADATA"))
        about = archive.read(name).decode()

    assert "Classifier: Private :: Do Not Upload" in about
    assert "License-Expression: Apache-2.0" in about


def test_the_installed_environment_is_sound(installed: Path, tmp_path: Path) -> None:
    checked = run(installed / "python", "-m", "pip", "check", cwd=tmp_path)

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("package", PRODUCT)
def test_the_installed_packages_are_used_from_any_folder(
    package: str, installed: Path, tmp_path: Path
) -> None:
    asked = run(installed / "python", "-c", f"import {package}; print({package}.__file__)", cwd=tmp_path)

    assert Path(asked.stdout.strip()).is_relative_to(installed.parent), asked.stdout + asked.stderr


def test_the_installed_command_explains_itself(installed: Path, tmp_path: Path) -> None:
    helped = run(installed / "actorgraph", "--help", cwd=tmp_path)

    assert helped.returncode == 0, helped.stderr
    assert {"serve", "load", "paths"} <= set(re.findall(r"\w+", helped.stdout))


@dataclass(frozen=True)
class Served:
    """A running `actorgraph serve` and where it answers."""

    process: subprocess.Popen[bytes]
    address: str
    home: Path
    log: Path

    def get(self, path: str) -> tuple[str, bytes]:
        """Content type and body of an answer of 200."""
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            return str(answer.headers.get_content_type()), answer.read()

    def json(self, path: str) -> Any:
        return json.loads(self.get(path)[1])

    def is_ready(self) -> bool:
        try:
            self.get("/readyz")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return True


def free_ports(count: int) -> list[int]:
    """Ports of the loopback address that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listening.getsockname()[1] for listening in sockets]
    for listening in sockets:
        listening.close()
    return ports


@pytest.fixture(scope="module")
def served(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The installed service on a store of its own, started from a folder that has nothing to do with it."""
    folder = tmp_path_factory.mktemp("served")
    port, bolt_port = free_ports(2)
    environment = surroundings(
        ACTORGRAPH_HOME=str(folder / "home"), ACTORGRAPH_PORT=str(port), ACTORGRAPH_BOLT_PORT=str(bolt_port)
    )
    log = folder / "log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [installed / "actorgraph", "serve"], cwd=folder, env=environment,
            stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
    service = Served(process, f"http://127.0.0.1:{port}", folder / "home", log)
    try:
        await_ready(service)
        yield service
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def await_ready(service: Served) -> None:
    """Return when the service answers; fail with its log when it ended or took too long."""
    patience = time.monotonic() + START_LIMIT
    while not service.is_ready():
        log = service.log.read_text(encoding="utf-8", errors="replace")
        assert service.process.poll() is None, f"serve ended with {service.process.returncode}: {log}"
        assert time.monotonic() < patience, f"not ready after {START_LIMIT} s: {log}"
        time.sleep(0.2)


def test_the_installed_service_shows_its_page_and_all_that_the_page_asks_for(served: Served) -> None:
    kind, page = served.get("/")
    wanted = re.findall(r'(?:src|href)="(/?[^"#:]+)"', page.decode())

    assert kind == "text/html"
    assert wanted
    for path in wanted:
        assert served.get("/" + path.lstrip("/"))[1], path


def test_the_installed_service_answers_from_the_bundled_data(served: Served) -> None:
    found = served.json("/api/v1/search?q=sharaa")["actors"]
    about = served.json("/api/v1/actors/ahmed-al-sharaa")

    assert found[0]["id"] == "ahmed-al-sharaa"
    assert about["name"] == "Ahmed al-Sharaa"
    assert "MEETS" in {relation["type"] for relation in about["relations"]}


def test_the_installed_service_draws_a_page_of_its_own(served: Served) -> None:
    kind, page = served.get("/view/neighbourhood/ahmed-al-sharaa")

    assert kind == "text/html"
    assert "Ahmed al-Sharaa" in page.decode()


def test_a_termination_signal_ends_the_installed_service_cleanly(served: Served) -> None:
    """The last test of the file: it ends what the others use."""
    run_file = served.home / "run.json"
    assert run_file.exists()

    served.process.send_signal(signal.SIGTERM)

    assert served.process.wait(STOP_LIMIT) == 0, served.log.read_text(encoding="utf-8", errors="replace")
    assert not run_file.exists()
    assert "Traceback" not in served.log.read_text(encoding="utf-8", errors="replace")
