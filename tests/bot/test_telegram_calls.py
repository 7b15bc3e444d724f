"""Raw calls over HTTP: posted as they were stored, and answered as plain JSON."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter
from aiogram.types import BufferedInputFile

from bot.telegram_calls import PlainSession, RawCall
from playground.telegram import Telegram
from storage.types import as_json
from tests.playground.local import MERCHANT

WORDS = {
    "chat_id": MERCHANT,
    "text": "<b>订单</b> 17 😀",
    "parse_mode": "HTML",
    "link_preview_options": {"is_disabled": True},
}
KEYS = {"inline_keyboard": [[{"text": "打开", "callback_data": "ord:open:17"}]]}


@pytest.fixture
async def bot(local: Telegram, address: str) -> AsyncIterator[Bot]:
    session = PlainSession(api=TelegramAPIServer.from_base(address))
    async with Bot(local.token, session=session) as opened:
        yield opened


async def test_a_stored_call_is_understood_as_it_was_stored(bot: Bot) -> None:
    sent = await RawCall("sendMessage", as_json(WORDS | {"reply_markup": KEYS})).to(bot, timeout=5)
    assert sent["text"] == "订单 17 😀"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert sent["reply_markup"] == KEYS


async def test_a_file_goes_with_a_call_as_an_upload(bot: Bot) -> None:
    sheet = BufferedInputFile(b"a,b\n1,2\n", "orders.csv")
    sent = await RawCall("sendDocument", uploading={"chat_id": MERCHANT, "document": sheet}).to(bot, timeout=5)
    assert sent["document"]["file_name"] == "orders.csv"


async def test_a_refused_call_raises_what_telegram_means(local: Telegram, bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await RawCall("sendMessage", as_json(WORDS | {"chat_id": 4711})).to(bot, timeout=5)
    local.faults.plan("429", "sendMessage", retry_after=7)
    with pytest.raises(TelegramRetryAfter) as refused:
        await RawCall("sendMessage", as_json(WORDS)).to(bot, timeout=5)
    assert refused.value.retry_after == 7


async def test_all_other_calls_are_built_and_read_by_aiogram(bot: Bot) -> None:
    assert (await bot.get_me()).username == "zhanggui_bot"
    assert (await bot.send_message(MERCHANT, "在")).text == "在"
