"""The routers in the order in which they are asked."""

from collections.abc import Sequence

from aiogram import Dispatcher, Router

import bot.cards.questions
import bot.cards.quick_replies  # noqa: F401 - registers its card
from bot.conversations import answer_buyer, quick_replies
from bot.filters import InPrivate
from bot.handlers import buyers, questions
from bot.middlewares import OpenWork, Respond, Understand

ROUTERS: Sequence[Router] = (
    buyers.visits,
    buyers.router,
    answer_buyer.router,
    quick_replies.router,
    questions.router,
)
"""Private chats. Commands come before conversations, conversations before single lines, the fallback last."""


def dispatcher() -> Dispatcher:
    """A dispatcher with every router; no state of its own, no thread, no wait."""
    root = Dispatcher(disable_fsm=True)
    for middleware in (OpenWork(), Understand(), Respond()):
        root.update.outer_middleware(middleware)
    private = Router(name="private")
    private.message.filter(InPrivate())
    private.edited_message.filter(InPrivate())
    private.callback_query.filter(InPrivate())
    private.include_routers(*ROUTERS)
    root.include_router(private)
    return root
