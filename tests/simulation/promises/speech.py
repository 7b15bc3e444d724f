"""What was to be said was said, to the right people, at a bearable pace, seldom twice; cards show what is."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

from storage.outbox import KEEP
from tests.reliability.findings import SAID_ANOTHER_WAY, _call
from tests.simulation.openings import SHOPS
from tests.simulation.world import World

MARK_LETTERS = 2


def _said(world: World) -> Iterator[str]:
    """Nothing was given up. What cards show is looked at by itself: a row that was overtaken while on its way may bear any error."""
    query = "SELECT id, method, error FROM outbox WHERE state = 'failed' AND card_id IS NULL"
    for row_id, method, error in world.ask(query):
        if error not in SAID_ANOTHER_WAY:
            yield f"message {row_id} ({method}) was given up: {error}"
    wanted, done = _counted(world)
    for call, times in wanted.items():
        if done[call] < times:
            yield f"sent {done[call]} of {times} times: {call}"


def _seldom_twice(world: World) -> Iterator[str]:
    """At least once is all that can be promised: again only where an answer was lost, or a process before it could note it."""
    wanted, done = _counted(world)
    repeats = sum(max(done[call] - times, 0) for call, times in wanted.items())
    bound = world.unsure + sum(world.telegram.faults.unsure.values())
    if repeats > bound:
        yield f"{repeats} messages came again, where {bound} had a reason"


def _counted(world: World) -> tuple[Counter[tuple[str, str, str]], Counter[tuple[str, str, str]]]:
    sent = ((method, json.loads(payload)) for method, payload in world.ask("SELECT method, payload FROM sent_ever"))
    wanted = Counter(_call(method, payload) for method, payload in sent if method.startswith(("send", "setMessage")))
    return wanted, Counter(_call(method, params) for method, params in world.telegram.done)


def _kept_first(world: World) -> Iterator[str]:
    """Nobody is told what is not kept."""
    yield from (f"said although it was not in the books: {call}" for call in world.telegram.hasty)


def _patient(world: World) -> Iterator[str]:
    yield from world.telegram.faults.ignored


def _taps_answered(world: World) -> Iterator[str]:
    """Every tap that arrived is answered, or was until it was too late for that."""
    mail, now = world.telegram.updates, world.true_clock()
    arrived = {
        update.raw["callback_query"]["id"]
        for update in mail.made
        if update.kind == "callback_query" and update.update_id not in mail.expired
    }
    rows = world.ask("SELECT payload FROM outbox WHERE method = 'answerCallbackQuery'")
    meant = {str(json.loads(payload)["callback_query_id"]) for (payload,) in rows}
    for tap in world.telegram.taps.values():
        recent = now - tap.at < KEEP - timedelta(hours=3)
        if recent and tap.answer is None and tap.id in arrived - meant:
            yield f"a tap of {tap.person_id} was not answered: {tap.update['data']}"


def _cards(world: World) -> Iterator[str]:
    """Every card is on show in its present state, with its present buttons."""
    query = "SELECT kind, chat_id, message_id, payload FROM cards ORDER BY id"
    for kind, chat_id, message_id, payload in world.ask(query):
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


def _nobody_elses(world: World) -> Iterator[str]:
    """No word of one shop reaches those of another."""
    for method, params in world.telegram.done:
        person = world.telegram.people.get(int(params.get("chat_id") or 0))
        if person is None:
            continue
        said = json.dumps(params, ensure_ascii=False)
        if any(mark in said for mark in SHOPS.keys() - {person.first_name[:MARK_LETTERS]}):
            yield f"{person.first_name} was shown: {method} {said[:200]}"


PROMISES = (_said, _seldom_twice, _kept_first, _patient, _taps_answered, _cards, _nobody_elses)
