"""Answering a buyer: by a reply to the card, by [Answer] and typing, or with a canned answer that is shown first."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.buttons.questions import HeldBackButton, HeldBackVerb, QuestionButton, QuestionVerb
from bot.filters import Drafting, Has, May, NoCommand, OnCard, OnNoCard
from bot.hearing import Hearing
from bot.replies import Remove, Replies, Say, Show, Toast
from bot.words_said import words_of
from services import questions, quick_replies, shelf
from services.questions import HeldBack
from shop.drafts.draft import Draft, DraftKind
from shop.questions import Question
from shop.reading import StockQuery
from shop.speakers import Permission, Standing
from storage.news import CardKind
from storage.work import Work

router = Router(name="answer_buyer")
ANSWERS = May(Permission.ANSWER_BUYERS)
WORDS = Has("text", "photo", "document")


class RestOfAlbum(Filter):
    """A further picture of an album whose first one was an answer. Gives `subject_id`, the question."""

    async def __call__(self, message: Message, work: Work) -> bool | dict[str, Any]:
        if message.media_group_id is None or work.speaker.standing is not Standing.STAFF:
            return False
        question_id = questions.answered_by_album(work, message.media_group_id)
        return False if question_id is None else {"subject_id": question_id}


class ForTheBuyer(Filter):
    """The message is no question about the shop's own shelf, which is for us to answer: it must never reach the buyer by mistake."""

    async def __call__(self, message: Message, work: Work, hearing: Hearing) -> bool:
        said = hearing.said if message.text else None
        return not (isinstance(said, StockQuery) and shelf.sells(work, said))


@router.message(OnCard(CardKind.QUESTION), NoCommand(), WORDS, ANSWERS)
async def answer_by_reply(message: Message, work: Work, subject_id: int) -> Replies:
    return _shown(questions.answer_question(work, subject_id, words_of(message)))


@router.message(RestOfAlbum(), WORDS, ANSWERS)
async def answer_with_rest_of_album(message: Message, work: Work, subject_id: int) -> Replies:
    return _shown(questions.answer_question(work, subject_id, words_of(message)))


@router.message(Drafting(DraftKind.ANSWER_BUYER), OnNoCard(), ForTheBuyer(), NoCommand(), WORDS, ANSWERS)
async def answer_by_typing(message: Message, work: Work, draft: Draft) -> Replies:
    return _shown(questions.type_answer(work, draft, words_of(message)))


@router.message(Drafting(DraftKind.ANSWER_BUYER), OnNoCard(), ForTheBuyer(), NoCommand(), ANSWERS)
@router.message(OnCard(CardKind.QUESTION), NoCommand(), ANSWERS)
async def ask_for_words(_: Message) -> Say:
    return Say("questions/only_words_and_pictures.html")


@router.callback_query(QuestionButton.where(QuestionVerb.ANSWER), ANSWERS)
async def ask_what_to_answer(_: CallbackQuery, work: Work, button: QuestionButton) -> Show:
    questions.begin_answer(work, button.id)
    return Show(CardKind.QUESTION.of(button.id), view="answering")


@router.callback_query(QuestionButton.where(QuestionVerb.CANCEL), ANSWERS)
async def stop_answering(_: CallbackQuery, work: Work, button: QuestionButton) -> Show:
    questions.stop_answering(work, button.id)
    return Show(CardKind.QUESTION.of(button.id), view="")


@router.callback_query(QuestionButton.where(QuestionVerb.QUICK), ANSWERS)
async def offer_quick_replies(_: CallbackQuery, button: QuestionButton) -> Show:
    return Show(CardKind.QUESTION.of(button.id), view=f"quick:{button.arg}")


@router.callback_query(QuestionButton.where(QuestionVerb.PREVIEW), ANSWERS)
async def preview_quick_reply(_: CallbackQuery, work: Work, button: QuestionButton) -> Show:
    quick_replies.fitting(work, button.number, button.id)
    return Show(CardKind.QUESTION.of(button.id), view=f"preview:{button.arg}")


@router.callback_query(QuestionButton.where(QuestionVerb.SEND), ANSWERS)
async def send_quick_reply(_: CallbackQuery, work: Work, button: QuestionButton) -> Replies:
    if not quick_replies.is_still(work, button.number, revision=button.seen):
        return [Toast("errors/outdated.html"), Show(CardKind.QUESTION.of(button.id))]
    quick_replies.send_quick_reply(work, button.number, button.id)
    return Show(CardKind.QUESTION.of(button.id), view="")


@router.callback_query(HeldBackButton.where(HeldBackVerb.SEND), ANSWERS)
async def send_held_back(_: CallbackQuery, work: Work, button: HeldBackButton) -> Replies:
    question = questions.send_held_back(work, button.id)
    return [Remove(CardKind.HELD_BACK.of(button.id)), Show(CardKind.QUESTION.of(question.id), view="")]


@router.callback_query(HeldBackButton.where(HeldBackVerb.DROP), ANSWERS)
async def drop_held_back(_: CallbackQuery, work: Work, button: HeldBackButton) -> Replies:
    question = questions.drop_held_back(work, button.id)
    return [Remove(CardKind.HELD_BACK.of(button.id)), Show(CardKind.QUESTION.of(question.id), view="")]


def _shown(outcome: Question | HeldBack) -> Replies:
    match outcome:
        case Question() as question:
            return Show(CardKind.QUESTION.of(question.id), view="")
        case HeldBack(draft):
            return Show(CardKind.HELD_BACK.of(draft.id), view="")
