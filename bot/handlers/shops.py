"""The settings: of the shop for those who manage it, of oneself for everybody."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.shops import ShopButton, ShopVerb
from bot.cards.home import DOOR, home
from bot.cards.shops import LEAVING, MINE
from bot.filters import Commands, Is, May
from bot.menus import menu_calls
from bot.replies import Remove, Replies, Show, Toast
from services import posts, shops, team
from shop.shops import CHINESE, ENGLISH
from shop.speakers import Permission
from storage.news import CardKind
from storage.work import Work

doors = Router(name="settings_of_everybody")
"""Asked before the buyers' side: a language may be chosen by anybody."""
router = Router(name="shops")
MANAGES = May(Permission.MANAGE_SHOP)


@doors.message(Commands("settings", "language"), Is(Permission.STAFF))
async def show_settings(_: Message, work: Work) -> Show:
    shops.stop_asking(work)
    return _settings(work)


@doors.message(Commands("settings", "language"), May(Permission.ANYONE))
async def show_languages(_: Message) -> Show:
    return Show(DOOR, view="language")


@router.callback_query(ShopButton.where(ShopVerb.SET), MANAGES)
async def set_rule(_: CallbackQuery, work: Work, button: ShopButton) -> Replies:
    if button.rule is not None:
        shops.change_rule(work, button.rule, button.value)
    return [Toast("shops/toast_changed.html"), _settings(work)]


@router.callback_query(ShopButton.where(ShopVerb.OPEN, ShopVerb.BACK), May(Permission.STAFF))
async def open_settings(_: CallbackQuery, work: Work) -> Show:
    shops.stop_asking(work)
    return _settings(work)


@router.callback_query(ShopButton.where(ShopVerb.LANGUAGE), May(Permission.STAFF))
async def choose_language(_: CallbackQuery, work: Work, button: ShopButton) -> Replies:
    posts.choose_language(work, button.arg if button.arg in (CHINESE, ENGLISH) else ENGLISH)
    return [Toast("home/toast_language.html"), _settings(work), *menu_calls(work, work.speaker.person_id)]


@router.callback_query(ShopButton.where(ShopVerb.LEAVE), May(Permission.STAFF))
async def ask_before_leaving(_: CallbackQuery, work: Work) -> Show:
    return Show(CardKind.SHOP.of(work.shop_id), view=LEAVING)


@router.callback_query(ShopButton.where(ShopVerb.LEAVE_NOW), May(Permission.STAFF))
async def leave(_: CallbackQuery, work: Work) -> Replies:
    shop_name = team.leave_team(work)
    left = Toast("team/left.html", shop_name=shop_name)
    return [left, home(work), *menu_calls(work, work.speaker.person_id)]


@router.callback_query(ShopButton.where(ShopVerb.CLOSE), May(Permission.STAFF))
async def close(_: CallbackQuery, work: Work) -> Remove:
    shops.stop_asking(work)
    return Remove(CardKind.SHOP.of(work.shop_id))


def _settings(work: Work) -> Show:
    manages = work.speaker.may(Permission.MANAGE_SHOP)
    return Show(CardKind.SHOP.of(work.shop_id), view="" if manages else MINE)
