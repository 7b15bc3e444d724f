"""The shop's canned answers: given to a new shop, written, moved, thrown away, sent."""

from services.questions import answer_question
from shop.drafts.draft import Draft, DraftKind
from shop.drafts.quick_reply import QuickReplyDraft
from shop.questions import Question, Words
from shop.quick_replies import Blank, QuickReply, fit_text, fit_title, move_up, new_quick_reply
from shop.quick_replies import quick_replies_for_a_new_shop as starters
from storage.answers import keeps
from storage.news import CardKind
from storage.work import Work

keeps(QuickReplyDraft)


def give_quick_replies(work: Work) -> None:
    """A new shop begins with the answers that every shop gives, in its owner's language."""
    for title, text in starters(work.speaker.language):
        work.quick_replies.add(new_quick_reply(title, text, work.quick_replies.all(), shop_id=work.shop_id))


def begin_quick_reply(work: Work) -> Draft:
    """What the speaker types next is the title, or title and text."""
    return work.drafts.start(DraftKind.QUICK_REPLY, QuickReplyDraft())


def begin_new_title(work: Work, reply_id: int) -> Draft:
    reply = work.quick_replies.get(reply_id)
    return work.drafts.start(DraftKind.QUICK_REPLY, QuickReplyDraft(text=reply.text), subject_id=reply.id)


def begin_new_text(work: Work, reply_id: int) -> Draft:
    reply = work.quick_replies.get(reply_id)
    return work.drafts.start(DraftKind.QUICK_REPLY, QuickReplyDraft(title=reply.title), subject_id=reply.id)


def write_quick_reply(work: Work, draft: Draft, words: str) -> QuickReply | None:
    """The next part of the canned answer; gives it once it is whole. A part that will not do is refused and not kept."""
    answers: QuickReplyDraft = draft.answers.with_words(words)
    others = [reply for reply in work.quick_replies.all() if reply.id != draft.subject_id]
    fit_title(answers.title or "", [reply.title for reply in others])
    if answers.text is None:
        draft.answers = answers
        return None
    fit_text(answers.text)
    reply = _kept(work, draft.subject_id, answers)
    work.drafts.drop(draft)
    _changed(work)
    return reply


def move_quick_reply_up(work: Work, reply_id: int) -> None:
    """One place nearer to the thumb."""
    move_up(work.quick_replies.get(reply_id), work.quick_replies.all())
    _changed(work)


def delete_quick_reply(work: Work, reply_id: int) -> None:
    work.quick_replies.remove(work.quick_replies.get(reply_id))
    _changed(work)


def existing(work: Work, reply_id: int) -> int:
    """The id, if there is such a canned answer; refused when it was thrown away."""
    return work.quick_replies.get(reply_id).id


def stop_writing(work: Work) -> None:
    """What was begun is thrown away; it can be begun again with one tap."""
    draft = work.drafts.find_open()
    if draft is not None and draft.kind is DraftKind.QUICK_REPLY:
        work.drafts.drop(draft)


def is_still(work: Work, reply_id: int, *, revision: int) -> bool:
    """Are these the words that were on show?"""
    return work.quick_replies.get(reply_id).revision == revision


def fitting(work: Work, reply_id: int, question_id: int) -> str:
    """The words for that question's buyer; refused when the question lacks what they speak of."""
    return fill_in(work, work.quick_replies.get(reply_id), work.questions.get(question_id))


def send_quick_reply(work: Work, reply_id: int, question_id: int) -> Question:
    """The member has seen the words, and whether a colleague has answered."""
    words = Words(text=fitting(work, reply_id, question_id))
    answered = answer_question(work, question_id, words, anyway=True)
    assert isinstance(answered, Question)  # noqa: S101 - what is sent anyway is not held back
    return answered


def fill_in(work: Work, reply: QuickReply, question: Question) -> str:
    """The words that this question's buyer would read."""
    parcel = work.parcels.find_of_order(question.order_id) if question.order_id else None
    facts = {
        Blank.BUYER: question.buyer.name,
        Blank.SHOP: work.shop.name,
        Blank.ORDER: work.questions.order_number(question),
        Blank.TRACKING: parcel.tracking_number if parcel else "",
    }
    return reply.fill_in(facts)


def _kept(work: Work, reply_id: int | None, answers: QuickReplyDraft) -> QuickReply:
    there = work.quick_replies.all()
    title, text = answers.title or "", answers.text or ""
    if reply_id is None:
        reply = new_quick_reply(title, text, there, shop_id=work.shop_id)
        work.quick_replies.add(reply)
        return reply
    reply = work.quick_replies.get(reply_id)
    reply.retitle(title, there)
    reply.rewrite(text)
    return reply


def _changed(work: Work) -> None:
    work.touch(CardKind.QUICK_REPLIES.of(work.shop_id))
