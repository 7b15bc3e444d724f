"""What waits is opened from the home card."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.buttons.home import HomeButton, HomeVerb, Look
from bot.cards.order_list import Tab
from bot.cards.parcel_list import STALLED
from bot.filters import May
from bot.replies import Show
from shop.errors import NotAllowed, NotFound
from shop.speakers import Permission
from storage.news import CardKind
from storage.work import Work

router = Router(name="home")

_LOOKS: dict[str, tuple[Permission, CardKind, str]] = {
    Look.TO_CHECK: (Permission.CHECK_ORDERS, CardKind.ORDERS, f"{Tab.CHECK}-1"),
    Look.TO_DISPATCH: (Permission.DISPATCH, CardKind.ORDERS, f"{Tab.DISPATCH}-1"),
    Look.QUESTIONS: (Permission.ANSWER_BUYERS, CardKind.QUESTIONS, ""),
    Look.LOW_STOCK: (Permission.CATALOGUE, CardKind.PRODUCTS, "low"),
    Look.STALLED: (Permission.DISPATCH, CardKind.PARCELS, f"{STALLED}-1"),
}


@router.callback_query(HomeButton.where(HomeVerb.LOOK), May(Permission.STAFF))
async def look(_: CallbackQuery, work: Work, button: HomeButton) -> Show:
    if button.arg not in _LOOKS:
        raise NotFound("look", 0)
    permission, kind, view = _LOOKS[button.arg]
    if not work.speaker.may(permission):
        raise NotAllowed(permission.value)
    return Show(kind.of(work.shop_id), view=view)
