"""Updates that somebody might send: of every kind, by everybody, with real, stale, foreign and invented things in them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.callbacks import _BUTTONS, read_button
from bot.cards.order_request import ASK_LINK
from playground.telegram import Tap
from tests.hostile.shapes import CONTENTS, KINDS, alias_of, content, update_content
from tests.hostile.speakers import Scene
from tests.hostile.texts import command, odd_text

Raw = dict[str, Any]
IDS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1001, 1004, 2001, -1, 2**31, 2**63 - 1, 2**63, -(2**63) - 1, 10**40)
LANGUAGES = ("zh-hans", "en", "xx-QQ", "", "ar", "😀")


@dataclass(frozen=True)
class Invented:
    """One update without its number. `person_id` speaks; `noise`: nobody at all may change anything by it."""

    person_id: int
    raw: Raw
    what: str
    noise: bool = False
    unreadable: bool = False

    def __str__(self) -> str:
        return f"{self.what} by {self.person_id}: {json.dumps(self.raw)[:1500]}"


def invent(scene: Scene, person_id: int) -> Invented:
    maker = scene.chance.choices(list(MAKERS), list(MAKERS.values()))[0]
    return maker(scene, person_id)


def _text(scene: Scene) -> str:
    """Words, with something real in them now and then."""
    chance = scene.chance
    kind = chance.random()
    if kind < 0.45:
        return odd_text(chance)
    if kind < 0.65:
        return chance.choice(scene.words)
    if kind < 0.8:
        return f"{chance.choice(scene.words)}{chance.choice((' ', chr(10), ''))}{odd_text(chance)}"[:4096]
    if kind < 0.9:
        return command(chance, chance.choice((odd_text(chance)[:200], chance.choice(scene.words), "")))
    return f"/start {_payload(scene)}"


def _payload(scene: Scene) -> str:
    chance = scene.chance
    if chance.random() < 0.5 and scene.links:
        real = chance.choice(scene.links)
        return real if chance.random() < 0.5 else real[: chance.randint(0, len(real))] + chance.choice("Aa0_-好")
    return chance.choice(
        ("join_", ASK_LINK, f"{ASK_LINK}{'A' * 10}", "", "group", "join_" + "A" * 32, odd_text(chance)[:64])
    )


def _message(scene: Scene, person_id: int, said: Raw, *, kind: str = "message") -> Raw:
    """A message that is in the chat, as its update tells of it: with fields missing, odd or too many."""
    chance, chat, said = scene.chance, scene.place(person_id), _with_real_files(scene, said)
    answered = _answered(scene, chat) if chance.random() < 0.25 else {}
    message = scene.house.telegram.put(chat, {"from": scene.sender(person_id)}, said | answered)
    shown = dict(message)
    if chance.random() < 0.1:
        shown["from"] = _odd_sender(scene, dict(shown["from"]))
    if chance.random() < 0.05:
        shown[chance.choice(("entities", "caption_entities"))] = _entities(scene)
    if chance.random() < 0.05:
        name = chance.choice(CONTENTS)
        shown.setdefault(alias_of(name), _with_real_files(scene, {name: content(name, chance)})[name])
    if chance.random() < 0.02:
        shown |= {"unheard_of": {"a": [1, None, "<"]}, "another": 10**30}
    return {kind: shown}


def _with_real_files(scene: Scene, part: Any, kind: str = "document") -> Any:
    """Telegram never tells of a file that it does not hold."""
    if isinstance(part, list):
        return [_with_real_files(scene, each, kind) for each in part]
    if not isinstance(part, dict):
        return part
    whole = {
        name: _with_real_files(scene, each, "photo" if name == "photo" else "document") for name, each in part.items()
    }
    if "file_id" in whole:
        kept = scene.chance.choice([each for each in scene.world.files if each.kind == kind])
        whole |= {"file_id": kept.file_id, "file_unique_id": kept.unique_id}
    return whole


def _odd_sender(scene: Scene, sender: Raw) -> Raw:
    chance = scene.chance
    odd = {
        "first_name": odd_text(chance)[:64],
        "last_name": odd_text(chance)[:64],
        "language_code": chance.choice(LANGUAGES),
        "username": odd_text(chance)[:32],
        "is_premium": True,
    }
    name = chance.choice([*odd, "language_code_missing"])
    if name == "language_code_missing":
        return {key: value for key, value in sender.items() if key != "language_code"}
    return sender | {name: odd[name]}


def _answered(scene: Scene, chat: Any) -> Raw:
    """A reply: to any message of this chat, or of another one, or to one that nobody has."""
    if scene.chance.random() < 0.1:
        chat = scene.chat(scene.somebody())
    if chat.messages and scene.chance.random() < 0.85:
        replied = chat.messages[scene.chance.choice(list(chat.messages))]
    else:
        replied = {"message_id": scene.chance.choice((0, 1, 2**31 - 1)), "date": 0, "chat": chat.as_json()}
    return {"reply_to_message": {key: value for key, value in replied.items() if key != "reply_to_message"}}


def _entities(scene: Scene) -> list[Raw]:
    """Out of range, upside down, of no kind."""
    numbers = (-1, 0, 1, 4096, 2**31 - 1)
    kinds = ("bold", "bot_command", "text_link", "custom_emoji", "unheard_of")
    pick = scene.chance.choice
    return [{"type": pick(kinds), "offset": pick(numbers), "length": pick(numbers), "url": "tg://x"} for _ in range(3)]


def says(scene: Scene, person_id: int) -> Invented:
    return Invented(person_id, _message(scene, person_id, {"text": _text(scene)}), "words")


def edits(scene: Scene, person_id: int) -> Invented:
    chat = scene.chat(person_id)
    raw = _message(scene, person_id, {"text": _text(scene), "edit_date": 1_772_424_100}, kind="edited_message")
    mine = [each for each in chat.messages.values() if not each["from"]["is_bot"]]
    if scene.chance.random() < 0.8:
        raw["edited_message"]["message_id"] = scene.chance.choice(mine)["message_id"]
    return Invented(person_id, raw, "edited words")


def sends_photos(scene: Scene, person_id: int) -> Invented:
    chance = scene.chance
    kept = chance.choice([each for each in scene.world.files if each.kind == "photo"])
    size = kept.as_photo_size() | {
        "width": chance.choice((90, 1280, 2**31 - 1)),
        "height": chance.choice((1, 2**31 - 1)),
    }
    said: Raw = {"photo": [size] * chance.randint(1, 4)}
    return Invented(person_id, _message(scene, person_id, said | _caption(scene)), "a photo")


def sends_file(scene: Scene, person_id: int) -> Invented:
    """Files whose names and types lie; a real sheet is read in a child process and is therefore rare."""
    chance = scene.chance
    kept = chance.choice([each for each in scene.world.files if each.kind == "document"])
    held = kept.as_json() | {"file_name": kept.name, "mime_type": kept.mime}
    if chance.random() < 0.3:
        held["mime_type"] = chance.choice(("image/png", "video/mp4", "", odd_text(chance)[:60]))
    if chance.random() < 0.3:
        held["file_name"] = odd_text(chance)[:250] + chance.choice(("", ".jpg", ".csv"))
    if chance.random() < 0.3:
        held |= {"file_size": chance.choice((-1, 0, 2**31, 2**53))}
    if chance.random() < 0.2:
        held.pop(chance.choice(("file_name", "mime_type", "file_size")), None)
    return Invented(person_id, _message(scene, person_id, {"document": held} | _caption(scene)), "a file")


def _caption(scene: Scene) -> Raw:
    chance = scene.chance
    words = {"caption": _text(scene)[:1024]} if chance.random() < 0.5 else {}
    return words | ({"media_group_id": str(chance.randint(1, 3))} if chance.random() < 0.3 else {})


def sends_anything(scene: Scene, person_id: int) -> Invented:
    name = scene.chance.choice(CONTENTS)
    return Invented(person_id, _message(scene, person_id, {alias_of(name): content(name, scene.chance)}), name)


def taps(scene: Scene, person_id: int) -> Invented:
    """A real button of the own phone, old or new."""
    there = scene.buttons.get(person_id) or [scene.any_button()]
    message_id, data = scene.chance.choice(there)
    return _tap(scene, person_id, message_id, data, "a button")


def taps_foreign(scene: Scene, person_id: int) -> Invented:
    """What stands on somebody else's button."""
    return _tap(scene, person_id, _pointed_at(scene, person_id), scene.any_button()[1], "a foreign button")


def taps_forged(scene: Scene, person_id: int) -> Invented:
    """A button of the right shape that was never shown."""
    chance = scene.chance
    prefix = chance.choice(list(_BUTTONS))
    shape: Any = _BUTTONS[prefix].model_fields.get("verb")
    verb = chance.choice(list(shape.annotation)) if shape else "o"
    argument = chance.choice(
        ("", "1", "2", "owner", "manager", "1_5", "1-1", "99999999999999999999", "warn.5", "en", "low")
    )
    if chance.random() < 0.3:
        argument = odd_text(chance)[:24].replace(":", "")
    data = f"{prefix}:{chance.choice(IDS)}:{chance.choice((0, 0, 0, 1, 2, 3, 10**40))}:{argument}:{verb}"
    return _tap(scene, person_id, _pointed_at(scene, person_id), data, "a forged button")


def taps_nonsense(scene: Scene, person_id: int) -> Invented:
    data = scene.chance.choice((odd_text(scene.chance)[:64], f"{scene.any_button()[1]}:x", "x", "o:::", "p:1:0:a"))
    return _tap(scene, person_id, _pointed_at(scene, person_id), data, "nonsense on a button")


def _pointed_at(scene: Scene, person_id: int) -> int:
    there = list(scene.chat(person_id).messages)
    return scene.chance.choice([*there[-8:], *there[:2], 0, 2**31 - 1])


def _tap(scene: Scene, person_id: int, message_id: int, data: str, what: str) -> Invented:
    chance, chat = scene.chance, scene.place(person_id)
    number = str(next(scene.house.telegram.tap_ids))
    unseen = {"message_id": message_id, "chat": chat.as_json(), "date": 0}
    query: Raw = {"id": number, "from": scene.sender(person_id), "chat_instance": "1", "data": data}
    query["message"] = unseen if chance.random() < 0.05 else chat.messages.get(message_id, unseen)
    odd = chance.random()
    if odd < 0.02:
        del query["message"]
        query["inline_message_id"] = "AAAA"
    elif odd < 0.04:
        query["game_short_name"] = query.pop("data")
    telegram = scene.house.telegram
    telegram.keep_tap(Tap(number, person_id, chat.id, message_id, telegram.clock.now(), query))
    noise = read_button(query.get("data")) is None or "message" not in query
    return Invented(person_id, {"callback_query": query}, what, noise=noise)


def comes_or_goes(scene: Scene, person_id: int) -> Invented:
    chance, chat = scene.chance, scene.place(person_id)
    statuses = ("member", "kicked", "left", "administrator", "restricted")
    made = update_content("my_chat_member", chance)
    status = chance.choice(statuses)
    user = scene.house.telegram.as_bot()
    made |= {
        "chat": chat.as_json(),
        "from": scene.sender(person_id),
        "new_chat_member": {"user": user, "status": "left"},
    }
    if status in ("member", "kicked"):
        made["new_chat_member"] = {"user": user, "status": status, "until_date": 0}
    return Invented(person_id, {"my_chat_member": made}, f"is {status} now")


def is_of_any_kind(scene: Scene, person_id: int) -> Invented:
    """Every kind of update that Telegram has, from the description of the Bot API; sometimes with a known sender and chat."""
    kind = scene.chance.choice(KINDS)
    made = _with_real_files(scene, update_content(kind, scene.chance))
    for name in ("from", "user"):
        if name in made:
            made[name] = scene.sender(person_id)
    if "chat" in made:
        made["chat"] = scene.chat(person_id).as_json()
    return Invented(person_id, {kind: made}, kind, noise=kind not in ("message", "edited_message", "callback_query"))


def is_of_no_kind(scene: Scene, person_id: int) -> Invented:
    chance = scene.chance
    raw = chance.choice(({}, {"unheard_of": {"from": scene.sender(person_id)}}, {"message": None}, {"new": [1, 2]}))
    return Invented(person_id, raw, "of no kind", noise=True)


def is_unreadable(scene: Scene, person_id: int) -> Invented:
    """Something that must be there is missing, or is of another type: what the Bot API promises never to send."""
    chance = scene.chance
    raw = _message(scene, person_id, {"text": _text(scene)})
    message = raw["message"]
    name = chance.choice(("chat", "date", "message_id"))
    wrong: Any = chance.choice((None, "x", [], {"id": "x"}))
    raw = {
        "message": {key: value for key, value in message.items() if key != name}
        | ({} if wrong is None else {name: wrong})
    }
    return Invented(person_id, raw, "unreadable", noise=True, unreadable=True)


MAKERS: dict[Callable[[Scene, int], Invented], float] = {
    says: 34,
    taps: 16,
    taps_foreign: 10,
    taps_forged: 12,
    taps_nonsense: 4,
    edits: 4,
    sends_photos: 5,
    sends_file: 0.6,
    sends_anything: 5,
    comes_or_goes: 2,
    is_of_any_kind: 5,
    is_of_no_kind: 1,
    is_unreadable: 1,
}
