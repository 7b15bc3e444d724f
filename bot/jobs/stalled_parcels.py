"""Parcels that stand still."""

from bot.jobs import each_shop
from services import parcels
from storage.work import Work


@each_shop
def tell_stalled(work: Work) -> None:
    parcels.tell_stalled(work)
