"""The shop's canned answers: looking at them, adding, changing, moving and throwing away."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.questions import QuickReplyButton, QuickReplyVerb
from bot.filters import Commands, Drafting, Has, May, NoCommand
from bot.replies import Say, Show
from services import quick_replies
from shop.drafts.draft import Draft, DraftKind
from shop.speakers import Permission
from storage.news import CardKind
from storage.work import Work

router = Router(name="quick_replies")
ANSWERS = May(Permission.ANSWER_BUYERS)


@router.message(Commands("quickreplies"), ANSWERS)
async def list_quick_replies(_: Message, work: Work) -> Show:
    return _show(work, "page:1")


@router.message(Drafting(DraftKind.QUICK_REPLY), Has("text"), NoCommand(), ANSWERS)
async def write(message: Message, work: Work, draft: Draft) -> Show:
    reply = quick_replies.write_quick_reply(work, draft, message.text or "")
    return _show(work, "text" if reply is None else f"one:{reply.id}")


@router.message(Drafting(DraftKind.QUICK_REPLY), NoCommand(), ANSWERS)
async def ask_for_text(_: Message) -> Say:
    return Say("quick_replies/only_text.html")


@router.callback_query(QuickReplyButton.where(QuickReplyVerb.PAGE), ANSWERS)
async def turn_page(_: CallbackQuery, work: Work, button: QuickReplyButton) -> Show:
    return _show(work, f"page:{button.arg}")


@router.callback_query(QuickReplyButton.where(QuickReplyVerb.OPEN), ANSWERS)
async def open_one(_: CallbackQuery, work: Work, button: QuickReplyButton) -> Show:
    return _show(work, f"one:{quick_replies.existing(work, button.id)}")


@router.callback_query(QuickReplyButton.where(QuickReplyVerb.ADD), ANSWERS)
async def begin(_: CallbackQuery, work: Work) -> Show:
    quick_replies.begin_quick_reply(work)
    return _show(work, "title")


@router.callback_query(QuickReplyButton.where(QuickReplyVerb.TITLE), ANSWERS)
async def begin_new_title(_: CallbackQuery, work: Work, button: QuickReplyButton) -> Show:
    quick_replies.begin_new_title(work, button.id)
    return _show(work, "title")


@router.callback_query(QuickReplyButton.where(QuickReplyVerb.TEXT), ANSWERS)
async def begin_new_text(_: CallbackQuery, work: Work, button: QuickReplyButton) -> Show:
    quick_replies.begin_new_text(work, button.id)
    return _show(work, "text")


@router.callback_query(QuickReplyButton.where(QuickReplyVerb.CANCEL), ANSWERS)
async def stop_writing(_: CallbackQuery, work: Work) -> Show:
    quick_replies.stop_writing(work)
    return _show(work, "page:1")


@router.callback_query(QuickReplyButton.where(QuickReplyVerb.UP), ANSWERS)
async def move_up(_: CallbackQuery, work: Work, button: QuickReplyButton) -> Show:
    quick_replies.move_quick_reply_up(work, button.id)
    return _show(work, "page:1")


@router.callback_query(QuickReplyButton.where(QuickReplyVerb.DELETE), ANSWERS)
async def ask_before_deleting(_: CallbackQuery, work: Work, button: QuickReplyButton) -> Show:
    return _show(work, f"delete:{quick_replies.existing(work, button.id)}")


@router.callback_query(QuickReplyButton.where(QuickReplyVerb.DELETE_NOW), ANSWERS)
async def delete(_: CallbackQuery, work: Work, button: QuickReplyButton) -> Show:
    quick_replies.delete_quick_reply(work, button.id)
    return _show(work, "page:1")


def _show(work: Work, view: str) -> Show:
    return Show(CardKind.QUICK_REPLIES.of(work.shop_id), view=view)
