"""A buyer's question: joining, calling, answering, and the colleague who was faster."""

from datetime import UTC, datetime, timedelta

import pytest

from shop.questions import (
    AlreadyAnswered,
    AnswerTooLong,
    Buyer,
    Enclosure,
    NothingToSend,
    PleaseWait,
    Question,
    QuestionStatus,
    Side,
    Words,
    numbers_in,
)
from shop.speakers import Role, Speaker, Standing

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BUYER = Speaker(person_id=7, name="小美", standing=Standing.BUYER)
XIAOMEI = Buyer(shop_id=1, person_id=7, name="小美", since=NOON)
LIN = Speaker(person_id=1, name="林老板", standing=Standing.STAFF, role=Role.OWNER)
CHEN = Speaker(person_id=2, name="小陈", standing=Standing.STAFF, role=Role.SUPPORT)


def after(**passed: float) -> datetime:
    return NOON + timedelta(**passed)


def asked(*texts: str) -> Question:
    question = Question(shop_id=1, buyer=XIAOMEI, asked_at=NOON)
    for n, text in enumerate(texts, start=1):
        question.hear(Words(text=text), by=BUYER, at=NOON, message_id=n)
    return question


def test_the_first_words_call_the_shop() -> None:
    question = Question(shop_id=1, buyer=XIAOMEI, asked_at=NOON)
    assert question.hear(Words(text="43 码还有吗？"), by=BUYER, at=NOON)
    assert question.status is QuestionStatus.WAITING
    assert [(line.side, line.by_name, line.text) for line in question.lines] == [(Side.BUYER, "小美", "43 码还有吗？")]


def test_words_within_ninety_seconds_join_without_another_call() -> None:
    question = asked("在吗")
    assert not question.hear(Words(text="43 码还有吗？"), by=BUYER, at=after(seconds=90))
    assert len(question.unanswered) == 2


def test_words_after_ninety_seconds_call_again() -> None:
    question = asked("在吗")
    assert question.hear(Words(text="有人吗"), by=BUYER, at=after(seconds=91))
    assert not question.hear(Words(text="？"), by=BUYER, at=after(seconds=100))


def test_a_photo_alone_is_a_question() -> None:
    question = Question(shop_id=1, buyer=XIAOMEI, asked_at=NOON)
    question.hear(Words(enclosed=Enclosure.PHOTO, file_id="AgAC1"), by=BUYER, at=NOON)
    assert question.lines[0].enclosed is Enclosure.PHOTO
    assert question.lines[0].file_id == "AgAC1"


def test_blank_words_are_no_question() -> None:
    with pytest.raises(NothingToSend):
        Question(shop_id=1, buyer=XIAOMEI, asked_at=NOON).hear(Words(text="  \n"), by=BUYER, at=NOON)


def test_an_answer_records_who_and_when() -> None:
    question = asked("43 码还有吗？")
    line = question.answer(Words(text="有的"), by=LIN, at=after(minutes=5))
    assert question.status is QuestionStatus.ANSWERED
    assert (question.answered_by, question.answered_at) == (1, after(minutes=5))
    assert (line.side, line.by_name, line.text) == (Side.SHOP, "林老板", "有的")
    assert question.unanswered == []
    assert question.last_answer is line


def test_a_colleague_who_answers_second_hears_who_was_faster() -> None:
    question = asked("43 码还有吗？")
    question.answer(Words(text="有的"), by=LIN, at=after(minutes=5))
    with pytest.raises(AlreadyAnswered) as refusal:
        question.answer(Words(text="有货"), by=CHEN, at=after(minutes=6))
    assert (refusal.value.by, refusal.value.at) == ("林老板", after(minutes=5))
    assert len(question.lines) == 2


def test_a_colleague_may_answer_anyway() -> None:
    question = asked("43 码还有吗？")
    question.answer(Words(text="有的"), by=LIN, at=after(minutes=5))
    question.answer(Words(text="还有 44"), by=CHEN, at=after(minutes=6), anyway=True)
    assert [line.by_name for line in question.lines] == ["小美", "林老板", "小陈"]
    assert question.answered_by == 2


def test_the_same_member_may_add_to_the_answer() -> None:
    question = asked("43 码还有吗？")
    question.answer(Words(text="有的"), by=LIN, at=after(minutes=5))
    question.answer(Words(text="黑色的"), by=LIN, at=after(minutes=6))
    assert [line.text for line in question.lines] == ["43 码还有吗？", "有的", "黑色的"]


def test_words_after_an_answer_wait_for_anybody_again() -> None:
    question = asked("43 码还有吗？")
    question.answer(Words(text="有的"), by=LIN, at=after(seconds=10))
    assert question.hear(Words(text="白色呢"), by=BUYER, at=after(seconds=20))
    assert question.status is QuestionStatus.WAITING
    assert [line.text for line in question.unanswered] == ["白色呢"]
    question.answer(Words(text="也有"), by=CHEN, at=after(seconds=30))


@pytest.mark.parametrize(("passed", "goes_on"), [(timedelta(days=1), True), (timedelta(days=1, seconds=1), False)])
def test_an_answered_question_goes_on_for_a_day(passed: timedelta, goes_on: bool) -> None:  # noqa: FBT001 - a table
    question = asked("43 码还有吗？")
    question.answer(Words(text="有的"), by=LIN, at=NOON)
    assert question.goes_on(NOON + passed) is goes_on


def test_a_waiting_question_goes_on_for_ever() -> None:
    assert asked("在吗").goes_on(after(days=30))


def test_a_closed_question_takes_no_more_words_until_it_is_reopened() -> None:
    question = asked("谢谢")
    question.close()
    assert question.status is QuestionStatus.CLOSED
    assert not question.goes_on(after(seconds=1))
    question.reopen()
    assert question.goes_on(after(seconds=1))


def test_closing_an_answered_question_changes_nothing() -> None:
    question = asked("43 码还有吗？")
    question.answer(Words(text="有的"), by=LIN, at=NOON)
    question.close()
    assert question.status is QuestionStatus.ANSWERED
    question.reopen()
    assert question.status is QuestionStatus.ANSWERED


def test_a_closed_question_may_still_be_answered() -> None:
    question = asked("谢谢")
    question.close()
    question.answer(Words(text="不客气"), by=LIN, at=NOON)
    assert question.status is QuestionStatus.ANSWERED


def test_an_edited_message_corrects_its_line() -> None:
    question = asked("34 码还有吗？")
    assert question.correct(1, "43 码还有吗？", at=after(seconds=5))
    assert (question.lines[0].text, question.lines[0].edited_at) == ("43 码还有吗？", after(seconds=5))
    assert not question.correct(1, "43 码还有吗？", at=after(seconds=6))
    assert not question.correct(99, "别的", at=after(seconds=6))


def test_an_answer_must_fit_one_message_as_telegram_counts() -> None:
    question = asked("在吗")
    question.answer(Words(text="好" * 3500), by=LIN, at=NOON)
    with pytest.raises(AnswerTooLong) as refusal:
        question.answer(Words(text="😀" * 1751), by=LIN, at=NOON)
    assert (refusal.value.length, refusal.value.longest) == (3502, 3500)


def test_words_under_a_photo_must_fit_a_caption() -> None:
    question = asked("在吗")
    with pytest.raises(AnswerTooLong):
        question.answer(Words(text="好" * 901, enclosed=Enclosure.PHOTO, file_id="A"), by=LIN, at=NOON)


def test_an_empty_answer_is_refused() -> None:
    with pytest.raises(NothingToSend):
        asked("在吗").answer(Words(text=" "), by=LIN, at=NOON)


def test_after_fifty_unanswered_messages_the_buyer_is_asked_to_wait() -> None:
    question = asked(*(f"在吗 {n}" for n in range(50)))
    with pytest.raises(PleaseWait):
        question.hear(Words(text="在吗"), by=BUYER, at=NOON)
    question.answer(Words(text="在的"), by=LIN, at=NOON)
    assert question.hear(Words(text="太好了"), by=BUYER, at=NOON)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("订单123456789012345678什么时候发货", ("123456789012345678",)),
        ("订单 123456789012345678 什么时候发货", ("123456789012345678",)),
        ("A-1001-22, A-1001-22 and PO_2026_7", ("A-1001-22", "PO_2026_7")),
        ("hello there, size 43?", ()),
        ("<b>12345</b>", ()),
        ("SF1234567890123呢", ("SF1234567890123",)),
    ],
)
def test_order_numbers_are_noticed_in_a_buyer_s_words(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers_in(text) == numbers
