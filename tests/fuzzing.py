"""Asks the API everything that its description allows, forbids or does not mention, in a process of its own:

    python tests/fuzzing.py [--cases 100] [--seed 0] [--part 1/2] ["GET /api/v1/paths" …]

The application runs in this process on an embedded engine with the tiny world. For each operation one line of
JSON tells how many cases were tried and what went wrong. A process of its own, because schemathesis changes
how Hypothesis reports to every test that runs beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

import requests
import schemathesis
import structlog
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Config, GenerationMode, Response
from schemathesis import Case as AnyCase
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as openapi
from starlette.types import ASGIApp

from api.app import create_app
from api.settings import read_settings
from apicalls import CONTESTED, MEETING
from apiclient import HERE, service_on
from asgicall import Call, call
from graph.store.embedded import EmbeddedConfig, open_embedded
from world import ACTORS, CLAIMS, load_world

Operation = APIOperation[Any, Any, Any, Any]
Case = AnyCase[Any]
LEAST_CASES = 300
"""Per operation."""
PROBLEMS_KEPT = 5
PATIENCE_S = 60.0
NAMES = tuple(actor.id for actor in ACTORS) + tuple(actor.name for actor in ACTORS)
KNOWN: dict[str, Sequence[Any]] = {
    **dict.fromkeys(("actor", "actors", "avoid", "from", "object", "q", "subject", "to", "via"), NAMES),
    "name": ("tiny-world",), "dataset": ("tiny-world",),
    "type": sorted({claim.type for claim in CLAIMS}), "source": ("daily", "radio", "tiny-world/report"),
    "without_source": ("radio", "tiny-world/daily"),
    "attributed_to": ("HF", "cara-lindqvist"), "since": ("2023", "195X"), "until": ("2024-05-02", "2030"),
    "as_of": ("2024-04",), "min_sources": (1, 2), "min_claims": (1, 2), "max_degree": (3, 10),
    "community": tuple(f"k_{actor.id}" for actor in ACTORS),
    "id": (*NAMES, MEETING, CONTESTED, "daily", "tiny-world/radio", *(claim.id for claim in CLAIMS)),
}  # fmt: skip
"""What parameters mean something in the tiny world: text made at random never gets past the names."""
CANCELLING = "DELETE /api/v1/loads/{id}"
OF_CALL: dict[str, dict[str, Sequence[Any]]] = {
    "GET /api/v1/sources/{id}": {"id": ("daily", "tiny-world/radio")},
    CANCELLING: {"id": ()},
}
"""Where a name must be one of few: those of a call, instead of the common ones."""
FILES: Sequence[tuple[str, bytes]] = (
    ("some.csv", b"subject,relation,object\nAmal Haddad,meets,Boris Orlov\n"),
    ("some.tsv", b"subject\trelation\tobject\nA\tmeets\tB\nC\tmeets\t\n"),
    ("some.jsonl", b'{"subject": "A", "relation": "meets", "object": "B", "mood": 7}\n'),
    ("some.json", b'{"claims": [{"subject": "A", "relation": "meets", "object": "B"}]}'),
    ("some.xlsx", b"PK\x03\x04"),
)
"""Files that mean something, by names that say what they are."""
CHECKS: tuple[CheckFunction, ...] = (
    not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.unsupported_method,
)
"""What holds for every answer. That what is allowed is found does not: no schema knows which names exist."""
CHECKS_OF_FORBIDDEN: tuple[CheckFunction, ...] = (*CHECKS, openapi.negative_data_rejection)
REFUSALS = ["400", "403", "404", "405", "409", "413", "414", "415", "422", "431"]


@dataclass(slots=True)
class Report:
    """What became of the cases of one operation."""

    call: str
    cases: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is tried: random cases of each kind, and from which seed."""

    cases: int
    seed: int


class Door:
    """The application, asked from another thread than the one it runs in."""

    def __init__(self, app: ASGIApp, loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop

    def ask(self, request: requests.PreparedRequest) -> Response:
        """The answer to a request."""
        begun = time.perf_counter()
        asked = asyncio.run_coroutine_threadsafe(call(self._app, _call_of(request)), self._loop)
        said = asked.result(PATIENCE_S)
        headers: dict[str, list[str]] = {}
        for name, value in said.headers:
            headers.setdefault(name, []).append(value)
        elapsed = time.perf_counter() - begun
        return Response(said.status, headers, said.body, request, elapsed, verify=False)


def _call_of(request: requests.PreparedRequest) -> Call:
    parts = urlsplit(str(request.url))
    headers = [(_bytes(name).lower(), _bytes(value)) for name, value in (request.headers or {}).items()]
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~").encode()
    body = request.body or b""
    assert isinstance(body, str | bytes), "no case of ours streams"
    return Call(str(request.method), path, parts.query.encode(), headers, _bytes(body))


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


class Fuzzer:
    """Tries the cases of an operation and keeps the first few problems."""

    def __init__(self, door: Door, plan: Plan) -> None:
        self._door = door
        self._plan = plan

    def report(self, operation: Operation) -> Report:
        """What became of everything that was tried on an operation."""
        report, begun = Report(operation.label), time.monotonic()
        for case in _boundaries(operation):
            self._try(report, case, CHECKS_OF_FORBIDDEN)
        forbidden = operation.as_strategy(GenerationMode.NEGATIVE)
        self._many(forbidden, lambda case: self._try(report, case, CHECKS_OF_FORBIDDEN))
        self._many(operation.as_strategy(), lambda case: self._try(report, case, CHECKS))
        self._many(_meaningful(operation), lambda case: self._try(report, case, CHECKS))
        missing = max(self._plan.cases, LEAST_CASES - report.cases)
        self._many(_strange(operation), lambda drawn: self._try(report, *drawn), missing)
        report.seconds = round(time.monotonic() - begun, 1)
        return report

    def _many(self, strategy: st.SearchStrategy[Any], attempt: Callable[[Any], None], count: int = 0) -> None:
        """Try values of a strategy; one that has no value at all has nothing to try."""
        some = settings(
            max_examples=count or self._plan.cases,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        with contextlib.suppress(Unsatisfiable):
            seed(self._plan.seed)(some(given(strategy)(attempt)))()

    def _try(
        self, report: Report, case: Case, checks: Sequence[CheckFunction], noise: Noise | None = None
    ) -> None:
        told = {k: v for k, v in case.as_transport_kwargs(base_url=HERE).items() if k in REQUEST_PARTS}
        request = requests.Request(**told).prepare()
        if noise is not None:
            noise.add_to(request)
        answer = self._door.ask(request)
        report.cases += 1
        report.statuses[answer.status_code] = report.statuses.get(answer.status_code, 0) + 1
        try:
            case.validate_response(answer, checks=list(checks))
        except FailureGroup as group:
            if len(report.problems) < PROBLEMS_KEPT:
                why = "; ".join(f"{one.title}: {one.message}" for one in group.exceptions)
                asked = f"{request.method} {str(request.url)[:300]} {str(request.body or '')[:300]}"
                report.problems.append(f"{asked} -> {answer.status_code} {answer.text[:300]}: {why[:600]}")


REQUEST_PARTS = frozenset({"method", "url", "headers", "params", "data", "json", "files", "cookies"})


HEADERS = (
    "accept", "range", "if-none-match", "accept-encoding", "x-request-id", "cookie", "te", "content-type",
    "x-http-method-override", "x-forwarded-host", "authorization", "x-api-key",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noise:
    """What nobody announced: further parameters and headers."""

    query: Sequence[tuple[str, str]]
    headers: Sequence[tuple[str, str]]

    def add_to(self, request: requests.PreparedRequest) -> None:
        """Put it into a request that is ready."""
        pairs = "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in self.query)
        mark = "&" if "?" in str(request.url) else "?"
        request.url = f"{request.url}{mark}{pairs}" if pairs else request.url
        for name, value in self.headers:
            request.headers[name] = value


def _encoded(text: str) -> str:
    return quote_plus(text, errors="surrogatepass")


def _boundaries(operation: Operation) -> Iterator[Case]:
    """The cases at and beyond every bound of the description."""
    schema = operation.schema
    generation = schema.config.generation_for(operation=operation, phase="coverage")
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    yield from schema.iter_coverage_cases(operation, generation_modes=modes, generation_config=generation)


@st.composite
def _meaningful(draw: st.DrawFn, operation: Operation) -> Case:
    """An allowed case whose names are those of the tiny world, so that it gets an answer."""
    case: Case = draw(operation.as_strategy(GenerationMode.POSITIVE))
    known = KNOWN | OF_CALL.get(operation.label, {})
    for part in (case.query, case.path_parameters, case.body if isinstance(case.body, dict) else {}):
        for name in sorted(part.keys() & known.keys()):
            if draw(st.integers(0, 3)):
                value = draw(st.sampled_from(known[name]))
                several = isinstance(part[name], list)
                part[name] = (
                    draw(st.permutations(known[name]))[: draw(st.integers(2, 3))] if several else value
                )
        for name in sorted(part.keys() & {"cursor"}):
            del part[name]
    if case.operation.label == "POST /api/v1/loads" and draw(st.integers(0, 3)):
        case.query["name"], case.body = draw(st.sampled_from(FILES))
    return case


@st.composite
def _strange(draw: st.DrawFn, operation: Operation) -> tuple[Case, Sequence[CheckFunction], Noise]:
    """A case with parameters and headers that the description does not know."""
    case: Case = draw(_meaningful(operation))
    names = st.one_of(st.text(max_size=20), st.sampled_from(sorted(KNOWN)))
    query = draw(st.lists(st.tuples(names, st.text(max_size=50)), max_size=4))
    words = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=50)
    tokens = st.sampled_from(HEADERS)
    return case, CHECKS, Noise(query, draw(st.lists(st.tuples(tokens, words), max_size=3)))


def _operations(description: dict[str, Any], wanted: Sequence[str], part: str) -> list[Operation]:
    refusals = {"negative_data_rejection": {"expected-statuses": REFUSALS}}
    schema = schemathesis.openapi.from_dict(description, config=Config.from_dict({"checks": refusals}))
    every = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    number, _, parts = part.partition("/")
    mine = every[int(number) - 1 :: int(parts or 1)]
    return [operation for operation in mine if not wanted or operation.label in wanted]


async def _a_load(app: ASGIApp) -> str:
    """The id of a load that the server knows."""
    headers = [(b"content-type", b"application/octet-stream")]
    said = await call(app, Call("POST", b"/api/v1/loads", b"name=some.csv", headers, FILES[0][1]))
    return str(json.loads(said.body)["load_id"])


async def main(arguments: argparse.Namespace) -> None:
    """Try every wanted operation and print its report."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory() as folder:
        config = EmbeddedConfig(Path(folder), bolt_port=0)
        async with open_embedded(config) as end, service_on(end) as service:
            await load_world(service.store)
            app = create_app(read_settings())
            app.state.service = service
            fuzzer = Fuzzer(Door(app, asyncio.get_running_loop()), Plan(arguments.cases, arguments.seed))
            for operation in _operations(app.openapi(), arguments.calls, arguments.part):
                if operation.label == CANCELLING:
                    OF_CALL[CANCELLING] = {"id": (await _a_load(app),)}
                report = await asyncio.to_thread(fuzzer.report, operation)
                print(json.dumps(asdict(report)), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("calls", nargs="*")
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--part", default="1/1")
    sys.exit(asyncio.run(main(parser.parse_args())))
