"""Questions as the staff see them: the list, one exchange, its files, and those that need no answer."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.questions import QuestionButton, QuestionVerb
from bot.filters import Commands, May
from bot.replies import Photos, Replies, Show, Toast
from services import forgetting, questions
from shop.speakers import Permission
from storage.news import CardKind
from storage.work import Work

router = Router(name="questions")
ANSWERS = May(Permission.ANSWER_BUYERS)
FORGETS = May(Permission.FORGET)


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
async def show_files(_: CallbackQuery, work: Work, button: QuestionButton) -> Replies:
    files = questions.files_of(work, button.id)
    return Photos(files) if files else Show(CardKind.QUESTION.of(button.id))


@router.callback_query(QuestionButton.where(QuestionVerb.CLOSE), ANSWERS)
async def close_question(_: CallbackQuery, work: Work, button: QuestionButton) -> Show:
    questions.close_question(work, button.id)
    return Show(CardKind.QUESTION.of(button.id), view="")


@router.callback_query(QuestionButton.where(QuestionVerb.REOPEN), ANSWERS)
async def reopen_question(_: CallbackQuery, work: Work, button: QuestionButton) -> Show:
    questions.reopen_question(work, button.id)
    return Show(CardKind.QUESTION.of(button.id), view="")


@router.callback_query(QuestionButton.where(QuestionVerb.FORGET), FORGETS)
async def ask_about_forgetting(_: CallbackQuery, button: QuestionButton) -> Show:
    return Show(CardKind.QUESTION.of(button.id), view="forget")


@router.callback_query(QuestionButton.where(QuestionVerb.FORGET_NOW), FORGETS)
async def forget_buyer(_: CallbackQuery, work: Work, button: QuestionButton) -> Replies:
    gone = forgetting.forget_buyer(work, button.id)
    return [Toast("questions/toast_forgotten.html", gone=gone), Show(CardKind.QUESTION.of(button.id), view="")]
