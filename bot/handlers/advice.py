"""/help and /cancel: never at a loss, never trapped."""

from aiogram import Router
from aiogram.types import Message

from bot.cards.home import DOOR
from bot.filters import Commands, Drafting, Is, May
from bot.menus import commands_for
from bot.replies import Remove, Replies, Reply, Say, Show
from services.drafts import Left, leave_draft
from shop.drafts.draft import DraftKind
from shop.speakers import Permission
from storage.news import CardKind, CardRef
from storage.work import Work

doors = Router(name="cancel_at_the_door")
"""Asked before the buyers' side: a buyer may have begun to open a shop."""
router = Router(name="advice")


@doors.message(Commands("cancel"), Drafting(DraftKind.OPEN_SHOP), May(Permission.ANYONE))
@router.message(Commands("cancel"), May(Permission.ANYONE))
async def cancel(message: Message, work: Work) -> Replies:
    left = leave_draft(work)
    if left is None:
        return Say("help/nothing_to_cancel.html", waiting=len(work.drafts.waiting(DraftKind.PRODUCT)))
    return [*_put_back(work, left, message.chat.id), Say("help/left.html", left=left)]


@router.message(Commands("help"), Is(Permission.STAFF))
async def explain_to_staff(_: Message, work: Work) -> Say:
    return Say("help/staff.html", commands=commands_for(work.speaker.role), role=work.speaker.role)


@router.message(Commands("help"), May(Permission.ANYONE))
async def explain_to_stranger(_: Message) -> Say:
    return Say("help/stranger.html", commands=commands_for(None))


def _put_back(work: Work, left: Left, chat_id: int) -> list[Reply]:
    """The card on which something was asked shows its usual face again, in its place."""
    if left.kind is DraftKind.EDIT_ADDRESS:
        return [Remove(CardKind.ADDRESS_DRAFT.of(left.draft_id))]
    found = _card_of(work, left)
    if found is None or work.cards.find(chat_id, found[0]) is None:
        return []
    return [Show(found[0], view=found[1], anew=False)]


_OF_SUBJECT = {
    DraftKind.TRACKING: CardKind.ORDER,
    DraftKind.ANSWER_BUYER: CardKind.QUESTION,
    DraftKind.RESTOCK: CardKind.PRODUCT,
}


def _card_of(work: Work, left: Left) -> tuple[CardRef, str] | None:
    if left.kind in _OF_SUBJECT and left.subject_id is not None:
        corrected = work.parcels.id_of_order(left.subject_id) if left.kind is DraftKind.TRACKING else None
        return (_OF_SUBJECT[left.kind].of(left.subject_id) if corrected is None else CardKind.PARCEL.of(corrected)), ""
    match left.kind:
        case DraftKind.PRODUCT:
            return CardKind.PRODUCT_DRAFT.of(left.draft_id), ""
        case DraftKind.OPEN_SHOP:
            return DOOR, ""
        case DraftKind.CHANGE_RULE:
            return CardKind.SHOP.of(work.shop_id), ""
        case DraftKind.QUICK_REPLY:
            return CardKind.QUICK_REPLIES.of(work.shop_id), "page:1"
    return None
