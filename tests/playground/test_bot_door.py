"""The Bot API over HTTP: every way of asking, Telegram's own refusals, faults, files."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession, FormData

from playground.__main__ import _parser, build_telegram
from playground.telegram import Telegram
from tests.playground.local import MERCHANT


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.mark.parametrize("method", ["sendMessage", "sendmessage", "SENDMESSAGE"])
async def test_a_call_is_understood_however_it_is_written(
    local: Telegram, address: str, http: ClientSession, method: str
) -> None:
    where, params = f"{address}/bot{local.token}/{method}", {"chat_id": str(MERCHANT), "text": "你好"}
    multipart = FormData(params, default_to_multipart=True)
    asked = [
        http.get(where, params=params),
        http.post(where, params=params),
        http.post(where, json={"chat_id": MERCHANT, "text": "你好"}),
        http.post(where, data=params),
        http.post(where, data=multipart),
    ]
    for asking in asked:
        async with asking as answer:
            assert answer.status == 200
            assert (await answer.json())["result"]["text"] == "你好"
    assert len(local.chats[MERCHANT].messages) == len(asked)


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("bot123456789:wrong/getMe", 401, "Unauthorized"),
        ("botnonsense/getMe", 404, "Not Found"),
        ("bot{token}/getNothing", 404, "Not Found"),
        ("bot{token}/sendMessage", 400, "Bad Request: message text is empty"),
        ("bot{token}/sendMessage?text=hi", 400, "Bad Request: chat_id is empty"),
    ],
)
async def test_refusals_carry_telegrams_words(
    local: Telegram, address: str, http: ClientSession, path: str, status: int, description: str
) -> None:
    async with http.get(f"{address}/{path.format(token=local.token)}") as answer:
        assert answer.status == status
        assert await answer.json() == {"ok": False, "error_code": status, "description": description}


@pytest.mark.parametrize("body", ["[1]", "{broken", '"text"'])
async def test_a_body_that_is_no_object_is_refused(
    local: Telegram, address: str, http: ClientSession, body: str
) -> None:
    headers = {"Content-Type": "application/json"}
    async with http.post(f"{address}/bot{local.token}/sendMessage", data=body, headers=headers) as answer:
        assert answer.status == 400


async def test_a_planned_fault_breaks_the_connection_after_the_work_is_done(
    local: Telegram, address: str, http: ClientSession
) -> None:
    local.faults.plan("drop_after", "sendMessage")
    with pytest.raises(ClientError):
        await http.post(f"{address}/bot{local.token}/sendMessage", json={"chat_id": MERCHANT, "text": "去了吗"})
    assert [message["text"] for message in local.chats[MERCHANT].messages.values()] == ["去了吗"]


async def test_a_gateways_page_is_html(local: Telegram, address: str, http: ClientSession) -> None:
    local.faults.plan("502html")
    async with http.get(f"{address}/bot{local.token}/getMe") as answer:
        assert answer.status == 502
        assert answer.content_type == "text/html"


async def test_files_are_given_out_byte_for_byte_and_only_with_the_token(
    local: Telegram, address: str, http: ClientSession
) -> None:
    content = "订单号\n1\n".encode("gbk")
    kept = local.files.keep(content, name="订单.csv")
    async with http.get(f"{address}/file/bot{local.token}/{kept.path}") as answer:
        assert await answer.read() == content
    async with http.get(f"{address}/file/bot1:x/{kept.path}") as answer:
        assert answer.status == 401
    async with http.get(f"{address}/file/bot{local.token}/documents/none.csv") as answer:
        assert answer.status == 404


def test_the_command_line_makes_the_chats_that_were_asked_for() -> None:
    words = "--token 42:abc --private 7 --private 8 --supergroup -1001000000001 --forum -1001000000002 --channel @local"
    telegram = build_telegram(_parser().parse_args(words.split()))
    kinds: list[tuple[Any, ...]] = [(chat.id, chat.type, chat.is_forum) for chat in telegram.chats.values()]
    assert telegram.bot_id == 42
    assert kinds[:2] == [(7, "private", False), (8, "private", False)]
    assert kinds[2:4] == [(-1001000000001, "supergroup", False), (-1001000000002, "supergroup", True)]
    assert telegram.chat("@local").type == "channel"
    assert telegram.chat(-1001000000002).members == [7, 8]
