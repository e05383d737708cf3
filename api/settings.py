"""Every setting of the product, read from the environment once and passed on as one frozen value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.hosts import is_loopback, parse_host
from api.keys import HashedKey
from api.problems import SettingsUnusable

BOLT_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
DEFAULT_PORT = 8000
DEFAULT_BOLT_PORT = 7687
_FRAME_SOURCES = re.compile(r"'none'|'self'|[A-Za-z0-9*][A-Za-z0-9.:/*-]*")


def _hashed(key: object) -> object:
    """The hash of a key as early as there is one, so that no message can hold the key."""
    return HashedKey.of(key) if isinstance(key, str) else key


class Settings(BaseSettings):
    """What the environment says; names are those of the variables, without their prefix."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    neo4j_uri: str | None = Field(
        default=None,
        validation_alias="NEO4J_URI",
        description="Address of a Neo4j server (bolt:// or neo4j://); unset: the embedded engine.",
    )
    neo4j_username: str = Field(
        default="neo4j", validation_alias="NEO4J_USERNAME", description="User name at that server."
    )
    neo4j_password: SecretStr | None = Field(
        default=None, validation_alias="NEO4J_PASSWORD", description="Password at that server."
    )
    neo4j_database: str | None = Field(
        default=None,
        validation_alias="NEO4J_DATABASE",
        description="Database at that server; unset: its default database.",
    )
    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("actorgraph", appauthor=False)),
        validation_alias="ACTORGRAPH_HOME",
        description="Folder of the embedded store, the run file and the kept projection; "
        "default: the platform's folder for user data.",
    )
    host: str = Field(
        default="127.0.0.1",
        validation_alias="ACTORGRAPH_HOST",
        description="Address that `serve` listens on. Other than loopback only with "
        "ACTORGRAPH_API_KEY or ACTORGRAPH_PUBLIC.",
    )
    port: int = Field(
        default=DEFAULT_PORT,
        ge=0,
        le=65535,
        validation_alias="ACTORGRAPH_PORT",
        description="HTTP port. The default moves to the next free one when it is taken; one that was set "
        "does not. 0: any free one.",
    )
    bolt_port: int = Field(
        default=DEFAULT_BOLT_PORT,
        ge=1,
        le=65535,
        validation_alias="ACTORGRAPH_BOLT_PORT",
        description="Bolt port of the embedded engine, always on loopback; moves like ACTORGRAPH_PORT.",
    )
    api_key: Annotated[HashedKey | None, NoDecode, BeforeValidator(_hashed)] = Field(
        default=None,
        exclude=True,
        validation_alias="ACTORGRAPH_API_KEY",
        description="Key that whoever asks for data must bring, as X-API-Key or as a Bearer token; a browser "
        "gives it once, at /login. 16 characters or more; only its hash is kept.",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        validation_alias="ACTORGRAPH_ALLOWED_HOSTS",
        description="Host names, separated by commas, under which the service may be called besides the "
        "loopback names, such as actors.example.org; with a port only that port counts. Only with "
        "ACTORGRAPH_API_KEY or ACTORGRAPH_PUBLIC.",
    )
    public: bool = Field(
        default=False,
        validation_alias="ACTORGRAPH_PUBLIC",
        description="true: everybody who reaches the server can read everything, without a key. Cypher "
        "needs ACTORGRAPH_API_KEY, loading besides ACTORGRAPH_LOADS; without a key both are closed.",
    )
    loads: bool | None = Field(
        default=None,
        validation_alias="ACTORGRAPH_LOADS",
        description="Whether files may be loaded over HTTP and in the browser. Unset: where nobody but this "
        "machine can reach the server. true: also elsewhere, with ACTORGRAPH_API_KEY. false: nowhere.",
    )
    load_limit: int = Field(
        default=64,
        ge=1,
        le=4096,
        validation_alias="ACTORGRAPH_LOAD_LIMIT",
        description="Megabytes that a file loaded over HTTP may have, as it is sent.",
    )
    frame_ancestors: str = Field(
        default="'self'",
        validation_alias="ACTORGRAPH_FRAME_ANCESTORS",
        description="Who may embed the pages under /view, as in the frame-ancestors directive of a content "
        "security policy: 'self', 'none' or addresses separated by spaces.",
    )
    projection_limit: int = Field(
        default=5_000_000,
        ge=0,
        validation_alias="ACTORGRAPH_PROJECTION_LIMIT",
        description="Most claims held in memory; on a larger graph each question fetches the part that it "
        "needs.",
    )
    corridor_limit: int = Field(
        default=500_000,
        ge=1,
        validation_alias="ACTORGRAPH_CORRIDOR_LIMIT",
        description="Most claims that one question fetches on a graph over ACTORGRAPH_PROJECTION_LIMIT; "
        "beyond it paths are truncated and other questions are answered with 413.",
    )
    question_timeout: float = Field(
        default=10.0,
        gt=0,
        le=600,
        validation_alias="ACTORGRAPH_QUESTION_TIMEOUT",
        description="Seconds that one question may take before it is answered with 504.",
    )
    cypher_share: int = Field(
        default=12,
        ge=1,
        le=100,
        validation_alias="ACTORGRAPH_CYPHER_SHARE",
        description="Percent of the time that long Cypher statements from one address may run while others "
        "ask too. 100: all of it.",
    )
    engine_memory: int = Field(
        default=2048,
        ge=256,
        validation_alias="ACTORGRAPH_ENGINE_MEMORY",
        description="Megabytes that the embedded engine may use before it is ended and started again.",
    )
    stop_timeout: float = Field(
        default=10.0,
        ge=0,
        le=300,
        validation_alias="ACTORGRAPH_STOP_TIMEOUT",
        description="Seconds that running answers get to finish when the server stops.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info",
        validation_alias="ACTORGRAPH_LOG_LEVEL",
        description="Least level of log lines on stderr.",
    )
    log_format: Literal["auto", "console", "json"] = Field(
        default="auto",
        validation_alias="ACTORGRAPH_LOG_FORMAT",
        description="Form of log lines: for people, JSON, or auto: for people on a terminal, else JSON.",
    )

    @field_validator("neo4j_uri")
    @classmethod
    def _bolt_address(cls, uri: str | None) -> str | None:
        if uri is None or not uri.strip():
            return None
        parts = urlsplit(uri.strip())
        if parts.scheme not in BOLT_SCHEMES or not parts.hostname:
            raise ValueError(
                f"{_without_password(uri)!r} is not a Bolt address; write for example bolt://localhost:7687 "
                f"or neo4j://db.example.org:7687"
            )
        if parts.username is not None or parts.password is not None:
            raise ValueError("put the user name and password into NEO4J_USERNAME and NEO4J_PASSWORD")
        return uri.strip()

    @field_validator("neo4j_database")
    @classmethod
    def _database(cls, name: str | None) -> str | None:
        return name or None

    @field_validator("home")
    @classmethod
    def _folder(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _hosts(cls, hosts: object) -> object:
        if isinstance(hosts, str):
            return tuple(host.strip().lower() for host in hosts.split(",") if host.strip())
        return hosts

    @field_validator("allowed_hosts")
    @classmethod
    def _names_of_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if parse_host(host) is None:
                raise ValueError(f"{host[:80]!r} is no host; write for example actors.example.org:8443")
        return hosts

    @field_validator("frame_ancestors")
    @classmethod
    def _ancestors(cls, value: str) -> str:
        sources = value.split()
        if not sources or not all(_FRAME_SOURCES.fullmatch(source) for source in sources):
            raise ValueError(
                "must be 'none', 'self' or addresses separated by spaces, such as https://example.org"
            )
        return " ".join(sources)

    @model_validator(mode="after")
    def _open_to_others(self) -> Settings:
        if self.api_key is not None or self.public:
            return self
        for setting, name in self._names_for_others():
            # What no text can hold (half a character of a file name) would break the message itself.
            told = name if name.isprintable() else repr(name)
            raise ValueError(
                f"{setting}: under {told} others can reach the server; set ACTORGRAPH_API_KEY, "
                f"or ACTORGRAPH_PUBLIC=true to let everybody read"
            )
        return self

    def _names_for_others(self) -> list[tuple[str, str]]:
        """The names under which other machines can reach the server, each with the setting it comes from."""
        listed = (parse_host(host) for host in self.allowed_hosts)
        named = [("ACTORGRAPH_HOST", self.host)]
        named += [("ACTORGRAPH_ALLOWED_HOSTS", host.name) for host in listed if host is not None]
        return [(setting, name) for setting, name in named if not is_loopback(name)]

    @property
    def reached_by_others(self) -> bool:
        """Whether somebody on another machine is meant to reach the server."""
        return self.public or bool(self._names_for_others())

    @property
    def port_fixed(self) -> bool:
        """Whether the HTTP port was chosen by somebody, so that it must not move."""
        return "port" in self.model_fields_set

    @property
    def bolt_port_fixed(self) -> bool:
        """Whether the Bolt port was chosen by somebody, so that it must not move."""
        return "bolt_port" in self.model_fields_set


def read_settings(changes: Mapping[str, object] | None = None) -> Settings:
    """Settings of the environment; `changes`, by field name, go before it.

    Raises:
        SettingsUnusable: in one line, naming each variable and what is wrong with it.
    """
    given: dict[str, Any] = {variable(field): value for field, value in (changes or {}).items()}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsUnusable("; ".join(_line(e["loc"], e["msg"]) for e in error.errors())) from None


def variable(field: str) -> str:
    """Name of the environment variable of a field."""
    return str(Settings.model_fields[field].validation_alias)


def _line(where: tuple[int | str, ...], message: str) -> str:
    text = message.removeprefix("Value error, ")
    if not where:
        return text
    return f"{where[0]}: {text}"


def _without_password(uri: str) -> str:
    return re.sub(r"//[^@/]*@", "//…@", uri)
