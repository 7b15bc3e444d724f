"""What is wrong in the books and in Telegram after everything has come to rest; an empty list is what we promise."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any

from tests.reliability.world import World

SAID_ANOTHER_WAY = {"overtaken by a more urgent one", "too late"}
"""Rows of the outbox that were rightly not sent themselves."""


def findings(world: World) -> list[str]:
    connection = sqlite3.connect(world.database)
    try:
        return [
            *_damaged(connection),
            *_lost_updates(connection, world),
            *_wrong_effects(connection, world),
            *_missing_replies(connection, world),
            *_stale_cards(connection, world),
            *_unanswered_taps(world),
        ]
    finally:
        connection.close()


def waiting(world: World) -> int:
    """How much is still on its way: updates that nobody fetched, rows that wait."""
    connection = sqlite3.connect(world.database)
    try:
        counts = [
            connection.execute(f"SELECT count(*) FROM {name} WHERE state = 'waiting'") for name in ("inbox", "outbox")
        ]
        handled = connection.execute("SELECT count(*) FROM inbox").fetchone()[0]
        return sum(int(count.fetchone()[0]) for count in counts) + len(world.telegram.made) - int(handled)
    finally:
        connection.close()


def stuck(world: World) -> str:
    """What waits at this moment, for the message of a test that has waited for too long."""
    connection = sqlite3.connect(world.database)
    try:
        inbox = connection.execute("SELECT id, state, tries FROM inbox WHERE state = 'waiting' LIMIT 5").fetchall()
        query = "SELECT id, chat_id, method, card_id, tries, due_at, error FROM outbox WHERE state = 'waiting' LIMIT 5"
        outbox = connection.execute(query).fetchall()
        return f"not fetched: {len(world.telegram.updates.waiting)}, inbox: {inbox}, outbox: {outbox}"
    finally:
        connection.close()


def repeats(world: World) -> int:
    """How many messages were sent more than once: what at-least-once costs."""
    connection = sqlite3.connect(world.database)
    wanted = Counter(_call(method, payload) for method, payload in _said(connection))
    connection.close()
    done = Counter(_call(method, params) for method, params in world.telegram.done)
    return sum(max(done[call] - times, 0) for call, times in wanted.items())


def answers(world: World) -> int:
    """How many answers of the owner are kept."""
    connection = sqlite3.connect(world.database)
    try:
        return int(connection.execute("SELECT count(*) FROM question_lines WHERE side = 'shop'").fetchone()[0])
    finally:
        connection.close()


def _damaged(connection: sqlite3.Connection) -> Iterator[str]:
    for check in ("integrity_check", "foreign_key_check"):
        rows = connection.execute(f"PRAGMA {check}").fetchall()
        if rows not in ([], [("ok",)]):
            yield f"{check}: {rows[:3]}"


def _lost_updates(connection: sqlite3.Connection, world: World) -> Iterator[str]:
    done = {row[0] for row in connection.execute("SELECT update_id FROM inbox WHERE state = 'done'")}
    lost = set(world.telegram.made) - done
    if lost:
        yield f"{len(lost)} updates were not handled, such as {min(lost)}"


def _wrong_effects(connection: sqlite3.Connection, world: World) -> Iterator[str]:
    """Every message of a buyer is one line, in the order in which it was written; every answer is a line at most once."""
    lines = connection.execute("SELECT by_id, text FROM question_lines WHERE side = 'buyer' ORDER BY id").fetchall()
    for person_id, count in world.said.items():
        heard = [int(text) for by_id, text in lines if by_id == person_id]
        if heard != list(range(1, count + 1)):
            yield f"buyer {person_id} wrote 1 to {count}, kept is {heard}"
    typed = connection.execute("SELECT text FROM question_lines WHERE side = 'shop' AND text LIKE '答复 %'")
    answers = Counter(text for (text,) in typed)
    yield from (f"answered {count} times: {text}" for text, count in answers.items() if count > 1)


def _missing_replies(connection: sqlite3.Connection, world: World) -> Iterator[str]:
    """Whatever the books say was said, Telegram has; and nothing was given up."""
    done = Counter(_call(method, params) for method, params in world.telegram.done)
    wanted = Counter(_call(method, payload) for method, payload in _said(connection))
    for call, times in wanted.items():
        if done[call] < times:
            yield f"sent {done[call]} of {times} times: {call}"
    for error, count in connection.execute("SELECT error, count(*) FROM outbox WHERE state = 'failed' GROUP BY error"):
        if error not in SAID_ANOTHER_WAY:
            yield f"{count} messages failed: {error}"


def _said(connection: sqlite3.Connection) -> list[tuple[str, dict[str, Any]]]:
    rows = connection.execute("SELECT method, payload FROM outbox WHERE state = 'sent' AND card_id IS NULL")
    return [(method, json.loads(payload)) for method, payload in rows if method.startswith(("send", "setMessage"))]


def _call(method: str, params: dict[str, Any]) -> tuple[str, str, str]:
    return method, str(params.get("chat_id")), str(params.get("text") or params.get("message_id"))


def _unanswered_taps(world: World) -> Iterator[str]:
    silent = [tap.id for tap in world.telegram.taps.values() if tap.answer is None]
    if silent:
        yield f"{len(silent)} of {len(world.telegram.taps)} taps were not answered"


def _stale_cards(connection: sqlite3.Connection, world: World) -> Iterator[str]:
    """Every card is on show in its present state."""
    for chat_id, message_id, payload in connection.execute("SELECT chat_id, message_id, payload FROM cards"):
        message = world.telegram.chats[chat_id].messages.get(message_id)
        wanted = unescape(re.sub(r"<[^>]*>", "", json.loads(payload)["text"])).strip()
        if message is None or message["text"] != wanted:
            yield f"card {message_id} of {chat_id} shows {message and message['text']!r} instead of {wanted!r}"
