"""Entities that a bot gives along with a text: checked as Telegram checks them."""

from collections.abc import Mapping
from typing import Any

from playground.addresses import wrong_address
from playground.chats import Person
from playground.refusals import ApiError, bad_request

Entity = dict[str, Any]

FOUND_ANYWAY = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email"})
"""Kinds that Telegram looks for itself: given ones are as good as not given."""
NEEDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}
KINDS = FOUND_ANYWAY | NEEDS.keys() | {
    "phone_number", "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote",
    "expandable_blockquote",
}  # fmt: skip


def read_entities(given: Any, length: int, people: Mapping[int, Person]) -> list[Entity]:
    """`length` is that of the text, in UTF-16."""
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("expected an Array of MessageEntity")
    entities = [_parsed(entity) for entity in given]
    for entity in entities:
        _place(entity, length)
    kept = [entity for entity in entities if entity["length"] and entity["type"] not in FOUND_ANYWAY]
    return [_checked(entity, people) for entity in kept]


def with_people(entities: list[Entity], people: Mapping[int, Person]) -> list[Entity]:
    """Mentions by identifier show whom they mean; those of strangers are plain text."""
    kept = []
    for entity in entities:
        if entity["type"] != "text_mention":
            kept.append(entity)
        elif person := people.get(entity["user"]["id"]):
            kept.append(entity | {"user": person.as_user()})
    return kept


def _parsed(entity: Any) -> Entity:
    if not isinstance(entity, dict):
        raise _unreadable("expected an Object")
    clean = {key: value for key, value in entity.items() if value is not None}
    for name in ("offset", "length"):
        clean[name] = _number(clean, name)
    if "type" not in clean:
        raise _unreadable('Can\'t find field "type"')
    if not isinstance(clean["type"], str) or clean["type"] not in KINDS:
        raise _unreadable("Unsupported type specified")
    needed = NEEDS.get(clean["type"])
    if needed and needed not in clean:
        raise _unreadable(f'Can\'t find field "{needed}"')
    return clean


def _number(entity: Entity, name: str) -> int:
    if name not in entity:
        raise _unreadable(f'Can\'t find field "{name}"')
    try:
        return int(entity[name])
    except (TypeError, ValueError):
        raise _unreadable(f'Field "{name}" must be a valid Number') from None


def _place(entity: Entity, length: int) -> None:
    begins, ends = entity["offset"], entity["offset"] + entity["length"]
    if begins < 0:
        raise bad_request(f"receive an entity with incorrect offset {begins}")
    if entity["length"] < 0:
        raise bad_request(f"receive an entity with incorrect length {entity['length']}")
    if begins > length:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {begins}")
    if ends > length:
        where = f"ends after the end of the text at UTF-16 offset {ends}"
        raise bad_request(f"entity beginning at UTF-16 offset {begins} {where}")


def _checked(entity: Entity, people: Mapping[int, Person]) -> Entity:
    match entity["type"]:
        case "text_link":
            wrong = wrong_address(str(entity["url"]))
            if wrong:
                raise bad_request(f"entity URL '{entity['url']}' is invalid: {wrong}")
        case "text_mention":
            meant = entity["user"].get("id") if isinstance(entity["user"], dict) else None
            person = people.get(meant) if isinstance(meant, int) else None
            if person is None:
                raise bad_request("user not found")
            return entity | {"user": person.as_user()}
    return entity


def _unreadable(why: str) -> ApiError:
    return bad_request(f"can't parse MessageEntity: {why}")
