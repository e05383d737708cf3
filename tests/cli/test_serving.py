"""`actorgraph serve` as a process: where it listens, what it says, how it ends, and what cannot be had."""

from __future__ import annotations

import fcntl
import json
import re
import signal
import socket
import stat
import time
from pathlib import Path

import psutil
import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import ClientError, DatabaseError

from program import Program, Server, free_port

QUICK = {"ACTORGRAPH_PORT": "0"}


@pytest.fixture
def anywhere(tmp_path: Path) -> Program:
    """The command line of a new home whose server takes any free port."""
    return Program(tmp_path / "home", QUICK)


def children_of(server: Server) -> list[psutil.Process]:
    return psutil.Process(server.process.pid).children(recursive=True)


@pytest.mark.timed
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_server_and_engine(anywhere: Program, number: signal.Signals) -> None:
    with anywhere.serving("--empty") as server:
        address = server.wait_until_ready()
        engine = children_of(server)
        assert json.loads((anywhere.home / "run.json").read_text())["http"] == address
        ended = server.stop(number)

    assert ended.code == 0, ended
    assert ended.seconds < 5
    assert engine
    assert psutil.wait_procs(engine, timeout=3)[1] == []
    assert not (anywhere.home / "run.json").exists()


@pytest.mark.timed
def test_a_signal_while_it_starts_stops_it_too(anywhere: Program) -> None:
    with anywhere.serving() as server:
        deadline = time.monotonic() + 20
        while not (anywhere.home / "owner.lock").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        ended = server.stop(signal.SIGTERM)

    assert ended.code == 0, ended
    assert ended.seconds < 6
    assert anywhere.ok("check").code == 0


@pytest.mark.timed
def test_running_answers_get_their_time_and_no_more(tmp_path: Path) -> None:
    program = Program(tmp_path / "home", QUICK | {"ACTORGRAPH_STOP_TIMEOUT": "1"})
    with program.serving("--empty") as server, half_a_request(server.wait_until_ready()):
        ended = server.stop(signal.SIGTERM)

    assert ended.code == 0, ended
    assert 0.5 < ended.seconds < 6


@pytest.mark.timed
def test_a_second_signal_ends_it_at_once(anywhere: Program) -> None:
    with anywhere.serving("--empty") as server, half_a_request(server.wait_until_ready()):
        engine = children_of(server)
        ended = server.stop(signal.SIGTERM, signal.SIGTERM)

    assert ended.code == 0, ended
    assert ended.seconds < 1.5
    assert psutil.wait_procs(engine, timeout=5)[1] == []
    assert anywhere.ok("check").code == 0


class half_a_request:  # reads as a sentence in a with statement
    """A connection with a request whose body does not come."""

    def __init__(self, address: str) -> None:
        host, port = address.removeprefix("http://").split(":")
        self._connection = socket.create_connection((host, int(port)))
        self._connection.sendall(
            b"POST /api/v1/subgraph HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 100\r\n\r\n{"
        )
        time.sleep(0.3)

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def test_the_bolt_line_can_be_used_as_it_is_and_only_reads(anywhere: Program, talks: Path) -> None:
    with anywhere.serving("--empty") as server:
        server.wait_until_ready()
        anywhere.ok("load", str(talks))
        said = re.fullmatch(
            r"Bolt, read-only: (\S+)  user (\S+)  password (\S+)  database (\S+)", server.said[-1]
        )
        assert said is not None, server.said
        uri, user, password, database = said.groups()
        run = json.loads((anywhere.home / "run.json").read_text())
        with GraphDatabase.driver(uri, auth=(user, password)) as driver:
            met = "MATCH (:Actor {name: 'Amal Haddad'})-[:MEETS]-(x) RETURN x.name"
            assert len(driver.execute_query(met, database_=database).records) == 3
            for statement in ("CREATE (:Actor {id: 'x'})", "MATCH (x) DETACH DELETE x"):
                with pytest.raises((ClientError, DatabaseError)):
                    driver.execute_query(statement, database_=database)
        server.stop(signal.SIGTERM)

    assert (run["bolt"], run["username"], run["password"], run["database"]) == (uri, user, password, database)


def test_the_run_file_is_for_its_owner_alone(anywhere: Program) -> None:
    with anywhere.serving("--empty") as server:
        server.wait_until_ready()
        modes = {
            name: stat.S_IMODE((anywhere.home / name).stat().st_mode) for name in ("run.json", "owner.json")
        }
        server.stop(signal.SIGTERM)

    assert modes == {"run.json": 0o600, "owner.json": 0o600}


def test_a_second_server_says_where_the_first_one_is(served: tuple[Program, Server]) -> None:
    program, server = served
    ended = program.ok("serve")

    assert ended.out == f"actorgraph runs already at {server.said[-2].split()[3]}\n"


def test_a_new_store_is_filled_unless_it_is_to_be_empty(anywhere: Program, tmp_path: Path) -> None:
    with anywhere.serving() as server:
        server.wait_until_ready()
        filled = server.get("/api/v1/datasets")["datasets"]
        told = server.stop(signal.SIGTERM).err
    empty = Program(tmp_path / "empty", QUICK)
    with empty.serving("--empty") as server:
        server.wait_until_ready()
        nothing = server.get("/api/v1/datasets")["datasets"]
        server.stop(signal.SIGTERM)
    with empty.serving() as server:
        server.wait_until_ready()
        still_nothing = server.get("/api/v1/datasets")["datasets"]
        server.stop(signal.SIGTERM)

    assert [dataset["name"] for dataset in filled] == ["syria-2025"]
    assert "loading syria-2025" in told
    assert (nothing, still_nothing) == ([], [])


def test_a_default_port_that_is_taken_moves_and_says_so(tmp_path: Path) -> None:
    with taken(8000), Program(tmp_path / "home").serving("--empty") as server:
        address = server.wait_until_ready()
        assert server.get("/readyz") == {"status": "ok"}
        ended = server.stop(signal.SIGTERM)

    port = address.rsplit(":", 1)[1]
    assert int(port) > 8000
    assert f"port 8000 is taken, using {port}" in ended.err


def test_a_chosen_port_that_is_taken_is_an_error(tmp_path: Path) -> None:
    with taken(0) as port:
        by_option = Program(tmp_path / "a").run("serve", "--port", str(port))
        by_variable = Program(tmp_path / "b", {"ACTORGRAPH_PORT": str(port)}).run("serve")
        bolt = Program(tmp_path / "c", QUICK | {"ACTORGRAPH_BOLT_PORT": str(port)}).run("serve")

    for ended in (by_option, by_variable, bolt):
        assert ended.code == 69, ended
        assert str(port) in ended.complaint


class taken:  # reads as a sentence in a with statement
    """A port that somebody listens on; 0 for any."""

    def __init__(self, port: int) -> None:
        self._listener = socket.socket()
        try:
            self._listener.bind(("127.0.0.1", port))
            self._listener.listen()
        except OSError:
            assert port, "somebody else has it already, which is just as good"

    def __enter__(self) -> int:
        return int(self._listener.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self._listener.close()


@pytest.mark.parametrize(
    ("settings", "phrase"),
    [
        ({"NEO4J_URI": "http://localhost:7474"}, "is not a Bolt address"),
        ({"ACTORGRAPH_HOST": "0.0.0.0"}, "ACTORGRAPH_API_KEY"),
        ({"ACTORGRAPH_HOST": "203.0.113.7", "ACTORGRAPH_PUBLIC": "true"}, "203.0.113.7"),
        ({"ACTORGRAPH_API_KEY": ""}, "ACTORGRAPH_API_KEY: is empty"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_line(
    tmp_path: Path, settings: dict[str, str], phrase: str
) -> None:
    ended = Program(tmp_path / "home", settings).run("serve", "--empty")

    assert ended.code == 2, ended
    assert phrase in ended.complaint


def starting(home: Path) -> float:
    """Seconds that Python may take to start besides: 3, or on a busy machine twice what it takes now."""
    return max(3.0, 2 * Program(home).run("--version").seconds)


@pytest.mark.timed
@pytest.mark.parametrize("command", [["serve"], ["load", "syria-2025"], ["cypher", "RETURN 1"]])
def test_an_unreachable_server_is_told_within_five_seconds(tmp_path: Path, command: list[str]) -> None:
    ended = Program(tmp_path, QUICK | {"NEO4J_URI": f"bolt://127.0.0.1:{free_port()}"}).run(*command)

    assert ended.code == 69, ended
    assert "does not answer" in ended.complaint
    assert ended.seconds < 5 + starting(tmp_path)


@pytest.mark.timed
def test_a_server_that_is_silent_is_told_within_five_seconds(tmp_path: Path) -> None:
    with taken(0) as port:
        ended = Program(tmp_path, {"NEO4J_URI": f"bolt://127.0.0.1:{port}"}).run("search", "x")

    assert ended.code == 69, ended
    assert ended.seconds < 5 + starting(tmp_path)


@pytest.mark.timed
def test_a_store_held_by_something_else_is_told_within_five_seconds(anywhere: Program) -> None:
    anywhere.home.mkdir()
    with (anywhere.home / "owner.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = anywhere.run("search", "x")

    assert ended.code == 69, ended
    assert str(anywhere.home) in ended.complaint
    assert ended.seconds < 5 + starting(anywhere.home)


def test_a_home_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ended = Program(tmp_path / "file" / "home").run("search", "x")

    assert ended.code == 69, ended
    assert ended.complaint


@pytest.mark.neo4j
async def test_on_neo4j_nothing_is_loaded_by_itself(neo4j_program: Program) -> None:
    with neo4j_program.serving() as server:
        address = server.wait_until_ready()
        datasets = server.get("/api/v1/datasets")["datasets"]
        run = json.loads((neo4j_program.home / "run.json").read_text())
        second = neo4j_program.ok("serve").out
        server.stop(signal.SIGTERM)

    assert datasets == []
    assert run["http"] == address
    assert (run["bolt"], run["password"]) == (neo4j_program.settings["NEO4J_URI"], None)
    assert neo4j_program.settings["NEO4J_PASSWORD"] not in " ".join(server.said)
    assert address in second
    assert not (neo4j_program.home / "run.json").exists()


@pytest.mark.neo4j
async def test_reading_makes_nothing_in_neo4j(neo4j_program: Program) -> None:
    for arguments in (["search", "x"], ["datasets"], ["export"], ["check"], ["claims"]):
        neo4j_program.ok(*arguments)
    with on_neo4j(neo4j_program) as driver:
        constraints = driver.execute_query("SHOW CONSTRAINTS").records
        everything = driver.execute_query("MATCH (x) RETURN count(x) AS n").records[0]["n"]

    assert (constraints, everything) == ([], 0)


@pytest.mark.neo4j
async def test_the_same_commands_run_on_neo4j(neo4j_program: Program, talks: Path) -> None:
    loaded = neo4j_program.ok("load", str(talks))
    path = neo4j_program.ok("paths", "Amal Haddad", "northland").out
    refused = neo4j_program.run("cypher", "CREATE (x:Actor) RETURN x")

    assert "8 new" in loaded.out
    assert path.startswith("1. Amal Haddad – Boris Orlov – Northland")
    assert (refused.code, refused.complaint.startswith("actorgraph: ")) == (65, True)


@pytest.mark.timed
@pytest.mark.neo4j
async def test_a_wrong_password_is_one_line(neo4j_program: Program) -> None:
    wrong = Program(neo4j_program.home, dict(neo4j_program.settings) | {"NEO4J_PASSWORD": "wrong one"})
    ended = wrong.run("search", "x")

    assert ended.code == 69, ended
    assert "NEO4J_PASSWORD" in ended.complaint
    assert "wrong one" not in ended.err
    assert ended.seconds < 5 + 3


def on_neo4j(program: Program) -> Driver:
    settings = program.settings
    return GraphDatabase.driver(
        settings["NEO4J_URI"], auth=(settings["NEO4J_USERNAME"], settings["NEO4J_PASSWORD"])
    )
