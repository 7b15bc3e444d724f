"""Tracking numbers in the chat: by [Ship], as a reply, as lines, alone; what is refused, and how slips are undone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services import orders
from shop.incoming import IncomingRecipient
from shop.orders import OrderStatus
from shop.speakers import CLOCK
from storage.work import Work
from tests.bot.order_chats import LI, NOW, ORDER, PAIR, SHOP_ID, arrives, open_shoe_shop, stock
from tests.bot.question_chats import member, visitor
from tests.chat import ChatDriver, House

SF, YT = "SF1234567890123", "YT1234567890123"
OPEN_NUMBER = "886123456789012"
"""Digits alone, that are no carrier's for sure."""
FIRST, SECOND = "351531001", "351531002"
WANG = IncomingRecipient(name="王小明", phone="13800001000", street="安徽省芜湖市鸠江区长江路1号")


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    """Two orders, the first of them confirmed."""
    open_shoe_shop(house)
    chat = member(house, 1001)
    await arrives(house)
    await chat.taps("确认")
    return chat


async def second(house: House, *, confirmed: bool = True) -> None:
    await arrives(house, replace(ORDER, number=SECOND, recipient=WANG))
    if confirmed:
        at_desk(house, lambda work: orders.confirm_address(work, 2))
        await house.settle()


def at_desk(house: House, job: object) -> object:
    def entered(work: Work) -> object:
        work.enter(speaker=CLOCK, shop=work.people.find_shop(SHOP_ID))
        return job(work)  # type: ignore[operator]

    return house.app.desk.do_now(entered)


def status(house: House, order_id: int = 1) -> object:
    return at_desk(house, lambda work: work.orders.get(order_id).status)


def numbers(house: House) -> object:
    """The number of each order that has one."""
    return at_desk(
        house,
        lambda work: {each.order_number: each.tracking_number for each in work.parcels.on_the_way()},
    )


def card_of(chat: ChatDriver, words: str) -> dict[str, object]:
    """The newest message of the bot that has these words."""
    return next(each for each in reversed(chat.heard) if words in str(each.get("text")))


async def test_ship_asks_for_the_number_with_an_example_and_typing_it_ships(house: House, owner: ChatDriver) -> None:
    assert owner.buttons[0] == "发货"
    await owner.taps("发货")
    assert owner.card.startswith(f"📦 发货 {FIRST} · 李静")
    assert "例如 SF1234567890123" in owner.card
    assert owner.buttons == ["返回"]
    await owner.says("sf 1234 5678 90123")
    assert owner.card.startswith(f"🚚 暂无轨迹\n顺丰速运 {SF}\n订单 {FIRST} · 李静")
    assert owner.buttons == ["复制单号", "查看订单", "改单号", "录错了", "全部包裹"]
    assert status(house) is OrderStatus.SHIPPED
    assert stock(house) == (8, 0)
    shipped = card_of(owner, "🚚 已发货")
    await owner.taps("包裹", on=shipped)
    assert SF in owner.card


async def test_back_leaves_the_order_as_it_was(house: House, owner: ChatDriver) -> None:
    await owner.taps("发货")
    await owner.taps("返回")
    assert owner.card.startswith("📦 已确认")
    await owner.says("你好")
    assert "不是快递单号" not in owner.last
    assert status(house) is OrderStatus.TO_DISPATCH


async def test_cancel_stops_asking_for_the_number(house: House, owner: ChatDriver) -> None:
    await owner.taps("发货")
    await owner.says("/cancel")
    assert owner.last.startswith("已取消：")
    assert "📦 已确认" in str(card_of(owner, FIRST).get("text"))
    assert status(house) is OrderStatus.TO_DISPATCH


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("你好", "“你好”不是快递单号：单号只有字母和数字。"),
        ("SF12", "“SF12”太短"),
        ("13800005678", "“13800005678”是电话号码"),
        ("SF" + "1" * 40, "太长"),
        ("ABCDEFGHIJ12", "数字太少"),
        ("000000000000", "全是同一个数字"),
        ("EA123456784CN", "校验位对不上"),
    ],
)
async def test_what_is_no_number_is_said_so_with_an_example_and_asked_again(
    house: House, owner: ChatDriver, said: str, why: str
) -> None:
    await owner.taps("发货")
    await owner.says(said)
    assert why in owner.last
    assert "例如：SF1234567890123" in owner.last
    await owner.says(SF)
    assert numbers(house) == {FIRST: SF}


async def test_other_questions_are_answered_while_the_number_is_asked(house: House, owner: ChatDriver) -> None:
    await owner.taps("发货")
    await owner.says("还剩几双 AJ1?")
    assert "AJ1" in owner.last or "Air Jordan 1" in owner.last
    await owner.says(SF)
    assert numbers(house) == {FIRST: SF}


async def test_a_reply_to_the_card_ships_that_order(house: House, owner: ChatDriver) -> None:
    card = owner.card_message
    await second(house)
    await owner.says(SF, reply_to=card)
    assert numbers(house) == {FIRST: SF}
    assert f"订单 {FIRST}" in owner.card


async def test_a_reply_to_another_card_ships_that_one_while_a_number_is_asked(house: House, owner: ChatDriver) -> None:
    await second(house)
    other = card_of(owner, SECOND)
    await owner.taps("发货", on=card_of(owner, FIRST))
    await owner.says(SF, reply_to=other)
    assert numbers(house) == {SECOND: SF}
    await owner.says(YT)
    assert numbers(house) == {SECOND: SF, FIRST: YT}


async def test_a_phone_or_an_address_in_a_reply_is_no_number(house: House, owner: ChatDriver) -> None:
    await owner.says("13911112222", reply_to=owner.card_message)
    assert "13911112222" in owner.card
    assert numbers(house) == {}
    await owner.says("0571-88888888", reply_to=owner.card_message)
    assert numbers(house) == {}
    await owner.says("王小明 13800001000 安徽省芜湖市鸠江区长江路1号", reply_to=owner.card_message)
    assert "王小明" in owner.card
    assert numbers(house) == {}


async def test_a_line_in_a_reply_that_names_another_order_is_about_that_one(house: House, owner: ChatDriver) -> None:
    card = owner.card_message
    await second(house)
    await owner.says(f"{SECOND} {SF}", reply_to=card)
    assert numbers(house) == {SECOND: SF}


async def test_when_several_carriers_fit_one_is_chosen(house: House, owner: ChatDriver) -> None:
    await owner.taps("发货")
    await owner.says(OPEN_NUMBER)
    assert f"{OPEN_NUMBER} 是哪家快递的？" in owner.card
    assert "邮政快递包裹" in owner.buttons
    assert owner.buttons[-2:] == ["其他快递", "返回"]
    await owner.taps("邮政快递包裹")
    assert owner.card.startswith("🚚 暂无轨迹\n邮政快递包裹 " + OPEN_NUMBER)
    assert numbers(house) == {FIRST: OPEN_NUMBER}


async def test_the_carrier_beside_the_number_needs_no_choice(house: House, owner: ChatDriver) -> None:
    await owner.says(f"圆通 {OPEN_NUMBER}", reply_to=owner.card_message)
    assert f"圆通速递 {OPEN_NUMBER}" in owner.card


async def test_letters_of_another_carrier_than_the_one_named_are_asked_about(house: House, owner: ChatDriver) -> None:
    await owner.says(f"圆通 {SF}", reply_to=owner.card_message)
    assert f"{SF} 是哪家快递的？" in owner.card
    assert numbers(house) == {}
    await owner.taps("圆通速递")
    assert f"圆通速递 {SF}" in owner.card


async def test_the_number_may_be_typed_again_instead_of_choosing(house: House, owner: ChatDriver) -> None:
    await owner.says(OPEN_NUMBER, reply_to=owner.card_message)
    assert "是哪家快递的" in owner.card
    await owner.says(SF)
    assert numbers(house) == {FIRST: SF}


async def test_a_number_used_elsewhere_is_refused_with_the_place(house: House, owner: ChatDriver) -> None:
    card = owner.card_message
    await second(house)
    await owner.says(SF, reply_to=card)
    await owner.says(SF, reply_to=card_of(owner, SECOND))
    assert f"单号 {SF} 已用在订单 {FIRST}（03-02 12:00 发货）" in owner.last
    assert numbers(house) == {FIRST: SF}
    assert status(house, 2) is OrderStatus.TO_DISPATCH


async def test_the_same_number_twice_is_harmless_and_another_one_is_refused(house: House, owner: ChatDriver) -> None:
    card = owner.card_message
    for _ in range(2):
        await owner.says(SF, reply_to=card)
        assert SF in owner.card
    assert stock(house) == (8, 0)
    await owner.says(YT, reply_to=card)
    assert f"订单 {FIRST} 已发货，单号 {SF}" in owner.last
    assert numbers(house) == {FIRST: SF}


async def test_an_order_that_is_not_confirmed_or_was_cancelled_is_not_shipped(house: House, owner: ChatDriver) -> None:
    card = owner.card_message
    await second(house, confirmed=False)
    assert "发货" not in owner.buttons
    await owner.says(SF, reply_to=owner.card_message)
    assert f"订单 {SECOND} 还没确认" in owner.last
    at_desk(house, lambda work: orders.cancel_order(work, 1))
    await house.settle()
    await owner.says(SF, reply_to=card)
    assert "已取消" in owner.last
    assert numbers(house) == {}


async def test_lines_ship_several_with_a_result_each_in_one_message(house: House, owner: ChatDriver) -> None:
    await second(house)
    before = len(owner.heard)
    await owner.says(f"订单号 单号\n{FIRST} {SF}\n{SECOND} 圆通 {OPEN_NUMBER}\n999999999 {YT}")
    assert len(owner.heard) == before + 1
    assert owner.last.startswith("✅ 2 单已发货 · ⚠️ 1 行没有成功")
    assert f"✓ {FIRST} 顺丰速运 {SF}" in owner.last
    assert f"✓ {SECOND} 圆通速递 {OPEN_NUMBER}" in owner.last
    assert "没有订单 999999999" in owner.last
    assert numbers(house) == {FIRST: SF, SECOND: OPEN_NUMBER}


async def test_each_refused_line_says_why_and_the_others_are_carried_out(house: House, owner: ChatDriver) -> None:
    await second(house, confirmed=False)
    await arrives(house, replace(ORDER, number="351531003"))
    at_desk(house, lambda work: orders.cancel_order(work, 3))
    lines = (f"{FIRST} {SF}", f"{SECOND} {YT}", f"351531003 {YT}", f"{FIRST} {SF}", "351531004 SF12", OPEN_NUMBER)
    await owner.says("\n".join(lines))
    assert owner.last.startswith("✅ 1 单已发货 · ⚠️ 4 行没有成功")
    for why in (f"订单 {SECOND} 还没确认", "351531003", "没有订单 351531004", "请把订单号写在前面"):
        assert why in owner.last
    assert numbers(house) == {FIRST: SF}


async def test_two_lines_with_the_same_number_ship_only_the_first(house: House, owner: ChatDriver) -> None:
    await second(house)
    await owner.says(f"{FIRST} {SF}\n{SECOND} {SF}")
    assert owner.last.startswith("✅ 1 单已发货 · ⚠️ 1 行没有成功")
    assert f"已用在订单 {FIRST}" in owner.last
    assert status(house, 2) is OrderStatus.TO_DISPATCH


async def test_an_unclear_carrier_in_a_line_asks_for_its_name(house: House, owner: ChatDriver) -> None:
    await second(house)
    await owner.says(f"{FIRST} {OPEN_NUMBER}\n{SECOND} {SF}")
    assert f"例如：圆通 {OPEN_NUMBER}" in owner.last
    assert numbers(house) == {SECOND: SF}


async def test_two_hundred_lines_fit_one_message(house: House, owner: ChatDriver) -> None:
    await owner.says("\n".join(f"{900000000 + n} SF{n:013d}"[:20] for n in range(190)))
    assert "190 行没有成功" in owner.last
    assert len(owner.last) < 4096


async def test_one_line_ships_and_opens_the_parcel(house: House, owner: ChatDriver) -> None:
    await owner.says(f"{FIRST} {SF}")
    assert owner.card.startswith("🚚 暂无轨迹")
    assert numbers(house) == {FIRST: SF}


async def test_a_short_order_number_is_told_from_a_number_with_gaps(house: House, owner: ChatDriver) -> None:
    await arrives(house, replace(ORDER, number="9001"))
    at_desk(house, lambda work: orders.confirm_address(work, 2))
    card = card_of(owner, FIRST)
    await owner.says("7734 1234 5678 901", reply_to=card)
    await owner.says("9001 773412345678902")
    assert numbers(house) == {FIRST: "773412345678901", "9001": "773412345678902"}


async def test_one_line_with_a_bad_number_says_so(house: House, owner: ChatDriver) -> None:
    await owner.says(f"{FIRST} SF12")
    assert "“SF12”太短" in owner.last


async def test_one_line_with_an_unclear_carrier_asks_on_the_order(house: House, owner: ChatDriver) -> None:
    await owner.says(f"{FIRST} {OPEN_NUMBER}")
    assert "是哪家快递的" in owner.card
    await owner.taps("中通快递")
    assert numbers(house) == {FIRST: OPEN_NUMBER}


async def test_a_number_alone_asks_which_order_has_it(house: House, owner: ChatDriver) -> None:
    await second(house)
    await owner.says(SF)
    assert owner.card.startswith(f"❓ {SF} 是哪个订单的？")
    assert owner.buttons == [f"{FIRST} 李静", f"{SECOND} 王小明", "返回"]
    await owner.taps(SECOND)
    assert numbers(house) == {SECOND: SF}
    assert owner.card.startswith("🚚 暂无轨迹")
    assert not any("是哪个订单的" in str(each.get("text")) for each in owner.heard)


async def test_a_number_alone_whose_carrier_is_unclear_asks_for_both(house: House, owner: ChatDriver) -> None:
    await owner.says(OPEN_NUMBER)
    await owner.taps(FIRST)
    assert "是哪家快递的" in owner.card
    await owner.taps("其他快递")
    assert numbers(house) == {FIRST: OPEN_NUMBER}


async def test_a_number_alone_that_is_known_opens_its_parcel(house: House, owner: ChatDriver) -> None:
    await owner.says(f"{FIRST} {SF}")
    await owner.says(SF)
    assert owner.card.startswith("🚚 暂无轨迹")


async def test_a_number_alone_when_nothing_waits_says_so(house: House, owner: ChatDriver) -> None:
    await owner.says(f"{FIRST} {SF}")
    await owner.says(YT)
    assert f"{YT}：没有待发货的订单" in owner.card


async def test_many_orders_are_offered_by_pages(house: House, owner: ChatDriver) -> None:
    for n in range(6):
        due = NOW + timedelta(hours=30 + n)
        await arrives(house, replace(ORDER, number=f"40000000{n}", dispatch_by=due, lines=(replace(PAIR, quantity=1),)))
        at_desk(house, lambda work, n=n: orders.confirm_address(work, 2 + n))
    await owner.says("申通 " + OPEN_NUMBER)
    assert owner.buttons[0] == f"{FIRST} 李静"
    assert owner.buttons[-2:] == ["›", "返回"]
    await owner.taps("›")
    assert owner.buttons == ["400000004 李静", "400000005 李静", "‹", "返回"]
    await owner.taps("400000005")
    assert owner.card.startswith(f"🚚 暂无轨迹\n申通快递 {OPEN_NUMBER}\n订单 400000005")


async def test_not_to_say_which_order_leads_to_the_list(house: House, owner: ChatDriver) -> None:
    await owner.says(SF)
    await owner.taps("返回")
    assert owner.last.startswith("🚚 没有在途包裹")
    assert numbers(house) == {}


async def test_only_the_carriers_that_fit_are_offered(house: House, owner: ChatDriver) -> None:
    await owner.says("73123456789012", reply_to=owner.card_message)
    assert owner.buttons == ["中通快递", "Почта России", "其他快递", "返回"]


async def test_the_long_number_of_an_order_is_still_found(house: House, owner: ChatDriver) -> None:
    await arrives(house, replace(ORDER, number="3515310011234567890"))
    await owner.says("3515310011234567890")
    assert owner.card.startswith("🔎 待核对")


async def test_a_mistyped_number_is_corrected(house: House, owner: ChatDriver) -> None:
    await owner.says(f"{FIRST} {SF}")
    await owner.taps("改单号")
    assert "请输入正确的单号，例如 SF1234567890123" in owner.card
    await owner.says(YT)
    assert f"圆通速递 {YT}" in owner.card
    assert numbers(house) == {FIRST: YT}
    await owner.says("SF1111111111112", reply_to=owner.card_message)
    assert numbers(house) == {FIRST: "SF1111111111112"}
    assert stock(house) == (8, 0)


async def test_a_corrected_number_may_need_its_carrier(house: House, owner: ChatDriver) -> None:
    await owner.says(f"{FIRST} {SF}")
    await owner.taps("改单号")
    await owner.says(OPEN_NUMBER)
    assert f"{OPEN_NUMBER} 是哪家快递的？" in owner.card
    await owner.taps("中通快递")
    assert f"中通快递 {OPEN_NUMBER}" in owner.card


async def test_a_correction_can_be_left(house: House, owner: ChatDriver) -> None:
    await owner.says(f"{FIRST} {SF}")
    await owner.taps("改单号")
    await owner.taps("返回")
    assert "改单号" in owner.buttons
    await owner.taps("改单号")
    await owner.says("/cancel")
    assert "请输入正确的单号" not in owner.card
    assert numbers(house) == {FIRST: SF}


async def test_a_number_of_another_parcel_is_no_correction(house: House, owner: ChatDriver) -> None:
    await second(house)
    await owner.says(f"{FIRST} {SF}\n{SECOND} {YT}")
    await owner.says(SF)
    await owner.taps("改单号")
    await owner.says(YT)
    assert f"已用在订单 {SECOND}" in owner.last
    assert numbers(house) == {FIRST: SF, SECOND: YT}


async def test_entered_by_mistake_asks_once_and_puts_the_order_back(house: House, owner: ChatDriver) -> None:
    await owner.says(f"{FIRST} {SF}")
    await owner.taps("录错了")
    assert owner.buttons == ["没有发货，订单退回待发货", "返回"]
    await owner.taps("返回")
    assert numbers(house) == {FIRST: SF}
    await owner.taps("录错了")
    await owner.taps("没有发货")
    assert owner.toast == "✓ 已撤回，订单回到待发货。"
    assert owner.card.startswith("📦 已确认")
    assert stock(house) == (10, 2)
    assert numbers(house) == {}
    await owner.says(SF, reply_to=owner.card_message)
    assert numbers(house) == {FIRST: SF}


async def test_an_old_button_shows_how_it_stands(house: House, owner: ChatDriver) -> None:
    card = owner.card_message
    ship = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await owner.says(f"{FIRST} {SF}")
    await owner.presses(card["message_id"], ship)
    assert "最新" in (owner.toast or "")
    assert numbers(house) == {FIRST: SF}


async def test_a_restart_in_the_middle_loses_nothing(house: House, owner: ChatDriver) -> None:
    await owner.taps("发货")
    await house.restart()
    await owner.says(SF)
    assert numbers(house) == {FIRST: SF}


async def test_somebody_who_may_not_dispatch_ships_nothing(house: House, owner: ChatDriver) -> None:
    support = member(house, 1002)
    await support.says("/orders")
    await support.taps("李静")
    await support.taps("发货")
    assert "/team" in (support.toast or support.last)
    await support.says(SF, reply_to=support.card_message)
    await support.says(f"{FIRST} {SF}")
    await support.says("/parcels")
    assert numbers(house) == {}


async def test_the_buyer_is_told_and_told_again_when_the_number_was_wrong(house: House, owner: ChatDriver) -> None:
    buyer = await visitor(house)

    def is_theirs(work: Work) -> None:
        found = work.buyers.find(2001)
        assert found is not None
        work.orders.get(1).buyer_id = found.id

    at_desk(house, is_theirs)
    await owner.says(f"{FIRST} {SF}")
    assert buyer.last == f"📦 潮鞋小铺 已为您的订单 {FIRST} 发货：\n\n顺丰速运 {SF}"
    await owner.taps("改单号")
    await owner.says(YT)
    assert buyer.last == f"📦 潮鞋小铺 更正了您的订单 {FIRST} 的快递单号：\n\n圆通速递 {YT}"


async def test_everything_is_there_in_english_too(house: House, owner: ChatDriver) -> None:
    chat = member(house, 1003, "en")
    await chat.says(f"{FIRST} {OPEN_NUMBER}")
    assert f"{OPEN_NUMBER}: whose number is it?" in chat.card
    await chat.taps("ZTO Express")
    assert chat.card.startswith(f"🚚 No movement yet\nZTO Express {OPEN_NUMBER}\nOrder {FIRST}")
    await chat.says("/parcels")
    assert chat.card.startswith("🚚 1 parcel on its way\n")
    assert LI.phone not in chat.card


async def test_strangers_and_buyers_ship_nothing(house: House, owner: ChatDriver) -> None:
    stranger = house.person(7777, "路人")
    buyer = await visitor(house)
    for chat in (stranger, buyer):
        for said in (f"{FIRST} {SF}", SF, f"{FIRST} {SF}\n{FIRST} {YT}"):
            await chat.says(said)
            assert "出了点问题" not in "".join(str(each.get("text")) for each in chat.heard)
    assert numbers(house) == {}
