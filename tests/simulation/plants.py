"""Defects planted on purpose: a simulation that does not find them finds nothing."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

from bot import posting
from bot.delivery import Delivery
from bot.dispatching import Dispatching
from storage.cards import Cards
from storage.inbox import Inbox, Received
from storage.parcels import Parcels
from storage.tables.pipeline import inbox

Plant = Callable[[], AbstractContextManager[Any]]


def _no_dedupe() -> AbstractContextManager[Any]:
    """What Telegram sends a second time is handled a second time."""
    known = Inbox.store

    def store(self: Inbox, bot_id: int, raws: Sequence[Mapping[str, Any]]) -> list[Received]:
        ids = [raw["update_id"] for raw in raws]
        again = select(inbox.c.id, inbox.c.update_id, inbox.c.raw).where(inbox.c.update_id.in_(ids))
        before = [Received(*row) for row in self._connection.execute(again.where(inbox.c.state == "done"))]
        return [*before, *known(self, bot_id, raws)]

    return patch.object(Inbox, "store", store)


def _mark_before_send() -> AbstractContextManager[Any]:
    """A message counts as sent before it is."""
    send = Delivery._send

    async def hasty(self: Delivery, lane: Any, posted: Any) -> None:
        if posted.card_id is None:
            await self.desk.insist(lambda work: work.outbox.sent(posted.id, message_id=None))
        await send(self, lane, posted)

    return patch.object(Delivery, "_send", hasty)


def _revision_not_checked() -> AbstractContextManager[Any]:
    """A card that has changed while it was on its way counts as shown."""
    is_shown = Cards.is_shown

    def believed(self: Cards, card_id: int, *, revision: int, message_id: int) -> bool:
        is_shown(self, card_id, revision=revision, message_id=message_id)
        return True

    return patch.object(Cards, "is_shown", believed)


def _drop_on_error() -> AbstractContextManager[Any]:
    """What could not be sent at once is given up."""
    return patch.object(posting, "_later", lambda work, posted, error: work.outbox.failed(posted.id, "too late"))


def _done_before_effect() -> AbstractContextManager[Any]:
    """An update counts as done in a transaction of its own, before its work."""
    handle = Dispatching.handle

    def hasty(self: Dispatching, received: Received) -> Any:
        async def both() -> None:
            await self.desk.do(lambda work: work.inbox.finish(received.id))
            await handle(self, received)

        return asyncio.ensure_future(both())

    return patch.object(Dispatching, "handle", hasty)


def _leftovers_forgotten() -> AbstractContextManager[Any]:
    """A new process does not look for what an earlier one left in the inbox."""
    return patch.object(Inbox, "waiting", lambda self: [])


def _reminder_not_kept() -> AbstractContextManager[Any]:
    """Which reminders were told is not written down."""
    return patch.object(Parcels, "told", lambda self, due: None)


PLANTS: Mapping[str, Plant] = {
    "": nullcontext,
    "no_dedupe": _no_dedupe,
    "mark_before_send": _mark_before_send,
    "revision_not_checked": _revision_not_checked,
    "drop_on_error": _drop_on_error,
    "done_before_effect": _done_before_effect,
    "leftovers_forgotten": _leftovers_forgotten,
    "reminder_not_kept": _reminder_not_kept,
}
