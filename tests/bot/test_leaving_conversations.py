"""Every conversation can be left: what took effort is kept, the card shows its usual face, and nothing is asked any more."""

import pytest

from shop.drafts.draft import DraftKind
from tests.bot.order_chats import arrives, open_shoe_shop
from tests.bot.question_chats import member, visitor
from tests.chat import ChatDriver, House


@pytest.fixture
def owner(house: House) -> ChatDriver:
    open_shoe_shop(house)
    return member(house, 1001)


def open_draft(house: House) -> DraftKind | None:
    found = house.app.desk.do_now(
        lambda work: work.connection.exec_driver_sql("SELECT kind FROM drafts WHERE is_open").scalar()
    )
    return None if found is None else DraftKind(found)


async def test_a_product_draft_is_kept_and_taken_up_again(house: House, owner: ChatDriver) -> None:
    await owner.says("/newproduct")
    await owner.taps("运动鞋")
    await owner.says("Nike")
    await owner.says("/cancel")
    assert "已暂停：上架商品。填过的都留着" in owner.last
    assert open_draft(house) is None
    await owner.says("/cancel")
    assert "还有 1 份商品草稿" in owner.last


async def test_an_answer_to_a_buyer_is_dropped(house: House, owner: ChatDriver) -> None:
    buyer = await visitor(house)
    await buyer.says("有 43 码吗？")
    await owner.taps("回复")
    await owner.says("/cancel")
    assert "已取消：回复买家" in owner.last
    assert open_draft(house) is None
    before = len(buyer.heard)
    await owner.says("有的")
    assert len(buyer.heard) == before


async def test_an_address_that_is_being_corrected_stays_as_it_was(house: House, owner: ChatDriver) -> None:
    await arrives(house)
    await owner.taps("改地址")
    assert open_draft(house) is DraftKind.EDIT_ADDRESS
    await owner.says("/cancel")
    assert "已取消：更正地址" in owner.last
    assert open_draft(house) is None


async def test_a_quick_reply_is_dropped(house: House, owner: ChatDriver) -> None:
    await owner.says("/quickreplies")
    await owner.taps("添加")
    assert open_draft(house) is DraftKind.QUICK_REPLY
    await owner.says("/cancel")
    assert "已取消：编写快捷回复" in owner.last
    assert open_draft(house) is None
    assert "添加" in "".join(owner.buttons)


async def test_going_home_in_the_middle_loses_nothing(house: House, owner: ChatDriver) -> None:
    await owner.says("/newproduct")
    await owner.taps("运动鞋")
    for command in ("/home", "/help", "/settings", "/start"):
        await owner.says(command)
        assert open_draft(house) is DraftKind.PRODUCT


async def test_a_new_order_does_not_disturb_what_is_being_typed(house: House, owner: ChatDriver) -> None:
    await owner.says("/settings")
    await owner.taps("库存预警线")
    await arrives(house)
    assert open_draft(house) is DraftKind.CHANGE_RULE
    await owner.says("8")
    assert "剩 8 件" in owner.card
