"""In groups: a short pointer to the private chat, and nothing of the shop."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.filters import AnyCommand, May
from bot.identity import IDENTITY, start_link
from bot.labels import L
from bot.replies import Button, Link, Say
from shop.speakers import Permission

router = Router(name="groups")


class ForUs(Filter):
    """A command that names no other bot."""

    async def __call__(self, message: Message) -> bool:
        _, at, name = (message.text or "").split(maxsplit=1)[0].partition("@")
        return not at or name.lower() == IDENTITY.username.lower()


@router.message(AnyCommand(), ForUs(), May(Permission.ANYONE))
async def point_to_private_chat(_: Message) -> Say:
    return Say("help/in_group.html", keyboard=((Button(L("Open the private chat"), Link(start_link("group"))),),))
