"""Texts as Telegram reads them: HTML and both Markdowns, entities counted in UTF-16, and the words of every refusal."""

import json
from typing import Any

import pytest

from playground.html_text import parse_html
from playground.markdown_text import parse_markdown, parse_markdown_v2
from playground.telegram import Telegram
from tests.playground.local import MERCHANT, local_telegram, refusal

CANT = "Bad Request: can't parse entities: "


@pytest.fixture
def telegram() -> Telegram:
    return local_telegram()


def marks(entities: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in entities]


async def sent(telegram: Telegram, **params: Any) -> dict[str, Any]:
    message: dict[str, Any] = await telegram.call("sendMessage", {"chat_id": MERCHANT, **params})
    return message


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("<b>好</b>", "好", [("bold", 0, 1)]),
        ("😀<b>好</b>", "😀好", [("bold", 2, 1)]),
        ("<b><i>两</i>层</b>", "两层", [("bold", 0, 2), ("italic", 0, 1)]),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;&#33;&#x21;", '1 < 2 && 3 > 2 "!!', []),
        ("&nbsp; &unknown; &", "&nbsp; &unknown; &", []),
        ("<B>大写</B>", "大写", [("bold", 0, 2)]),
        ("<b>空的</>", "空的", [("bold", 0, 2)]),
        ("<blockquote expandable>长</blockquote>", "长", [("expandable_blockquote", 0, 1)]),
        ("<tg-spoiler>密</tg-spoiler>", "密", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">密</span>', "密", [("spoiler", 0, 1)]),
        ('<a href="https://example.com/">店</a>', "店", [("text_link", 0, 1)]),
        ("<a href='nonsense'>店</a>", "店", []),
        ("<a>example.com</a>", "example.com", [("text_link", 0, 11)]),
        ("<b></b>空", "空", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    read, entities = parse_html(source)
    assert (read, marks(entities)) == (text, expected)


def test_code_in_pre_names_its_language() -> None:
    _, entities = parse_html('<pre><code class="language-python">x = 1</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


def test_a_moment_carries_its_format() -> None:
    _, entities = parse_html('<tg-time unix="1770000000" format="r">soon</tg-time>')
    assert entities[0] | {"offset": 0} == {
        "type": "date_time",
        "offset": 0,
        "length": 4,
        "unix_time": 1770000000,
        "date_time_format": "r",
    }


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<script>", 'Unsupported start tag "script" at byte offset 0'),
        ("好 < 坏", 'Unsupported start tag "" at byte offset 4'),
        ("<b>unclosed", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>test</b></i>", 'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
        ("好</b>", "Unexpected end tag at byte offset 3"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a ="x">', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x!>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_broken_html_is_refused_with_the_byte_where_it_breaks(telegram: Telegram, source: str, why: str) -> None:
    said = await refusal(telegram, "sendMessage", chat_id=MERCHANT, text=source, parse_mode="HTML")
    assert said == CANT + why


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("*好* _斜_ __线__ ~删~ ||密||", "好 斜 线 删 密", ["bold", "italic", "underline", "strikethrough", "spoiler"]),
        ("hello\\.", "hello.", []),
        ("`a.b` ```py\nx=1```", "a.b x=1", ["code", "pre"]),
        ("[店](https://example.com/a\\)b)", "店", ["text_link"]),
        (">一\n>二\n三", "一\n二\n三", ["blockquote"]),
        ("*粗 _斜_*", "粗 斜", ["bold", "italic"]),
    ],
)
def test_markdown_v2_becomes_text_and_entities(source: str, text: str, expected: list[str]) -> None:
    read, entities = parse_markdown_v2(source)
    assert (read, [entity["type"] for entity in entities]) == (text, expected)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        *((f"a{char}b", f"Character '{char}' is reserved and must be escaped with the preceding '\\'") for char in ".-!(#+={>|}"),
        ("*unclosed", "Can't find end of Bold entity at byte offset 0"),
        ("*bold _italic\\_*", "Can't find end of Bold entity at byte offset 15"),
        ("好`x", "Can't find end of Code entity at byte offset 3"),
    ],
)  # fmt: skip
async def test_broken_markdown_v2_is_refused(telegram: Telegram, source: str, why: str) -> None:
    said = await refusal(telegram, "sendMessage", chat_id=MERCHANT, text=source, parse_mode="MarkdownV2")
    assert said == CANT + why


def test_the_old_markdown_has_no_nesting() -> None:
    text, entities = parse_markdown("*b* _i_ `c` [x](https://example.com) \\*")
    assert text == "b i c x *"
    assert [entity["type"] for entity in entities] == ["bold", "italic", "code", "text_link"]


async def test_the_old_markdown_unfinished_is_refused(telegram: Telegram) -> None:
    said = await refusal(telegram, "sendMessage", chat_id=MERCHANT, text="*unclosed", parse_mode="Markdown")
    assert said == CANT + "Can't find end of the entity starting at byte offset 0"


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "  \n"}, "text must be non-empty"),
        ({"text": "<b> </b>", "parse_mode": "html"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
    ],
)
async def test_texts_that_telegram_does_not_take(telegram: Telegram, params: dict[str, Any], why: str) -> None:
    assert await refusal(telegram, "sendMessage", chat_id=MERCHANT, **params) == f"Bad Request: {why}"


async def test_length_is_measured_after_the_tags_are_gone(telegram: Telegram) -> None:
    message = await sent(telegram, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    assert len(message["text"]) == 4096


async def test_blanks_around_a_text_go_and_its_entities_move_along(telegram: Telegram) -> None:
    message = await sent(telegram, text=" \n<b> 好 </b>\n", parse_mode="HTML")
    assert (message["text"], marks(message["entities"])) == ("好", [("bold", 0, 1)])


@pytest.mark.parametrize(
    ("entity", "why"),
    [
        ({"type": "bold", "offset": 100, "length": 1}, "entity begins after the end of the text at UTF-16 offset 100"),
        (
            {"type": "bold", "offset": 0, "length": 100},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
        ),
        ({"type": "bold", "offset": -1, "length": 1}, "receive an entity with incorrect offset -1"),
        ({"type": "odd", "offset": 0, "length": 1}, "can't parse MessageEntity: Unsupported type specified"),
        ({"type": "text_link", "offset": 0, "length": 1}, "can't parse MessageEntity: Can't find field \"url\""),
        (
            {"type": "text_link", "offset": 0, "length": 1, "url": "not-a-url"},
            "entity URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
        ({"type": "text_link", "offset": 0, "length": 1, "url": ""}, "entity URL '' is invalid: URL host is empty"),
        ({"type": "text_mention", "offset": 0, "length": 1}, "can't parse MessageEntity: Can't find field \"user\""),
        ({"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 0}}, "user not found"),
        ({"type": "bold", "length": 1}, "can't parse MessageEntity: Can't find field \"offset\""),
        (None, "can't parse MessageEntity: expected an Object"),
    ],
)
async def test_given_entities_are_checked(telegram: Telegram, entity: Any, why: str) -> None:
    said = await refusal(telegram, "sendMessage", chat_id=MERCHANT, text="hello", entities=json.dumps([entity]))
    assert said == f"Bad Request: {why}"


async def test_given_entities_join_those_that_telegram_finds(telegram: Telegram) -> None:
    given = [{"type": "bold", "offset": 0, "length": 2}, {"type": "hashtag", "offset": 3, "length": 3}]
    message = await sent(telegram, text="新款 #AJ https://t.me/x /start a@b.co", entities=json.dumps(given))
    kinds = [entity["type"] for entity in message["entities"]]
    assert kinds == ["bold", "hashtag", "url", "bot_command", "email"]


async def test_a_mention_by_identifier_shows_the_person_and_that_of_a_stranger_nobody(telegram: Telegram) -> None:
    known = await sent(telegram, text=f'<a href="tg://user?id={MERCHANT}">老板</a>', parse_mode="HTML")
    assert known["entities"][0]["user"]["first_name"] == "林老板"
    stranger = await sent(telegram, text='<a href="tg://user?id=5">谁</a>', parse_mode="HTML")
    assert "entities" not in stranger


async def test_a_caption_has_room_for_1024(telegram: Telegram) -> None:
    kept = telegram.files.keep(b"sheet", name="a.csv")
    params = {"chat_id": MERCHANT, "document": kept.file_id, "caption": "x" * 1024}
    assert len((await telegram.call("sendDocument", params))["caption"]) == 1024
    too_long = await refusal(telegram, "sendDocument", **(params | {"caption": "x" * 1025}))
    assert too_long == "Bad Request: message caption is too long"
