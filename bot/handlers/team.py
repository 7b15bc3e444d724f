"""The team: who works here, inviting, roles, dismissing."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.team import TeamButton, TeamVerb
from bot.cards.home import home
from bot.cards.team import ROLES
from bot.filters import Commands, May
from bot.invitation_links import invitation_link
from bot.menus import menu_calls
from bot.replies import Remove, Replies, Say, Show, Toast
from services import team
from shop.speakers import Permission
from shop.team import INVITATION_LASTS
from storage.news import CardKind
from storage.work import Work

router = Router(name="team")
MANAGES = May(Permission.MANAGE_SHOP)


@router.message(Commands("team"), MANAGES)
async def show_team(_: Message, work: Work) -> Show:
    return _show(work)


@router.callback_query(TeamButton.where(TeamVerb.LIST), MANAGES)
async def list_members(_: CallbackQuery, work: Work) -> Show:
    return _show(work)


@router.callback_query(TeamButton.where(TeamVerb.MEMBER), MANAGES)
async def show_member(_: CallbackQuery, work: Work, button: TeamButton) -> Show:
    return _show(work, f"one:{button.id}")


@router.callback_query(TeamButton.where(TeamVerb.ROLES), MANAGES)
async def choose_role(_: CallbackQuery, work: Work) -> Show:
    return _show(work, ROLES)


@router.callback_query(TeamButton.where(TeamVerb.INVITE), MANAGES)
async def invite(_: CallbackQuery, work: Work, button: TeamButton) -> Replies:
    if button.role is None:
        return _show(work, ROLES)
    link, until = invitation_link(team.invite(work, button.role)), work.now + INVITATION_LASTS
    words = Say("team/invitation.html", link=link, role=button.role, inviter=work.speaker.name, until=until)
    return [_show(work), words]


@router.callback_query(TeamButton.where(TeamVerb.WITHDRAW), MANAGES)
async def withdraw_invitation(_: CallbackQuery, work: Work, button: TeamButton) -> Replies:
    team.withdraw_invitation(work, button.id)
    return [Toast("team/toast_withdrawn.html"), _show(work)]


@router.callback_query(TeamButton.where(TeamVerb.GIVE_ROLE), MANAGES)
async def give_role(_: CallbackQuery, work: Work, button: TeamButton) -> Replies:
    if button.role is None:
        return _show(work, f"one:{button.id}")
    person = team.give_role(work, button.id, button.role)
    toast = Toast("team/toast_role.html", name=person.name, role=button.role)
    here = _show(work) if work.speaker.may(Permission.MANAGE_SHOP) else home(work)
    return [toast, here, *menu_calls(work, person.id)]


@router.callback_query(TeamButton.where(TeamVerb.DISMISS), MANAGES)
async def ask_before_dismissing(_: CallbackQuery, work: Work, button: TeamButton) -> Show:
    return _show(work, f"dismiss:{button.id}")


@router.callback_query(TeamButton.where(TeamVerb.DISMISS_NOW), MANAGES)
async def dismiss(_: CallbackQuery, work: Work, button: TeamButton) -> Replies:
    if button.id == work.speaker.person_id:
        left = Toast("team/left.html", shop_name=team.leave_team(work))
        return [left, home(work), *menu_calls(work, button.id)]
    person = team.dismiss(work, button.id)
    toast = Toast("team/toast_dismissed.html", name=person.name)
    return [toast, _show(work), *menu_calls(work, person.id)]


@router.callback_query(TeamButton.where(TeamVerb.CLOSE), MANAGES)
async def close(_: CallbackQuery, work: Work) -> Remove:
    return Remove(CardKind.TEAM.of(work.shop_id))


def _show(work: Work, view: str = "") -> Show:
    return Show(CardKind.TEAM.of(work.shop_id), view=view)
