"""Removing what is known of a buyer: by the owner alone, after a question, and out of the chats as well."""

import pytest

from services import orders
from storage.work import Work
from tests.bot.order_chats import arrives, open_shoe_shop
from tests.bot.question_chats import do, member, visitor
from tests.chat import ChatDriver, House


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    open_shoe_shop(house)
    return member(house, 1001)


async def cancelled(house: House) -> None:
    await arrives(house)

    def cancel(work: Work) -> None:
        orders.cancel_order(work, 1)

    do(house, cancel)
    await house.settle()


async def test_the_owner_removes_personal_data_after_a_question_and_the_card_forgets_it_too(
    house: House, owner: ChatDriver
) -> None:
    await cancelled(house)
    assert "李静" in owner.card
    await owner.taps("清除个人信息…")
    assert "不能恢复" in owner.card
    await owner.taps("先保留")
    assert "李静" in owner.card
    await owner.taps("清除个人信息…")
    await owner.taps("清除姓名、电话和地址")
    assert "个人信息已清除" in owner.card
    assert [word for word in ("李静", "5678", "中关村", "尽快") if word in owner.card] == []
    assert "1,798" in owner.card
    assert owner.buttons == ["全部订单"]


async def test_a_colleague_sees_the_removal_but_cannot_do_it(house: House, owner: ChatDriver) -> None:
    support = member(house, 1002)
    await cancelled(house)
    await support.says("/orders 351531001")
    await support.taps("清除个人信息…")
    assert support.alert
    assert "李静" in support.card
    await owner.says("/orders 351531001")
    await owner.taps("清除个人信息…")
    await owner.taps("清除姓名、电话和地址")
    assert "李静" not in support.card


async def test_an_open_order_offers_no_removal(house: House, owner: ChatDriver) -> None:
    await arrives(house)
    assert "清除个人信息…" not in owner.buttons


async def test_the_owner_forgets_a_buyer_from_the_question(house: House, owner: ChatDriver) -> None:
    buyer, support = await visitor(house), member(house, 1002)
    await buyer.says("我叫王小明，电话13912345678")
    await support.taps("清除这位买家…")
    assert support.alert
    await owner.taps("清除这位买家…")
    await owner.taps("清除这位买家的全部信息")
    assert owner.toast == "已清除"
    assert owner.card.startswith("🧹 个人信息已清除")
    assert "王小明" not in owner.card + support.card
    await buyer.says("在吗")
    assert "在吗" in owner.card


async def test_the_time_for_which_buyers_are_remembered_is_a_setting(owner: ChatDriver) -> None:
    await owner.says("/settings")
    assert "90 天后清除个人信息" in owner.card
    await owner.taps("个人信息")
    await owner.taps("30 天")
    assert "30 天后清除个人信息" in owner.card
    await owner.taps("个人信息")
    await owner.says("2")
    assert "7 到 1095" in owner.last
    await owner.says("60天")
    assert "60 天后清除个人信息" in owner.card
