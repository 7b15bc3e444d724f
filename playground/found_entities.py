"""What Telegram marks in a text by itself: commands, links, mentions, hashtags, addresses."""

import re
from typing import Any

from playground.html_text import utf16_length

_FOUND = re.compile(
    r"""(?P<url>(?:https?://|t\.me/)[^\s<>"'，。；]+)"""
    r"""|(?P<email>[\w.+-]+@[\w-]+\.[A-Za-z]{2,})"""
    r"""|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"""
    r"""|(?<!\w)(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})"""
    r"""|(?<!\w)(?P<hashtag>\#\w*[^\W\d]\w*)"""
    r"""|(?<!\w)(?P<cashtag>\$[A-Z]{1,8})(?!\w)""",
    re.VERBOSE,
)
_HINTS = frozenset("/@#$.")


def found_entities(text: str) -> list[dict[str, Any]]:
    if _HINTS.isdisjoint(text):
        return []
    return [
        {
            "offset": utf16_length(text[: found.start()]),
            "length": utf16_length(found.group()),
            "type": str(found.lastgroup),
        }
        for found in _FOUND.finditer(text)
    ]


def with_found(text: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Given entities and the found ones that do not cut across a link or code."""
    found = found_entities(text)
    if not found or not entities:
        return entities or found
    closed = [entity for entity in entities if entity["type"] in {"code", "pre", "text_link", "text_mention"}]
    free = [entity for entity in found if not any(_overlap(entity, other) for other in closed)]
    return sorted([*entities, *free], key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])
