"""What the clock says by itself: deadlines, parcels that stand still, and that each is told once, whatever the clock does."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import cast
from unittest.mock import patch

import pytest

from bot.jobs import schedule
from services import orders, parcels
from shop.parcels import Movement, ParcelState
from shop.speakers import CLOCK
from storage.cards import Shown
from storage.desk import Desk
from storage.heartbeats import last_beat
from storage.news import CardKind
from storage.work import Work
from tests.bot.order_chats import NOW, ORDER, PAIR, SHOP_ID, arrives, open_shoe_shop
from tests.bot.question_chats import member
from tests.chat import ChatDriver, House, words
from tests.simulation.virtual_time import VirtualLoop, WallClock, reading

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LOOKS = timedelta(minutes=3)
"""While it is looked whether anything is told again."""
SF = "SF1234567890123"
ONE_PAIR = replace(PAIR, quantity=1)


@pytest.fixture
async def owner(house: House) -> ChatDriver:
    open_shoe_shop(house)
    return member(house, 1001)


@pytest.fixture
def packer(house: House, owner: ChatDriver) -> ChatDriver:
    return member(house, 1003)


def at_desk(house: House, job: object) -> object:
    def entered(work: Work) -> object:
        work.enter(speaker=CLOCK, shop=work.people.find_shop(SHOP_ID))
        return job(work)  # type: ignore[operator]

    return house.app.desk.do_now(entered)


async def due_in(house: House, hours: float, number: str = "351531001") -> None:
    by = house.clock() + timedelta(hours=hours)
    await arrives(house, replace(ORDER, number=number, dispatch_by=by, lines=(ONE_PAIR,)))


async def passes(house: House, by: timedelta) -> None:
    house.clock.move(by)
    await house.tick()


def sent(chat: ChatDriver) -> int:
    """How many messages were ever sent to this chat."""
    return max((message["message_id"] for message in chat.heard), default=0)


async def shipped(house: House, number: str = "351531001", tracking: str = SF) -> None:
    await arrives(house, replace(ORDER, number=number, lines=(ONE_PAIR,), dispatch_by=NOW + 30 * DAY))

    def ship(work: Work) -> None:
        order = work.orders.find_by_number(number)
        assert order is not None
        orders.confirm_address(work, order.id)
        parcels.ship_order(work, order.id, tracking)

    at_desk(house, ship)
    await house.settle()


async def moves(house: House, state: ParcelState, said: str, tracking: str = SF) -> None:
    movement = Movement(happened_at=house.clock(), state=state, words=said)
    at_desk(house, lambda work: parcels.record_movement(work, tracking, movement))
    await house.settle()


async def test_before_a_deadline_it_is_told_at_12_4_and_1_hours_and_when_it_has_passed(
    house: House, owner: ChatDriver
) -> None:
    await due_in(house, 13)
    await house.tick()
    assert "待发货" not in owner.last.splitlines()[0]
    for wait, first_line in (
        (HOUR, "⏰ 1 单待发货，最急 12 小时后截止"),
        (8 * HOUR - LOOKS, "⏰ 1 单待发货，最急 4 小时后截止"),
        (timedelta(hours=3, minutes=18) - LOOKS, "⏰ 1 单待发货，最急 42 分钟后截止"),
        (HOUR - LOOKS, "🔴 1 单待发货，最急的已超时 18 分钟"),
    ):
        before = sent(owner)
        await passes(house, wait)
        assert owner.last.startswith(first_line)
        assert sent(owner) > before
        told = sent(owner)
        for _ in range(3):
            await passes(house, LOOKS / 3)
        assert sent(owner) == told


async def test_four_hours_stay_four_in_the_night_in_which_the_shop_changes_its_clocks(
    house: House, owner: ChatDriver
) -> None:
    """In New York 2:00 becomes 3:00 on 8 March 2026: five in the morning is then four hours after midnight."""

    def live_in_new_york(work: Work) -> None:
        work.shop.time_zone = "America/New_York"

    at_desk(house, live_in_new_york)
    midnight = datetime(2026, 3, 8, 5, tzinfo=UTC)
    await due_in(house, (midnight + 4 * HOUR - house.clock()) / HOUR)
    await passes(house, midnight - LOOKS - house.clock())
    told = sent(owner)
    await passes(house, LOOKS)
    assert sent(owner) > told
    assert owner.last.startswith("⏰ 1 单待发货，最急 4 小时后截止")
    assert "03-08 05:00" in owner.last


async def test_no_time_is_told_as_none(house: House, owner: ChatDriver) -> None:
    await due_in(house, 0)
    await owner.says("/due")
    assert owner.card.startswith("🔴 1 单待发货，最急的已超时 不到 1 分钟")
    assert "0 分钟" not in owner.card


async def test_several_due_orders_are_told_in_one_card_most_urgent_first(house: House, owner: ChatDriver) -> None:
    for hours, number in ((7, "351531003"), (3, "351531001"), (5, "351531002"), (20, "351531009")):
        await due_in(house, hours, number)
    before = len(owner.heard)
    await house.tick()
    assert len(owner.heard) == before + 1
    assert owner.card.startswith("⏰ 3 单待发货，最急 3 小时后截止")
    assert owner.buttons == ["1. 351531001", "2. 351531002", "3. 351531003", "全部订单", "关闭"]
    assert "1. 351531001 · 03-02 15:00 · 剩 3 小时 · 待核对" in owner.card
    await owner.taps("1. 351531001")
    assert owner.card.startswith("🔎 待核对")


async def test_only_those_who_dispatch_are_told(house: House, owner: ChatDriver, packer: ChatDriver) -> None:
    support = member(house, 1002)
    await due_in(house, 3)
    before = sent(support)
    await house.tick()
    assert packer.card.startswith("⏰ 1 单待发货")
    assert sent(support) == before


async def test_after_a_downtime_of_three_days_only_the_most_urgent_is_told_once(
    house: House, owner: ChatDriver
) -> None:
    await due_in(house, 13)
    await due_in(house, 80, "351531002")
    before = len(owner.heard)
    await house.restart()
    await passes(house, 3 * DAY)
    assert len(owner.heard) == before + 1
    assert owner.card.startswith("🔴 2 单待发货，最急的已超时")
    told = sent(owner)
    await passes(house, timedelta(minutes=1))
    assert sent(owner) == told
    await passes(house, 4 * HOUR)
    assert sent(owner) > told


async def test_a_clock_that_jumps_back_tells_nothing_again(house: House, owner: ChatDriver) -> None:
    await due_in(house, 3)
    await house.tick()
    told = sent(owner)
    await passes(house, -10 * HOUR)
    await passes(house, -DAY)
    await passes(house, DAY + 10 * HOUR)
    assert sent(owner) == told
    await passes(house, 2 * HOUR)
    assert sent(owner) > told


async def test_what_was_shipped_or_cancelled_is_not_told(house: House, owner: ChatDriver) -> None:
    await due_in(house, 13)
    await due_in(house, 13, "351531002")
    at_desk(house, lambda work: orders.cancel_order(work, 2))
    at_desk(house, lambda work: orders.confirm_address(work, 1))
    at_desk(house, lambda work: parcels.ship_order(work, 1, SF))
    await house.settle()
    before = sent(owner)
    await passes(house, 20 * HOUR)
    assert sent(owner) == before


async def test_the_card_follows_what_is_shipped_without_a_sound(house: House, owner: ChatDriver) -> None:
    await due_in(house, 3)
    await due_in(house, 5, "351531002")
    at_desk(house, lambda work: orders.confirm_address(work, 1))
    await house.tick()
    card = owner.card_message["message_id"]
    at_desk(house, lambda work: parcels.ship_order(work, 1, SF))
    await house.settle()
    assert words(owner.phone.chat.messages[card]).startswith("⏰ 1 单待发货，最急 5 小时后截止")
    at_desk(house, lambda work: orders.cancel_order(work, 2))
    await house.settle()
    assert words(owner.phone.chat.messages[card]).startswith("✅ 12 小时内没有要截止的订单")


async def test_the_time_that_is_left_grows_shorter_on_the_same_card(house: House, owner: ChatDriver) -> None:
    await due_in(house, 3)
    await house.tick()
    told = sent(owner)
    await passes(house, HOUR)
    assert owner.card.startswith("⏰ 1 单待发货，最急 2 小时后截止")
    assert sent(owner) == told


async def test_twelve_hours_before_it_makes_no_sound_later_it_does(house: House, owner: ChatDriver) -> None:
    await due_in(house, 12)
    await house.tick()
    assert due_card_is_silent(house)
    await passes(house, 8 * HOUR)
    assert not due_card_is_silent(house)


async def test_due_orders_can_be_asked_for_and_turned(house: House, owner: ChatDriver) -> None:
    await owner.says("/due")
    assert owner.card.startswith("✅ 12 小时内没有要截止的订单")
    for n in range(8):
        await due_in(house, 2 + n, f"40000000{n}")
    await owner.says("/due")
    assert owner.card.startswith("⏰ 8 单待发货，最急 2 小时后截止 · 第 1 / 2 页")
    await owner.taps("›")
    assert owner.buttons == ["7. 400000006", "8. 400000007", "‹", "全部订单", "关闭"]


async def test_a_parcel_without_a_movement_for_two_days_is_told_once(house: House, owner: ChatDriver) -> None:
    await shipped(house)
    await passes(house, 2 * DAY - HOUR)
    assert "滞留" not in owner.last
    await passes(house, HOUR)
    assert owner.card.startswith("⚠️ 已滞留 48 小时\n顺丰速运 SF1234567890123\n订单 351531001")
    told = sent(owner)
    for _ in range(3):
        await passes(house, DAY)
    assert sent(owner) == told


async def test_a_movement_ends_the_standstill_and_the_next_one_is_told_again(house: House, owner: ChatDriver) -> None:
    await shipped(house)
    await passes(house, 3 * DAY)
    assert owner.card.startswith("⚠️ 已滞留 3 天")
    told = sent(owner)
    await moves(house, ParcelState.IN_TRANSIT, "快件到达杭州转运中心")
    assert owner.card.startswith("🚚 运输中")
    assert "📍 运输中 · 刚刚" in owner.card
    assert "快件到达杭州转运中心" in owner.card
    await passes(house, DAY)
    assert sent(owner) == told
    await passes(house, DAY)
    assert owner.card.startswith("⚠️ 已滞留 48 小时")
    assert sent(owner) > told


async def test_what_has_arrived_is_never_told(house: House, owner: ChatDriver) -> None:
    await shipped(house)
    await moves(house, ParcelState.DELIVERED, "快件已签收")
    assert "已签收" in words(next(m for m in reversed(owner.heard) if "351531001" in words(m)))
    before = sent(owner)
    await passes(house, 5 * DAY)
    assert sent(owner) == before
    await owner.says(SF)
    assert owner.card.startswith("🏁 已送达")
    assert owner.buttons == ["复制单号", "查看订单", "全部包裹"]


async def test_a_standstill_is_told_once_after_a_downtime_and_a_jump_back(house: House, owner: ChatDriver) -> None:
    await shipped(house)
    await house.restart()
    before = len(owner.heard)
    await passes(house, 9 * DAY)
    assert len(owner.heard) == before + 1
    told = sent(owner)
    await passes(house, -8 * DAY)
    await passes(house, 8 * DAY)
    assert sent(owner) == told


async def test_many_parcels_that_stand_still_at_once_are_one_list(house: House, owner: ChatDriver) -> None:
    for n in range(6):
        await shipped(house, f"40000000{n}", f"SF12345678901{n:02d}")
    before = len(owner.heard)
    await passes(house, 2 * DAY)
    assert len(owner.heard) == before + 1
    assert owner.card.startswith("⚠️ 6 个包裹滞留 · 第 1 / 2 页")
    assert "⚠️ 已滞留 48 小时" in owner.card
    await owner.taps("在途 6")
    assert owner.card.startswith("🚚 6 个包裹在途")
    await owner.taps("1. 400000000")
    assert owner.card.startswith("⚠️ 已滞留 48 小时")


async def test_parcels_are_listed_the_longest_quiet_first(house: House, owner: ChatDriver) -> None:
    await shipped(house)
    house.clock.move(HOUR)
    await shipped(house, "351531002", "YT1234567890123")
    await moves(house, ParcelState.PICKED_UP, "已揽收")
    house.clock.move(HOUR)
    await moves(house, ParcelState.IN_TRANSIT, "运输中")
    await owner.says("/parcels")
    assert owner.card.startswith("🚚 2 个包裹在途\n")
    assert owner.card.index("YT1234567890123") < owner.card.index(SF)
    assert "暂无轨迹 · 1 小时无新轨迹" in owner.card
    assert "运输中 · 刚有新轨迹" in owner.card
    await owner.taps("1. 351531002")
    assert owner.card.startswith("🚚 暂无轨迹")


async def test_a_shop_with_more_patience_is_told_later(house: House, owner: ChatDriver) -> None:
    await shipped(house)

    def be_patient(work: Work) -> None:
        work.shop.parcel_patience = 4 * DAY

    at_desk(house, be_patient)
    await passes(house, 3 * DAY)
    assert "滞留" not in owner.last
    await passes(house, DAY)
    assert owner.card.startswith("⚠️ 已滞留 4 天")


async def test_every_tick_leaves_a_sign_of_life_and_old_words_are_forgotten(house: House, owner: ChatDriver) -> None:
    await owner.says("/home")
    await house.tick()
    assert at_desk(house, lambda work: last_beat(work, "clock")) == house.clock()
    await passes(house, 3 * DAY)
    assert at_desk(house, lambda work: last_beat(work, "clock")) == house.clock()
    assert at_desk(house, lambda work: work.connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar()) == 0
    sent_rows = "SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL"
    await passes(house, 30 * DAY)
    assert at_desk(house, lambda work: work.connection.exec_driver_sql(sent_rows).scalar()) == 0


def due_card_is_silent(house: House) -> bool:
    shown = at_desk(house, lambda work: work.cards.showing(CardKind.DUE_ORDERS.of(SHOP_ID))[0])
    assert isinstance(shown, Shown)
    return shown.silent


def test_the_clock_goes_on_ticking_when_the_wall_clock_is_set_back() -> None:
    loop = VirtualLoop()
    clock = WallClock(loop, NOW)
    ticks: list[float] = []

    async def tick(_: Desk) -> None:
        ticks.append(loop.time())

    async def pass_time() -> None:
        clockwork = schedule.scheduler(cast("Desk", SimpleNamespace(clock=clock)), 5)
        clockwork.start()
        await asyncio.sleep(12)
        clock.skew = -HOUR
        await asyncio.sleep(30)
        clockwork.shutdown(wait=False)

    with reading(clock), patch.object(schedule, "tick", tick):
        loop.run_until_complete(pass_time())
    loop.close()
    assert max(after - before for before, after in pairwise(ticks)) <= 10
    assert ticks[-1] > 35
