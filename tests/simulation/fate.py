"""What the seed has in store for the process: when it dies, and when its database is locked."""

from dataclasses import dataclass
from random import Random

DEADLY = {"statement": 0.0005, "job": 0.002, "call": 0.004}
"""The chance of death at each moment at which it would hurt, by what is going on."""
LOCKED = 0.002
LONGEST_LOCK_SECONDS = 8
RAISES = 0.4
"""Some locks are waited for, others are told at once."""


@dataclass
class Fate:
    """`over` when nothing happens any more. `locks` are the spans in which nobody could write."""

    chance: Random
    kills_left: int = 6
    over: bool = False
    locked_until: float = 0.0
    raising: bool = False

    def kills(self, where: str) -> bool:
        if self.over or not self.kills_left or self.chance.random() >= DEADLY[where]:
            return False
        self.kills_left -= 1
        return True

    def locks(self, now: float) -> float:
        """Until when the database is locked; `now` when it is not."""
        if now >= self.locked_until and not self.over and self.chance.random() < LOCKED:
            self.locked_until = now + self.chance.uniform(0.1, LONGEST_LOCK_SECONDS)
            self.raising = self.chance.random() < RAISES
        return now if self.over else max(self.locked_until, now)
