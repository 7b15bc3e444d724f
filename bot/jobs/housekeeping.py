"""The clock is alive, and what was said long ago is forgotten."""

from bot.jobs import each_shop, house
from services import forgetting
from storage.heartbeats import beat
from storage.personal import forget_old_texts
from storage.work import Work

CLOCK = "clock"


@house
def keep_house(work: Work) -> None:
    beat(work, CLOCK)
    work.inbox.forget_texts()
    work.outbox.forget()
    forget_old_texts(work)


@each_shop
def forget_buyers(work: Work) -> None:
    forgetting.close_old_orders(work)
    forgetting.forget_old(work)
