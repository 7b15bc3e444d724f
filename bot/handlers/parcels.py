"""Parcels to look at: those on their way, one of them, and the orders that must leave soon."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.parcels import DueButton, DueVerb, ParcelButton, ParcelsButton, ParcelsVerb, ParcelVerb
from bot.filters import Commands, May
from bot.replies import Show
from shop.speakers import Permission
from storage.news import CardKind
from storage.work import Work

router = Router(name="parcels")
DISPATCH = May(Permission.DISPATCH)


@router.message(Commands("parcels"), DISPATCH)
async def list_parcels(_: Message, work: Work) -> Show:
    return Show(CardKind.PARCELS.of(work.shop_id), view="")


@router.message(Commands("due"), DISPATCH)
async def list_due(_: Message, work: Work) -> Show:
    return Show(CardKind.DUE_ORDERS.of(work.shop_id), view="")


@router.callback_query(ParcelsButton.where(ParcelsVerb.TURN), DISPATCH)
async def turn_parcels(_: CallbackQuery, work: Work, button: ParcelsButton) -> Show:
    return Show(CardKind.PARCELS.of(work.shop_id), view=button.arg)


@router.callback_query(DueButton.where(DueVerb.TURN), DISPATCH)
async def turn_due(_: CallbackQuery, work: Work, button: DueButton) -> Show:
    return Show(CardKind.DUE_ORDERS.of(work.shop_id), view=button.arg)


@router.callback_query(ParcelButton.where(ParcelVerb.OPEN), May(Permission.CHECK_ORDERS))
async def open_parcel(_: CallbackQuery, button: ParcelButton) -> Show:
    return Show(CardKind.PARCEL.of(button.id), view="")


@router.callback_query(ParcelButton.where(ParcelVerb.MISTAKE), DISPATCH)
async def ask_about_mistake(_: CallbackQuery, button: ParcelButton) -> Show:
    return Show(CardKind.PARCEL.of(button.id), view="mistake")
