"""What is true of every handler, whatever it does."""

import inspect
from collections.abc import Iterator

from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters import Filter

from bot.filters import Is, May
from bot.routers import dispatcher


def test_every_handler_says_who_may_do_this() -> None:
    silent = [
        _name(handler)
        for router in _routers(dispatcher())
        for handler in _handlers(router)
        if not any(isinstance(each.callback, May | Is) for each in handler.filters or ())
    ]
    assert silent == []


def test_a_permission_is_asked_for_last() -> None:
    hasty = [
        _name(handler)
        for router in _routers(dispatcher())
        for handler in _handlers(router)
        if any(isinstance(each.callback, May) for each in (handler.filters or ())[:-1])
    ]
    assert hasty == []


def test_every_filter_is_a_class_that_is_called_without_a_thread() -> None:
    odd = [
        f"{router.name}: {each.callback!r}"
        for router in _routers(dispatcher())
        for each in _filters(router)
        if not isinstance(each.callback, Filter) or not inspect.iscoroutinefunction(type(each.callback).__call__)
    ]
    assert odd == []


def test_every_handler_awaits_nothing() -> None:
    """The coroutine runs through without a suspension: no `await`, `async for` or `async with` is in its code."""
    waiting = [
        _name(handler)
        for router in _routers(dispatcher())
        for handler in _handlers(router)
        if not inspect.iscoroutinefunction(handler.callback) or "await" in inspect.getsource(handler.callback)
    ]
    assert waiting == []


def _routers(router: Router) -> Iterator[Router]:
    yield router
    for each in router.sub_routers:
        yield from _routers(each)


def _handlers(router: Router) -> Iterator[HandlerObject]:
    for kind, observer in router.observers.items():
        if kind != "update":  # there the dispatcher's own hands the update on
            yield from observer.handlers


def _filters(router: Router) -> Iterator[FilterObject]:
    for handler in _handlers(router):
        yield from handler.filters or ()
    for observer in router.observers.values():
        yield from observer._handler.filters or ()


def _name(handler: HandlerObject) -> str:
    return f"{handler.callback.__module__}.{handler.callback.__name__}"
