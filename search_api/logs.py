"""Structured JSON logs, one line a request. Nothing of the caller gets in: no text, point, birth date, address."""

import logging
import sys
import traceback
from typing import Any, TextIO

import orjson
import structlog

SERVICE = "likar-api"


def make_logger(level: str = "INFO", stream: TextIO | None = None) -> structlog.typing.FilteringBoundLogger:
    """A logger of its own that writes JSON lines to `stream` (standard error when None)."""
    return structlog.wrap_logger(  # type: ignore[no-any-return]
        structlog.PrintLogger(stream or sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=_dump),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping().get(level.upper(), 20)),
        context_class=dict,
    ).bind(service=SERVICE)


def silence_libraries() -> None:
    """Libraries that would log URLs, bodies or addresses of callers are kept quiet."""
    for name in ("opensearch", "opensearchpy.trace", "aiohttp", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def where(error: BaseException) -> list[str]:
    """The stack of an exception as «file:line function», without its message: messages can hold what a caller sent."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-12:]]


def _dump(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()
