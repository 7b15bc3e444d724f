"""Facts for templates, made from their types: what a first line such as `{# name: str; role: shop.speakers.Role #}` promises."""

import importlib
import re
import types
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.rendering import HERE

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
AWKWARD = "<b>A&B</b> 跑鞋"
PLAIN = {"str": str, "int": int, "bool": bool, "datetime": datetime, "None": type(None)}
_EXAMPLES: Mapping[type, object] = {
    str: AWKWARD,
    int: 3,
    bool: True,
    float: 1.5,
    datetime: NOW,
    timedelta: timedelta(hours=30),
    type(None): None,
    bytes: b"",
}


class Unmade(Exception):
    """No example can be made of this type without the books."""


def example_of(kind: Any) -> Any:
    """A plausible value of a type: for a dataclass one made of examples, for a closed set its first member."""
    if kind in _EXAMPLES:
        return _EXAMPLES[kind]
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return example_of(next(each for each in inside if each is not type(None)))
    if origin in (tuple, list, set, frozenset, Sequence, Collection):
        made = [example_of(each) for each in inside if each is not ...]
        return made if origin is list else tuple(made)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        return _made(kind)
    raise Unmade(str(kind))


def _made(kind: type) -> object:
    hints = get_type_hints(kind)
    wanted = [
        each for each in fields(kind) if each.init and (each.default in (MISSING, None) or hints[each.name] is str)
    ]
    return kind(**{each.name: example_of(hints[each.name]) for each in wanted})


def promised(template: str) -> dict[str, Any]:
    """The examples for the names in the template's first line. Raises Unmade."""
    first = (HERE / "templates" / template).read_text(encoding="utf-8").partition("\n")[0]
    told = re.fullmatch(r"\{# (.*) #\}", first)
    return dict(_facts(told[1])) if told else {}


def _facts(told: str) -> Iterator[tuple[str, Any]]:
    for part in told.split(";"):
        names, _, kind = part.partition(":")
        value = _spoken(kind.strip())
        yield from ((name.strip(), value) for name in names.split(","))


def _spoken(kind: str) -> Any:
    """`list of shop.speakers.Permission`, `int`, `shop.speakers.Role | None`."""
    kind = re.split(r" or None| \| None", kind)[0]
    if several := re.fullmatch(r"(?:list|tuple|set) of (.+)", kind):
        return [_spoken(several[1])]
    module, _, name = kind.rpartition(".")
    try:
        found = PLAIN[kind] if not module else getattr(importlib.import_module(module), name)
    except (KeyError, ImportError, AttributeError) as error:
        raise Unmade(kind) from error
    if hasattr(found, "__mapper__"):
        raise Unmade(f"{kind} lives in the books")
    return example_of(found)
