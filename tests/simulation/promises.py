"""What must be true once everything has come to rest, whatever went wrong before. An empty list is what we promise."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from shop.reminders import ReminderKind, kind_at
from tests.reliability.findings import SAID_ANOTHER_WAY, damage, unsaid
from tests.simulation.world import World

Books = sqlite3.Connection
GRACE = timedelta(seconds=60)


def broken_promises(world: World, staff: dict[int, str], marks: set[str]) -> list[str]:
    """`staff` gives for each person the mark of the own shop; the other marks may not be seen there."""
    books = sqlite3.connect(world.database)
    try:
        return [
            *world.fallen,
            *(f"still waits: {each}" for each in world.unfinished()),
            *damage(books),
            *(each for each in unsaid(books, world.telegram.done) if " messages failed: " not in each),
            *(broken for promise in PROMISES for broken in promise(books, world)),
            *_other_shops_words(world, staff, marks),
        ]
    finally:
        books.close()


def _updates(books: Books, world: World) -> Iterator[str]:
    done = {row[0] for row in books.execute("SELECT update_id FROM inbox WHERE state = 'done'")}
    lost = set(world.telegram.made) - done - world.telegram.updates.expired
    if lost:
        yield f"{len(lost)} updates were not handled, such as {min(lost)}"
    for table in ("inbox", "errands"):
        for row in books.execute(f"SELECT id, error FROM {table} WHERE state = 'parked'"):
            yield f"{table} {row[0]} is parked: {row[1]}"


def _unsaid(books: Books, world: World) -> Iterator[str]:
    """Nothing was given up. What cards show is looked at by itself: a row that was overtaken while on its way may bear any error."""
    query = "SELECT id, method, error FROM outbox WHERE state = 'failed' AND card_id IS NULL"
    for row_id, method, error in books.execute(query):
        if error not in SAID_ANOTHER_WAY:
            yield f"message {row_id} ({method}) was given up: {error}"


def _questions(books: Books, world: World) -> Iterator[str]:
    """Every message of a buyer is one line, in the order in which it was written."""
    lines = books.execute("SELECT by_id, text FROM question_lines WHERE side = 'buyer' ORDER BY id").fetchall()
    for person_id, count in world.said.questions.items():
        heard = [int(text[1:].split()[0]) for by_id, text in lines if by_id == person_id and text.startswith("问")]
        if heard != list(range(1, count + 1)):
            yield f"buyer {person_id} wrote 1 to {count}, kept is {heard}"


ONCE = {
    "answer": "SELECT text FROM question_lines WHERE side = 'shop' AND text LIKE '答%'",
    "restocking": "SELECT variant_id || ': ' || on_hand FROM stock_changes WHERE reason = 'received' AND on_hand >= 100",
    "product of one draft": "SELECT sale_price FROM products",
    "tracking number": "SELECT tracking_number FROM parcels",
    "order": "SELECT shop_id || ':' || number FROM orders",
    "reminder": "SELECT order_id || ' ' || dispatch_by || ' ' || told FROM told_ever",
}


def _effects(books: Books, world: World) -> Iterator[str]:
    for what, query in ONCE.items():
        counted = Counter(row[0] for row in books.execute(query))
        yield from (f"{what} {which!r} {times} times" for which, times in counted.items() if times > 1)
    there = set(books.execute("SELECT shop_id, number FROM orders"))
    for shop_id, number in sorted(world.said.orders - there):
        yield f"order {number} of shop {shop_id} is lost"


def _stock(books: Books, world: World) -> Iterator[str]:
    ledger = "SELECT coalesce(sum(on_hand), 0), coalesce(sum(reserved), 0) FROM stock_changes WHERE variant_id = ?"
    held = (
        "SELECT coalesce(sum(quantity), 0) FROM order_lines JOIN orders ON orders.id = order_id "
        "WHERE variant_id = ? AND holds_stock AND status = 'to_dispatch'"
    )
    for variant_id, on_hand, reserved in books.execute("SELECT id, on_hand, reserved FROM variants").fetchall():
        summed = books.execute(ledger, (variant_id,)).fetchone()
        if summed != (on_hand, reserved):
            yield f"variant {variant_id} has {on_hand}/{reserved}, its ledger says {summed}"
        if on_hand < reserved or reserved < 0:
            yield f"variant {variant_id} has {on_hand} with {reserved} reserved"
        if (promised := books.execute(held, (variant_id,)).fetchone()[0]) != reserved:
            yield f"variant {variant_id}: {reserved} reserved, orders hold {promised}"


def _shipped(books: Books, world: World) -> Iterator[str]:
    confirmed = "SELECT order_id FROM order_changes WHERE kind = 'confirmed'"
    query = f"SELECT order_id FROM parcels WHERE order_id NOT IN ({confirmed})"
    yield from (f"order {row[0]} was shipped without being confirmed" for row in books.execute(query))


def _cards(books: Books, world: World) -> Iterator[str]:
    """Every card is on show in its present state, with its present buttons."""
    query = "SELECT kind, chat_id, message_id, payload FROM cards ORDER BY id"
    for kind, chat_id, message_id, payload in books.execute(query):
        wanted = json.loads(payload)
        text = unescape(re.sub(r"<[^>]*>", "", wanted["text"])).strip()
        shown: dict[str, Any] = world.telegram.chats[chat_id].messages.get(message_id) or {}
        if shown.get("text") != text:
            yield f"card {kind} ({message_id} of {chat_id}) shows {shown.get('text')!r} instead of {text!r}"
        elif _labels(shown) != _labels(wanted):
            yield f"card {kind} ({message_id} of {chat_id}) has buttons {_labels(shown)} instead of {_labels(wanted)}"


def _labels(message: dict[str, Any]) -> list[list[str]]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [[button["text"] for button in row] for row in rows]


def _reminders(books: Books, world: World) -> Iterator[str]:
    """What fell due was told, and nothing milder after something more urgent."""
    now = world.clock()
    told: dict[tuple[int, str], list[int]] = {}
    for order_id, dispatch_by, kind in books.execute("SELECT * FROM told_ever ORDER BY rowid"):
        told.setdefault((order_id, dispatch_by), []).append(ReminderKind(kind).urgency)
    for which, urgencies in told.items():
        if urgencies != sorted(urgencies):
            yield f"order {which[0]} was told of {urgencies}"
    query = "SELECT id, dispatch_by FROM orders WHERE status IN ('to_check', 'to_dispatch')"
    for order_id, dispatch_by in books.execute(query):
        due = kind_at(_moment(dispatch_by), now - GRACE)
        if due and max(told.get((order_id, dispatch_by), [-1])) < due.urgency:
            yield f"nobody was told that order {order_id} is due: {due}"


def _moment(kept: Any) -> datetime:
    moment = datetime.fromisoformat(kept) if isinstance(kept, str) else datetime.fromtimestamp(kept / 1_000_000, UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _other_shops_words(world: World, staff: dict[int, str], marks: set[str]) -> Iterator[str]:
    for method, params in world.telegram.done:
        own = staff.get(int(params.get("chat_id") or 0))
        said = json.dumps(params, ensure_ascii=False)
        if own is not None and any(mark in said for mark in marks - {own}):
            yield f"{params['chat_id']} of {own} was shown: {method} {said[:200]}"


PROMISES: tuple[Callable[[Books, World], Iterator[str]], ...] = (
    _updates,
    _unsaid,
    _questions,
    _effects,
    _stock,
    _shipped,
    _cards,
    _reminders,
)
