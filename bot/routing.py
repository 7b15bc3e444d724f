"""Which handler fits: aiogram's routers, read once, and asked without its middlewares and the copies it makes for each."""

from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.handler import CallableObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.types import TelegramObject

Given = dict[str, Any]
"""What is at hand, by name; filters add to it."""


class MiddlewareError(TypeError):
    """A router has a middleware: nothing would call it."""


@dataclass(frozen=True)
class _Asked:
    """A filter or a handler, and what it takes of what is at hand."""

    call: Callable[..., Coroutine[Any, Any, Any]]
    takes: tuple[str, ...] | None
    """None for everything."""

    @classmethod
    def of(cls, known: CallableObject) -> "_Asked":
        return cls(known.callback, None if known.varkw else tuple(known.params))

    def __call__(self, event: TelegramObject, given: Given) -> Coroutine[Any, Any, Any]:
        if self.takes is None:
            return self.call(event, **given)
        return self.call(event, **{name: given[name] for name in self.takes if name in given})


@dataclass(frozen=True)
class _Branch:
    """One router for one kind of event."""

    guards: tuple[_Asked, ...]
    handlers: tuple[tuple[tuple[_Asked, ...], _Asked], ...]
    branches: tuple["_Branch", ...]

    async def ask(self, event: TelegramObject, given: Given) -> Any:
        passed = await _pass(self.guards, event, given)
        if passed is None:
            return UNHANDLED
        for filters, handler in self.handlers:
            fitting = await _pass(filters, event, passed)
            if fitting is not None:
                return await handler(event, fitting)
        for branch in self.branches:
            answer = await branch.ask(event, passed)
            if answer is not UNHANDLED:
                return answer
        return UNHANDLED


async def _pass(filters: Iterable[_Asked], event: TelegramObject, given: Given) -> Given | None:
    """What is at hand behind these filters; None when one of them says no."""
    for each in filters:
        fits = await each(event, given)
        if not fits:
            return None
        if isinstance(fits, dict):
            given = given | fits
    return given


@dataclass(frozen=True)
class Routes:
    """The handlers below a router by kind of event, in its order. What is registered later is not heard of."""

    router: Router
    _branches: dict[str, _Branch | None] = field(default_factory=dict)

    async def ask(self, kind: str, event: TelegramObject, given: Given) -> Any:
        """What the first handler says whose filters fit; UNHANDLED when there is none."""
        if kind not in self._branches:
            self._branches[kind] = _branch(self.router, kind)
        branch = self._branches[kind]
        return UNHANDLED if branch is None else await branch.ask(event, given)


def _branch(router: Router, kind: str) -> _Branch | None:
    """None for a router below which nobody handles this kind."""
    observer = router.observers.get(kind)
    below = tuple(found for each in router.sub_routers if (found := _branch(each, kind)) is not None)
    handlers = _handlers(observer) if observer is not None else ()
    if not (below or handlers):
        return None
    guards = observer._handler.filters if observer is not None else None  # noqa: SLF001 - there is no other way to them
    return _Branch(_all(guards), handlers, below)


def _handlers(observer: TelegramEventObserver) -> tuple[tuple[tuple[_Asked, ...], _Asked], ...]:
    if list(observer.middleware) or list(observer.outer_middleware):
        raise MiddlewareError(observer.event_name)
    return tuple((_all(handler.filters), _Asked.of(handler)) for handler in observer.handlers)


def _all(filters: Iterable[CallableObject] | None) -> tuple[_Asked, ...]:
    return tuple(_Asked.of(each) for each in filters or ())
