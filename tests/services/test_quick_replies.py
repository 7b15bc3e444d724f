"""Canned answers in the books: given, written, moved, thrown away, sent."""

import pytest

import bot.cards.questions
import bot.cards.quick_replies  # noqa: F401 - the cards that news are shown on
from services import parcels, questions, quick_replies
from shop.drafts.quick_reply import QuickReplyDraft, QuickReplyGap
from shop.errors import NotFound
from shop.questions import QuestionStatus, Words
from shop.quick_replies import NothingToFillIn, QuickReply, QuickReplyTitleTaken, UnknownBlank
from shop.shops import Person
from shop.speakers import Speaker, Standing
from storage.work import Work
from tests.books import Books
from tests.services.parcel_books import SF, arrives


def titles(books: Books, shop_id: int) -> list[str]:
    return books.do(lambda work: [reply.title for reply in work.quick_replies.all()], shop=shop_id)


def write(books: Books, shop_id: int, words: str) -> QuickReply | None:
    def job(work: Work) -> QuickReply | None:
        draft = work.drafts.find_open()
        assert draft is not None
        return quick_replies.write_quick_reply(work, draft, words)

    return books.do(job, shop=shop_id)


def add(books: Books, shop_id: int, title: str, text: str) -> QuickReply:
    books.do(quick_replies.begin_quick_reply, shop=shop_id)
    reply = write(books, shop_id, f"{title}\n{text}")
    assert reply is not None
    return reply


def asked(books: Books, shop_id: int, text: str = "在吗") -> int:
    def job(work: Work) -> int:
        work.people.add(Person(id=2001, name="小美", seen_at=work.now))
        work.enter(speaker=Speaker(person_id=2001, name="小美", standing=Standing.BUYER), shop=work.shop)
        return questions.hear_buyer(work, Words(text=text), message_id=1).question.id

    return books.do(job, shop=shop_id)


def test_a_new_shop_has_the_usual_answers(books: Books, shop_id: int) -> None:
    books.do(quick_replies.give_quick_replies, shop=shop_id)
    assert titles(books, shop_id) == ["在的", "何时发货", "已发货", "尺码建议", "退换货", "感谢"]


def test_title_and_text_may_come_one_after_the_other(books: Books, shop_id: int) -> None:
    books.do(quick_replies.begin_quick_reply, shop=shop_id)
    assert write(books, shop_id, "感谢") is None
    reply = write(books, shop_id, "谢谢 {buyer}")
    assert reply is not None
    assert (reply.title, reply.text) == ("感谢", "谢谢 {buyer}")
    assert books.do(lambda work: work.drafts.find_open(), shop=shop_id) is None


def test_a_part_that_will_not_do_is_refused_and_the_draft_waits_for_a_better_one(books: Books, shop_id: int) -> None:
    books.do(quick_replies.begin_quick_reply, shop=shop_id)
    write(books, shop_id, "感谢")
    with pytest.raises(UnknownBlank):
        write(books, shop_id, "谢谢 {name}")
    draft = books.do(lambda work: work.drafts.find_open(), shop=shop_id)
    assert draft is not None
    answers: QuickReplyDraft = draft.answers
    assert answers.first_gap() is QuickReplyGap.TEXT
    assert titles(books, shop_id) == []


def test_a_taken_title_is_refused_at_once(books: Books, shop_id: int) -> None:
    add(books, shop_id, "感谢", "谢谢")
    books.do(quick_replies.begin_quick_reply, shop=shop_id)
    with pytest.raises(QuickReplyTitleTaken):
        write(books, shop_id, "感谢")


def test_title_and_text_are_changed_apart(books: Books, shop_id: int) -> None:
    reply = add(books, shop_id, "感谢", "谢谢")
    books.do(lambda work: quick_replies.begin_new_title(work, reply.id), shop=shop_id)
    write(books, shop_id, "多谢")
    books.do(lambda work: quick_replies.begin_new_text(work, reply.id), shop=shop_id)
    changed = write(books, shop_id, "谢谢您")
    assert changed is not None
    assert (changed.id, changed.title, changed.text) == (reply.id, "多谢", "谢谢您")


def test_a_reply_may_keep_its_own_title(books: Books, shop_id: int) -> None:
    reply = add(books, shop_id, "感谢", "谢谢")
    books.do(lambda work: quick_replies.begin_new_title(work, reply.id), shop=shop_id)
    assert write(books, shop_id, "感谢") is not None


def test_moving_up_and_deleting(books: Books, shop_id: int) -> None:
    add(books, shop_id, "甲", "一")
    second = add(books, shop_id, "乙", "二")
    books.do(lambda work: quick_replies.move_quick_reply_up(work, second.id), shop=shop_id)
    assert titles(books, shop_id) == ["乙", "甲"]
    books.do(lambda work: quick_replies.delete_quick_reply(work, second.id), shop=shop_id)
    assert titles(books, shop_id) == ["甲"]
    with pytest.raises(NotFound):
        books.do(lambda work: quick_replies.existing(work, second.id), shop=shop_id)


def test_sending_fills_in_the_blanks_and_answers_the_question(books: Books, shop_id: int) -> None:
    reply = add(books, shop_id, "在的", "{买家} 您好，这里是{店铺}")
    question = asked(books, shop_id)
    books.do(lambda work: quick_replies.send_quick_reply(work, reply.id, question), shop=shop_id)
    found = books.do(lambda work: work.questions.get(question), shop=shop_id)
    assert found.status is QuestionStatus.ANSWERED
    assert found.lines[-1].text == "小美 您好，这里是潮鞋小铺"


def test_a_reply_about_a_parcel_is_refused_where_there_is_none(books: Books, shop_id: int) -> None:
    reply = add(books, shop_id, "已发货", "单号 {tracking}")
    question = asked(books, shop_id)
    with pytest.raises(NothingToFillIn):
        books.do(lambda work: quick_replies.fitting(work, reply.id, question), shop=shop_id)


def test_words_that_changed_since_they_were_shown_are_known(books: Books, shop_id: int) -> None:
    reply = add(books, shop_id, "感谢", "谢谢")
    seen = reply.revision
    assert books.do(lambda work: quick_replies.is_still(work, reply.id, revision=seen), shop=shop_id)
    books.do(lambda work: quick_replies.begin_new_text(work, reply.id), shop=shop_id)
    write(books, shop_id, "谢谢您")
    assert not books.do(lambda work: quick_replies.is_still(work, reply.id, revision=seen), shop=shop_id)


def test_the_replies_of_another_shop_do_not_exist(books: Books, shop_id: int) -> None:
    reply = add(books, shop_id, "感谢", "谢谢")
    other = books.open_shop("别家", owner=3001)
    for job in (quick_replies.delete_quick_reply, quick_replies.begin_new_text, quick_replies.existing):
        with pytest.raises(NotFound):
            books.do(lambda work, job=job: job(work, reply.id), shop=other, person=3001)  # type: ignore[misc]


def test_order_and_tracking_number_come_from_the_order_that_the_buyer_names(books: Books, shop_id: int) -> None:
    reply = add(books, shop_id, "已发货", "订单 {订单} 已发货，单号 {单号}")
    order_id = arrives(books, shop_id, "A-1001-22")
    question = asked(books, shop_id, "A-1001-22 发货了吗")
    with pytest.raises(NothingToFillIn):
        books.do(lambda work: quick_replies.fitting(work, reply.id, question), shop=shop_id)
    books.do(lambda work: parcels.ship_order(work, order_id, SF), shop=shop_id)
    words = books.do(lambda work: quick_replies.fitting(work, reply.id, question), shop=shop_id)
    assert words == f"订单 A-1001-22 已发货，单号 {SF}"
