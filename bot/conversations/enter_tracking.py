"""Entering tracking numbers: [Ship] and typing it, as a reply to a card, and by the carrier when it is unclear."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.buttons.parcels import ParcelButton, ParcelVerb, ShipButton, ShipVerb
from bot.cards.parcels import result
from bot.filters import Drafting, Has, May, NoCommand, OnCard
from bot.hearing import Hearing
from bot.replies import Remove, Replies, Show, Toast
from services import parcels, tracking
from shop.drafts.address import named_in
from shop.drafts.draft import Draft, DraftKind
from shop.phones import PhoneKind, read_phone
from shop.reading import ProductFacts, StockEntry, StockQuery
from shop.speakers import Permission
from shop.tracking_lines import TrackingLine, read_line
from shop.tracking_numbers import looks_like_number
from storage.news import CardKind
from storage.work import Work

router = Router(name="enter_tracking")
DISPATCH = May(Permission.DISPATCH)
_PHONES = frozenset({PhoneKind.MOBILE, PhoneKind.LANDLINE, PhoneKind.SERVICE})


class LooksLikeNumber(Filter):
    """The words can be a tracking number, and are no phone and no address."""

    async def __call__(self, message: Message, work: Work) -> bool:
        text = message.text or ""
        if len(text.splitlines()) != 1 or read_phone(text).kind in _PHONES:
            return False
        return looks_like_number(tracking.in_one_piece(work, read_line(text)).tracking_number)


class AnswersDraft(Filter):
    """The words are meant for the draft: they speak of no stock and no product, and are no reply to something else."""

    async def __call__(self, message: Message, work: Work, hearing: Hearing, draft: Draft) -> bool:
        if _is_for_something_else(message, work, draft):
            return False
        if read_line(message.text or "").carrier_id is not None:
            return True
        match hearing.said:
            case StockQuery() | StockEntry():
                return False
            case ProductFacts() as facts:
                return not (facts.brand or facts.category or facts.sizes or facts.colours)
        return True


def _is_for_something_else(message: Message, work: Work, draft: Draft) -> bool:
    """A reply to another card; or an address, in reply to the card of the draft's own order."""
    replied = message.reply_to_message
    card = work.cards.at_message(message.chat.id, replied.message_id) if replied else None
    if card is None or card.ref.kind is CardKind.PARCEL:
        return False
    return card.ref != CardKind.ORDER.of(draft.subject_id or 0) or named_in(message.text or "") is not None


@router.callback_query(ShipButton.where(ShipVerb.BEGIN), DISPATCH)
async def ask_for_number(_: CallbackQuery, work: Work, button: ShipButton) -> Show:
    tracking.begin_ship(work, button.id)
    return Show(CardKind.ORDER.of(button.id), view="ship")


@router.callback_query(ShipButton.where(ShipVerb.STOP), DISPATCH)
async def stop_asking(_: CallbackQuery, work: Work, button: ShipButton) -> Show:
    tracking.drop_asking(work, button.id)
    return Show(CardKind.ORDER.of(button.id), view="")


@router.callback_query(ShipButton.where(ShipVerb.CARRIER), DISPATCH)
async def choose_carrier(_: CallbackQuery, work: Work, button: ShipButton) -> Replies:
    draft = tracking.find_asking(work, button.id)
    if draft is None or not draft.answers.number:
        tracking.begin_ship(work, button.id)
        return Show(CardKind.ORDER.of(button.id), view="ship")
    return result(work, tracking.choose_carrier(work, draft, button.arg))


@router.callback_query(ShipButton.where(ShipVerb.CHOSEN), DISPATCH)
async def ship_chosen(_: CallbackQuery, work: Work, button: ShipButton) -> Replies:
    number, *named = button.arg.split("-")
    line = TrackingLine(text=number, order_number="", tracking_number=number, carrier_id=named[0] if named else None)
    shipped = result(work, tracking.enter_number(work, button.id, line))
    return [Remove(CardKind.PARCELS.of(work.shop_id)), shipped]


@router.callback_query(ParcelButton.where(ParcelVerb.CORRECT), DISPATCH)
async def ask_for_right_number(_: CallbackQuery, work: Work, button: ParcelButton) -> Show:
    tracking.begin_correction(work, button.id)
    return Show(CardKind.PARCEL.of(button.id), view="number")


@router.callback_query(ParcelButton.where(ParcelVerb.STOP), DISPATCH)
async def leave_as_it_is(_: CallbackQuery, work: Work, button: ParcelButton) -> Show:
    tracking.drop_asking(work, work.parcels.get(button.id).order_id)
    return Show(CardKind.PARCEL.of(button.id), view="")


@router.callback_query(ParcelButton.where(ParcelVerb.CARRIER), DISPATCH)
async def choose_right_carrier(_: CallbackQuery, work: Work, button: ParcelButton) -> Replies:
    draft = tracking.find_asking(work, work.parcels.get(button.id).order_id)
    if draft is None or not draft.answers.number:
        tracking.begin_correction(work, button.id)
        return Show(CardKind.PARCEL.of(button.id), view="number")
    return result(work, tracking.choose_carrier(work, draft, button.arg))


@router.callback_query(ParcelButton.where(ParcelVerb.CALL_BACK), DISPATCH)
async def call_back(_: CallbackQuery, work: Work, button: ParcelButton) -> Replies:
    tracking.drop_asking(work, work.parcels.get(button.id).order_id)
    order = parcels.call_back(work, button.id)
    return [Toast("parcels/toast_called_back.html"), Show(CardKind.ORDER.of(order.id), view="")]


@router.message(OnCard(CardKind.ORDER), Has("text"), NoCommand(), LooksLikeNumber(), DISPATCH)
async def ship_by_reply(message: Message, work: Work, subject_id: int) -> Replies:
    return result(work, tracking.enter_line(work, subject_id, message.text or ""))


@router.message(OnCard(CardKind.PARCEL), Has("text"), NoCommand(), LooksLikeNumber(), DISPATCH)
async def correct_by_reply(message: Message, work: Work, subject_id: int) -> Replies:
    order_id = work.parcels.get(subject_id).order_id
    return result(work, tracking.enter_line(work, order_id, message.text or "", corrects=True))


@router.message(Drafting(DraftKind.TRACKING), Has("text"), NoCommand(), AnswersDraft(), DISPATCH)
async def type_number(message: Message, work: Work, draft: Draft) -> Replies:
    return result(work, tracking.type_number(work, draft, message.text or ""))
