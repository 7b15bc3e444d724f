"""Personal data go after the time that the shop sets, or on demand; what was sold stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

import bot.routers  # noqa: F401 - the cards that are touched
from bot.jobs.housekeeping import forget_buyers, keep_house
from services import forgetting, order_imports, order_questions, orders, parcels, questions
from services.buyers import visit_shop
from services.order_imports import DroppedFile
from shop.order_states import RecipientForgotten, RecipientStillNeeded
from shop.orders import ChangeKind, Order, OrderStatus
from shop.parcels import Movement, ParcelState
from shop.questions import QuestionStatus, Words
from shop.recipients import Recipient
from shop.shops import Person
from shop.speakers import Speaker, Standing
from storage.tables.pipeline import errands, inbox
from storage.tables.shops import people
from storage.work import Work
from tests.books import Books
from tests.services.test_orders import incoming, take

DAY = timedelta(days=1)
BUYER = 2001
SECRETS = ("李静", "13800005678", "中关村", "小美", "尽快", "张三签收")


def delivered(books: Books, shop_id: int, number: str = "351531") -> int:
    """An order that arrives today, with all that people write about it."""
    order_id = take(books, shop_id, incoming(number, note="尽快发货 13800005678", remark="李静是老客户"))

    def go(work: Work) -> None:
        orders.confirm_address(work, order_id)
        parcel = parcels.ship_order(work, order_id, f"SF13000000{number[-4:]}11", "sf")
        arrived = Movement(happened_at=work.now, state=ParcelState.DELIVERED, words="张三签收", place="中关村")
        parcels.record_movement(work, parcel.tracking_number, arrived)

    books.do(go, shop=shop_id)
    return order_id


def order_of(books: Books, shop_id: int, order_id: int) -> Order:
    return books.do(lambda work: work.orders.get(order_id), shop=shop_id)


def tick(books: Books, shop_id: int, after: timedelta) -> None:
    books.clock.move(after)
    books.do(forget_buyers, shop=shop_id, person=None)


def asks(books: Books, shop_id: int, words: str = "我是小美，电话13800005678") -> int:
    """A buyer's question; gives its id."""

    def job(work: Work) -> int:
        shop = work.people.find_shop(shop_id)
        assert shop is not None
        if work.people.find(BUYER) is None:
            work.people.add(Person(id=BUYER, name="小美", seen_at=work.now))
            work.flush()
        work.enter(speaker=Speaker(person_id=BUYER, name="小美", standing=Standing.STRANGER), shop=None)
        visit_shop(work, shop)
        return questions.hear_buyer(work, Words(text=words), message_id=1).question.id

    return books.do(job)


def whole_books(books: Books) -> str:
    """Every word that stands in the database, but those that are on their way to a chat."""

    def job(work: Work) -> str:
        told = []
        for name in (
            "orders",
            "order_changes",
            "parcel_events",
            "questions",
            "question_lines",
            "buyers",
            "people",
            "drafts",
        ):
            told += [str(row) for row in work.connection.execute(text(f"SELECT * FROM {name}"))]
        return "\n".join([*told, *work.connection.scalars(text("SELECT payload FROM cards"))])

    return books.do(job)


def test_an_order_that_arrived_is_closed_after_a_week(books: Books, shop_id: int) -> None:
    order_id = delivered(books, shop_id)
    tick(books, shop_id, timedelta(days=7) - timedelta(seconds=1))
    assert order_of(books, shop_id, order_id).status is OrderStatus.DELIVERED
    tick(books, shop_id, timedelta(seconds=1))
    order = order_of(books, shop_id, order_id)
    assert order.status is OrderStatus.CLOSED
    assert order.history[-1].kind is ChangeKind.CLOSED


def test_an_order_whose_parcel_is_heard_of_no_more_is_closed_after_a_month(books: Books, shop_id: int) -> None:
    order_id = take(books, shop_id, incoming(shipped=True))
    tick(books, shop_id, 29 * DAY)
    assert order_of(books, shop_id, order_id).status is OrderStatus.SHIPPED
    tick(books, shop_id, 1 * DAY)
    assert order_of(books, shop_id, order_id).status is OrderStatus.CLOSED


def test_who_bought_is_forgotten_after_the_shops_time_and_what_was_sold_stays(books: Books, shop_id: int) -> None:
    order_id = delivered(books, shop_id)
    tick(books, shop_id, 90 * DAY - timedelta(seconds=1))
    assert isinstance(order_of(books, shop_id, order_id).recipient, Recipient)
    tick(books, shop_id, timedelta(seconds=1))
    order = order_of(books, shop_id, order_id)
    assert order.forgotten_at is not None
    assert (order.recipient, order.phone_tail, order.note, order.remark) == (None, "", "", "")
    assert (order.number, order.status, [line.quantity for line in order.lines]) == ("351531", OrderStatus.CLOSED, [2])
    assert [word for word in SECRETS if word in whole_books(books)] == []


def test_the_owner_chooses_the_time(books: Books, shop_id: int) -> None:
    order_id = delivered(books, shop_id)

    def hurry(work: Work) -> None:
        work.shop.keep_personal = 30 * DAY

    books.do(hurry, shop=shop_id)
    tick(books, shop_id, 30 * DAY)
    assert order_of(books, shop_id, order_id).recipient is None


def test_an_order_that_has_not_left_keeps_its_address_however_old_it_is(books: Books, shop_id: int) -> None:
    order_id = take(books, shop_id, incoming())
    tick(books, shop_id, 900 * DAY)
    assert order_of(books, shop_id, order_id).recipient is not None
    with pytest.raises(RecipientStillNeeded):
        books.do(lambda work: forgetting.forget_order(work, order_id), shop=shop_id)


def test_a_cancelled_order_that_is_restored_is_remembered_anew(books: Books, shop_id: int) -> None:
    order_id = take(books, shop_id, incoming())
    books.do(lambda work: orders.cancel_order(work, order_id), shop=shop_id)
    books.do(lambda work: orders.restore_order(work, order_id), shop=shop_id)
    tick(books, shop_id, 91 * DAY)
    assert order_of(books, shop_id, order_id).recipient is not None
    books.do(lambda work: orders.cancel_order(work, order_id), shop=shop_id)
    tick(books, shop_id, 90 * DAY)
    assert order_of(books, shop_id, order_id).recipient is None
    with pytest.raises(RecipientForgotten):
        books.do(lambda work: orders.restore_order(work, order_id), shop=shop_id)


def test_a_call_back_of_a_forgotten_order_is_refused_and_changes_nothing(books: Books, shop_id: int) -> None:
    order_id = take(books, shop_id, incoming(shipped=True))
    books.do(lambda work: forgetting.forget_order(work, order_id), shop=shop_id)
    with pytest.raises(RecipientForgotten):
        books.do(lambda work: orders.call_back(work, order_id), shop=shop_id)
    assert order_of(books, shop_id, order_id).status is OrderStatus.SHIPPED


def test_forgetting_twice_leaves_one_mark_with_the_name_of_who_did_it(books: Books, shop_id: int) -> None:
    order_id = delivered(books, shop_id)
    for _ in range(2):
        books.do(lambda work: forgetting.forget_order(work, order_id), shop=shop_id)
    marks = [each for each in order_of(books, shop_id, order_id).history if each.kind is ChangeKind.FORGOTTEN]
    assert [(each.by_id, each.by_name) for each in marks] == [(1001, "店员1001")]


def test_another_shops_orders_are_not_touched(books: Books, shop_id: int) -> None:
    order_id = delivered(books, shop_id)
    other = books.open_shop("别家", owner=1009)
    books.clock.move(900 * DAY)
    books.do(forgetting.forget_old, shop=other, person=None)
    assert order_of(books, shop_id, order_id).recipient is not None


def test_each_shop_has_its_own_time_and_is_looked_at_only_when_something_is_due(books: Books, shop_id: int) -> None:
    other = books.open_shop("别家", owner=1009)
    orders_of = {shop: take(books, shop, incoming("351531")) for shop in (shop_id, other)}

    def cancel(work: Work) -> None:
        work.shop.keep_personal = 30 * DAY if work.shop_id == other else 60 * DAY
        orders.cancel_order(work, orders_of[work.shop_id])

    for shop in (shop_id, other):
        books.do(cancel, shop=shop, person=None)
    due = []
    for _ in range(3):
        books.clock.move(30 * DAY)
        due.append(books.do(forgetting.shop_due, person=None))
        tick(books, shop_id, 0 * DAY)
    assert due == [other, shop_id, None]
    assert [order_of(books, shop, order_id).recipient for shop, order_id in orders_of.items()] == [None, None]


def test_a_buyer_is_forgotten_on_demand_with_every_word_but_not_the_address_that_is_needed(
    books: Books, shop_id: int
) -> None:
    gone, needed, question_id = delivered(books, shop_id), take(books, shop_id, incoming("77")), asks(books, shop_id)

    def bought(work: Work) -> None:
        buyer = work.buyers.find(BUYER)
        assert buyer is not None
        for order_id in (gone, needed):
            work.orders.get(order_id).buyer_id = buyer.id

    books.do(bought, shop=shop_id)
    told = books.do(lambda work: forgetting.forget_buyer(work, question_id), shop=shop_id)
    assert told == forgetting.Forgotten(orders=1, exchanges=1, open_orders=1)
    assert order_of(books, shop_id, gone).recipient is None
    assert order_of(books, shop_id, needed).recipient is not None
    books.do(lambda work: orders.cancel_order(work, needed), shop=shop_id)
    books.do(lambda work: forgetting.forget_order(work, needed), shop=shop_id)
    assert [word for word in SECRETS if word in whole_books(books)] == []


def test_an_exchange_is_forgotten_after_its_last_word_but_never_while_somebody_waits(
    books: Books, shop_id: int
) -> None:
    question_id = asks(books, shop_id)
    tick(books, shop_id, 91 * DAY)
    books.do(lambda work: questions.close_question(work, question_id), shop=shop_id)
    asks(books, shop_id, "还在吗")
    tick(books, shop_id, 1 * DAY)

    def lines(work: Work) -> list[int]:
        return [len(work.questions.get(each).lines) for each in (question_id, question_id + 1)]

    assert books.do(lines, shop=shop_id) == [0, 1]
    assert "小美" in whole_books(books)


def test_a_buyer_who_comes_back_after_being_forgotten_begins_anew(books: Books, shop_id: int) -> None:
    question_id = asks(books, shop_id)
    books.do(lambda work: forgetting.forget_buyer(work, question_id), shop=shop_id)
    again = asks(books, shop_id, "你好")
    assert again != question_id
    assert books.do(lambda work: work.questions.get(question_id).status, shop=shop_id) is QuestionStatus.CLOSED


def test_staff_keep_their_name_when_they_are_forgotten_as_buyers_elsewhere(books: Books, shop_id: int) -> None:
    question_id = asks(books, shop_id)
    books.open_shop("小美的店", owner=BUYER)
    books.do(lambda work: forgetting.forget_buyer(work, question_id), shop=shop_id)
    names = books.do(lambda work: work.connection.scalars(select(people.c.name)).all())
    assert "小美" in names


def test_an_answer_of_the_buyer_leaves_no_name_in_the_history(books: Books, shop_id: int) -> None:
    order_id = take(books, shop_id, incoming())
    books.do(lambda work: order_questions.ask_buyer(work, order_id), shop=shop_id)

    def answers(work: Work) -> None:
        buyer = Speaker(person_id=BUYER, name="小美", standing=Standing.BUYER)
        work.orders.get(order_id).hear_answer("李静 中关村", by=buyer, at=work.now)

    books.do(answers, shop=shop_id)
    books.do(lambda work: orders.cancel_order(work, order_id), shop=shop_id)
    books.do(lambda work: forgetting.forget_order(work, order_id), shop=shop_id)
    assert [word for word in SECRETS if word in whole_books(books)] == []


def test_texts_of_updates_go_after_two_days_and_of_failed_ones_after_a_month(books: Books) -> None:
    def some(work: Work) -> None:
        work.inbox.store(7, [{"update_id": n} for n in (1, 2, 3)])
        first, second, _ = work.inbox.take(3)
        work.inbox.finish(first.id)
        work.inbox.park(second.id, tries=3, error="broken")

    def kept(work: Work) -> list[tuple[int, bool]]:
        rows = work.connection.execute(select(inbox.c.update_id, inbox.c.raw.is_not(None)).order_by(inbox.c.id))
        return [(update_id, bool(told)) for update_id, told in rows]

    books.do(some)
    books.clock.move(2 * DAY)
    books.do(keep_house)
    assert books.do(kept) == [(1, True), (2, True), (3, True)]
    books.clock.move(timedelta(seconds=1))
    books.do(keep_house)
    assert books.do(kept) == [(2, True), (3, True)]
    books.clock.move(28 * DAY)
    books.do(keep_house)
    assert books.do(kept) == [(2, False), (3, True)]


def test_errands_that_are_done_go_after_two_days(books: Books, shop_id: int) -> None:
    from services.sample_shop import DrawPictures  # noqa: PLC0415

    def leave(work: Work) -> None:
        work.errands.leave(DrawPictures())
        [errand] = work.errands.waiting()
        work.errands.finish(errand)
        work.errands.leave(DrawPictures())

    books.do(leave, shop=shop_id)
    books.clock.move(3 * DAY)
    books.do(keep_house)
    assert books.do(lambda work: work.connection.scalars(select(errands.c.state)).all()) == ["waiting"]


def test_a_shop_with_much_to_forget_does_not_keep_the_others_waiting(books: Books, shop_id: int) -> None:
    shops = {shop_id, *(books.open_shop(f"{n}家", owner=1010 + n) for n in range(4))}
    for shop in shops:
        take(books, shop, incoming(cancelled=True))
    books.clock.move(90 * DAY)
    served = set()
    for _ in range(15):
        served.add(books.do(forgetting.shop_due, person=None))
        books.clock.move(timedelta(seconds=5))
    assert served == shops


def test_much_to_forget_is_forgotten_in_several_turns(books: Books, shop_id: int) -> None:
    for number in range(forgetting.AT_ONCE + 2):
        take(books, shop_id, incoming(f"{number}", cancelled=True))
    tick(books, shop_id, 90 * DAY)

    def left(work: Work) -> int:
        return sum(order.recipient is not None for order in work.orders.search("李静"))

    assert books.do(left, shop=shop_id) == 2
    tick(books, shop_id, timedelta(seconds=5))
    assert books.do(left, shop=shop_id) == 0


def test_the_way_back_to_an_old_sheet_is_forgotten_too(books: Books, shop_id: int) -> None:
    delivered(books, shop_id)

    def import_sheet(work: Work) -> None:
        file = DroppedFile(file_id="AgADsheet", mark="mark", name="订单.csv", size=100)
        order_imports.cancel_import(work, order_imports.begin_import(work, file).id)

    def file_ids(work: Work) -> list[str]:
        return list(work.connection.scalars(text("SELECT file_id FROM order_imports")))

    books.do(import_sheet, shop=shop_id)
    tick(books, shop_id, 89 * DAY)
    assert books.do(file_ids) == ["AgADsheet"]
    tick(books, shop_id, 1 * DAY)
    assert books.do(file_ids) == [""]
