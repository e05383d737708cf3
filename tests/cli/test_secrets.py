"""The key of a server is in no log, no answer, no file and no other process, whatever is done with it."""

from __future__ import annotations

import signal
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import psutil
import pytest

from program import Program

KEY = "canary-4f1d6b0c9e2a7358"
LONG = "x" * 20_000


def asked(address: str, *, data: bytes | None = None, **headers: str) -> tuple[int, str]:
    """Status and all that a server says, headers included; redirections are not followed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, data=data, headers=named)
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=10) as answer:
            return answer.status, f"{answer.headers}{answer.read().decode()}"
    except urllib.error.HTTPError as refused:
        return refused.code, f"{refused.headers}{refused.read().decode()}"


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


@pytest.mark.parametrize(
    "settings", [{}, {"ACTORGRAPH_LOG_LEVEL": "debug", "ACTORGRAPH_LOG_FORMAT": "console"}]
)
def test_a_key_is_shown_nowhere(tmp_path: Path, settings: dict[str, str]) -> None:
    program = Program(
        tmp_path / "home",
        {"ACTORGRAPH_PORT": "0", "ACTORGRAPH_API_KEY": KEY, "NEO4J_PASSWORD": KEY, **settings},
    )
    form = urllib.parse.urlencode({"key": KEY}).encode()
    with program.serving("--empty") as server:
        address = server.wait_until_ready()
        data = f"{address}/api/v1/stats"
        answers = [
            asked(data),
            asked(data, X_API_Key=KEY),
            asked(data, Authorization=f"Bearer {KEY}"),
            asked(data, X_API_Key=f"{KEY}x"),
            asked(f"{data}?api_key={KEY}"),
            asked(f"{data}?api_key={KEY}", X_API_Key=KEY),
            asked(f"{address}/login", data=form),
            asked(f"{address}/login?key={KEY}"),
            asked(f"{address}/login", data=form + b"x"),
            asked(f"{address}/api/v1/subgraph", data=b"{", X_API_Key=KEY, Content_Type="application/json"),
            asked(data, X_API_Key=KEY, X_Long=LONG * 2),
            asked(f"{address}/openapi.json"),
        ]
        engines = [child.environ() for child in psutil.Process(server.process.pid).children(recursive=True)]
        said = "\n".join(server.said)
        ended = server.stop(signal.SIGTERM)

    statuses = [status for status, _ in answers]
    files = [path for path in program.home.rglob("*") if path.is_file()]
    assert statuses == [401, 200, 200, 401, 401, 422, 303, 200, 401, 400, 431, 200]
    assert not [text for _, text in answers if KEY in text]
    assert "wrong key" in ended.err
    assert KEY not in ended.err + ended.out + said
    assert engines
    assert not [environment for environment in engines if KEY in environment.values()]
    assert not [path for path in files if KEY.encode() in path.read_bytes()]


def test_a_key_that_is_too_short_is_refused_in_one_line(tmp_path: Path) -> None:
    ended = Program(tmp_path / "home", {"ACTORGRAPH_API_KEY": "canary"}).run("serve", "--empty")

    assert ended.code == 2
    assert "16 to 1024 characters" in ended.complaint
    assert "canary" not in ended.err
