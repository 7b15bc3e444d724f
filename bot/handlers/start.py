"""The door: coming in as a stranger, by invitation, or home; the sample shop; going from one shop to another."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.buttons.home import HomeButton, HomeVerb
from bot.cards.home import DOOR, home
from bot.filters import Commands, Has, Is, May, NoCommand
from bot.invitation_links import token_in
from bot.menus import menu_calls
from bot.replies import Refuse, Remove, Replies, Reply, Show, Toast
from services import posts, sample_shop, shops, team
from shop.shops import CHINESE, ENGLISH
from shop.speakers import Permission, Standing
from shop.team import InvitationUnknown
from storage.work import Work

doors = Router(name="doors")
"""What is open to buyers too, and is asked before the buyers' side."""
router = Router(name="start")
strangers = Router(name="strangers")
"""Asked before all conversations: they are about shops, and a stranger has none."""


class Invited(Filter):
    """The argument is an invitation. Gives `token`."""

    async def __call__(self, _: Message, argument: str = "") -> bool | dict[str, Any]:
        token = token_in(argument)
        return {"token": token} if token else False


class IsStranger(Filter):
    """The speaker neither works for a shop nor came to buy."""

    async def __call__(self, _: Message, work: Work) -> bool:
        return work.speaker.standing is Standing.STRANGER


@strangers.message(Has("text", "photo", "document", "video"), NoCommand(), IsStranger(), May(Permission.ANYONE))
async def show_the_door(_: Message, work: Work) -> Show:
    return home(work)


@doors.message(Commands("start"), Invited(), May(Permission.ANYONE))
async def join_team(_: Message, work: Work, token: str) -> Replies:
    if not team.knows_invitation(work, token):
        return Refuse(InvitationUnknown())  # not raised: the attempt is to be counted
    team.accept_invitation(work, token)
    return [Remove(DOOR), home(work, joined=True), *menu_calls(work, work.speaker.person_id)]


@router.message(Commands("start", "home", "today"), Is(Permission.STAFF))
async def go_home(_: Message, work: Work) -> Show:
    return home(work)


@router.message(Commands("start", "home", "today"), May(Permission.ANYONE))
async def welcome(_: Message, work: Work) -> Show:
    return home(work)


@doors.message(Commands("newshop"), May(Permission.ANYONE))
async def begin_shop_by_command(_: Message, work: Work) -> Show:
    shops.ask_name(work)
    return Show(DOOR, view="name")


@doors.callback_query(HomeButton.where(HomeVerb.OPEN_SHOP), May(Permission.ANYONE))
async def begin_shop(_: CallbackQuery, work: Work) -> Show:
    shops.ask_name(work)
    return Show(DOOR, view="name")


@doors.callback_query(HomeButton.where(HomeVerb.BACK), May(Permission.ANYONE))
async def stay_outside(_: CallbackQuery, work: Work) -> Show:
    shops.stop_asking_name(work)
    return _door(work)


@doors.callback_query(HomeButton.where(HomeVerb.SAMPLE), May(Permission.ANYONE))
async def try_sample_shop(_: CallbackQuery, work: Work) -> Replies:
    sample_shop.try_sample_shop(work)
    return _arrived(work)


@doors.callback_query(HomeButton.where(HomeVerb.LANGUAGE), May(Permission.ANYONE))
async def choose_language(_: CallbackQuery, work: Work, button: HomeButton) -> Replies:
    posts.choose_language(work, button.arg if button.arg in (CHINESE, ENGLISH) else ENGLISH)
    return [Toast("home/toast_language.html"), Show(DOOR), *menu_calls(work, work.speaker.person_id)]


@router.message(Commands("shops"), May(Permission.ANYONE))
async def list_shops(_: Message, work: Work) -> Show:
    return _door(work)


@router.callback_query(HomeButton.where(HomeVerb.SHOPS), May(Permission.STAFF))
async def choose_shop(_: CallbackQuery) -> Show:
    return Show(DOOR, view="shops")


@router.callback_query(HomeButton.where(HomeVerb.SWITCH), May(Permission.ANYONE))
async def switch_shop(_: CallbackQuery, work: Work, button: HomeButton) -> Replies:
    shop = posts.switch_shop(work, button.id)
    return [Toast("home/toast_switched.html", name=shop.name), *_arrived(work)]


@router.callback_query(HomeButton.where(HomeVerb.CLOSE), May(Permission.ANYONE))
async def close_door(_: CallbackQuery) -> Remove:
    return Remove(DOOR)


@router.callback_query(HomeButton.where(HomeVerb.THROW_AWAY), May(Permission.MANAGE_SHOP))
async def throw_away_sample_shop(_: CallbackQuery, work: Work) -> Replies:
    people = sample_shop.throw_away_sample_shop(work)
    return [
        Toast("home/toast_thrown_away.html"),
        home(work),
        *(call for each in people for call in menu_calls(work, each)),
    ]


def _door(work: Work) -> Show:
    return Show(DOOR, view="shops" if work.shops.posts(work.speaker.person_id) else "")


def _arrived(work: Work) -> list[Reply]:
    """The door closes behind the speaker, who is home in the present shop."""
    return [Remove(DOOR), home(work), *menu_calls(work, work.speaker.person_id)]
