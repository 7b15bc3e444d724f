"""The clock is alive, and what was said long ago is forgotten."""

from bot.jobs import house, in_shop
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


@house
def forget_buyers(work: Work) -> None:
    """Also in shops that have closed. Most ticks find nothing to do, and ask once for all shops."""
    shop_id = forgetting.shop_due(work)
    if shop_id is not None:
        in_shop(_forget, shop_id)(work)


def _forget(work: Work) -> None:
    forgetting.close_old_orders(work)
    forgetting.forget_old(work)
