"""An event loop on virtual time: nobody sleeps, the clock jumps to the next due moment, threads run in line."""

import asyncio
import selectors
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Any
from unittest.mock import patch

import apscheduler.executors.base
import apscheduler.schedulers.base

READS_THE_CLOCK = (apscheduler.executors.base, apscheduler.schedulers.base)


class NobodyWaitsError(RuntimeError):
    """Nothing is ready and no timer is set: everybody waits for something that will never come."""


class VirtualSelector(selectors.BaseSelector):
    """Waits for nothing: the time that would have been waited has passed."""

    def __init__(self) -> None:
        self._keys: dict[Any, selectors.SelectorKey] = {}
        self.now = 0.0

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        self._keys[fileobj] = selectors.SelectorKey(fileobj, 0, events, data)
        return self._keys[fileobj]

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._keys.pop(fileobj)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise NobodyWaitsError
        self.now += max(timeout, 0)
        return []

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._keys


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.virtual = VirtualSelector()
        super().__init__(self.virtual)
        self._clock_resolution = 1e-9

    def time(self) -> float:
        return self.virtual.now

    def block(self, seconds: float) -> None:
        """What `time.sleep` would do to everybody on this loop."""
        self.virtual.now += seconds

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> Any:  # type: ignore[override]
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the waiting one's
            done.set_exception(error)
        return done


class WallClock:
    """What a clock on the wall shows; `skew` is by how much it is wrong."""

    def __init__(self, loop: VirtualLoop, start: datetime) -> None:
        self._loop, self.start = loop, start
        self.skew = timedelta()

    def __call__(self) -> datetime:
        return self.now()

    def now(self) -> datetime:
        return self.start + timedelta(seconds=round(self._loop.time(), 6)) + self.skew

    def seconds(self, moment: datetime) -> float:
        """When this moment comes, in virtual seconds."""
        return (moment - self.start).total_seconds()


class _AnyDatetime(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


def wall_datetime(clock: WallClock) -> type[datetime]:
    """Stands in for the class `datetime` in libraries that read the wall clock by themselves."""

    class WallDatetime(datetime, metaclass=_AnyDatetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock().astimezone(tz)

    return WallDatetime


@contextmanager
def reading(clock: WallClock) -> Iterator[None]:
    """The scheduler reads this clock."""
    with ExitStack() as patched:
        for module in READS_THE_CLOCK:
            patched.enter_context(patch.object(module, "datetime", wall_datetime(clock)))
        yield
