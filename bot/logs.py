"""Structured logs that never hold a token, a phone number or what somebody wrote."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRETS = (
    (re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}"), "<token>"),
    (re.compile(r"(?<!\d)\+?\d[\d -]{8,14}\d(?!\d)"), "<number>"),
)
Event = MutableMapping[str, Any]


def scrub(text: str) -> str:
    """Tokens and whatever may be a phone number are taken out."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


def _scrubbed(_: Any, __: str, event: Event) -> Event:
    for name, value in event.items():
        if isinstance(value, str) and name != "timestamp":
            event[name] = scrub(value)
    return event


def _frames_only(_: Any, __: str, event: Event) -> Event:
    """An exception becomes its type and where it happened; its words and its variables may be somebody's."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__name__
        event["at"] = " < ".join(
            f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames[-6:])
        )
    return event


class _ToStructlog(logging.Handler):
    """What libraries log goes the same way, without their exceptions' words."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        words = record.getMessage().partition("\n")[0]  # asyncio goes on with tasks, and they show what they raised
        structlog.get_logger(record.name).log(record.levelno, words, exc_info=error)


def set_up(level: str, *, as_json: bool) -> None:
    """Lines for people on a terminal, JSON for machines; both on standard error."""
    number = logging.getLevelNamesMapping()[level.upper()]
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _frames_only,
            _scrubbed,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[_ToStructlog()], force=True)
