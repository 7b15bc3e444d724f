"""Texts and captions as Telegram takes them: parsed, trimmed, measured."""

from typing import Any

from playground.found_entities import with_found
from playground.given_entities import read_entities, with_people
from playground.html_text import Parsed, parse_html, utf16_length
from playground.markdown_text import parse_markdown, parse_markdown_v2
from playground.refusals import bad_request
from playground.request import Call

MAX_TEXT = 4096
MAX_CAPTION = 1024


def read_text(call: Call) -> dict[str, Any]:
    """`text` and `entities` of a message."""
    if not call.text("text"):
        raise bad_request("message text is empty")
    text, entities = _parsed(call, "text", "parse_mode", "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def read_caption(call: Call) -> dict[str, Any]:
    """`caption` and `caption_entities`; empty when there is none."""
    text, entities = _parsed(call, "caption", "parse_mode", "caption_entities")
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    shape: dict[str, Any] = {"caption": text}
    if entities:
        shape["caption_entities"] = entities
    if call.flag("show_caption_above_media"):
        shape["show_caption_above_media"] = True
    return shape


def _parsed(call: Call, text_name: str, mode_name: str, entities_name: str) -> Parsed:
    source = call.text(text_name).replace("\r", "").replace("\0", " ")
    text, entities = _by_mode(call, source, call.text(mode_name).lower(), entities_name)
    text, entities = trimmed(text, entities)
    return text, with_found(text, with_people(entities, call.people))


def _by_mode(call: Call, source: str, mode: str, entities_name: str) -> Parsed:
    match mode:
        case "html":
            return parse_html(source)
        case "markdownv2":
            return parse_markdown_v2(source)
        case "markdown":
            return parse_markdown(source)
        case "" | "none":
            return source, read_entities(call.parsed(entities_name), utf16_length(source), call.people)
    raise bad_request("unsupported parse_mode")


def trimmed(text: str, entities: list[dict[str, Any]]) -> Parsed:
    """Without the blanks around it; what the entities mark moves along."""
    short = text.strip()
    if short == text:
        return text, entities
    cut = utf16_length(text[: len(text) - len(text.lstrip())])
    end = utf16_length(short)
    kept = []
    for entity in entities:
        begins = max(entity["offset"] - cut, 0)
        ends = min(entity["offset"] - cut + entity["length"], end)
        if begins < ends:
            kept.append({**entity, "offset": begins, "length": ends - begins})
    return short, kept
