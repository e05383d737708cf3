"""`actorgraph serve --host ::1` as a process: it listens on IPv6, says so as browsers write it, and knows its
own pages."""

from __future__ import annotations

import http.client
import json
import signal
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from program import Program, Server


@dataclass(frozen=True, slots=True)
class OnSix:
    """A server on ::1, its command line, and the address and port that it says."""

    program: Program
    server: Server
    address: str
    port: int


def ipv6_problem() -> str | None:
    """Why nothing can listen on ::1 here, or None."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError as problem:
        return f"no IPv6 on this machine: {problem.strerror}"
    return None


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnSix]:
    """The server of these tests; skipped where the machine has no IPv6."""
    problem = ipv6_problem()
    if problem is not None:
        pytest.skip(problem)
    program = Program(tmp_path_factory.mktemp("six") / "home", {"ACTORGRAPH_PORT": "0"})
    with program.serving("--empty", "--host", "::1") as server:
        address = server.wait_until_ready()
        yield OnSix(program, server, address, urlsplit(address).port or 0)
        assert server.stop(signal.SIGTERM).code == 0


def status(six: OnSix, headers: Mapping[str, str]) -> int:
    """The status of an answer over IPv6."""
    connection = http.client.HTTPConnection("::1", six.port, timeout=10)
    try:
        connection.request("GET", "/api/v1/stats", headers=dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()


def test_the_address_is_written_with_brackets_and_leads_there(six: OnSix) -> None:
    run = json.loads((six.program.home / "run.json").read_text(encoding="utf-8"))

    assert six.address == run["http"] == f"http://[::1]:{six.port}"
    assert six.server.get("/readyz") == {"status": "ok"}
    assert six.program.ok("serve").out == f"actorgraph runs already at {six.address}\n"


def test_only_the_address_that_was_asked_for_is_listened_on(six: OnSix) -> None:
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", six.port)) != 0


@pytest.mark.parametrize(
    ("host", "origin", "expected"),
    [
        ("[::1]:{port}", "http://[::1]:{port}", 200),
        ("[::1]:{port}", None, 200),
        ("[::1]", None, 200),
        ("localhost:{port}", "http://localhost:{port}", 200),
        ("[::1]:{port}", "http://[::1]", 403),
        ("[::1]:{port}", "http://[::1]:1", 403),
        ("[::1]:{port}", "http://[::2]:{port}", 403),
        ("[::1]:{port}", "http://localhost:{port}", 403),
        ("[::1]:{port}", "http://evil.example:{port}", 403),
        ("[::2]:{port}", None, 400),
        ("::1", None, 400),
    ],
)
def test_its_own_host_and_pages_are_known(six: OnSix, host: str, origin: str | None, expected: int) -> None:
    headers = {"Host": host} | ({} if origin is None else {"Origin": origin})

    assert status(six, {name: text.format(port=six.port) for name, text in headers.items()}) == expected
