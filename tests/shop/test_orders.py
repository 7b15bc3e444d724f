"""The way of an order, with everything that may be said twice or too late."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from shop.errors import ShopError
from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from shop.order_arrivals import arrived
from shop.order_lines import LineTrouble, check_lines
from shop.order_states import CancelledAtSource, ChangeKind, OrderCancelled, OrderHasLeft, OrderStatus, RecipientHidden
from shop.orders import Order
from shop.recipients import Recipient
from shop.speakers import CLOCK, Speaker

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LIN = Speaker(person_id=1001, name="林老板")
SOMEWHERE = IncomingRecipient(name="李静", phone="13800005678", street="北京市海淀区中关村大街1号")
SHOES = IncomingLine(title="Air Jordan 1", spec="黑红 42", sku="AJ1-42", quantity=2, unit_price=89_900)


def order(
    recipient: IncomingRecipient | None = SOMEWHERE, lines: tuple[IncomingLine, ...] = (SHOES,), **facts: object
) -> Order:
    incoming = IncomingOrder(source="taobao", number="351531", lines=lines, recipient=recipient, **facts)  # type: ignore[arg-type]
    made = arrived(incoming, shop_id=1, dispatch_within=timedelta(hours=48), at=NOW)
    made.id = 7
    for n, line in enumerate(made.lines):
        line.variant_id = 10 + n
    return made


def confirmed() -> Order:
    made = order()
    made.confirm(by=LIN, at=NOW)
    return made


def shipped() -> Order:
    made = confirmed()
    made.ship(by=LIN, at=NOW)
    return made


def cancelled() -> Order:
    made = order()
    made.cancel(by=LIN, at=NOW)
    return made


def kinds(made: Order) -> list[ChangeKind]:
    return [change.kind for change in made.history]


def test_a_new_order_waits_to_be_checked() -> None:
    made = order(note="尽快")
    assert made.status is OrderStatus.TO_CHECK
    assert made.recipient == Recipient("李静", "13800005678", "北京市", "北京市", "海淀区", "中关村大街1号")
    assert (made.phone_tail, made.note, made.pieces) == ("5678", "尽快", 2)


def test_the_deadline_of_the_marketplace_counts_before_our_own() -> None:
    given = NOW + timedelta(hours=36)
    assert order(dispatch_by=given, paid_at=NOW).dispatch_by == given


def test_without_one_the_shops_time_runs_from_the_payment() -> None:
    paid, placed = NOW - timedelta(hours=5), NOW - timedelta(hours=6)
    assert order(paid_at=paid, placed_at=placed).dispatch_by == paid + timedelta(hours=48)
    assert order(placed_at=placed).dispatch_by == placed + timedelta(hours=48)
    assert order().dispatch_by == NOW + timedelta(hours=48)


def test_what_left_or_was_cancelled_elsewhere_need_not_be_checked() -> None:
    assert order(shipped=True).status is OrderStatus.SHIPPED
    assert order(cancelled=True).status is OrderStatus.CANCELLED
    assert not order(cancelled=True).can_be_restored


def test_the_marketplace_may_keep_the_recipient_to_itself() -> None:
    made = order(recipient=None)
    assert made.recipient is None
    with pytest.raises(RecipientHidden):
        made.change_recipient(Recipient(name="李静"), by=LIN, at=NOW)
    with pytest.raises(RecipientHidden):
        made.ask_buyer("code", by=LIN, at=NOW)
    assert made.confirm(by=LIN, at=NOW)


def test_confirming_twice_changes_nothing() -> None:
    made = confirmed()
    assert made.status is OrderStatus.TO_DISPATCH
    assert made.holds_stock
    assert not made.confirm(by=LIN, at=NOW)
    assert kinds(made) == [ChangeKind.CONFIRMED]


def test_confirming_too_early_can_be_taken_back() -> None:
    made = confirmed()
    assert made.take_back(by=LIN, at=NOW)
    assert (made.status, made.holds_stock) == (OrderStatus.TO_CHECK, False)
    assert not made.take_back(by=LIN, at=NOW)


def test_cancelling_twice_changes_nothing() -> None:
    made = cancelled()
    assert not made.cancel(by=LIN, at=NOW)
    assert kinds(made) == [ChangeKind.CANCELLED]


def test_a_cancelled_order_can_be_restored_unless_the_marketplace_cancelled_it() -> None:
    made = cancelled()
    assert made.can_be_restored
    assert made.restore(by=LIN, at=NOW)
    assert made.status is OrderStatus.TO_CHECK
    assert not made.restore(by=LIN, at=NOW)
    made.cancel(by=CLOCK, at=NOW, at_source=True)
    with pytest.raises(CancelledAtSource):
        made.restore(by=LIN, at=NOW)


@pytest.mark.parametrize(
    "act",
    [
        lambda made: made.confirm(by=LIN, at=NOW),
        lambda made: made.ship(by=LIN, at=NOW),
        lambda made: made.take_back(by=LIN, at=NOW),
        lambda made: made.ask_buyer("code", by=LIN, at=NOW),
        lambda made: made.change_recipient(Recipient(), by=LIN, at=NOW),
    ],
)
def test_nothing_more_is_done_for_a_cancelled_order(act: Callable[[Order], object]) -> None:
    with pytest.raises(OrderCancelled):
        act(cancelled())


@pytest.mark.parametrize(
    "act",
    [
        lambda made: made.cancel(by=LIN, at=NOW),
        lambda made: made.take_back(by=LIN, at=NOW),
        lambda made: made.ask_buyer("code", by=LIN, at=NOW),
        lambda made: made.change_recipient(Recipient(), by=LIN, at=NOW),
    ],
)
def test_a_parcel_that_has_left_cannot_be_stopped(act: Callable[[Order], ShopError]) -> None:
    with pytest.raises(OrderHasLeft) as refusal:
        act(shipped())
    assert refusal.value.status is OrderStatus.SHIPPED


def test_shipping_and_delivering_twice_changes_nothing() -> None:
    made = shipped()
    assert not made.ship(by=LIN, at=NOW)
    assert made.deliver(by=CLOCK, at=NOW)
    assert not made.deliver(by=CLOCK, at=NOW)
    assert not made.confirm(by=LIN, at=NOW)
    assert kinds(made) == [ChangeKind.CONFIRMED, ChangeKind.SHIPPED, ChangeKind.DELIVERED]
    assert not made.holds_stock


def test_only_what_has_left_can_be_called_back() -> None:
    made = shipped()
    assert made.call_back(by=LIN, at=NOW)
    assert (made.status, made.holds_stock) == (OrderStatus.TO_DISPATCH, True)
    assert not made.call_back(by=LIN, at=NOW)


def test_changing_the_recipient_settles_the_question_to_the_buyer() -> None:
    made = order()
    made.ask_buyer("abc", by=LIN, at=NOW)
    waits = [made.waits_for_answer]
    made.hear_answer("13900001234", by=LIN, at=NOW)
    made.hear_answer("谢谢", by=LIN, at=NOW)
    assert made.answer == "13900001234\n谢谢"
    assert [*waits, made.waits_for_answer] == [True, False]
    assert made.recipient is not None
    assert made.change_recipient(made.recipient.corrected(Recipient(phone="13900001234")), by=LIN, at=NOW)
    assert (made.phone_tail, made.answer, made.asked_at) == ("1234", "", None)


def test_asking_again_keeps_the_way_back_to_the_order() -> None:
    made = order()
    made.ask_buyer("first", by=LIN, at=NOW)
    made.hear_answer("好的", by=LIN, at=NOW)
    made.ask_buyer("second", by=LIN, at=NOW)
    assert made.ask_code == "first"
    assert made.waits_for_answer


def test_the_same_recipient_is_no_change() -> None:
    made = order()
    assert made.recipient is not None
    assert not made.change_recipient(made.recipient, by=LIN, at=NOW)
    assert made.history == []


def test_lines_of_one_variant_are_wanted_together() -> None:
    made = order(lines=(SHOES, SHOES))
    made.lines[1].variant_id = 10
    assert made.wanted == {10: 4}
    checks = check_lines(made, {10: 3})
    assert [(check.trouble, check.left) for check in checks] == [(None, 3), (LineTrouble.OUT_OF_STOCK, 1)]


def test_a_variant_that_the_shop_does_not_know_is_marked() -> None:
    made = order()
    made.lines[0].variant_id = None
    assert [check.trouble for check in check_lines(made, {})] == [LineTrouble.UNKNOWN_VARIANT]
    assert made.wanted == {}
    made.confirm(by=LIN, at=NOW)
    assert not made.holds_stock


def test_goods_that_an_order_holds_are_not_looked_at_again() -> None:
    assert [check.trouble for check in check_lines(confirmed(), {10: 0})] == [None]
    assert [check.trouble for check in check_lines(shipped(), {})] == [None]
