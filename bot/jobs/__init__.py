"""What the clock starts: a job is a function of the work of one shop, or of the whole house."""

from collections.abc import Callable
from typing import TypeVar

from shop.speakers import CLOCK
from storage.work import Work

T = TypeVar("T")
Tick = Callable[[Work], None]

_EACH_SHOP: list[Tick] = []
_HOUSE: list[Tick] = []


def each_shop(tick: Tick) -> Tick:
    """Register a job that is run at every tick, once for each open shop."""
    _EACH_SHOP.append(tick)
    return tick


def house(tick: Tick) -> Tick:
    """Register a job that is run once at every tick."""
    _HOUSE.append(tick)
    return tick


def for_each_shop() -> tuple[Tick, ...]:
    return tuple(_EACH_SHOP)


def for_the_house() -> tuple[Tick, ...]:
    return tuple(_HOUSE)


def in_shop(job: Callable[[Work], T], shop_id: int) -> Callable[[Work], T]:
    """The job as the clock does it in this shop."""

    def entered(work: Work) -> T:
        work.enter(speaker=CLOCK, shop=work.people.find_shop(shop_id))
        return job(work)

    entered.__name__ = job.__name__
    return entered
