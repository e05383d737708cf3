"""Log lines on stderr: structured, for people on a terminal and as JSON elsewhere."""

from __future__ import annotations

import logging
import sys

import structlog

from api.settings import Settings

QUIET = ("neo4j", "uvicorn.access", "asyncio")
"""Loggers of others whose warnings say nothing to our users."""


def configure(settings: Settings, *, least: str | None = None) -> None:
    """Send every log line of the process to stderr in one form; `least` overrides the configured level."""
    coloured = sys.stderr.isatty()
    for_people = settings.log_format == "console" or (settings.log_format == "auto" and coloured)
    renderer: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer(colors=coloured, exception_formatter=structlog.dev.plain_traceback)
        if for_people
        else structlog.processors.JSONRenderer()
    )
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    structlog.configure(
        processors=[*shared[:3], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last: list[structlog.types.Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if not for_people:
        last.append(structlog.processors.format_exc_info)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[*last, renderer])
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel((least or settings.log_level).upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    server = logging.getLogger("uvicorn.error")
    server.setLevel(logging.WARNING)
    server.addFilter(_not_told_before)


def _not_told_before(record: logging.LogRecord) -> bool:
    """The front door has logged what fails in the application; the server below need not do it again."""
    return not record.getMessage().startswith("Exception in ASGI application")
