"""Defects planted on purpose: a simulation that does not find them finds nothing."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from unittest.mock import patch

from sqlalchemy import select, update

from bot import posting
from bot.delivery import Delivery
from bot.intake import Intake
from bot.outcomes import Outcome, Wait, outcome_of
from bot.pace import is_counted
from bot.telegram_calls import GetRawUpdates
from shop import reminders
from shop.shops import Person
from storage.cards import Cards
from storage.catalog import Catalog
from storage.desk import Desk
from storage.inbox import Inbox, Received
from storage.outbox import Outbox
from storage.people import People
from storage.tables.catalog import variants
from storage.tables.pipeline import inbox
from storage.tables.shops import people

Plant = Callable[[], AbstractContextManager[Any]]


def _confirm_before_persist() -> AbstractContextManager[Any]:
    """Telegram is told that we have updates before they are kept."""
    take = Intake.take

    async def hasty(self: Intake, raws: Sequence[dict[str, Any]]) -> None:
        await self.bot(GetRawUpdates(offset=raws[-1]["update_id"] + 1, timeout=0))
        await take(self, raws)

    return patch.object(Intake, "take", hasty)


def _no_dedupe() -> AbstractContextManager[Any]:
    """What Telegram sends a second time is handled a second time."""
    known = Inbox.store

    def store(self: Inbox, bot_id: int, raws: Sequence[Mapping[str, Any]]) -> None:
        again = inbox.c.update_id.in_([raw["update_id"] for raw in raws])
        self._connection.execute(update(inbox).where(again).values(state="waiting"))
        known(self, bot_id, raws)

    return patch.object(Inbox, "store", store)


def _send_inside_transaction() -> AbstractContextManager[Any]:
    """Messages leave while the work that says them may still be undone."""
    do = Desk._do

    def hasty(self: Any, connection: Any, job: Any) -> Any:
        outcome = do(self, connection, job)
        telegram = self.on_commit.__self__.bot.session.telegram
        for row in outcome.posted:
            if is_counted(row.method) and row.card_id is None:
                ready = posting.plain(row, self.clock())
                if ready is not None:
                    _at_once(telegram.call(ready.method, ready.payload))
        return outcome

    return patch.object(Desk, "_do", hasty)


def _at_once(call: Any) -> None:
    try:
        call.send(None)
    except StopIteration:
        return
    except Exception:  # noqa: BLE001 - Telegram refused; the row is still there
        return


def _done_before_effect() -> AbstractContextManager[Any]:
    """Updates count as done in a transaction of its own, before their work."""
    work_off = Desk.work_off

    def hasty(self: Desk, claim: Any) -> Any:
        def take(work: Any) -> list[Received]:
            taken: list[Received] = work.inbox.take(64)
            for received in taken:
                work.inbox.finish(received.id)
            return taken

        async def both() -> Any:
            taken = await self.do(take)
            dispatching = claim.__self__
            return await work_off(self, lambda _work, _most: [dispatching.task(received) for received in taken])

        return asyncio.ensure_future(both())

    return patch.object(Desk, "work_off", hasty)


def _drop_on_error() -> AbstractContextManager[Any]:
    """What could not be sent at once is given up."""
    return patch.object(posting, "_later", lambda work, posted, error: work.outbox.failed(posted.id, "too late"))


def _wrong_shop() -> AbstractContextManager[Any]:
    """Staff are looked for in all shops."""

    def reachable(self: People, _roles: Any) -> Sequence[Person]:
        return self._session.scalars(select(Person).where(people.c.staff_of.is_not(None)).order_by(people.c.id)).all()

    return patch.object(People, "_reachable", reachable)


def _stale_stock() -> AbstractContextManager[Any]:
    """Pieces are counted from a number that was read before the transaction."""
    move, read = Catalog.move_stock, dict[int, int]()

    def hasty(self: Catalog, variant_id: int, *, on_hand: int = 0, reserved: int = 0) -> Any:
        now = self._session.scalar(select(variants.c.on_hand).where(variants.c.id == variant_id)) or 0
        before = read.setdefault(variant_id, now)
        return move(self, variant_id, on_hand=before - now + on_hand, reserved=reserved)

    return patch.object(Catalog, "move_stock", hasty)


def _mark_before_send() -> AbstractContextManager[Any]:
    """A message counts as sent before it is."""
    send = Delivery._send

    async def hasty(self: Delivery, lane: Any, posted: Any, *, counted_at: float) -> None:
        if posted.card_id is None:
            await self.desk.insist(lambda work: work.outbox.sent(posted.id, message_id=None))
        await send(self, lane, posted, counted_at=counted_at)

    return patch.object(Delivery, "_send", hasty)


def _ignore_retry_after() -> AbstractContextManager[Any]:
    """Telegram asks for a pause, and the next message to that chat leaves all the same."""

    def impatient(error: Exception) -> Outcome:
        outcome = outcome_of(error)
        return Wait(0.0) if isinstance(outcome, Wait) else outcome

    return patch("bot.delivery.outcome_of", impatient)


def _unordered_chat() -> AbstractContextManager[Any]:
    """What came last is handled first."""
    take = Inbox.take
    return patch.object(Inbox, "take", lambda self, most: take(self, most)[::-1])


def _reminder_without_key() -> AbstractContextManager[Any]:
    """Nobody looks whether a reminder was told."""
    return patch.object(reminders, "_is_news", lambda _kind, _told: True)


def _revision_not_checked() -> AbstractContextManager[Any]:
    """A card that has changed while it was on its way counts as shown."""
    is_shown = Cards.is_shown

    def believed(self: Cards, card_id: int, *, revision: int, message_id: int) -> bool:
        is_shown(self, card_id, revision=revision, message_id=message_id)
        return True

    return patch.object(Cards, "is_shown", believed)


def _leftovers_forgotten() -> AbstractContextManager[Any]:
    """A new process does not look for what an earlier one left unsaid."""
    return patch.object(Outbox, "waiting", lambda _self, *_: [])


PLANTS: Mapping[str, Plant] = {
    "": nullcontext,
    "confirm_before_persist": _confirm_before_persist,
    "no_dedupe": _no_dedupe,
    "send_inside_transaction": _send_inside_transaction,
    "done_before_effect": _done_before_effect,
    "drop_on_error": _drop_on_error,
    "wrong_shop": _wrong_shop,
    "stale_stock": _stale_stock,
    "mark_before_send": _mark_before_send,
    "ignore_retry_after": _ignore_retry_after,
    "unordered_chat": _unordered_chat,
    "reminder_without_key": _reminder_without_key,
    "revision_not_checked": _revision_not_checked,
    "leftovers_forgotten": _leftovers_forgotten,
}
