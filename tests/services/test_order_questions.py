"""Asking a buyer about an order, and the answer that comes back; correcting the recipient step by step."""

import pytest

import bot.routers  # noqa: F401 - the cards that news are shown on
from services import address_edits, order_questions, orders
from shop.drafts.address import AddressUnclear
from shop.drafts.draft import DraftKind
from shop.errors import NotFound
from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from shop.order_states import OrderCancelled, RecipientHidden
from shop.orders import Order
from shop.shops import Person
from shop.speakers import Speaker, Standing
from storage.news import CardKind, Tell, Wake
from storage.work import Work
from tests.books import Books

BUYER, OTHER = 5001, 5002
LI = IncomingRecipient(name="李静", phone="1380000567", street="北京市海定区中关村大街1号")


@pytest.fixture
def order_id(books: Books, shop_id: int) -> int:
    """To an address with a wrong phone in a district that does not exist."""
    return take(
        books,
        shop_id,
        IncomingOrder(source="taobao", number="351531", lines=(IncomingLine(title="AJ1"),), recipient=LI),
    )


def take(books: Books, shop_id: int, incoming: IncomingOrder) -> int:
    def job(work: Work) -> int:
        orders.accept_order(work, incoming)
        found = work.orders.find_by_number(incoming.number)
        assert found is not None
        return found.id

    return books.do(job, shop=shop_id)


def ask(books: Books, shop_id: int, order_id: int) -> str:
    return books.do(lambda work: order_questions.ask_buyer(work, order_id).ask_code or "", shop=shop_id)


def look(books: Books, shop_id: int, order_id: int) -> Order:
    return books.do(lambda work: work.orders.get(order_id), shop=shop_id)


def come(work: Work, person_id: int) -> None:
    """A stranger writes to the bot."""
    if work.people.find(person_id) is None:
        work.people.add(Person(id=person_id, name=f"买家{person_id}", seen_at=work.now))
    work.enter(speaker=Speaker(person_id=person_id, name=f"买家{person_id}"), shop=None)


def open_link(books: Books, code: str, person_id: int = BUYER) -> Order:
    def job(work: Work) -> Order:
        come(work, person_id)
        return order_questions.open_question(work, code)

    return books.do(job, person=None)


def write(books: Books, shop_id: int, text: str, person_id: int = BUYER) -> bool:
    """Whether the words were taken as an answer about an order."""

    def job(work: Work) -> bool:
        speaker = Speaker(person_id=person_id, name=f"买家{person_id}", standing=Standing.BUYER)
        work.enter(speaker=speaker, shop=work.people.find_shop(shop_id))
        order = order_questions.find_order_asked_about(work, text)
        if order is not None:
            order_questions.hear_answer(work, order, text)
            assert any(isinstance(news, Wake) and news.card.kind is CardKind.ORDER for news, _ in work.news)
        return order is not None

    return books.do(job, person=None)


def test_the_buyer_who_opens_the_link_is_the_buyer_of_that_order(books: Books, shop_id: int, order_id: int) -> None:
    code = ask(books, shop_id, order_id)
    assert open_link(books, code).id == order_id
    assert look(books, shop_id, order_id).buyer_id is not None
    assert open_link(books, code).id == order_id
    with pytest.raises(NotFound):
        open_link(books, code, OTHER)


def test_a_made_up_link_leads_nowhere(books: Books, shop_id: int, order_id: int) -> None:
    ask(books, shop_id, order_id)
    with pytest.raises(NotFound):
        open_link(books, "made-up")


def test_the_answer_comes_back_onto_the_order_and_can_be_taken(books: Books, shop_id: int, order_id: int) -> None:
    open_link(books, ask(books, shop_id, order_id))
    assert write(books, shop_id, "13800005678 北京市海淀区中关村大街1号")
    assert look(books, shop_id, order_id).answer == "13800005678 北京市海淀区中关村大街1号"
    books.do(lambda work: order_questions.take_answer(work, order_id), shop=shop_id)
    recipient = look(books, shop_id, order_id).recipient
    assert recipient is not None
    assert (recipient.name, recipient.phone, recipient.district) == ("李静", "13800005678", "海淀区")


def test_other_words_of_the_buyer_are_no_answer(books: Books, shop_id: int, order_id: int) -> None:
    open_link(books, ask(books, shop_id, order_id))
    assert not write(books, shop_id, "什么时候发货？")
    assert not write(books, shop_id, "13800005678", OTHER)


def test_when_the_order_is_confirmed_nothing_is_waited_for(books: Books, shop_id: int, order_id: int) -> None:
    open_link(books, ask(books, shop_id, order_id))
    books.do(lambda work: orders.confirm_address(work, order_id), shop=shop_id)
    assert not write(books, shop_id, "13800005678")


def test_a_buyer_whom_we_know_is_asked_here(books: Books, shop_id: int, order_id: int) -> None:
    open_link(books, ask(books, shop_id, order_id))

    def job(work: Work) -> list[int]:
        order_questions.ask_buyer(work, order_id)
        return [news.person_id for news, _ in work.news if isinstance(news, Tell)]

    assert books.do(job, shop=shop_id) == [BUYER]


def test_a_correction_is_saved_at_once_when_nothing_is_wrong_any_more(
    books: Books, shop_id: int, order_id: int
) -> None:
    def job(work: Work) -> None:
        draft = address_edits.begin_edit(work, order_id)
        assert address_edits.type_address(work, draft, "13800005678") is None
        assert address_edits.take_suggestions(work, draft) is not None
        assert work.drafts.find_open() is None

    books.do(job, shop=shop_id)
    recipient = look(books, shop_id, order_id).recipient
    assert recipient is not None
    assert (recipient.phone, recipient.district) == ("13800005678", "海淀区")


def test_a_correction_that_was_left_goes_on_later(books: Books, shop_id: int, order_id: int) -> None:
    def begin(work: Work) -> int:
        draft = address_edits.begin_edit(work, order_id)
        address_edits.type_address(work, draft, "13800005678")
        work.drafts.leave_open()
        return draft.id

    draft_id = books.do(begin, shop=shop_id)

    def go_on(work: Work) -> str:
        draft = address_edits.begin_edit(work, order_id)
        assert draft.id == draft_id
        phone: str = draft.answers.recipient.phone
        return phone

    assert books.do(go_on, shop=shop_id) == "13800005678"


def test_what_looks_wrong_can_be_saved_all_the_same_or_dropped(books: Books, shop_id: int, order_id: int) -> None:
    def save(work: Work) -> None:
        draft = address_edits.begin_edit(work, order_id)
        address_edits.type_address(work, draft, "呼噜县")
        address_edits.save_edit(work, draft)
        again = address_edits.begin_edit(work, order_id)
        assert address_edits.drop_edit(work, again) == order_id
        assert not work.drafts.waiting(DraftKind.EDIT_ADDRESS)

    books.do(save, shop=shop_id)
    assert look(books, shop_id, order_id).revision == 2


def test_unclear_words_change_nothing(books: Books, shop_id: int, order_id: int) -> None:
    with pytest.raises(AddressUnclear):
        books.do(lambda work: address_edits.edit_address(work, order_id, "好的"), shop=shop_id)
    assert look(books, shop_id, order_id).revision == 1


def test_a_hidden_recipient_is_neither_edited_nor_asked_for(books: Books, shop_id: int) -> None:
    hidden = take(books, shop_id, IncomingOrder(source="dewu", number="D1", lines=(IncomingLine(title="AJ1"),)))
    for act in (address_edits.begin_edit, order_questions.ask_buyer, address_edits.correct_address):
        with pytest.raises(RecipientHidden):
            books.do(lambda work, act=act: act(work, hidden), shop=shop_id)  # type: ignore[misc]


def test_a_correction_of_an_order_that_was_cancelled_meanwhile_is_refused(
    books: Books, shop_id: int, order_id: int
) -> None:
    def begin(work: Work) -> int:
        draft = address_edits.begin_edit(work, order_id)
        address_edits.type_address(work, draft, "13800005678")
        return draft.id

    draft_id = books.do(begin, shop=shop_id)
    books.do(lambda work: orders.cancel_order(work, order_id), shop=shop_id)
    with pytest.raises(OrderCancelled):
        books.do(
            lambda work: address_edits.save_edit(work, work.drafts.get(draft_id, DraftKind.EDIT_ADDRESS)), shop=shop_id
        )
