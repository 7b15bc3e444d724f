"""The books of orders."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from shop.errors import NotFound
from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from shop.order_arrivals import arrived
from shop.orders import Order, OrderStatus
from shop.recipients import Recipient
from storage.work import Work
from tests.books import Books

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LI = IncomingRecipient(name="李静", phone="13800005678", street="北京市海淀区中关村大街1号")
WANG = IncomingRecipient(name="王小明", phone="13900005678", street="安徽省芜湖市鸠江区长江路1号")


def order(number: str, recipient: IncomingRecipient | None = LI, *, hours: int = 48, **facts: object) -> Order:
    incoming = IncomingOrder(
        source="taobao",
        number=number,
        lines=(
            IncomingLine(title="Air Jordan 1", spec="黑红 42", unit_price=89_900),
            IncomingLine(title="袜子", quantity=3),
        ),
        recipient=recipient,
        dispatch_by=NOW + timedelta(hours=hours),
        **facts,  # type: ignore[arg-type]
    )
    return arrived(incoming, shop_id=1, dispatch_within=timedelta(hours=48), at=NOW)


def add(books: Books, shop_id: int, *new: Order) -> list[int]:
    def job(work: Work) -> list[int]:
        for each in new:
            each.shop_id = shop_id
        return work.orders.add_all(new)

    return books.do(job, shop=shop_id)


def test_an_order_comes_out_as_it_went_in(books: Books, shop_id: int) -> None:
    [order_id] = add(books, shop_id, order("351531", note="尽快"))

    def look(work: Work) -> tuple[object, ...]:
        kept = work.orders.get(order_id)
        return (
            kept.number,
            kept.note,
            kept.recipient,
            kept.dispatch_by,
            [line.title for line in kept.lines],
            kept.revision,
        )

    recipient = Recipient("李静", "13800005678", "北京市", "北京市", "海淀区", "中关村大街1号")
    expected = ("351531", "尽快", recipient, NOW + timedelta(hours=48), ["Air Jordan 1", "袜子"], 1)
    assert books.do(look, shop=shop_id) == expected


def test_a_hidden_recipient_stays_hidden_and_an_edited_one_is_kept(books: Books, shop_id: int) -> None:
    hidden, known = add(books, shop_id, order("1", None), order("2"))

    def edit(work: Work) -> None:
        kept = work.orders.get(known)
        assert kept.recipient is not None
        kept.change_recipient(kept.recipient.corrected(Recipient(phone="13900001234")), by=work.speaker, at=work.now)

    books.do(edit, shop=shop_id)
    assert books.do(lambda work: work.orders.get(hidden).recipient, shop=shop_id) is None
    assert books.do(lambda work: work.orders.get(known).recipient, shop=shop_id) == Recipient(
        "李静", "13900001234", "北京市", "北京市", "海淀区", "中关村大街1号"
    )
    assert books.do(lambda work: [found.id for found in work.orders.search("1234")], shop=shop_id) == [known]


def test_another_shop_sees_none_of_them(books: Books, shop_id: int) -> None:
    [order_id] = add(books, shop_id, order("1"))
    other = books.open_shop("别人的店", owner=2002)
    with pytest.raises(NotFound):
        books.do(lambda work: work.orders.get(order_id), shop=other, person=2002)
    assert books.do(lambda work: work.orders.search("1"), shop=other, person=2002) == []
    assert books.do(lambda work: work.orders.known_numbers("taobao", ["1"]), shop=other, person=2002) == set()
    assert sum(books.do(lambda work: work.orders.counts(), shop=other, person=2002).values()) == 0


def test_known_numbers_are_those_of_that_source(books: Books, shop_id: int) -> None:
    add(books, shop_id, order("1"), order("2"))
    assert books.do(lambda work: work.orders.known_numbers("taobao", ["1", "2", "3"]), shop=shop_id) == {"1", "2"}
    assert books.do(lambda work: work.orders.known_numbers("shopify", ["1"]), shop=shop_id) == set()


def test_the_same_number_of_the_same_source_cannot_be_written_twice(books: Books, shop_id: int) -> None:
    add(books, shop_id, order("1"))
    with pytest.raises(Exception, match=r"(?i)unique"):
        add(books, shop_id, order("1"))


def test_open_orders_are_listed_by_their_deadline_and_others_from_the_newest_on(books: Books, shop_id: int) -> None:
    add(books, shop_id, order("late", hours=40), order("soon", hours=2), order("middle", hours=20))
    add(books, shop_id, order("gone1", shipped=True), order("gone2", shipped=True), order("off", cancelled=True))

    def numbers(work: Work, *statuses: OrderStatus, skip: int = 0) -> list[str]:
        return [listed.number for listed in work.orders.page(statuses, skip=skip, most=2)]

    assert books.do(lambda work: numbers(work, OrderStatus.TO_CHECK), shop=shop_id) == ["soon", "middle"]
    assert books.do(lambda work: numbers(work, OrderStatus.TO_CHECK, skip=2), shop=shop_id) == ["late"]
    assert books.do(lambda work: numbers(work, OrderStatus.SHIPPED), shop=shop_id) == ["gone2", "gone1"]
    counts = books.do(lambda work: work.orders.counts(), shop=shop_id)
    assert (counts[OrderStatus.TO_CHECK], counts[OrderStatus.SHIPPED], counts[OrderStatus.CLOSED]) == (3, 2, 0)


def test_orders_that_are_over_are_counted_only_up_to_many_and_open_ones_all(
    books: Books, shop_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.orders.MANY", 2)
    add(books, shop_id, *(order(f"gone{n}", shipped=True) for n in range(3)), *(order(f"new{n}") for n in range(3)))
    counts = books.do(lambda work: work.orders.counts(), shop=shop_id)
    assert (counts[OrderStatus.SHIPPED], counts[OrderStatus.TO_CHECK]) == (2, 3)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("351531", ["351531"]),
        ("1001", ["#1001"]),
        ("#1001", ["#1001"]),
        ("李静", ["#1001", "351531"]),
        ("5678", ["W1", "#1001", "351531"]),
        ("13900005678", ["W1"]),
        ("王", []),
        ("35153", []),
        ("", []),
    ],
)
def test_orders_are_found_by_number_name_or_phone(books: Books, shop_id: int, words: str, found: list[str]) -> None:
    add(books, shop_id, order("351531"), order("#1001"), order("W1", WANG))
    assert books.do(lambda work: [listed.number for listed in work.orders.search(words)], shop=shop_id) == found
    assert books.do(lambda work: work.orders.count_found(words), shop=shop_id) == len(found)


def test_only_open_orders_are_due(books: Books, shop_id: int) -> None:
    add(books, shop_id, order("soon", hours=3), order("sooner", hours=1), order("later", hours=30))
    add(books, shop_id, order("gone", hours=1, shipped=True), order("off", hours=1, cancelled=True))
    due = books.do(lambda work: work.orders.due_before(NOW + timedelta(hours=12)), shop=shop_id)
    assert [each.number for each in due] == ["sooner", "soon"]


def test_a_hundred_orders_are_written_in_a_moment(books: Books, shop_id: int) -> None:
    many = [order(f"N{n}") for n in range(100)]
    start = time.process_time()
    assert len(add(books, shop_id, *many)) == 100
    assert time.process_time() - start < 1


def test_an_order_of_goods_that_the_catalogue_does_not_know_lacks_goods(books: Books, shop_id: int) -> None:
    ids = add(books, shop_id, order("1"), order("2"))
    assert books.do(lambda work: work.orders.lacking_goods(ids), shop=shop_id) == set(ids)
    assert books.do(lambda work: work.orders.lacking_goods([]), shop=shop_id) == set()
