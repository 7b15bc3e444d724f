"""Defects planted on purpose: a simulation that does not find them finds nothing."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from unittest.mock import patch

from sqlalchemy import update

from bot import posting
from bot.delivery import Delivery
from bot.handling import Handling
from storage.cards import Cards
from storage.inbox import Inbox, Received
from storage.parcels import Parcels
from storage.tables.pipeline import inbox
from storage.work import Work

Plant = Callable[[], AbstractContextManager[Any]]


def _no_dedupe() -> AbstractContextManager[Any]:
    """What Telegram sends a second time is handled a second time."""
    known = Inbox.store

    def store(self: Inbox, bot_id: int, raws: Sequence[Mapping[str, Any]]) -> None:
        known(self, bot_id, raws)
        ids = [raw["update_id"] for raw in raws]
        again = update(inbox).where(inbox.c.update_id.in_(ids), inbox.c.state == "done")
        self._connection.execute(again.values(state="waiting"))

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
    hurries: list[Any] = []

    def hasty(self: Handling) -> None:
        async def both() -> None:
            received = await self.desk.do(mark_first)
            for each in received:
                task = self.dispatching.task(each)
                await self.desk.do(task.job, task.rescue)

        hurries.append(asyncio.ensure_future(both()))

    def mark_first(work: Work) -> list[Received]:
        received = work.inbox.take(64)
        for each in received:
            work.inbox.finish(each.id)
        return received

    return patch.object(Handling, "look", hasty)


def _leftovers_forgotten() -> AbstractContextManager[Any]:
    """A new process does not look for what an earlier one left in the inbox."""

    async def never(self: Handling, *, every: float) -> None:
        await asyncio.get_running_loop().create_future()

    return patch.object(Handling, "run", never)


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
