"""Telegram's two Markdowns: text with marks in, plain text with entities out."""

import re
from typing import Any

from playground.html_text import Parsed, link_entity, utf16_length
from playground.refusals import ApiError, bad_request

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler"}
_NAMES = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough",
    "spoiler": "Spoiler", "code": "Code", "pre": "PreCode", "link": "TextUrl",
}  # fmt: skip


def parse_markdown_v2(source: str) -> Parsed:
    return _V2Reader(source).read()


class _V2Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text = ""
        self._length = 0
        self._open: list[tuple[str, int, int]] = []
        self._quote_from: int | None = None
        self._entities: list[dict[str, Any]] = []

    def read(self) -> Parsed:
        while self._at < len(self._source):
            self._read_one()
        if self._open:
            kind, _, begins = self._open[-1]
            raise _unended(_NAMES[kind], self._bytes(begins))
        self._close_quote()
        return self._text, sorted(self._entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def _read_one(self) -> None:
        char = self._source[self._at]
        if char == "\\" and self._source[self._at + 1 : self._at + 2].isascii() and self._at + 1 < len(self._source):
            self._take(self._source[self._at + 1], 2)
        elif char == "`":
            self._read_code()
        elif char == ">" and (not self._text or self._text.endswith("\n")):
            self._quote_from = self._length if self._quote_from is None else self._quote_from
            self._at += 1
        elif char in "*_~|[]":
            self._read_mark(char)
        elif char in _RESERVED and not (char == "!" and self._source[self._at + 1 : self._at + 2] == "["):
            raise _reserved(char)
        elif char == "!":
            self._at += 1
        else:
            self._take_plain(char)

    def _take_plain(self, char: str) -> None:
        self._take(char, 1)
        if char == "\n" and self._source[self._at : self._at + 1] != ">":
            self._close_quote()

    def _read_mark(self, char: str) -> None:
        mark = char
        if char in "_|" and self._source.startswith(char * 2, self._at):
            mark = char * 2
        if char == "[":
            self._open.append(("link", self._length, self._at))
            self._at += 1
        elif char == "]":
            self._close_link()
        elif mark not in _MARKS:
            raise _reserved(char)
        else:
            self._turn(_MARKS[mark], len(mark))

    def _turn(self, kind: str, width: int) -> None:
        """Ends what is open of this kind, or begins it."""
        if self._open and self._open[-1][0] == kind:
            _, offset, _ = self._open.pop()
            self._mark(offset, {"type": kind})
        else:
            self._open.append((kind, self._length, self._at))
        self._at += width

    def _close_link(self) -> None:
        if not self._open or self._open[-1][0] != "link":
            raise _reserved("]")
        _, offset, _ = self._open.pop()
        target = re.compile(r"\]\(((?:\\.|[^)\\])*)\)").match(self._source, self._at)
        if target:
            shape = link_entity(re.sub(r"\\(.)", r"\1", target[1]))
            self._at = target.end()
            if shape:
                self._mark(offset, shape)
        else:
            self._at += 1

    def _read_code(self) -> None:
        fence = "```" if self._source.startswith("```", self._at) else "`"
        ends = self._source.find(fence, self._at + len(fence))
        if ends < 0:
            raise _unended("PreCode" if len(fence) > 1 else "Code", self._bytes(self._at))
        inner = re.sub(r"\\(.)", r"\1", self._source[self._at + len(fence) : ends])
        language = re.match(r"([\w+-]+)\n", inner) if len(fence) > 1 else None
        shape = {"type": "pre" if len(fence) > 1 else "code"}
        if language:
            shape["language"], inner = language[1], inner[language.end() :]
        offset = self._length
        self._take(inner.lstrip("\n") if len(fence) > 1 else inner, ends + len(fence) - self._at)
        self._mark(offset, shape)

    def _close_quote(self) -> None:
        if self._quote_from is None:
            return
        offset, self._quote_from = self._quote_from, None
        self._entities.append({"offset": offset, "length": self._length - offset, "type": "blockquote"})

    def _mark(self, offset: int, shape: dict[str, Any]) -> None:
        if self._length > offset:
            self._entities.append({"offset": offset, "length": self._length - offset, **shape})

    def _take(self, text: str, width: int) -> None:
        self._text += text
        self._length += utf16_length(text)
        self._at += width

    def _bytes(self, position: int) -> int:
        return len(self._source[:position].encode())


_OLD = re.compile(
    r"\\(?P<escaped>[_*`\[])|```(?P<pre>.*?)```|`(?P<code>[^`]*)`|\*(?P<bold>[^*]*)\*|_(?P<italic>[^_]*)_"
    r"|\[(?P<label>[^\]]*)\]\((?P<target>[^)]*)\)|(?P<lonely>[_*`\[])",
    re.DOTALL,
)


def parse_markdown(source: str) -> Parsed:
    """The old Markdown: no nesting."""
    text, at, entities = "", 0, []
    for found in _OLD.finditer(source):
        text += source[at : found.start()]
        at = found.end()
        if found.lastgroup == "lonely":
            offset = len(source[: found.start()].encode())
            raise bad_request(f"can't parse entities: Can't find end of the entity starting at byte offset {offset}")
        inner, shape = _old_entity(found)
        if shape and inner:
            entities.append({"offset": utf16_length(text), "length": utf16_length(inner), **shape})
        text += inner
    return text + source[at:], entities


def _old_entity(found: re.Match[str]) -> tuple[str, dict[str, Any] | None]:
    if found["escaped"] is not None:
        return found["escaped"], None
    if found["label"] is not None:
        return found["label"], link_entity(found["target"])
    kind = str(found.lastgroup)
    return found[kind], {"type": kind}


def _reserved(char: str) -> ApiError:
    return bad_request(
        f"can't parse entities: Character '{char}' is reserved and must be escaped with the preceding '\\'"
    )


def _unended(name: str, offset: int) -> ApiError:
    return bad_request(f"can't parse entities: Can't find end of {name} entity at byte offset {offset}")
