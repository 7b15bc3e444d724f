"""Whatever nobody else understood: say what is expected here, with an example. Asked last."""

from difflib import get_close_matches

from aiogram import Router
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.filters import AnyCommand, Has, Is, May
from bot.menus import commands_for
from bot.replies import Replies, Say, Toast
from shop.drafts.draft import Draft
from shop.speakers import Permission
from storage.work import Work

router = Router(name="fallback")
ALL = May(Permission.ANYONE)
SPOKEN = Has("voice", "audio", "video_note")
SHOWN = Has("sticker", "animation", "dice", "game", "story")
PLACES = Has("location", "venue", "contact")
FILES = Has("photo", "document", "video", "live_photo", "paid_media")
_CLOSE = 0.6


@router.message(AnyCommand(), ALL)
async def explain_commands(message: Message, work: Work) -> Say:
    typed = (message.text or "")[1:].split(maxsplit=1)[:1] or [""]
    commands = commands_for(work.speaker.role)
    close = get_close_matches(typed[0].partition("@")[0].lower(), [each.name for each in commands], 3, _CLOSE)
    return Say("help/unknown_command.html", meant=[each for each in commands if each.name in close])


@router.message(Has("text"), Is(Permission.STAFF))
async def explain_words(_: Message, work: Work, open_draft: Draft | None = None) -> Say:
    if open_draft is not None:
        return Say("help/expected.html", kind=open_draft.kind)
    return Say("help/not_understood.html", may=[each.may for each in commands_for(work.speaker.role)])


@router.message(SPOKEN, ALL)
async def ask_for_writing(_: Message) -> Say:
    return Say("help/cannot_listen.html")


@router.message(SHOWN, ALL)
async def smile_back(_: Message) -> Say:
    return Say("help/only_a_picture.html")


@router.message(PLACES, ALL)
async def ask_for_address(_: Message) -> Say:
    return Say("help/place_or_contact.html")


@router.message(FILES, Is(Permission.STAFF))
async def explain_files(_: Message, work: Work) -> Say:
    return Say("help/file.html", may=[each.may for each in commands_for(work.speaker.role)])


@router.edited_message(Has("text"), Is(Permission.STAFF))
async def notice_edit(_: Message, open_draft: Draft | None = None) -> Replies:
    return None if open_draft is None else Say("help/edited.html")


@router.callback_query(ALL)
async def explain_button(_: CallbackQuery) -> Toast:
    return Toast("help/old_button.html", alert=True)


@router.my_chat_member(ALL)
async def notice_absence(change: ChatMemberUpdated, work: Work) -> None:
    """Whoever blocks the bot is not written to until they come back."""
    if change.chat.type == "private" and change.new_chat_member.status == "kicked":
        work.people.unreachable(change.from_user.id)
