"""What is wrong in the books and in Telegram after everything has come to rest; an empty list is what we promise."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from typing import Any

from tests.reliability.kept import Kept, reading
from tests.reliability.world import World

SAID_ANOTHER_WAY = {"overtaken by a more urgent one", "too late"}
"""Rows of the outbox that were rightly not sent themselves."""
Calls = list[tuple[str, dict[str, Any]]]


class Kind(StrEnum):
    LOST = "lost"
    DOUBLED = "doubled"
    DISORDERED = "out of order"
    UNSAID = "unsaid"
    DAMAGE = "damage"


@dataclass(frozen=True)
class Finding:
    """`count` updates, effects or messages of which that is true."""

    kind: Kind
    count: int
    words: str


def findings(world: World) -> list[Finding]:
    with reading(world.url) as kept:
        return [
            *(Finding(Kind.DAMAGE, 1, words) for words in damage(kept)),
            *_lost_updates(kept, world),
            *_wrong_lines(kept, world),
            *_doubled_answers(kept),
            *(Finding(Kind.UNSAID, 1, words) for words in unsaid(kept, world.telegram.done)),
            *(Finding(Kind.UNSAID, 1, words) for words in _stale_cards(kept, world)),
            *(Finding(Kind.UNSAID, 1, words) for words in _unanswered_taps(kept, world)),
        ]


def waiting(world: World) -> int:
    """How much is still on its way: updates that nobody fetched, rows that wait."""
    with reading(world.url) as kept:
        rows = sum(
            _number(kept, f"SELECT count(*) FROM {name} WHERE state = 'waiting'") for name in ("inbox", "outbox")
        )
        return rows + len(world.telegram.made) - _number(kept, "SELECT count(*) FROM inbox")


def stuck(world: World) -> str:
    """What waits at this moment, for the message of a test that has waited for too long."""
    with reading(world.url) as kept:
        inbox = kept.execute("SELECT id, state, tries FROM inbox WHERE state = 'waiting' LIMIT 5").fetchall()
        query = "SELECT id, chat_id, method, card_id, tries, due_at, error FROM outbox WHERE state = 'waiting' LIMIT 5"
        outbox = kept.execute(query).fetchall()
        return f"not fetched: {len(world.telegram.updates.waiting)}, inbox: {inbox}, outbox: {outbox}"


def unmarked(world: World) -> set[tuple[int, int]]:
    """Messages in the chats of which the books do not know: each was sent, and whoever sent it died before writing that down."""
    with reading(world.url) as kept:
        known = {row for name in ("outbox", "cards") for row in kept.execute(f"SELECT chat_id, message_id FROM {name}")}
    bot = world.telegram.bot_id
    chats = world.telegram.chats.values()
    there = {(chat.id, at) for chat in chats for at, each in chat.messages.items() if each["from"]["id"] == bot}
    return there - known


def answers(world: World) -> int:
    """How many answers of the owner are kept."""
    with reading(world.url) as kept:
        return _number(kept, "SELECT count(*) FROM question_lines WHERE side = 'shop'")


def damage(kept: Kept) -> Iterator[str]:
    """PostgreSQL refuses to start with what it finds damaged, and has no command that looks."""
    if not isinstance(kept, sqlite3.Connection):
        return
    for check in ("integrity_check", "foreign_key_check"):
        rows = kept.execute(f"PRAGMA {check}").fetchall()
        if rows not in ([], [("ok",)]):
            yield f"{check}: {rows[:3]}"


def unsaid(kept: Kept, done: Calls) -> Iterator[str]:
    """Whatever the books say was said, Telegram has; and nothing was given up."""
    made = Counter(_call(method, params) for method, params in done)
    wanted = Counter(_call(method, payload) for method, payload in _said(kept))
    for call, times in wanted.items():
        if made[call] < times:
            yield f"sent {made[call]} of {times} times: {call}"
    for error, count in kept.execute("SELECT error, count(*) FROM outbox WHERE state = 'failed' GROUP BY error"):
        if error not in SAID_ANOTHER_WAY:
            yield f"{count} messages failed: {error}"


def _number(kept: Kept, query: str) -> int:
    return int(kept.execute(query).fetchone()[0])


def _lost_updates(kept: Kept, world: World) -> Iterator[Finding]:
    done = {row[0] for row in kept.execute("SELECT update_id FROM inbox WHERE state = 'done'")}
    lost = set(world.telegram.made) - done
    if lost:
        yield Finding(Kind.LOST, len(lost), f"{len(lost)} updates were not handled, such as {min(lost)}")


def _wrong_lines(kept: Kept, world: World) -> Iterator[Finding]:
    """Every message of a buyer is one line, in the order in which it was written."""
    lines = kept.execute("SELECT by_id, text FROM question_lines WHERE side = 'buyer' ORDER BY id").fetchall()
    for person_id, count in world.said.items():
        heard = [int(text) for by_id, text in lines if by_id == person_id]
        words = f"buyer {person_id} wrote 1 to {count}, kept is {heard}"
        if lost := count - len(set(heard)):
            yield Finding(Kind.LOST, lost, words)
        if doubled := len(heard) - len(set(heard)):
            yield Finding(Kind.DOUBLED, doubled, words)
        if heard != sorted(heard):
            yield Finding(Kind.DISORDERED, 1, words)


def _doubled_answers(kept: Kept) -> Iterator[Finding]:
    """Every answer is a line at most once."""
    typed = kept.execute("SELECT text FROM question_lines WHERE side = 'shop' AND text LIKE '答复 %'")
    for text, count in Counter(text for (text,) in typed).items():
        if count > 1:
            yield Finding(Kind.DOUBLED, count - 1, f"answered {count} times: {text}")


def _said(kept: Kept) -> Calls:
    rows = kept.execute("SELECT method, payload FROM outbox WHERE state = 'sent' AND card_id IS NULL")
    return [(method, json.loads(payload)) for method, payload in rows if method.startswith(("send", "setMessage"))]


def _call(method: str, params: dict[str, Any]) -> tuple[str, str, str]:
    return method, str(params.get("chat_id")), str(params.get("text") or params.get("message_id"))


def _unanswered_taps(kept: Kept, world: World) -> Iterator[str]:
    """An answer that could not leave in time is given up, and that is said in the books."""
    query = "SELECT payload FROM outbox WHERE method = 'answerCallbackQuery' AND error = 'too late'"
    too_late = {json.loads(payload)["callback_query_id"] for (payload,) in kept.execute(query)}
    silent = [tap.id for tap in world.telegram.taps.values() if tap.answer is None and tap.id not in too_late]
    if silent:
        yield f"{len(silent)} of {len(world.telegram.taps)} taps were not answered"


def _stale_cards(kept: Kept, world: World) -> Iterator[str]:
    """Every card is on show in its present state."""
    for chat_id, message_id, payload in kept.execute("SELECT chat_id, message_id, payload FROM cards"):
        message = world.telegram.chats[chat_id].messages.get(message_id)
        wanted = unescape(re.sub(r"<[^>]*>", "", json.loads(payload)["text"])).strip()
        if message is None or message["text"] != wanted:
            yield f"card {message_id} of {chat_id} shows {message and message['text']!r} instead of {wanted!r}"
