"""How the bot introduces itself to whoever finds it: descriptions and the commands that everybody sees."""

import hashlib
import json

from bot.identity import IDENTITY
from bot.labels import L
from bot.menus import LANGUAGE_CODES, default_menus
from bot.rendering import label
from bot.replies import Call
from storage.news import Level
from storage.work import Work

SHORT_DESCRIPTION = L("Your shop's back office in a chat: goods, orders, parcels, buyers.")
DESCRIPTION = L(
    "Run your shop from this chat: put goods on sale, check and ship orders, answer buyers. I speak up when stock runs low or a deadline is near. Tap Start to open a shop or to try a sample."
)
NOBODY = 0
"""Calls that concern no chat go out in a lane of their own."""


def introduce(work: Work) -> None:
    """Once for each wording: Telegram is asked again only when our words have changed."""
    for call in _calls():
        wording = json.dumps([call.method, call.payload], ensure_ascii=False, sort_keys=True)
        if work.first_time(f"introduction:{IDENTITY.username}:{hashlib.sha256(wording.encode()).hexdigest()}"):
            work.outbox.post(NOBODY, call.method, call.payload, level=Level.P3)


def _calls() -> list[Call]:
    calls = default_menus()
    for language, code in LANGUAGE_CODES.items():
        calls += [
            Call(
                "setMyShortDescription",
                {"short_description": label(SHORT_DESCRIPTION, language), "language_code": code},
            ),
            Call("setMyDescription", {"description": label(DESCRIPTION, language), "language_code": code}),
        ]
    return calls
