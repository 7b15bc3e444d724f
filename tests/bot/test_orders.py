"""The list of orders: tabs, pages, and finding one by typing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.cards import build
from shop.incoming import IncomingLine
from storage.news import CardKind
from storage.work import Work
from tests.bot.order_chats import LI, NOW, ORDER, PAIR, arrives, open_shoe_shop
from tests.bot.question_chats import do, member
from tests.chat import ChatDriver, House


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    open_shoe_shop(house)
    return member(house, 1001)


async def seven_orders(house: House) -> None:
    for n in range(1, 8):
        recipient = replace(LI, name=f"买家{n}", phone=f"1380000{n:04}")
        due = NOW + timedelta(hours=n)
        await arrives(house, replace(ORDER, number=f"T{n}", recipient=recipient, dispatch_by=due))


async def test_an_empty_list_says_how_orders_come_in(owner: ChatDriver) -> None:
    await owner.says("/orders")
    assert owner.card.startswith("📋 还没有订单")
    assert "CSV" in owner.card


async def test_the_most_urgent_come_first_five_a_page(house: House, owner: ChatDriver) -> None:
    await seven_orders(house)
    await owner.says("/orders")
    assert owner.card.startswith("📋 待核对 7 · 第 1 / 2 页")
    assert "1. 买家1 北京市 · 剩 1 小时" in owner.card
    assert "6. " not in owner.card
    await owner.taps("›")
    assert "1. 买家6" in owner.card
    assert "2. 买家7" in owner.card
    await owner.taps("‹")
    assert "1. 买家1" in owner.card


async def test_an_order_opens_from_the_list_and_leads_back(house: House, owner: ChatDriver) -> None:
    await seven_orders(house)
    await owner.says("/orders")
    await owner.taps("2. 买家2")
    assert owner.card.startswith("🔎 待核对")
    assert "T2" in owner.card
    await owner.taps("全部订单")
    assert owner.card.startswith("📋 待核对 7")


async def test_the_tabs_follow_the_orders(house: House, owner: ChatDriver) -> None:
    await seven_orders(house)
    await owner.says("T3")
    await owner.taps("确认")
    await owner.says("/orders")
    assert owner.buttons[:4] == ["待核对 6", "待发货 1", "已发货 0", "已取消 0"]
    await owner.taps("待发货 1")
    assert "1. 买家3" in owner.card
    await owner.taps("已发货 0")
    assert "这里没有订单" in owner.card


async def test_orders_that_are_over_are_counted_up_to_a_number_and_those_to_do_to_the_last(
    house: House, owner: ChatDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("storage.orders", "bot.cards.order_list"):
        monkeypatch.setattr(f"{module}.MANY", 3)
    for n in range(4):
        await arrives(house, replace(ORDER, number=f"T{n}"))
        await arrives(house, replace(ORDER, number=f"C{n}", cancelled=True))
    await owner.says("/orders")
    assert owner.buttons[:4] == ["待核对 4", "待发货 0", "已发货 0", "已取消 2+"]
    await owner.taps("已取消 2+")
    assert owner.card.startswith("📋 已取消 2+")


@pytest.mark.parametrize("typed", ["T4", "买家4", "0004", "13800000004"])
async def test_an_order_is_found_by_typing(house: House, owner: ChatDriver, typed: str) -> None:
    await seven_orders(house)
    await owner.says(typed)
    assert "T4" in owner.card
    assert "买家4" in owner.card
    assert owner.card.startswith("🔎 待核对")


async def test_the_command_with_a_number_opens_that_order_at_once(house: House, owner: ChatDriver) -> None:
    await seven_orders(house)
    await owner.says("/orders T4")
    assert owner.card.startswith("🔎 待核对")
    assert "买家4" in owner.card
    await owner.says("/orders T9")
    assert "T9" in owner.card


async def test_several_are_offered_to_choose_from(house: House, owner: ChatDriver) -> None:
    for n in range(3):
        await arrives(house, replace(ORDER, number=f"S{n}"))
    await owner.says("5678")
    assert owner.card.startswith("🔎 5678：找到 3 单")
    await owner.taps("2. 李静")
    assert "S1" in owner.card


async def test_what_is_not_found_is_said(house: House, owner: ChatDriver) -> None:
    await seven_orders(house)
    await owner.says("/orders T99")
    assert "没有找到 T99" in owner.card


async def test_support_may_check_orders_too(house: House, owner: ChatDriver) -> None:
    await arrives(house)
    support = member(house, 1002)
    await support.says("/orders")
    assert support.card.startswith("📋 待核对 1")


async def test_in_a_rush_the_list_counts_up(house: House, owner: ChatDriver) -> None:
    await seven_orders(house)
    assert sum("待核对" in message.get("text", "") and "T" in message.get("text", "") for message in owner.heard) == 3
    assert owner.card.startswith("📋 待核对 7")


async def test_an_open_list_follows_what_happens(house: House, owner: ChatDriver) -> None:
    await owner.says("/orders")
    await arrives(house)
    lists = [message["text"] for message in owner.heard if message.get("text", "").startswith("📋")]
    assert lists == [next(text for text in lists if "待核对 1" in text)]


async def test_orders_whose_goods_are_unknown_or_sold_out_are_marked(house: House, owner: ChatDriver) -> None:
    lines = {
        "T1": (PAIR,),
        "T2": (replace(PAIR, quantity=11),),
        "T3": (PAIR, IncomingLine(title="雪平锅", spec="18cm")),
        "T4": (replace(PAIR, quantity=6), replace(PAIR, quantity=6)),
    }
    for number, some in lines.items():
        await arrives(house, replace(ORDER, number=number, lines=some))
    await owner.says("/orders")
    rows = [row for row in owner.card.splitlines() if "李静" in row]
    assert [row.endswith("⚠️") for row in rows] == [False, True, True, True]


async def test_a_page_of_the_list_asks_the_books_no_more_for_five_orders_than_for_one(
    house: House, owner: ChatDriver
) -> None:
    await arrives(house)
    one = _questions_to_the_books(house)
    await seven_orders(house)
    assert _questions_to_the_books(house) == one


def _questions_to_the_books(house: House) -> int:
    asked: list[object] = []

    def look(work: Work) -> None:
        note = lambda *call: asked.append(call[2])  # noqa: E731 - SQLAlchemy calls it with six things
        event.listen(work.connection, "before_cursor_execute", note)
        build(work, CardKind.ORDERS.of(1), "check-1")
        event.remove(work.connection, "before_cursor_execute", note)

    do(house, look)
    return len(asked)
