"""The clock is alive, and what was said long ago is forgotten."""

from bot.jobs import house
from storage.heartbeats import beat
from storage.work import Work

CLOCK = "clock"


@house
def keep_house(work: Work) -> None:
    beat(work, CLOCK)
    work.inbox.forget_texts()
    work.outbox.forget()
