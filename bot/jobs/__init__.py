"""What the clock starts: a job is a function of the work of one shop, or of the whole house."""

from collections.abc import Callable

from storage.work import Work

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
