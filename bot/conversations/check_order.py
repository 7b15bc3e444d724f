"""Checking an order: confirm it, ask the buyer, correct the recipient, cancel it, and take each of these back."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.buttons.orders import AddressButton, AddressVerb, OrderButton, OrderVerb
from bot.filters import Drafting, Has, May, NoCommand, OnCard
from bot.hearing import Hearing
from bot.replies import Remove, Replies, Show, Toast
from services import address_edits, forgetting, order_questions, orders
from shop.drafts.address import named_in
from shop.drafts.draft import Draft, DraftKind
from shop.orders import Order
from shop.reading import Words
from shop.speakers import Permission
from storage.news import CardKind
from storage.work import Work

router = Router(name="check_order")
CHECKS = May(Permission.CHECK_ORDERS)
FORGETS = May(Permission.FORGET)


class NamesRecipient(Filter):
    """The words say something about a name, a phone or an address."""

    async def __call__(self, message: Message) -> bool:
        return named_in(message.text or "") is not None


class MeansNothingElse(Filter):
    """The words name a part of a recipient, or nothing that any other conversation would understand."""

    async def __call__(self, message: Message, hearing: Hearing) -> bool:
        return isinstance(hearing.said, Words) or named_in(message.text or "") is not None


class OnAnotherCard(Filter):
    """The message is a reply to the card of something else."""

    async def __call__(self, message: Message, work: Work) -> bool | dict[str, Any]:
        replied = message.reply_to_message
        card = work.cards.at_message(message.chat.id, replied.message_id) if replied else None
        return card is not None and card.ref.kind not in (CardKind.ORDER, CardKind.ADDRESS_DRAFT)


@router.callback_query(OrderButton.where(OrderVerb.OPEN), CHECKS)
async def open_order(_: CallbackQuery, button: OrderButton) -> Show:
    return _order(button.id)


@router.callback_query(OrderButton.where(OrderVerb.CONFIRM), CHECKS)
async def confirm_address(_: CallbackQuery, work: Work, button: OrderButton) -> Replies:
    orders.confirm_address(work, button.id)
    return [Toast("orders/toast_confirmed.html"), _order(button.id)]


@router.callback_query(OrderButton.where(OrderVerb.TAKE_BACK), CHECKS)
async def take_back(_: CallbackQuery, work: Work, button: OrderButton) -> Show:
    orders.take_back(work, button.id)
    return _order(button.id)


@router.callback_query(OrderButton.where(OrderVerb.CORRECT), CHECKS)
async def correct_address(_: CallbackQuery, work: Work, button: OrderButton) -> Show:
    address_edits.correct_address(work, button.id)
    return _order(button.id)


@router.callback_query(OrderButton.where(OrderVerb.ASK), CHECKS)
async def ask_buyer(_: CallbackQuery, work: Work, button: OrderButton) -> Show:
    order_questions.ask_buyer(work, button.id)
    return _order(button.id, "ask")


@router.callback_query(OrderButton.where(OrderVerb.TAKE_ANSWER), CHECKS)
async def take_answer(_: CallbackQuery, work: Work, button: OrderButton) -> Show:
    order_questions.take_answer(work, button.id)
    return _order(button.id)


@router.callback_query(OrderButton.where(OrderVerb.CANCEL), CHECKS)
async def ask_about_cancelling(_: CallbackQuery, button: OrderButton) -> Show:
    return _order(button.id, "cancel")


@router.callback_query(OrderButton.where(OrderVerb.CANCEL_NOW), CHECKS)
async def cancel_order(_: CallbackQuery, work: Work, button: OrderButton) -> Show:
    orders.cancel_order(work, button.id)
    return _order(button.id)


@router.callback_query(OrderButton.where(OrderVerb.RESTORE), CHECKS)
async def restore_order(_: CallbackQuery, work: Work, button: OrderButton) -> Show:
    orders.restore_order(work, button.id)
    return _order(button.id)


@router.callback_query(OrderButton.where(OrderVerb.FORGET), FORGETS)
async def ask_about_forgetting(_: CallbackQuery, button: OrderButton) -> Show:
    return _order(button.id, "forget")


@router.callback_query(OrderButton.where(OrderVerb.FORGET_NOW), FORGETS)
async def forget_order(_: CallbackQuery, work: Work, button: OrderButton) -> Show:
    forgetting.forget_order(work, button.id)
    return _order(button.id)


@router.callback_query(OrderButton.where(OrderVerb.EDIT), CHECKS)
async def begin_edit(_: CallbackQuery, work: Work, button: OrderButton) -> Show:
    return _draft(address_edits.begin_edit(work, button.id))


@router.message(OnCard(CardKind.ORDER), Has("text"), NoCommand(), NamesRecipient(), CHECKS)
async def correct_by_reply(message: Message, work: Work, subject_id: int) -> Replies:
    draft = address_edits.begin_edit(work, subject_id)
    return _saved(draft, address_edits.type_address(work, draft, message.text or ""))


@router.message(
    Drafting(DraftKind.EDIT_ADDRESS), Has("text"), NoCommand(), ~OnAnotherCard(), MeansNothingElse(), CHECKS
)
async def type_address(message: Message, work: Work, draft: Draft) -> Replies:
    return _saved(draft, address_edits.type_address(work, draft, message.text or ""))


@router.callback_query(AddressButton.where(AddressVerb.CORRECT), CHECKS)
async def take_suggestions(_: CallbackQuery, work: Work, button: AddressButton) -> Replies:
    draft = work.drafts.get(button.id, DraftKind.EDIT_ADDRESS)
    return _saved(draft, address_edits.take_suggestions(work, draft))


@router.callback_query(AddressButton.where(AddressVerb.SAVE), CHECKS)
async def save_edit(_: CallbackQuery, work: Work, button: AddressButton) -> Replies:
    draft = work.drafts.get(button.id, DraftKind.EDIT_ADDRESS)
    return _saved(draft, address_edits.save_edit(work, draft))


@router.callback_query(AddressButton.where(AddressVerb.DROP), CHECKS)
async def drop_edit(_: CallbackQuery, work: Work, button: AddressButton) -> Replies:
    order_id = address_edits.drop_edit(work, work.drafts.get(button.id, DraftKind.EDIT_ADDRESS))
    return [Remove(CardKind.ADDRESS_DRAFT.of(button.id)), _order(order_id)]


def _saved(draft: Draft, order: Order | None) -> Replies:
    """The order with its new recipient, or the draft with what still looks wrong."""
    if order is None:
        return _draft(draft)
    return [Remove(CardKind.ADDRESS_DRAFT.of(draft.id)), _order(order.id)]


def _order(order_id: int, view: str = "") -> Show:
    return Show(CardKind.ORDER.of(order_id), view=view)


def _draft(draft: Draft) -> Show:
    return Show(CardKind.ADDRESS_DRAFT.of(draft.id), view="")
