"""The cards of questions: one exchange, an answer that was held back, and the list of those who wait."""

from bot.buttons.orders import OrderButton, OrderVerb
from bot.buttons.questions import HeldBackButton, HeldBackVerb, QuestionButton, QuestionVerb
from bot.callbacks import whole
from bot.cards import Card, card
from bot.cards.closing import CLOSE
from bot.labels import L, Label, plain
from bot.replies import Button, Keyboard, Row
from services import quick_replies
from shop.drafts.answer import AnswerDraft
from shop.drafts.draft import DraftKind
from shop.errors import ShopError
from shop.exchange import newest, pages
from shop.questions import Question, QuestionStatus
from shop.quick_replies import QuickReply
from storage.news import CardKind
from storage.work import Work

MOST_WAITING = 7
REPLIES_A_PAGE = 6


@card(CardKind.QUESTION)
def question_card(work: Work, question_id: int, view: str) -> Card:
    """Faces: as it stands, `answering`, `forget` (asks once more), `quick:<page>`, `preview:<canned answer>`, `read:<page>`."""
    question = work.questions.get(question_id)
    face, _, arg = view.partition(":")
    number = whole(arg)
    if question.forgotten_at is not None:
        return Card("questions/forgotten.html", {"question": question}, ((CLOSE,),))
    return _remembered(work, question, face, number)


def _remembered(work: Work, question: Question, face: str, number: int) -> Card:
    match face:
        case "forget":
            return _face(question, face, _forgetting(question))
        case "answering":
            return _face(question, face, (_one(question, L("Cancel"), QuestionVerb.CANCEL),))
        case "quick":
            return _choice(work, question, number)
        case "preview":
            return _preview(work, question, number)
        case "read":
            return _reading(question, number)
    return _face(question, "", _present(work, question))


@card(CardKind.HELD_BACK)
def held_back_card(work: Work, draft_id: int, _: str) -> Card:
    """Shown to its author alone."""
    draft = work.drafts.get(draft_id, DraftKind.ANSWER_BUYER)
    answers: AnswerDraft = draft.answers
    question = work.questions.get(draft.subject_id or 0)
    send = Button(L("Send anyway"), HeldBackButton(verb=HeldBackVerb.SEND, id=draft.id), style="primary")
    drop = Button(L("Do not send"), HeldBackButton(verb=HeldBackVerb.DROP, id=draft.id))
    return Card("questions/held_back.html", {"question": question, "words": answers.words}, ((send, drop),))


@card(CardKind.QUESTIONS)
def questions_card(work: Work, _shop_id: int, _: str) -> Card:
    waiting = work.questions.waiting(most=MOST_WAITING)
    facts = {"waiting": waiting, "count": work.questions.count_waiting()}
    opens = [QuestionButton(verb=QuestionVerb.OPEN, id=question.id) for question in waiting]
    named = [plain(f"{question.buyer[:20]}: {question.first_words[:30] or '📎'}") for question in waiting]
    rows = tuple((Button(label, press),) for label, press in zip(named, opens, strict=True))
    return Card("questions/list.html", facts, (*rows, (CLOSE,)))


def _face(question: Question, face: str, keyboard: Keyboard, **facts: object) -> Card:
    shown, left_out = newest(question.lines)
    if left_out and face == "":
        keyboard = (*keyboard, _one(question, L("Read everything"), QuestionVerb.READ, arg="1"))
    told = {"question": question, "excerpts": shown, "left_out": left_out, "face": face}
    return Card("questions/card.html", told | facts, keyboard)


def _present(work: Work, question: Question) -> Keyboard:
    answer = L("Answer") if question.status is not QuestionStatus.ANSWERED else L("Write more")
    quick = _button(question, L("Quick reply"), QuestionVerb.QUICK, arg="1")
    rows: list[Row] = [(_button(question, answer, QuestionVerb.ANSWER, style="primary"), quick)]
    if number := work.questions.order_number(question):
        rows.append(
            (Button(L("Order {number}", number=number), OrderButton(verb=OrderVerb.OPEN, id=question.order_id or 0)),)
        )
    if files := sum(line.enclosed is not None for line in question.lines):
        show = L("Show the {n} files", n=files) if files > 1 else L("Show the file")
        rows.append(_one(question, show, QuestionVerb.FILES))
    match question.status:
        case QuestionStatus.WAITING:
            needless = QuestionButton(verb=QuestionVerb.CLOSE, id=question.id, revision=question.revision)
            rows.append((Button(L("No answer needed"), needless),))
        case QuestionStatus.CLOSED:
            rows.append(_one(question, L("Undo: it needs an answer"), QuestionVerb.REOPEN))
    rows.append(_one(question, L("Forget this buyer …"), QuestionVerb.FORGET))
    return tuple(rows)


def _forgetting(question: Question) -> Keyboard:
    """The consequence stands on the button."""
    sure = _button(question, L("Remove all about this buyer"), QuestionVerb.FORGET_NOW, style="danger")
    return ((sure,), _back(question))


def _choice(work: Work, question: Question, page: int) -> Card:
    """The shop's canned answers, in the merchant's own order."""
    replies = work.quick_replies.all()
    last = max(-(-len(replies) // REPLIES_A_PAGE), 1)
    page = min(max(page, 1), last)
    some = replies[(page - 1) * REPLIES_A_PAGE : page * REPLIES_A_PAGE]
    rows = [(_button(question, plain(reply.title), QuestionVerb.PREVIEW, arg=str(reply.id)),) for reply in some]
    turns = _turns(question, QuestionVerb.QUICK, page, last)
    return _face(question, "quick", (*rows, turns, _back(question)), any_replies=bool(replies))


def _preview(work: Work, question: Question, reply_id: int) -> Card:
    """What the buyer would read; a canned answer that is gone or does not fit any more leads back to the choice."""
    try:
        reply = work.quick_replies.get(reply_id)
        text = quick_replies.fill_in(work, reply, question)
    except ShopError:
        return _choice(work, question, 1)
    label = L("Send anyway") if question.status is QuestionStatus.ANSWERED else L("Send")
    send = QuestionButton(verb=QuestionVerb.SEND, id=question.id, revision=question.revision, arg=sending(reply))
    others = _button(question, L("Back"), QuestionVerb.QUICK, arg="1")
    return _face(question, "preview", ((Button(label, send, style="primary"),), (others,)), preview=text)


def sending(reply: QuickReply) -> str:
    """Names a canned answer in the very words that were on show."""
    return f"{reply.id}-{reply.revision}"


def _reading(question: Question, page: int) -> Card:
    every = pages(question.lines)
    page = min(max(page, 1), len(every))
    turns = _turns(question, QuestionVerb.READ, page, len(every))
    facts = {"question": question, "excerpts": every[page - 1], "page": page, "last": len(every)}
    return Card("questions/reading.html", facts, (turns, _back(question)))


def _turns(question: Question, verb: QuestionVerb, page: int, last: int) -> Row:
    before = (_button(question, plain("‹"), verb, arg=str(page - 1)),) if page > 1 else ()
    after = (_button(question, plain("›"), verb, arg=str(page + 1)),) if page < last else ()
    return before + after


def _back(question: Question) -> Row:
    return _one(question, L("Back"), QuestionVerb.OPEN)


def _one(question: Question, label: Label, verb: QuestionVerb, *, arg: str = "") -> Row:
    return (_button(question, label, verb, arg=arg),)


def _button(question: Question, label: Label, verb: QuestionVerb, *, arg: str = "", style: str | None = None) -> Button:
    return Button(label, QuestionButton(verb=verb, id=question.id, arg=arg), style=style)
