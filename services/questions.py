"""Questions of buyers: heard, answered once, corrected, closed."""

from dataclasses import dataclass

from services.buyers import known_buyer
from shop.drafts.answer import TYPED_SOON, AnswerDraft
from shop.drafts.draft import Draft, DraftKind
from shop.errors import NotFound
from shop.questions import AlreadyAnswered, Buyer, Enclosure, Question, QuestionLine, Words, numbers_in
from shop.speakers import Permission
from storage.answers import keeps
from storage.news import Attachment, CardKind, CardRef, Level
from storage.work import Work

keeps(AnswerDraft)


@dataclass(frozen=True)
class Heard:
    """`called`: the staff were called just now, and the buyer may hear that the words arrived."""

    question: Question
    called: bool


@dataclass(frozen=True)
class HeldBack:
    """The words are kept until their author decides: a colleague was faster, or they came long after [Answer]."""

    draft: Draft


def hear_buyer(work: Work, words: Words, *, message_id: int) -> Heard:
    """The buyer's words join the exchange that goes on, or open a new one."""
    buyer = known_buyer(work)
    question = work.questions.find_latest(buyer.id)
    if question is None or not question.goes_on(work.now):
        question = Question(shop_id=work.shop_id, buyer=buyer, asked_at=work.now)
        work.questions.add(question)
    question.order_id = _order_meant(work, words.text, buyer) or question.order_id
    called = question.hear(words, by=work.speaker, at=work.now, message_id=message_id)
    _show_file_to_staff(work, question, words)
    if called:
        work.wake(_card(question), to=Permission.ANSWER_BUYERS, level=Level.P1)
    _changed(work, question)
    return Heard(question, called)


def correct_words(work: Work, text: str, *, message_id: int) -> None:
    """The buyer edited a message; one that we do not know any more is let go."""
    question = work.questions.find_saying(known_buyer(work).id, message_id)
    if question is not None and question.correct(message_id, text, at=work.now):
        _changed(work, question)


def begin_answer(work: Work, question_id: int) -> Question:
    """What the speaker types next is the answer."""
    question = work.questions.get(question_id)
    work.drafts.start(DraftKind.ANSWER_BUYER, AnswerDraft(), subject_id=question.id)
    return question


def stop_answering(work: Work, question_id: int) -> None:
    """What is typed next is not for this buyer."""
    _finish_draft(work, work.questions.get(question_id))


def answered_by_album(work: Work, album: str) -> int | None:
    """The question to which the speaker has sent an earlier picture of this album, or was about to."""
    for draft in work.drafts.waiting(DraftKind.ANSWER_BUYER):
        answers: AnswerDraft = draft.answers
        if answers.words is not None and answers.words.album == album:
            return draft.subject_id
    return work.questions.find_in_album(album)


def type_answer(work: Work, draft: Draft, words: Words) -> Question | HeldBack:
    """What was typed after [Answer]. Typed much later it may be meant for somebody else, and is shown first."""
    question = work.questions.get(draft.subject_id or 0)
    if work.now - draft.opened_at > TYPED_SOON:
        words.must_fit_a_message()
        return _hold_back(work, question, words)
    return answer_question(work, question.id, words)


def answer_question(work: Work, question_id: int, words: Words, *, anyway: bool = False) -> Question | HeldBack:
    """Send words to the buyer; when a colleague has answered meanwhile they are held back first."""
    question = work.questions.get(question_id)
    try:
        line = question.answer(words, by=work.speaker, at=work.now, anyway=anyway)
    except AlreadyAnswered:
        return _hold_back(work, question, words)
    _send_to_buyer(work, question, line, words)
    _finish_draft(work, question)
    _changed(work, question)
    return question


def send_held_back(work: Work, draft_id: int) -> Question:
    """The author knows of the colleague's answer and sends the words anyway."""
    draft = work.drafts.get(draft_id, DraftKind.ANSWER_BUYER)
    answers: AnswerDraft = draft.answers
    if answers.words is None:  # it asks for words still: a button that was never shown
        raise NotFound(draft.kind.value, draft_id)
    work.drafts.drop(draft)
    answered = answer_question(work, draft.subject_id or 0, answers.words, anyway=True)
    assert isinstance(answered, Question)  # noqa: S101 - nothing is held back twice
    return answered


def drop_held_back(work: Work, draft_id: int) -> Question:
    """The colleague's answer is enough."""
    draft = work.drafts.get(draft_id, DraftKind.ANSWER_BUYER)
    work.drafts.drop(draft)
    return work.questions.get(draft.subject_id or 0)


def close_question(work: Work, question_id: int) -> Question:
    """No answer is needed."""
    question = work.questions.get(question_id)
    question.close()
    _changed(work, question)
    return question


def reopen_question(work: Work, question_id: int) -> Question:
    question = work.questions.get(question_id)
    question.reopen()
    _changed(work, question)
    return question


def not_delivered(work: Work, question_id: int, *, to: int) -> None:
    """Telegram did not take what was to be said to this chat: was it the buyer's, the staff learn that the answer is not there."""
    shop_id = work.questions.shop_of(question_id)
    if shop_id is None:
        return
    work.enter(speaker=work.speaker, shop=work.people.find_shop(shop_id))
    question = work.questions.get(question_id)
    line = question.last_answer
    if line is not None and line.undelivered_at is None and question.buyer.person_id == to:
        line.undelivered_at = work.now
        _changed(work, question)


def files_of(work: Work, question_id: int) -> tuple[Attachment, ...]:
    """Every photo and document of the exchange."""
    lines = work.questions.get(question_id).lines
    return tuple(_attachment(line) for line in lines if line.enclosed is not None)


def _order_meant(work: Work, text: str, buyer: Buyer) -> int | None:
    """The order whose number the buyer names, else the newest that we know to be this buyer's."""
    for number in numbers_in(text):
        order = work.orders.find_by_number(number)
        if order is not None:
            return order.id
    return work.questions.order_of(buyer.id)


def _hold_back(work: Work, question: Question, words: Words) -> HeldBack:
    _finish_draft(work, question)
    draft = work.drafts.start(DraftKind.ANSWER_BUYER, AnswerDraft(words=words), subject_id=question.id)
    work.drafts.leave_open()
    return HeldBack(draft)


def _finish_draft(work: Work, question: Question) -> None:
    draft = work.drafts.find_open()
    if draft is not None and draft.kind is DraftKind.ANSWER_BUYER and draft.subject_id == question.id:
        work.drafts.drop(draft)


def _send_to_buyer(work: Work, question: Question, line: QuestionLine, words: Words) -> None:
    if not work.people.is_reachable(question.buyer.person_id):
        line.undelivered_at = work.now
        return
    work.tell(
        question.buyer.person_id,
        "questions/to_buyer.html",
        attachments=(_attachment(line),) if words.enclosed is not None else (),
        about=_card(question),
        text=words.text,
    )


def _show_file_to_staff(work: Work, question: Question, words: Words) -> None:
    """The picture lies above the card that speaks of it."""
    if words.enclosed is None:
        return
    attachment = _attachment(question.lines[-1])
    for person in work.people.staff(Permission.ANSWER_BUYERS):
        work.tell(
            person.id,
            "questions/file_of_buyer.html",
            level=Level.P1,
            attachments=(attachment,),
            about=_card(question),
            buyer=question.buyer.name,
        )


def _attachment(line: QuestionLine) -> Attachment:
    return Attachment(line.file_id, is_photo=line.enclosed is Enclosure.PHOTO)


def _card(question: Question) -> CardRef:
    return CardKind.QUESTION.of(question.id)


def _changed(work: Work, question: Question) -> None:
    work.touch(_card(question))
    work.touch(CardKind.QUESTIONS.of(question.shop_id))
