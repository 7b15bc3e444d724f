"""Telegram's HTML: text with tags in, plain text with entities out, offsets counted in UTF-16."""

import re
from dataclasses import dataclass
from typing import Any

from playground.addresses import wrong_address
from playground.refusals import ApiError, bad_request

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link", "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ESCAPE = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,9})|([a-zA-Z]{2,4}));?")
_SPACE = " \t\r\n\0\x0b"
_ATTRIBUTE_END = frozenset(_SPACE + "=>/\"'")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")

Parsed = tuple[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class _Open:
    """A start tag whose end is still to come."""

    tag: str
    attributes: dict[str, str]
    offset: int
    begins: int


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> Parsed:
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[dict[str, Any]] = []

    def read(self) -> Parsed:
        for found in re.finditer(r"[<&]", self._source):
            if found.start() < self._at:
                continue
            self._take(self._source[self._at : found.start()])
            self._at = found.start()
            if found.group() == "&":
                self._read_escape()
            elif self._source[self._at + 1 : self._at + 2] == "/":
                self._read_end_tag()
            else:
                self._read_start_tag()
        self._take(self._source[self._at :])
        if self._open:
            raise _broken(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        order = sorted(self._entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self._pieces), order

    def _take(self, text: str) -> None:
        self._pieces.append(text)
        self._length += utf16_length(text)

    def _read_escape(self) -> None:
        text, self._at = _escaped_at(self._source, self._at)
        self._take(text)

    def _read_start_tag(self) -> None:
        begins, name_from = self._at, self._at + 1
        self._skip_until(_SPACE + ">")
        if self._at >= len(self._source):
            raise _broken("Unclosed start tag", self._bytes(begins))
        tag = self._source[name_from : self._at].lower()
        if tag not in _TYPES:
            raise _broken(f'Unsupported start tag "{tag}"', self._bytes(begins))
        attributes = self._read_attributes(tag, begins)
        self._at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _broken('Tag "span" must have class "tg-spoiler"', self._bytes(begins))
        self._open.append(_Open(tag, attributes, self._length, len(self._pieces)))

    def _read_attributes(self, tag: str, begins: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if self._source[self._at : self._at + 1] == ">":
                return attributes
            name_from = self._at
            while self._at < len(self._source) and self._source[self._at] not in _ATTRIBUTE_END:
                self._at += 1
            name = self._source[name_from : self._at].lower()
            if not name:
                raise _broken(f'Empty attribute name in the tag "{tag}"', self._bytes(begins))
            self._skip_spaces()
            self._must_go_on(tag, begins)
            if self._source[self._at] != "=":
                attributes[name] = ""
                continue
            self._at += 1
            self._skip_spaces()
            self._must_go_on(tag, begins)
            attributes[name] = self._read_value()
            if self._at >= len(self._source):
                raise _broken("Unclosed start tag", self._bytes(begins))

    def _read_value(self) -> str:
        quote = self._source[self._at]
        if quote not in "'\"":
            token = _TOKEN.match(self._source, self._at)
            begins = self._at
            self._at = token.end() if token else self._at
            if self._source[self._at : self._at + 1] not in ("", ">", *_SPACE):
                raise _broken("Unexpected end of name token", self._bytes(begins))
            return self._source[begins : self._at].lower()
        ends = self._source.find(quote, self._at + 1)
        ends = len(self._source) if ends < 0 else ends
        raw, self._at = self._source[self._at + 1 : ends], ends + 1
        return _ESCAPE.sub(lambda found: _escaped_at(found.group(), 0)[0], raw)

    def _read_end_tag(self) -> None:
        begins = self._at
        if not self._open:
            raise _broken("Unexpected end tag", self._bytes(begins))
        self._skip_until(_SPACE + ">")
        tag = self._source[begins + 2 : self._at].lower()
        self._skip_spaces()
        if self._source[self._at : self._at + 1] != ">":
            raise _broken("Unclosed end tag", self._bytes(begins))
        self._at += 1
        opened = self._open.pop()
        if tag not in ("", opened.tag):
            raise ApiError(
                400,
                f"Bad Request: can't parse entities: Unmatched end tag at byte offset {self._bytes(begins)}, "
                f'expected "</{opened.tag}>", found "</{tag}>"',
            )
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._length - opened.offset
        shape = _entity(opened, "".join(self._pieces[opened.begins :]))
        if length > 0 and shape is not None:
            self._entities.append({"offset": opened.offset, "length": length, **shape})
            self._join_code_with_pre(opened)

    def _join_code_with_pre(self, opened: _Open) -> None:
        """`<pre><code class="language-x">` is one entity."""
        if opened.tag != "pre" or len(self._entities) < 2:  # noqa: PLR2004 - the pre and what it holds
            return
        inner, outer = self._entities[-2:]
        if inner["type"] == "code" and (inner["offset"], inner["length"]) == (outer["offset"], outer["length"]):
            del self._entities[-2]
            if "language" in inner:
                outer["language"] = inner["language"]

    def _skip_until(self, ends: str) -> None:
        while self._at < len(self._source) and self._source[self._at] not in ends:
            self._at += 1

    def _skip_spaces(self) -> None:
        while self._at < len(self._source) and self._source[self._at] in _SPACE:
            self._at += 1

    def _must_go_on(self, tag: str, begins: int) -> None:
        if self._at >= len(self._source):
            raise _broken(f'Unclosed start tag "{tag}"', self._bytes(begins))

    def _bytes(self, position: int) -> int:
        return len(self._source[:position].encode())


def _entity(opened: _Open, text: str) -> dict[str, Any] | None:
    match _TYPES[opened.tag]:
        case "text_link":
            return link_entity(opened.attributes.get("href") or text)
        case "blockquote" if "expandable" in opened.attributes:
            return {"type": "expandable_blockquote"}
        case "custom_emoji":
            return {"type": "custom_emoji", "custom_emoji_id": opened.attributes.get("emoji-id", "")}
        case "date_time":
            return _moment(opened.attributes)
        case "code" if opened.attributes.get("class", "").startswith("language-"):
            return {"type": "code", "language": opened.attributes["class"].removeprefix("language-")}
        case plain:
            return {"type": plain}


def link_entity(target: str) -> dict[str, Any] | None:
    """A link, a mention by identifier, or nothing when it is no address at all."""
    mention = re.fullmatch(r"tg://user\?id=(\d+)", target)
    if mention:
        return {"type": "text_mention", "user": {"id": int(mention[1])}}
    if wrong_address(target) or " " in target:
        return None
    return {
        "type": "text_link",
        "url": target if re.match(r"[a-z]+:(?!\d)", target, re.IGNORECASE) else f"http://{target}",
    }


def _moment(attributes: dict[str, str]) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": "date_time", "unix_time": int(attributes.get("unix") or 0)}
    if "format" in attributes:
        shape["date_time_format"] = attributes["format"]
    return shape


def _escaped_at(source: str, at: int) -> tuple[str, int]:
    found = _ESCAPE.match(source, at)
    if found is None:
        return source[at], at + 1
    hexadecimal, decimal, name = found.groups()
    if name:
        known = _NAMED.get(name)
        return (known, found.end()) if known else (source[at], at + 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return (chr(code), found.end()) if 0 < code <= 0x10FFFF else (source[at], at + 1)  # noqa: PLR2004 - Unicode's last


def _broken(what: str, offset: int | None = None) -> ApiError:
    where = "" if offset is None else f" at byte offset {offset}"
    return bad_request(f"can't parse entities: {what}{where}")
