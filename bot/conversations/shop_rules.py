"""Opening a shop by its name, and typing a rule instead of tapping it."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.shops import ShopButton, ShopVerb
from bot.cards.home import DOOR
from bot.cards.shops import OPENED
from bot.filters import Drafting, Has, May, NoCommand, OnNoCard
from bot.menus import menu_calls
from bot.replies import Remove, Replies, Say, Show
from services import shops
from shop.drafts.draft import Draft, DraftKind
from shop.speakers import Permission
from storage.news import CardKind
from storage.work import Work

doors = Router(name="open_shop")
"""Asked before the buyers' side: a buyer may open a shop too."""
router = Router(name="shop_rules")
MANAGES = May(Permission.MANAGE_SHOP)


@doors.message(Drafting(DraftKind.OPEN_SHOP), Has("text"), NoCommand(), OnNoCard(), May(Permission.ANYONE))
async def open_shop(message: Message, work: Work) -> Replies:
    shop = shops.open_shop(work, message.text or "")
    return [Remove(DOOR), Show(CardKind.SHOP.of(shop.id), view=OPENED), *menu_calls(work, work.speaker.person_id)]


@doors.message(Drafting(DraftKind.OPEN_SHOP), NoCommand(), OnNoCard(), May(Permission.ANYONE))
async def ask_for_name(_: Message) -> Say:
    return Say("home/only_a_name.html")


@router.callback_query(ShopButton.where(ShopVerb.ASK), MANAGES)
async def ask_rule(_: CallbackQuery, work: Work, button: ShopButton) -> Show:
    if button.rule is None:
        return Show(CardKind.SHOP.of(work.shop_id), view="")
    shops.ask_rule(work, button.rule)
    return Show(CardKind.SHOP.of(work.shop_id), view=button.rule)


@router.message(Drafting(DraftKind.CHANGE_RULE), Has("text"), NoCommand(), OnNoCard(), MANAGES)
async def type_rule(message: Message, work: Work, draft: Draft) -> Show:
    shops.change_rule(work, draft.answers.rule, message.text or "")
    return Show(CardKind.SHOP.of(work.shop_id), view="")


@router.message(Drafting(DraftKind.CHANGE_RULE), NoCommand(), OnNoCard(), MANAGES)
async def ask_for_text(_: Message, draft: Draft) -> Say:
    return Say("shops/only_text.html", rule=draft.answers.rule)
