"""The JSON door of the phones and of the strip beside them."""

import asyncio
import json
import struct
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from playground import phones
from playground.chats import Chat
from playground.controls import Control
from playground.limits import Limits
from playground.server import serving
from playground.telegram import Telegram

MERCHANT, BUYER, GROUP = 1001, 1002, -1001


@pytest.fixture
def local() -> Telegram:
    telegram = Telegram(limits=Limits.off())
    telegram.add_person(MERCHANT, "林老板", role="merchant").started = True
    telegram.add_person(BUYER, "小美", "en", role="buyer").started = True
    telegram.add_chat(Chat(GROUP, "supergroup", "仓库", members=[MERCHANT]))
    return telegram


class Door:
    """Asks under /phones/api/ and gives (status, answer)."""

    def __init__(self, http: ClientSession) -> None:
        self.http = http

    async def get(self, path: str) -> tuple[int, Any]:
        async with self.http.get(f"/phones/api{path}") as answer:
            return answer.status, await answer.json()

    async def post(self, path: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        options = options or {"json": {} if body is None else body}
        async with self.http.post(f"/phones/api{path}", **options) as answer:
            return answer.status, await answer.json()


async def order_arrives() -> str:
    return "来了一单"


@pytest.fixture
async def door(local: Telegram) -> AsyncIterator[Door]:
    controls = [Control("order", "来一单", "An order arrives", order_arrives)]
    async with serving(local, controls=controls) as address, ClientSession(address) as http:
        yield Door(http)


async def test_phones_are_listed_and_added(door: Door) -> None:
    _, before = await door.get("/phones")
    assert [(phone["id"], phone["role"]) for phone in before] == [(MERCHANT, "merchant"), (BUYER, "buyer")]
    status, added = await door.post("/phones", {"first_name": "小王", "language_code": "zh-hans"})
    assert (status, added["id"], added["first_name"]) == (200, 1003, "小王")
    assert (await door.post("/phones", {"first_name": " "}))[0] == 400
    assert (await door.post("/phones", {"id": MERCHANT, "first_name": "又一个"}))[0] == 400


async def test_a_person_sees_only_the_chats_they_are_in(door: Door) -> None:
    assert [chat["id"] for chat in (await door.get(f"/{MERCHANT}/chats"))[1]] == [MERCHANT, GROUP]
    assert [chat["id"] for chat in (await door.get(f"/{BUYER}/chats"))[1]] == [BUYER]
    assert await door.get(f"/{BUYER}/chats/{MERCHANT}/messages") == (404, {"error": "this phone has no such chat"})
    assert (await door.get("/4711/chats"))[0] == 404


async def test_unread_messages_count_until_they_are_read(door: Door, local: Telegram) -> None:
    await local.call("sendMessage", {"chat_id": MERCHANT, "text": "一"})
    await local.call("sendMessage", {"chat_id": MERCHANT, "text": "二"})
    _, (private, _) = await door.get(f"/{MERCHANT}/chats")
    assert (private["unread"], private["last"]["text"], private["last"]["out"]) == (2, "二", False)
    await door.post(f"/{MERCHANT}/chats/{MERCHANT}/read")
    _, (private, _) = await door.get(f"/{MERCHANT}/chats")
    assert private["unread"] == 0


@pytest.mark.parametrize("text", ["", "   ", "长" * 4097])
async def test_a_text_that_telegram_would_not_take_is_refused(door: Door, text: str) -> None:
    assert (await door.post(f"/{MERCHANT}/chats/{MERCHANT}/messages", {"text": text}))[0] == 400


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"'])
async def test_a_body_that_is_no_object_is_refused(door: Door, body: bytes) -> None:
    status, answer = await door.post(f"/{MERCHANT}/chats/{MERCHANT}/messages", data=body)
    assert status == 400
    assert "JSON" in answer["error"]


async def test_only_own_messages_can_be_edited(door: Door, local: Telegram) -> None:
    sent = await local.call("sendMessage", {"chat_id": MERCHANT, "text": "机器人的话"})
    place = f"/{MERCHANT}/chats/{MERCHANT}/edits"
    assert (await door.post(place, {"message_id": sent["message_id"], "text": "改"}))[0] == 400
    _, own = await door.post(f"/{MERCHANT}/chats/{MERCHANT}/messages", {"text": "我的话"})
    status, edited = await door.post(place, {"message_id": own["message_id"], "text": "改了"})
    assert (status, edited["text"], edited["out"]) == (200, "改了", True)
    assert "edit_date" in edited


async def test_files_arrive_as_documents_with_an_address(door: Door) -> None:
    form = FormData({"as": "document", "caption": "两个"}, quote_fields=False)
    for name in ("甲.csv", "乙.csv"):
        form.add_field("file", name.encode(), filename=name, content_type="text/csv")
    status, sent = await door.post(f"/{MERCHANT}/chats/{MERCHANT}/files", data=form)
    assert status == 200
    assert [message["document"]["file_name"] for message in sent] == ["甲.csv", "乙.csv"]
    assert sent[0]["media_group_id"] == sent[1]["media_group_id"]
    assert [message.get("caption") for message in sent] == ["两个", None]
    async with door.http.get(sent[1]["document"]["url"]) as answer:
        assert await answer.read() == "乙.csv".encode()


async def test_files_that_are_no_photos_are_refused_in_telegrams_words(door: Door) -> None:
    form = FormData({"as": "photo"})
    form.add_field("file", b"no picture", filename="a.png", content_type="image/png")
    status, answer = await door.post(f"/{MERCHANT}/chats/{MERCHANT}/files", data=form)
    assert (status, answer["error"]) == (400, "Bad Request: IMAGE_PROCESS_FAILED")
    assert (await door.post(f"/{MERCHANT}/chats/{MERCHANT}/files", {}))[0] == 400


@pytest.mark.parametrize("side", [10_000, 30_000])
async def test_a_photo_that_claims_a_hundred_megapixels_or_more_is_refused_before_it_is_decoded(
    door: Door, side: int
) -> None:
    picture = _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)) + _chunk(b"IDAT", zlib.compress(b""))
    form = FormData({"as": "photo"})
    form.add_field("file", b"\x89PNG\r\n\x1a\n" + picture, filename="a.png", content_type="image/png")
    status, answer = await door.post(f"/{MERCHANT}/chats/{MERCHANT}/files", data=form)
    assert (status, answer["error"]) == (400, "Bad Request: PHOTO_INVALID_DIMENSIONS")


def _chunk(kind: bytes, content: bytes) -> bytes:
    """A piece of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.html", "attachment"),
        ("a.svg", "attachment"),
        ("a.csv", "inline"),
        ("a.pdf", "inline"),
        ("a.xyz", "attachment"),
    ],
)
async def test_only_harmless_kinds_of_files_open_in_the_browser(
    door: Door, local: Telegram, name: str, shown: str
) -> None:
    kept = local.files.keep(b"<script>alert(1)</script>", name=name)
    async with door.http.get(f"/phones/api/files/{kept.file_id}") as answer:
        assert answer.headers["Content-Disposition"].startswith(shown)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    async with door.http.get(f"/phones/api/files/{kept.file_id}?download=1") as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")


async def test_a_tap_waits_for_its_answer(door: Door, local: Telegram) -> None:
    card = await local.call("sendMessage", {"chat_id": MERCHANT, "text": "卡"})
    tap = {"message_id": card["message_id"], "data": "ok"}
    tapping = asyncio.ensure_future(door.post(f"/{MERCHANT}/chats/{MERCHANT}/taps", tap))
    (update,) = await local.call("getUpdates", {"timeout": 5})
    await local.call("answerCallbackQuery", {"callback_query_id": update["callback_query"]["id"], "text": "好"})
    assert await tapping == (200, {"answered": True, "text": "好", "show_alert": False, "url": None})


async def test_a_tap_that_nobody_answers_says_so(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phones, "ANSWER_WITHIN_SECONDS", 0.01)
    status, answer = await door.post(f"/{MERCHANT}/chats/{MERCHANT}/taps", {"message_id": 1, "data": "x"})
    assert (status, answer["answered"]) == (200, False)
    assert (await door.post(f"/{MERCHANT}/chats/{MERCHANT}/taps", {}))[0] == 400


async def test_a_start_link_takes_back_a_block(door: Door, local: Telegram) -> None:
    await door.post(f"/{BUYER}/blocks", {"blocked": True})
    assert (await door.get(f"/{BUYER}/chats"))[1][0]["blocked"] is True
    _, message = await door.post(f"/{BUYER}/starts", {"payload": "shop_7"})
    assert message["text"] == "/start shop_7"
    assert not local.people[BUYER].blocked


async def test_each_person_sees_the_bot_in_their_language(door: Door, local: Telegram) -> None:
    await local.call("setMyCommands", {"commands": [{"command": "orders", "description": "订单"}]})
    english = {"commands": [{"command": "orders", "description": "Orders"}], "language_code": "en"}
    await local.call("setMyCommands", english)
    await local.call("setMyDescription", {"description": "The shop in a chat", "language_code": "en"})
    _, merchant = await door.get(f"/{MERCHANT}/commands?chat={MERCHANT}")
    _, buyer = await door.get(f"/{BUYER}/commands")
    assert (merchant["commands"][0]["description"], merchant["description"]) == ("订单", "")
    assert (buyer["commands"][0]["description"], buyer["description"]) == ("Orders", "The shop in a chat")
    assert (await door.get(f"/{BUYER}/commands?chat=5"))[0] == 404


async def next_event(stream: Any) -> Any:
    while not (line := (await stream.readline()).decode()).startswith("data: "):
        assert line
    return json.loads(line.removeprefix("data: "))


async def test_one_stream_tells_what_happens_on_all_phones(door: Door, local: Telegram) -> None:
    async with door.http.get("/phones/api/events") as all_phones, door.http.get(f"/phones/api/{BUYER}/events") as one:
        sent = await local.call("sendMessage", {"chat_id": MERCHANT, "text": "给商家"})
        await local.call("sendMessage", {"chat_id": BUYER, "text": "给买家", "disable_notification": True})
        await local.call("sendChatAction", {"chat_id": MERCHANT, "action": "typing"})
        await local.call("deleteMessage", {"chat_id": MERCHANT, "message_id": sent["message_id"]})
        heard = [await next_event(all_phones.content) for _ in range(4)]
        buyers = await next_event(one.content)
    assert [(event["user_id"], event["type"]) for event in heard] == [
        (MERCHANT, "message"),
        (BUYER, "message"),
        (MERCHANT, "action"),
        (MERCHANT, "deleted"),
    ]
    assert (heard[2]["action"], heard[3]["message_ids"]) == ("typing", [sent["message_id"]])
    assert (buyers["message"]["text"], buyers["silent"], buyers["user_id"]) == ("给买家", True, BUYER)


async def test_a_listener_that_hung_up_is_forgotten(door: Door, local: Telegram) -> None:
    async with door.http.get("/phones/api/events") as stream:
        await stream.content.readline()
        assert local._listeners[0]
    async with asyncio.timeout(5):
        while local._listeners[0]:
            await door.post(f"/{MERCHANT}/chats/{MERCHANT}/messages", {"text": "还在吗"})


@pytest.mark.parametrize("seconds", [-1, "x", None, 10**9])
async def test_the_clock_goes_forward_only_and_not_too_far(door: Door, seconds: Any) -> None:
    assert (await door.post("/clock", {"advance_seconds": seconds}))[0] == 400
    _, moved = await door.post("/clock", {"advance_seconds": 3600})
    assert moved["offset_seconds"] == 3600


async def test_controls_are_listed_and_run(door: Door) -> None:
    assert await door.get("/controls") == (200, [{"name": "order", "label": "来一单", "label_en": "An order arrives"}])
    assert await door.post("/controls/order") == (200, {"ok": True, "said": "来了一单"})
    assert (await door.post("/controls/none"))[0] == 404


async def test_faults_are_planned_listed_and_cleared(door: Door) -> None:
    assert (await door.post("/faults", {"kind": "429", "method": "sendMessage", "times": 2, "retry_after": 9}))[
        0
    ] == 200
    _, (planned,) = await door.get("/faults")
    assert (planned["kind"], planned["times"], planned["retry_after"]) == ("429", 2, 9)
    assert (await door.post("/faults", {"kind": "earthquake"}))[0] == 400
    await door.http.delete("/phones/api/faults")
    assert await door.get("/faults") == (200, [])


async def test_a_message_and_the_transcript_can_be_read_as_json(door: Door, local: Telegram) -> None:
    sent = await local.call("sendMessage", {"chat_id": MERCHANT, "text": "看"})
    assert await door.get(f"/{MERCHANT}/chats/{MERCHANT}/messages/{sent['message_id']}") == (200, sent)
    assert (await door.get(f"/{MERCHANT}/chats/{MERCHANT}/messages/999"))[0] == 404
    assert (await door.get("/transcript"))[1][-1]["call"] == "sendMessage"


async def test_the_root_leads_to_the_phones(door: Door) -> None:
    async with door.http.get("/", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, "/phones/")
