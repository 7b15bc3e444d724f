"""The methods of the Bot API: one module a family, found by name in any case."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from playground.request import Call
from playground.telegram import Telegram

Method = Callable[[Telegram, Call], Any]
"""Gives the result of a call, or a coroutine of it; raises ApiError."""

_METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a method under its official name."""

    def register(run: Method) -> Method:
        _METHODS[name.lower()] = run
        return run

    return register


def find_method(name: str) -> Method | None:
    _load_all()
    return _METHODS.get(name.lower())


@cache
def _load_all() -> None:
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
