"""The whole thread by clicks and typing, as a new merchant does it: two phones, a strip, and the real bot behind them."""

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from PIL import Image
from playwright.async_api import expect

from bot.playing import BUYER, MERCHANT, run_playground
from bot.settings import Settings
from tests.playground.browser import chromium, chromium_address, keep_picture, open_page, type_of_opener
from tests.playground.phone_page import PhonePage, PhonesPage, Sheet

__all__ = ["chromium", "chromium_address", "open_page"]

pytestmark = pytest.mark.browser
SHEETS = Path(__file__).parents[1] / "sheets"


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """`make run` on a free port; stopped as by Ctrl-C."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(
        playground_port=port, playground_home=tmp_path / "home", log_level="CRITICAL", tick_seconds=3600
    )
    stop = asyncio.Event()
    running = asyncio.ensure_future(run_playground(settings, stop))
    at = f"http://127.0.0.1:{port}"
    await until_it_answers(at, running)
    yield at
    stop.set()
    assert await asyncio.wait_for(running, 10) == 0


async def until_it_answers(at: str, running: "asyncio.Future[int]") -> None:
    async with ClientSession() as session:
        while not running.done():
            try:
                async with session.get(f"{at}/phones/api/{MERCHANT[0]}/commands?chat={MERCHANT[0]}") as response:
                    if (await response.json())["commands"]:
                        return
            except OSError:
                await asyncio.sleep(0)
        running.result()


@pytest.fixture
async def table(open_page: type_of_opener, address: str) -> PhonesPage:
    return PhonesPage(await open_page(f"{address}/phones/"))


@pytest.fixture
async def merchant(table: PhonesPage) -> PhonePage:
    return await (await table.phone(MERCHANT[0])).ready()


@pytest.fixture
async def buyer(table: PhonesPage) -> PhonePage:
    return await (await table.phone(BUYER[0])).ready()


def photo(colour: str) -> Sheet:
    picture = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(picture, "JPEG")
    return Sheet(f"{colour}.jpg", "image/jpeg", picture.getvalue())


async def open_shop(merchant: PhonePage) -> None:
    await merchant.starts()
    await merchant.sees_card("聊天里的店铺后台")
    await merchant.taps("我要开店")
    await merchant.sees("叫什么名字")
    await merchant.says("林家潮鞋")
    await merchant.sees_card("林家潮鞋")


async def visit(address: str, merchant: PhonePage) -> None:
    """The buyer opens the shop's link."""
    code = (await merchant.card()).split("?start=")[1].split()[0]
    async with ClientSession() as session:
        body = json.dumps({"payload": code})
        headers: dict[str, Any] = {"Content-Type": "application/json"}
        await session.post(f"{address}/phones/api/{BUYER[0]}/starts", data=body, headers=headers)


async def test_a_new_merchant_goes_through_a_whole_day(
    table: PhonesPage, merchant: PhonePage, buyer: PhonePage, address: str
) -> None:
    await open_shop(merchant)
    await visit(address, merchant)
    await buyer.sees("林家潮鞋")

    await merchant.says("Nike Air Jordan 1 黑红 42 43 44 各10双 原价1299 售价899")
    await merchant.sees_card("照片 0/3")
    await merchant.sends_files(photo("firebrick"), photo("dimgray"), photo("steelblue"))
    await merchant.sees_card("照片 3 张")
    await merchant.says("42 = 26.5 cm，43 = 27 cm，44 = 27.5 cm")
    await merchant.sees_card("资料齐了")
    await merchant.taps("上架")
    await merchant.sees_card("在售")

    await merchant.sends_files(Sheet.read(SHEETS / "taobao_ExportOrderList_gbk.csv", "text/csv"))
    await merchant.sees_card("4 个新订单")
    await merchant.taps("导入 6 单")
    await merchant.sees_card("4 个订单待核对")

    await buyer.says("AJ1 43 码还有吗？")
    await merchant.sees_card("AJ1 43 码还有吗？")
    await merchant.replies_to("AJ1 43 码还有吗？", "有的，今天就能发")
    await buyer.sees("有的，今天就能发")
    await keep_picture(table.page, "thread-question")

    await table.lets_happen("order")
    await merchant.sees_card("待核对 5")
    await merchant.taps("5. 李行舟")
    await merchant.sees_card("Air Jordan 1")
    await merchant.taps("确认")
    await merchant.sees_card("已确认")
    await merchant.taps("发货")
    await merchant.sees("例如")
    await merchant.says("SF1234567890123")
    await merchant.sees_card("SF1234567890123")
    await keep_picture(table.page, "thread-shipped")

    await table.lets_happen("scan")
    await merchant.sees_card("已揽收")
    await table.passes_a_day()
    await table.passes_a_day()
    await table.passes_an_hour()
    await expect(table.page.get_by_text("已滞留").last).to_be_visible()
    await keep_picture(table.page, "thread-standstill")
