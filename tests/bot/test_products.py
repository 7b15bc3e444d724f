"""Products in the chat: the list, a product's shelf, pausing, restocking by line, reply and tap, and being told when stock is low."""

import pytest

from services import stock
from tests.bot.question_chats import do, member, open_shop
from tests.chat import ChatDriver, House
from tests.services.shelves import put_on_sale, shoes


@pytest.fixture
def owner(house: House) -> ChatDriver:
    open_shop(house)
    do(house, lambda work: put_on_sale(work, shoes(colours=("黑红", "白蓝"), each=10)))
    do(house, lambda work: put_on_sale(work, shoes(model="Dunk Low", sizes=("40", "41"), each=6)))
    return member(house, 1001)


async def test_the_list_shows_what_can_be_sold(owner: ChatDriver) -> None:
    await owner.says("/products")
    assert owner.buttons[:2] == ["Nike Dunk Low · 12", "Nike Air Jordan 1 · 40"]
    await owner.taps("Nike Air Jordan 1")
    assert "黑红  42×10  43×10" in owner.card
    assert "可售 40" in owner.card


async def test_the_list_is_paged(house: House, owner: ChatDriver) -> None:
    do(house, lambda work: [put_on_sale(work, shoes(model=f"Model {n}")) for n in range(7)])
    await owner.says("/products")
    assert "1/2" in owner.card
    await owner.taps("›")
    assert "Nike Air Jordan 1 · 40" in owner.buttons
    await owner.taps("‹")
    assert "Nike Model 6 · 20" in owner.buttons


async def test_pause_and_resume(owner: ChatDriver) -> None:
    await owner.says("/products")
    await owner.taps("Nike Dunk Low")
    await owner.taps("暂停销售")
    assert owner.toast == "已暂停销售。"
    assert "暂停" in owner.card
    await owner.taps("恢复销售")
    assert "在售" in owner.card


async def test_taking_off_sale_for_good_is_asked_first(owner: ChatDriver) -> None:
    await owner.says("/products")
    await owner.taps("Nike Dunk Low")
    await owner.taps("下架…")
    assert "永久下架" in owner.card
    await owner.taps("确定下架")
    assert "已下架" in owner.card
    await owner.says("/products")
    assert owner.buttons[0] == "Nike Air Jordan 1 · 40"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("还剩几双 AJ1?", "还有 40"),
        ("AJ1 黑红 42 有货吗", "还有 10"),
        ("how many dunk left", "还有 12"),
        ("AJ1 46 有货吗", "没有这个尺码或颜色"),
    ],
)
async def test_what_is_left_is_told(owner: ChatDriver, question: str, answer: str) -> None:
    await owner.says(question)
    assert answer in owner.last


async def test_an_unknown_name_is_said_to_be_unknown(owner: ChatDriver) -> None:
    await owner.says("Yeezy 还有吗")
    assert "没找到叫“Yeezy”的商品" in owner.last


async def test_everybody_on_the_team_may_ask_what_is_left(house: House, owner: ChatDriver) -> None:
    support = member(house, 1002)
    await support.says("dunk 还有吗")
    assert "还有 12" in support.last
    await support.says("dunk 40 +5")
    assert "没有这项权限" in support.last


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("AJ1 黑红 42 +10", "42×20"),
        ("AJ1 黑红 42 补货5双", "42×15"),
        ("AJ1 黑红 42 -2", "42×8"),
        ("AJ1 黑红 42 改成 3", "42×3"),
        ("补货 AJ1 黑红 42 43 各7", "42×17  43×17"),
    ],
)
async def test_a_line_changes_the_shelf(owner: ChatDriver, line: str, shown: str) -> None:
    await owner.says(line)
    assert shown in owner.card


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("AJ1 42 +10", "对不上唯一的规格"),
        ("AJ1 黑红 47 +10", "对不上唯一的规格"),
        ("Nike 42 +10", "好几个商品"),
        ("Samba 42 +10", "没找到"),
        ("AJ1 黑红 42 -11", "可用的只有 10 件。\n最多可减 10 件。"),
    ],
)
async def test_a_line_that_is_not_clear_changes_nothing(owner: ChatDriver, line: str, answer: str) -> None:
    await owner.says(line)
    assert answer in owner.last
    await owner.says("AJ1 还有吗")
    assert "还有 40" in owner.last


async def test_a_reply_to_the_card_changes_its_shelf(owner: ChatDriver) -> None:
    await owner.says("/products")
    await owner.taps("Nike Dunk Low")
    await owner.says("40 +4", reply_to=owner.card_message)
    assert "40×10" in owner.card


async def test_taps_and_typing_restock_a_variant(owner: ChatDriver) -> None:
    await owner.says("/products")
    await owner.taps("Nike Dunk Low")
    await owner.taps("补货")
    await owner.taps("40 · 6")
    await owner.taps("+5")
    assert owner.toast == "已入库 5"
    assert "黑红 40：货架上有 11" in owner.card
    await owner.says("12")
    assert "黑红 40：货架上有 23" in owner.card
    await owner.says("-2")
    assert "黑红 40：货架上有 21" in owner.card
    await owner.says("很多")
    assert "没看到件数" in owner.last
    await owner.taps("返回")
    await owner.taps("返回")
    await owner.says("12")
    assert "货架上有" not in owner.last


async def test_the_same_tap_twice_counts_once(owner: ChatDriver) -> None:
    await owner.says("/products")
    await owner.taps("Nike Dunk Low")
    await owner.taps("补货")
    await owner.taps("40 · 6")
    message, button = owner._find_button("+5", None)
    await owner.presses(message["message_id"], button["callback_data"])
    await owner.presses(message["message_id"], button["callback_data"])
    assert "货架上有 11" in owner.card


async def test_low_stock_calls_once_and_leads_to_restocking(house: House, owner: ChatDriver) -> None:
    variants = do(house, lambda work: [variant.id for variant in work.catalog.get(2).variants])
    do(house, lambda work: stock.reserve(work, {variants[0]: 1}, order_id=1))
    await house.settle()
    assert "库存不多：Nike Dunk Low 黑红 40 只剩 5" in owner.last
    assert owner.last_message.get("disable_notification", True)
    told = len(owner.heard)
    do(house, lambda work: stock.reserve(work, {variants[0]: 1}, order_id=2))
    await house.settle()
    assert len(owner.heard) == told
    assert "只剩 4" in owner.last
    await owner.taps("补货")
    await owner.taps("40 · 4")
    await owner.taps("+10")
    do(house, lambda work: stock.reserve(work, {variants[0]: 9}, order_id=3))
    await house.settle()
    assert "库存不多：Nike Dunk Low 黑红 40 只剩 5" in owner.last


async def test_what_is_nearly_sold_out_is_listed(house: House, owner: ChatDriver) -> None:
    do(house, lambda work: put_on_sale(work, shoes(model="Cortez", sizes=("40",), each=2)))
    await owner.says("/home")
    await owner.taps("补货")
    assert "Nike Cortez 黑红 40 只剩 2" in owner.card


@pytest.mark.parametrize(
    "data", ["p:1:0:99_x:a", "p:99:0::o", "p:1:0:abc:v", "p:1:0:9:s", "pl:0:0:page-x:p", "pd:9:0:x:a"]
)
async def test_a_button_with_nonsense_in_it_changes_nothing(owner: ChatDriver, data: str) -> None:
    await owner.says("/products")
    await owner.presses(owner.card_message["message_id"], data)
    await owner.says("AJ1 还有吗")
    assert "还有 40" in owner.last


async def test_goods_of_one_size_are_named_in_the_readers_language(house: House, owner: ChatDriver) -> None:
    do(house, lambda work: put_on_sale(work, shoes(model="Cap", sizes=("均码",), each=6)))
    boss = member(house, 1001, "en")
    boss.phone.person.language_code = "en"
    await boss.says("cap left?")
    assert "one size×6" in boss.last
    await boss.says("/products")
    await boss.taps("Nike Cap")
    assert "one size×6" in boss.card
    await boss.taps("Restock")
    assert any(face.endswith("one size · 6") for face in boss.buttons)
