"""What is logged and how: lines of JSON that say what happened, never to whom.

A line names a request by its id, method and route (the pattern, so no slip, receipt or one-time
key), a user by the code of the account, an error by its class and place.  No query string, no
client address (the proxy keeps those, under the same request id), and never an error's own words:
a database error quotes the row it refused.
"""

import logging
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

Event = MutableMapping[str, Any]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
DEEPEST = 12


def bare_error(_logger: object, _method: str, event: Event) -> Event:
    """Replace an exception by its class, those behind it, and where it was raised."""
    trouble = _trouble(event.pop("exc_info", None))
    if trouble is not None:
        event["error"] = type(trouble).__qualname__
        event["behind"] = [type(one).__qualname__ for one in _behind(trouble)]
        event["where"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trouble.__traceback__)[-DEEPEST:]
        ]
    return event


def _trouble(given: object) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    if given:
        return _being_handled()
    return None


def _being_handled() -> BaseException | None:
    import sys

    return sys.exc_info()[1]


def _behind(trouble: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    one = trouble.__cause__ or trouble.__context__
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or one.__context__
    return found


def without_device(_logger: object, _method: str, event: Event) -> Event:
    """Drop what a browser says of itself: it is no use here, and it tells people apart."""
    event.pop("user_agent", None)
    event.pop("ip", None)
    return event


SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_device,
    bare_error,
]


class Formatter(structlog.stdlib.ProcessorFormatter):
    """One line of JSON for structlog's events and for the records of every other library."""

    def __init__(self) -> None:
        super().__init__(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
            ],
            foreign_pre_chain=[*SHARED[1:], structlog.contextvars.merge_contextvars],
        )

    def format(self, record: logging.LogRecord) -> str:
        # ProcessorFormatter would put the traceback's text back; bare_error has told it already
        record.exc_text = None
        return super().format(record)


def configuration(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything on standard error from `level` up."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": Formatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": level},
            "django.request": {"level": "CRITICAL"},  # request_failed tells it, with the request
            "django.security": {"level": "ERROR"},
            "procrastinate.blueprints": {"level": "WARNING"},  # a line for each task at each start
            "procrastinate.periodic": {"level": "WARNING"},
        },
    }
