"""What must be true once everything has come to rest, whatever went wrong before. An empty list is what we promise."""

from collections.abc import Callable, Iterator

from tests.reliability.findings import damage
from tests.simulation.promises import clock, mail, speech, trade
from tests.simulation.world import World

PROMISES: tuple[Callable[[World], Iterator[str]], ...] = (
    *mail.PROMISES,
    *speech.PROMISES,
    *trade.PROMISES,
    *clock.PROMISES,
)


def broken_promises(world: World) -> list[str]:
    return [
        *world.fallen,
        *(f"still waits: {each}" for each in world.unfinished()),
        *damage(world.books),
        *(broken for promise in PROMISES for broken in promise(world)),
    ]
