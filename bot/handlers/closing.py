"""A card is put away by the button on it."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.buttons.closing import CloseButton, CloseVerb
from bot.filters import May
from bot.replies import Remove, Replies
from shop.speakers import Permission
from storage.work import Work

router = Router(name="closing")


@router.callback_query(CloseButton.where(CloseVerb.CLOSE), May(Permission.ANYONE))
async def close(query: CallbackQuery, work: Work) -> Replies:
    message = query.message
    shown = work.cards.at_message(message.chat.id, message.message_id) if message else None
    return Remove(shown.ref) if shown else None
