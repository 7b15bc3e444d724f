"""Questions as the staff see them: the list, one exchange, its files, and those that need no answer."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.questions import QuestionButton, QuestionVerb
from bot.filters import Commands, May
from bot.replies import Photos, Show
from services import questions
from shop.speakers import Permission
from storage.news import CardKind
from storage.work import Work

router = Router(name="questions")
ANSWERS = May(Permission.ANSWER_BUYERS)


@router.message(Commands("questions"), ANSWERS)
async def list_waiting(_: Message, work: Work) -> Show:
    return Show(CardKind.QUESTIONS.of(work.shop_id), view="")


@router.callback_query(QuestionButton.where(QuestionVerb.OPEN), ANSWERS)
async def open_question(_: CallbackQuery, button: QuestionButton) -> Show:
    return Show(CardKind.QUESTION.of(button.id), view="")


@router.callback_query(QuestionButton.where(QuestionVerb.READ), ANSWERS)
async def read_everything(_: CallbackQuery, button: QuestionButton) -> Show:
    return Show(CardKind.QUESTION.of(button.id), view=f"read:{button.arg}")


@router.callback_query(QuestionButton.where(QuestionVerb.FILES), ANSWERS)
async def show_files(_: CallbackQuery, work: Work, button: QuestionButton) -> Photos:
    return Photos(questions.files_of(work, button.id))


@router.callback_query(QuestionButton.where(QuestionVerb.CLOSE), ANSWERS)
async def close_question(_: CallbackQuery, work: Work, button: QuestionButton) -> Show:
    questions.close_question(work, button.id)
    return Show(CardKind.QUESTION.of(button.id), view="")


@router.callback_query(QuestionButton.where(QuestionVerb.REOPEN), ANSWERS)
async def reopen_question(_: CallbackQuery, work: Work, button: QuestionButton) -> Show:
    questions.reopen_question(work, button.id)
    return Show(CardKind.QUESTION.of(button.id), view="")
