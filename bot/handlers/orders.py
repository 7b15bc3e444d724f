"""Orders to look at: the list with its tabs, and finding one by just typing its number, a name or the end of a phone."""

from collections.abc import Sequence
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.buttons.orders import OrdersButton, OrdersVerb
from bot.cards.order_list import finding
from bot.filters import Commands, Has, May, NoCommand
from bot.replies import Show
from shop.speakers import Permission
from storage.news import CardKind
from storage.orders import ListedOrder
from storage.work import Work

router = Router(name="orders")
CHECKS = May(Permission.CHECK_ORDERS)
LONGEST_WORDS = 64


class FindsOrders(Filter):
    """The words are an order's number, a recipient's name, or the end of a phone. Gives `found`."""

    async def __call__(self, message: Message, work: Work) -> bool | dict[str, Any]:
        words = (message.text or "").strip()
        if not work.speaker.may(Permission.CHECK_ORDERS) or not 1 < len(words) <= LONGEST_WORDS:
            return False
        found = work.orders.search(words, most=2)
        return {"found": found} if found else False


@router.message(Commands("orders"), CHECKS)
async def list_orders(_: Message, work: Work, argument: str) -> Show:
    if not argument:
        return Show(CardKind.ORDERS.of(work.shop_id), view="")
    return _found(work, argument, work.orders.search(argument, most=2))


@router.callback_query(OrdersButton.where(OrdersVerb.OPEN), CHECKS)
async def open_list(_: CallbackQuery, work: Work) -> Show:
    return Show(CardKind.ORDERS.of(work.shop_id), view="")


@router.callback_query(OrdersButton.where(OrdersVerb.TURN), CHECKS)
async def turn_page(_: CallbackQuery, work: Work, button: OrdersButton) -> Show:
    return Show(CardKind.ORDERS.of(work.shop_id), view=button.arg)


@router.message(Has("text"), NoCommand(), FindsOrders(), CHECKS)
async def show_found(message: Message, work: Work, found: Sequence[ListedOrder]) -> Show:
    return _found(work, message.text or "", found)


def _found(work: Work, words: str, found: Sequence[ListedOrder]) -> Show:
    """A single order is shown at once, several in a list."""
    if len(found) == 1:
        return Show(CardKind.ORDER.of(found[0].id), view="")
    return Show(CardKind.ORDERS.of(work.shop_id), view=finding(words))
