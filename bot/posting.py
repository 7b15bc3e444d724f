"""One row of the outbox before and after its call: what exactly is sent, and what the answer changes in the books."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import structlog

from bot.outcomes import Blocked, Gone, Later, Moved, Outcome, Refused, Sent, Unparsed, Wait
from bot.stored_files import STORED, remember_files, stored_files, with_files
from bot.telegram_calls import RawCall
from services import questions
from shop.speakers import Permission
from storage.cards import Shown
from storage.news import CardKind, CardRef, Level
from storage.outbox import Mark, Posted
from storage.types import as_json
from storage.work import Work

MAX_TRIES = 12
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=60)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Ready:
    """A call that can be made now; `body` is JSON. `known` are files that Telegram holds already, by our hash."""

    method: str
    body: str
    card: Shown | None = None
    known: tuple[tuple[str, str], ...] = ()

    @property
    def payload(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.body)
        return read

    def call(self, files: Path) -> RawCall:
        """As it was stored, unless files of our own store go with it."""
        if STORED not in self.body:
            return RawCall(self.method, self.body)
        return RawCall(self.method, uploading=with_files(self.payload, dict(self.known), files))


def plain(posted: Posted, now: datetime) -> Ready | None:
    """The call of a row for which nothing has to be looked up; None when something has."""
    late = posted.expires_at is not None and posted.expires_at < now
    return None if late or not _is_plain(posted) else Ready(posted.method, posted.payload)


def mark(posted: Posted, outcome: Outcome) -> Mark | None:
    """All that is to be written down of a row that was sent, when it was a plain one; None when there is more to it."""
    if not isinstance(outcome, Sent) or not _is_plain(posted):
        return None
    return Mark(posted.id, _message_id(outcome.result))


def _is_plain(posted: Posted) -> bool:
    return posted.card_id is None and STORED not in posted.payload


def _message_id(result: Any) -> int | None:
    return result.get("message_id") if isinstance(result, dict) else None


def prepare(work: Work, posted: Posted, bot_id: int) -> Ready | None:
    """What is to be sent for this row at this moment; None, and the row is closed, when nothing is."""
    if posted.expires_at is not None and posted.expires_at < work.now:
        work.outbox.failed(posted.id, "too late")
        return None
    ready = _card_call(work, posted) if posted.card_id is not None else Ready(posted.method, posted.payload)
    if ready is None:
        work.outbox.sent(posted.id, message_id=None)
        return None
    hashes = {name for name, _ in stored_files(ready.payload)}
    found = ((name, work.files.telegram_id(name, bot_id=bot_id)) for name in sorted(hashes))
    return replace(ready, known=tuple((name, file_id) for name, file_id in found if file_id))


def _card_call(work: Work, posted: Posted) -> Ready | None:
    """An edit where the card is, or a new message where it has none or somebody is to be woken."""
    card = work.cards.at(posted.card_id or 0)
    if card is None or (card.shown == card.wanted and not card.anew):
        return None
    payload = json.loads(card.payload) | {
        "chat_id": card.chat_id,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if card.message_id is not None and not card.anew:
        return Ready("editMessageText", as_json(payload | {"message_id": card.message_id}), card)
    return Ready("sendMessage", as_json(payload | ({"disable_notification": True} if card.silent else {})), card)


def report(work: Work, posted: Posted, ready: Ready, outcome: Outcome, bot_id: int) -> Posted | None:
    """Write down what became of the call; gives the row again if it has to be sent again."""
    match outcome:
        case Sent(result):
            if STORED in posted.payload:
                remember_files(work, ready.payload, result, bot_id)
            return _sent(work, posted, ready, result)
        case Wait(seconds):
            return _again(work, posted, timedelta(seconds=seconds), "too many requests", tries=posted.tries)
        case Later(error):
            return _later(work, posted, error)
        case _:
            return _not_so(work, posted, ready, outcome)


def _not_so(work: Work, posted: Posted, ready: Ready, outcome: Outcome) -> Posted | None:
    """It cannot be done in this way: another way, another chat, or not at all."""
    match outcome:
        case Gone():
            return _gone(work, posted, ready)
        case Moved(chat_id):
            return _moved(work, posted, chat_id)
        case Unparsed(error):
            return _plain(work, posted, ready, error)
        case Blocked(error):
            _blocked(work, posted, error)
        case Refused(error):
            log.error("Telegram refused a message", method=ready.method, error=error, outbox_id=posted.id)
            _give_up(work, posted, error)
    return None


def _sent(work: Work, posted: Posted, ready: Ready, result: Any) -> Posted | None:
    message_id = _message_id(result)
    card = ready.card
    if card is not None:
        shown_at = message_id or card.message_id or 0
        if card.message_id is not None and card.message_id != shown_at:
            old = {"chat_id": card.chat_id, "message_id": card.message_id}
            work.outbox.post(card.chat_id, "deleteMessage", old, level=Level.P2)
        if not work.cards.is_shown(card.id, revision=card.wanted, message_id=shown_at):
            return posted
    work.outbox.sent(posted.id, message_id=message_id)
    return None


def _gone(work: Work, posted: Posted, ready: Ready) -> Posted | None:
    if ready.card is None:
        work.outbox.failed(posted.id, "the message is gone")
        return None
    work.cards.lost_message(ready.card.id)
    return posted


def _later(work: Work, posted: Posted, error: str) -> Posted | None:
    if posted.tries + 1 >= MAX_TRIES:
        log.error("a message could not be sent", error=error, outbox_id=posted.id)
        _give_up(work, posted, error)
        return None
    pause = min(FIRST_PAUSE * 2**posted.tries, LONGEST_PAUSE)
    return _again(work, posted, pause, error, tries=posted.tries + 1)


def _again(work: Work, posted: Posted, pause: timedelta, error: str, *, tries: int) -> Posted | None:
    due_at = work.now + pause
    waits = work.outbox.again(posted.id, tries=tries, due_at=due_at, error=error)
    return posted._replace(tries=tries, due_at=due_at) if waits else None


def _moved(work: Work, posted: Posted, chat_id: int) -> Posted:
    work.outbox.move_chat(posted.chat_id, chat_id)
    work.cards.move_chat(posted.chat_id, chat_id)
    payload = posted.payload
    if payload:
        there = json.loads(payload) | {"chat_id": chat_id}
        work.outbox.rewrite(posted.id, there)
        payload = as_json(there)
    return posted._replace(chat_id=chat_id, payload=payload)


def _plain(work: Work, posted: Posted, ready: Ready, error: str) -> Posted | None:
    """Better without bold letters than not at all."""
    log.error("Telegram did not understand our markup", error=error, outbox_id=posted.id)
    if ready.card is not None:
        work.outbox.failed(posted.id, error)
        return None
    payload = {name: value for name, value in ready.payload.items() if name != "parse_mode"}
    for name in ("text", "caption"):
        if name in payload:
            payload[name] = unescape(re.sub(r"<[^>]*>", "", payload[name]))
    if payload == ready.payload:
        work.outbox.failed(posted.id, error)
        return None
    work.outbox.rewrite(posted.id, payload)
    return posted._replace(payload=as_json(payload))


def _blocked(work: Work, posted: Posted, error: str) -> None:
    """This person cannot be told: of what is urgent the next in line is."""
    work.people.unreachable(posted.chat_id)
    urgent = work.outbox.waiting_cards(posted.chat_id, up_to=Level.P1)
    unsaid = work.outbox.unsaid_about(posted.chat_id, posted.id)
    work.outbox.failed(posted.id, error)
    work.outbox.close_chat(posted.chat_id, error)
    _report_unsaid(work, posted.chat_id, unsaid)
    for card_id, level in urgent:
        _tell_next(work, card_id, level)


def _tell_next(work: Work, card_id: int, level: Level) -> None:
    """Whoever manages the shop, unless somebody who can be reached has the card already."""
    card = work.cards.at(card_id)
    if card is None or card.shop_id is None:
        return
    work.enter(speaker=work.speaker, shop=work.people.find_shop(card.shop_id))
    if not any(work.people.is_reachable(other.chat_id) for other in work.cards.showing(card.ref)):
        work.wake(card.ref, to=Permission.MANAGE_SHOP, level=level, view=card.view)


def _give_up(work: Work, posted: Posted, error: str) -> None:
    about = work.outbox.about(posted.id)
    work.outbox.failed(posted.id, error)
    _report_unsaid(work, posted.chat_id, [about] if about else [])


def _report_unsaid(work: Work, chat_id: int, unsaid: Sequence[CardRef]) -> None:
    """Whoever said something to this chat learns that it did not arrive."""
    for ref in unsaid:
        if ref.kind is CardKind.QUESTION:
            questions.not_delivered(work, ref.subject_id, to=chat_id)
