"""The buyer's side: come in by the shop's link, write, and hear that it arrived. Nothing of the back office is seen here."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.filters import AnyCommand, Commands, Has, Is, May
from bot.replies import Call, Replies, Say
from bot.words_said import words_of
from services import buyers, questions
from shop.shops import Shop
from shop.speakers import Permission
from storage.work import Work

visits = Router(name="visits")
"""Asked before the general /start, which does not know the shops' links."""
router = Router(name="buyers")
"""Asked after the commands that everybody has, and before all that is the staff's."""
WORDS = Has("text", "photo", "document")


class ShopLink(Filter):
    """The argument is the code of an open shop. Gives `visited`."""

    async def __call__(self, _: Message, work: Work, argument: str = "") -> bool | dict[str, Any]:
        visited = work.buyers.find_shop(argument) if argument else None
        return False if visited is None else {"visited": visited}


@visits.message(Commands("start"), ShopLink(), May(Permission.ANYONE))
async def open_link(_: Message, work: Work, visited: Shop) -> Say:
    buyers.visit_shop(work, visited)
    return Say("buyers/greeting.html")


@router.message(AnyCommand(), Is(Permission.BUYER))
async def explain_to_buyer(_: Message) -> Say:
    return Say("buyers/help.html")


@router.message(WORDS, Is(Permission.BUYER))
async def hear_buyer(message: Message, work: Work) -> Replies:
    heard = questions.hear_buyer(work, words_of(message), message_id=message.message_id)
    return Say("buyers/received.html") if heard.called else _seen(message)


@router.message(Is(Permission.BUYER))
async def ask_for_words(_: Message) -> Say:
    return Say("buyers/only_words_and_pictures.html")


@router.edited_message(WORDS, Is(Permission.BUYER))
async def correct_words(message: Message, work: Work) -> None:
    questions.correct_words(work, message.text or message.caption or "", message_id=message.message_id)


def _seen(message: Message) -> Call:
    """A small mark on the message itself: it has joined the question."""
    reaction = [{"type": "emoji", "emoji": "👀"}]
    return Call(
        "setMessageReaction",
        {"chat_id": message.chat.id, "message_id": message.message_id, "reaction": reaction},
    )
