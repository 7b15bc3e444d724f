"""What became of a call: Telegram's answers and errors, sorted by what has to follow."""

import asyncio
from dataclasses import dataclass
from typing import Any

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

NO_CHAT = ("chat not found", "user is deactivated", "peer_id_invalid", "can't initiate conversation")
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
UNPARSED = ("can't parse entities", "can't parse message text", "can't parse caption")
PASSED = ("message is not modified", "message to delete not found", "message can't be deleted", "query is too old")


@dataclass(frozen=True)
class Sent:
    """Telegram has done it; `result` is its raw answer."""

    result: Any


@dataclass(frozen=True)
class Gone:
    """The message that should be edited is no longer there."""


@dataclass(frozen=True)
class Blocked:
    """This person does not want to hear from us, or no longer exists."""

    error: str


@dataclass(frozen=True)
class Wait:
    """Too many: not before so many seconds have passed."""

    seconds: float


@dataclass(frozen=True)
class Later:
    """The network or Telegram itself failed; it may even have been done."""

    error: str


@dataclass(frozen=True)
class Moved:
    """The group has become a supergroup with this id."""

    chat_id: int


@dataclass(frozen=True)
class Unparsed:
    """Telegram did not understand the markup."""

    error: str


@dataclass(frozen=True)
class Refused:
    """Telegram will never take this."""

    error: str


Outcome = Sent | Gone | Blocked | Wait | Later | Moved | Unparsed | Refused
FAILURES = (TelegramAPIError, ClientDecodeError, OSError, asyncio.TimeoutError)


def outcome_of(error: Exception) -> Outcome:
    """What a failed call means. Raises what is none of FAILURES."""
    match error:
        case TelegramRetryAfter():
            return Wait(float(error.retry_after))
        case TelegramMigrateToChat():
            return Moved(error.migrate_to_chat_id)
        case TelegramForbiddenError():
            return Blocked(error.message)
        case TelegramBadRequest():
            return _bad_request(error.message)
        case TelegramNetworkError() | TelegramServerError() | ClientDecodeError() | OSError() | asyncio.TimeoutError():
            return Later(type(error).__name__)
        case TelegramAPIError():
            return Refused(error.message)
    raise error


def _bad_request(description: str) -> Outcome:
    said = description.lower()
    if any(words in said for words in PASSED):
        return Sent(None)
    if any(words in said for words in GONE):
        return Gone()
    if any(words in said for words in UNPARSED):
        return Unparsed(description)
    if any(words in said for words in NO_CHAT):
        return Blocked(description)
    return Refused(description)
