"""A buyer who is asked about an order: comes in by the link of the question, and answers."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.cards.order_request import ASK_LINK
from bot.filters import Commands, Has, Is, May, NoCommand
from bot.replies import Say
from services import order_questions
from shop.addresses import check_recipient
from shop.orders import Order
from shop.speakers import Permission
from storage.work import Work

router = Router(name="order_buyers")


class AskLink(Filter):
    """The argument leads to an order about which a buyer is asked. Gives `code`."""

    async def __call__(self, _: Message, work: Work, argument: str = "") -> bool | dict[str, Any]:
        code = argument.removeprefix(ASK_LINK)
        return {"code": code} if code != argument and work.orders.find_asked(code) else False


class AnswersAboutOrder(Filter):
    """A buyer who was asked about an order names a name, a phone or an address. Gives `asked`."""

    async def __call__(self, message: Message, work: Work) -> bool | dict[str, Any]:
        order = order_questions.find_order_asked_about(work, message.text or "")
        return {"asked": order} if order else False


@router.message(Commands("start"), AskLink(), May(Permission.ANYONE))
async def open_question(_: Message, work: Work, code: str) -> Say:
    order = order_questions.open_question(work, code)
    return Say("orders/to_buyer.html", order=order, check=check_recipient(order.recipient))


@router.message(Has("text"), NoCommand(), AnswersAboutOrder(), Is(Permission.BUYER))
async def hear_answer(message: Message, work: Work, asked: Order) -> Say:
    order_questions.hear_answer(work, asked, message.text or "")
    return Say("orders/buyer_thanked.html", order=asked)
