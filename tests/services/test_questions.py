"""Buyers' questions in the books: who is called, who hears back, and what happens when two answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services import orders, questions
from services.questions import HeldBack
from shop.drafts.answer import TYPED_SOON
from shop.drafts.draft import DraftKind
from shop.errors import NotFound
from shop.incoming import IncomingLine, IncomingOrder
from shop.questions import Enclosure, PleaseWait, Question, QuestionStatus, Words
from shop.shops import Person
from storage.work import Work
from tests.books import OWNER, Books
from tests.services.question_books import (
    BUYER,
    PACKER,
    SUPPORT,
    answer,
    as_buyer,
    ask,
    card_of,
    chats_showing,
    get,
    sent_to,
    staff_a_shop,
)


@pytest.fixture
def shop(books: Books, shop_id: int) -> int:
    return staff_a_shop(books, shop_id)


def test_a_question_reaches_those_who_answer_buyers_and_nobody_else(books: Books, shop: int) -> None:
    heard = ask(books, shop)
    assert heard.called
    assert chats_showing(books, heard.question.id) == {OWNER, SUPPORT}
    assert "43 码还有吗？" in card_of(books, heard.question.id, SUPPORT)


def test_further_words_join_the_open_question_and_the_card_counts_up(books: Books, shop: int) -> None:
    first = ask(books, shop, "在吗")
    second = ask(books, shop, message_id=2)
    assert second.question.id == first.question.id
    assert not second.called
    assert "2 条消息" in card_of(books, first.question.id, OWNER)


def test_a_button_shown_before_the_last_words_is_outdated(books: Books, shop: int) -> None:
    first = ask(books, shop)
    before = get(books, shop, first.question.id).revision
    ask(books, shop, "还有白色吗", message_id=2)
    assert get(books, shop, first.question.id).revision > before


def test_two_buyers_have_two_questions(books: Books, shop: int) -> None:
    books.do(lambda work: work.people.add(Person(id=2002, name="阿强", seen_at=work.now)), person=None)
    first = ask(books, shop)
    other = as_buyer(
        books, shop, lambda work: questions.hear_buyer(work, Words(text="在吗"), message_id=1), person=2002
    )
    assert other.question.id != first.question.id


def test_an_answer_goes_to_the_buyer_under_the_shop_s_name(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    answer(books, shop, question, "有的 <b>43</b>")
    (payload,) = sent_to(books, BUYER)
    assert "潮鞋小铺" in payload
    assert "有的 &lt;b&gt;43&lt;/b&gt;" in payload
    assert get(books, shop, question).status is QuestionStatus.ANSWERED
    assert "有的" in card_of(books, question, SUPPORT)


def test_a_photo_as_an_answer_is_sent_by_its_file_id(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    words = Words(text="就是这双", enclosed=Enclosure.PHOTO, file_id="AgAC1")
    books.do(lambda work: questions.answer_question(work, question, words), shop=shop)
    (payload,) = sent_to(books, BUYER)
    assert '"photo":"AgAC1"' in payload
    assert "就是这双" in payload


def test_a_buyer_s_document_is_passed_on_to_those_who_answer(books: Books, shop: int) -> None:
    ask(books, shop, "", enclosed=Enclosure.DOCUMENT, file_id="BQAC1", file_name="小票.pdf")
    for person in (OWNER, SUPPORT):
        (payload,) = sent_to(books, person)
        assert '"document":"BQAC1"' in payload
    assert sent_to(books, PACKER) == []


def test_a_second_answer_by_a_colleague_is_held_back_with_its_words(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    answer(books, shop, question)
    held = answer(books, shop, question, "有货", person=SUPPORT)
    assert isinstance(held, HeldBack)
    assert len(sent_to(books, BUYER)) == 1
    books.do(lambda work: questions.send_held_back(work, held.draft.id), shop=shop, person=SUPPORT)
    assert [line.by_name for line in get(books, shop, question).lines] == ["小美", "店员1001", "店员1002"]
    assert "有货" in sent_to(books, BUYER)[1]


def test_a_held_back_answer_can_be_dropped_and_is_gone(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    answer(books, shop, question)
    held = answer(books, shop, question, "有货", person=SUPPORT)
    assert isinstance(held, HeldBack)
    books.do(lambda work: questions.drop_held_back(work, held.draft.id), shop=shop, person=SUPPORT)
    assert len(sent_to(books, BUYER)) == 1
    with pytest.raises(NotFound):
        books.do(lambda work: questions.send_held_back(work, held.draft.id), shop=shop, person=SUPPORT)


def test_nobody_sends_what_another_member_held_back(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    answer(books, shop, question)
    held = answer(books, shop, question, "有货", person=SUPPORT)
    assert isinstance(held, HeldBack)
    with pytest.raises(NotFound):
        books.do(lambda work: questions.send_held_back(work, held.draft.id), shop=shop, person=OWNER)


def test_what_is_typed_soon_after_answer_is_sent(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    books.do(lambda work: questions.begin_answer(work, question), shop=shop)
    books.clock.move(TYPED_SOON)
    outcome = books.do(_type("有的"), shop=shop)
    assert isinstance(outcome, Question)
    assert books.do(lambda work: work.drafts.find_open(), shop=shop) is None


def test_what_is_typed_much_later_is_shown_before_it_is_sent(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    books.do(lambda work: questions.begin_answer(work, question), shop=shop)
    books.clock.move(TYPED_SOON + timedelta(seconds=1))
    outcome = books.do(_type("SF1234567890123"), shop=shop)
    assert isinstance(outcome, HeldBack)
    assert sent_to(books, BUYER) == []


def _type(text: str) -> Callable[[Work], Question | HeldBack]:
    def job(work: Work) -> Question | HeldBack:
        draft = work.drafts.find_open()
        assert draft is not None
        assert draft.kind is DraftKind.ANSWER_BUYER
        return questions.type_answer(work, draft, Words(text=text))

    return job


def test_the_rest_of_an_album_follows_its_first_picture(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    words = Words(enclosed=Enclosure.PHOTO, file_id="AgAC1", album="777")
    books.do(lambda work: questions.answer_question(work, question, words), shop=shop)
    assert books.do(lambda work: questions.answered_by_album(work, "777"), shop=shop) == question
    assert books.do(lambda work: questions.answered_by_album(work, "778"), shop=shop) is None
    assert books.do(lambda work: questions.answered_by_album(work, "777"), shop=shop, person=SUPPORT) is None


def test_the_rest_of_an_album_that_was_held_back_is_held_back_too(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    answer(books, shop, question)
    words = Words(enclosed=Enclosure.PHOTO, file_id="AgAC1", album="777")
    held = books.do(lambda work: questions.answer_question(work, question, words), shop=shop, person=SUPPORT)
    assert isinstance(held, HeldBack)
    assert books.do(lambda work: questions.answered_by_album(work, "777"), shop=shop, person=SUPPORT) == question


def test_an_answer_to_somebody_who_blocked_the_bot_is_marked_undelivered(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    answer(books, shop, question)
    books.do(lambda work: questions.not_delivered(work, question, to=BUYER), person=None)
    assert "没有送达" in card_of(books, question, OWNER)


def test_trouble_in_a_chat_of_the_staff_says_nothing_about_the_buyer(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    answer(books, shop, question)
    books.do(lambda work: questions.not_delivered(work, question, to=SUPPORT), person=None)
    books.do(lambda work: questions.not_delivered(work, 999, to=BUYER), person=None)
    assert "没有送达" not in card_of(books, question, OWNER)


def test_an_answer_to_somebody_known_to_be_unreachable_is_not_even_tried(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    books.do(lambda work: work.people.unreachable(BUYER), person=None)
    answer(books, shop, question)
    assert sent_to(books, BUYER) == []
    assert "没有送达" in card_of(books, question, OWNER)


def test_an_edited_message_corrects_the_card(books: Books, shop: int) -> None:
    question = ask(books, shop, "34 码还有吗？").question.id
    as_buyer(books, shop, lambda work: questions.correct_words(work, "43 码还有吗？", message_id=1))
    card = card_of(books, question, OWNER)
    assert "43 码还有吗？" in card
    assert "34 码" not in card
    as_buyer(books, shop, lambda work: questions.correct_words(work, "别的", message_id=99))


def test_closing_and_reopening(books: Books, shop: int) -> None:
    question = ask(books, shop, "谢谢").question.id
    books.do(lambda work: questions.close_question(work, question), shop=shop)
    assert books.do(lambda work: work.questions.count_waiting(), shop=shop) == 0
    books.do(lambda work: questions.reopen_question(work, question), shop=shop)
    assert books.do(lambda work: work.questions.count_waiting(), shop=shop) == 1


def test_the_list_names_who_waits_longest_first(books: Books, shop: int) -> None:
    books.do(lambda work: work.people.add(Person(id=2002, name="阿强", seen_at=work.now)), person=None)
    ask(books, shop, "第一个")
    books.clock.move(timedelta(minutes=1))
    as_buyer(books, shop, lambda work: questions.hear_buyer(work, Words(text="第二个"), message_id=1), person=2002)
    waiting = books.do(lambda work: work.questions.waiting(most=7), shop=shop)
    assert [line.first_words for line in waiting] == ["第一个", "第二个"]


def test_questions_of_another_shop_do_not_exist(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    other = books.open_shop("别家", owner=3001)
    for job in (questions.begin_answer, questions.close_question, questions.reopen_question, questions.files_of):
        with pytest.raises(NotFound):
            books.do(lambda work, job=job: job(work, question), shop=other, person=3001)  # type: ignore[misc]


def test_a_draft_that_still_asks_for_words_is_not_sent_as_one_that_was_held_back(books: Books, shop: int) -> None:
    question = ask(books, shop).question.id
    books.do(lambda work: questions.begin_answer(work, question), shop=shop)
    draft = books.do(lambda work: work.drafts.find_open(), shop=shop)
    assert draft is not None
    with pytest.raises(NotFound):
        books.do(lambda work: questions.send_held_back(work, draft.id), shop=shop)


def test_a_flood_of_messages_is_stopped_with_a_word(books: Books, shop: int) -> None:
    for n in range(50):
        ask(books, shop, str(n), message_id=n)
    with pytest.raises(PleaseWait):
        ask(books, shop, "50", message_id=50)


def test_a_question_knows_the_order_whose_number_it_names(books: Books, shop: int) -> None:
    incoming = IncomingOrder(source="shop", number="A-1001-22", lines=(IncomingLine(title="AJ1", quantity=1),))
    books.do(lambda work: orders.accept_orders(work, [incoming]), shop=shop)
    question = ask(books, shop, "订单A-1001-22什么时候发货").question
    assert books.do(lambda work: work.questions.order_number(question), shop=shop) == "A-1001-22"
    assert "A-1001-22" in card_of(books, question.id, OWNER)
    other = books.open_shop("别家", owner=3001)
    assert books.do(lambda work: work.questions.order_number(question), shop=other, person=3001) == ""
