"""JSON for any type that the Bot API knows, read off aiogram's models: no kind of update can be forgotten."""

import types
from datetime import datetime, timedelta
from enum import Enum
from random import Random
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from aiogram.types import Message, Update
from pydantic import BaseModel

from tests.hostile.texts import odd_text

DEEPEST = 4
OPTIONAL_SHARE = 0.08
NUMBERS = (0, 1, -1, 5, 2**31 - 1, 2**31, 2**52, -(2**52), 2**63 - 1)
KINDS = tuple(name for name in Update.model_fields if name != "update_id")
CONTENTS = tuple(
    name
    for name, field in Message.model_fields.items()
    if not field.is_required() and name not in {"from_user", "reply_to_message", "text", "pinned_message"}
)


def shaped(shape: Any, chance: Random, depth: int = 0) -> Any:
    """A value of this annotation as JSON."""
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return shaped(arguments[0], chance, depth)
    if origin in (Union, types.UnionType):
        return _of_union(arguments, chance, depth)
    if origin is Literal:
        return chance.choice(arguments)
    if origin is list:
        return [shaped(arguments[0], chance, depth + 1) for _ in range(chance.randint(1, 2))]
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return _of_model(shape, chance, depth)
    return _of_plain(shape, chance)


def _of_union(arguments: tuple[Any, ...], chance: Random, depth: int) -> Any:
    there = [each for each in arguments if each is not type(None)]
    return shaped(bool if bool in there else chance.choice(there), chance, depth)


def _of_plain(shape: Any, chance: Random) -> Any:
    if shape is bool:
        return chance.random() < 0.5
    if shape is int:
        return chance.choice(NUMBERS)
    if shape is float:
        return chance.choice((0.0, -1.5, 89.999, 1e300))
    if shape in (datetime, timedelta):
        return chance.choice((0, 1, 1_772_424_000, 4_102_444_800))
    if isinstance(shape, type) and issubclass(shape, Enum):
        return chance.choice(list(shape)).value
    return odd_text(chance)[:64]


def _of_model(model: type[BaseModel], chance: Random, depth: int) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        wanted = field.is_required() or (depth < DEEPEST and chance.random() < OPTIONAL_SHARE)
        if not wanted:
            fixed = field.default
            if isinstance(fixed, str) and name in {"type", "source", "status"}:
                made[name] = fixed
            continue
        made[field.alias or name] = shaped(field.annotation, chance, depth + 1)
    return made


def alias_of(name: str) -> str:
    """The name of a message's field in JSON."""
    return Message.model_fields[name].alias or name


def content(name: str, chance: Random) -> Any:
    """What stands under this name in a message."""
    return shaped(Message.model_fields[name].annotation, chance, 1)


def update_content(kind: str, chance: Random) -> Any:
    return shaped(Update.model_fields[kind].annotation, chance, 1)
