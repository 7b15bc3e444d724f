"""A stored update as an event: read once, and without reading anew who writes often."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import NoneType
from typing import Any, NamedTuple, get_args

from aiogram.types import Chat, TelegramObject, Update, User
from pydantic_core import from_json

REMEMBERED = 1024
"""So many people and chats; who they are comes with every update, and seldom changes."""


class Incoming(NamedTuple):
    """What an update brings, and its name; no event when it is of a kind that is not known here."""

    kind: str
    event: TelegramObject | None


def read_update(raw: str) -> Incoming:
    """Raises ValueError for what is no update, or none that can be read."""
    update = from_json(raw)
    if not isinstance(update, dict):
        raise ValueError(f"an update is an object, not {type(update).__name__}")  # noqa: TRY004 - as of all that cannot be read
    for kind, brought in update.items():
        shape = SHAPES.get(kind)
        if shape is not None and brought is not None:
            return Incoming(kind, shape.model_validate(_with_known(brought)))
    return Incoming("", None)


def _shapes() -> Mapping[str, type[TelegramObject]]:
    named = {name: set(get_args(field.annotation)) - {NoneType} for name, field in Update.model_fields.items()}
    return {name: shape for name, shapes in named.items() for shape in shapes if issubclass(shape, TelegramObject)}


SHAPES = _shapes()


def _with_known(event: Any) -> Any:
    if not isinstance(event, dict):
        return event
    known = {"message": _with_known(event["message"])} if "message" in event else {}
    return event | known | {name: _known(event[name], make) for name, make in MADE.items() if name in event}


def _known(raw: Any, make: Callable[[tuple[tuple[str, Any], ...]], TelegramObject]) -> Any:
    """The same frozen object as the last time, when all that is said of it is the same."""
    if not isinstance(raw, dict) or any(isinstance(value, list | dict) for value in raw.values()):
        return raw
    return make(tuple(raw.items()))


@lru_cache(REMEMBERED)
def _user(said: tuple[tuple[str, Any], ...]) -> User:
    return User.model_validate(dict(said))


@lru_cache(REMEMBERED)
def _chat(said: tuple[tuple[str, Any], ...]) -> Chat:
    return Chat.model_validate(dict(said))


MADE: Mapping[str, Callable[[tuple[tuple[str, Any], ...]], TelegramObject]] = {"from": _user, "chat": _chat}
