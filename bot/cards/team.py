"""The team card: who works here, who is invited, and what may be done about it."""

from bot.buttons.team import TeamButton, TeamVerb
from bot.callbacks import whole
from bot.cards import Card, card
from bot.labels import L, Label, plain
from bot.replies import Button, Keyboard, Row
from shop.errors import NotFound
from shop.speakers import Role
from storage.news import CardKind
from storage.team import Colleague
from storage.work import Work

ROLES = "roles"
MOST_BUTTONS = 20
_A_ROW = 2

ROLE_LABELS = {
    Role.OWNER: L("Owner"),
    Role.MANAGER: L("Manager"),
    Role.CATALOGUE: L("Goods"),
    Role.DISPATCH: L("Dispatch"),
    Role.SUPPORT: L("Customer service"),
}


@card(CardKind.TEAM)
def team_card(work: Work, shop_id: int, view: str) -> Card:
    """Faces: everybody; `roles` to invite to; `one:<person>` and `dismiss:<person>`."""
    if not work.in_shop or work.shop_id != shop_id:
        raise NotFound("shop", shop_id)
    face, _, number = view.partition(":")
    if face == ROLES:
        return Card("team/roles.html", {}, _roles(TeamVerb.INVITE, 0))
    colleagues = {each.person_id: each for each in work.members.colleagues()}
    one = colleagues.get(whole(number))
    if one is not None:
        return _one(one, dismissing=face == "dismiss")
    return _list(work, list(colleagues.values()))


def _list(work: Work, colleagues: list[Colleague]) -> Card:
    invited = work.invitations.open()
    people = [_button(plain(each.name), TeamVerb.MEMBER, each.person_id) for each in colleagues[:MOST_BUTTONS]]
    withdraw: list[Row] = [
        (_button(L("Withdraw invitation {n}", n=n), TeamVerb.WITHDRAW, each.id),)
        for n, each in enumerate(invited[:2], start=1)
    ]
    rows: Keyboard = (
        *_rows(people),
        *withdraw,
        (_button(L("Invite somebody"), TeamVerb.ROLES, style="primary"),),
        (_button(L("Close"), TeamVerb.CLOSE),),
    )
    return Card("team/list.html", {"colleagues": colleagues, "invited": invited}, rows)


def _one(colleague: Colleague, *, dismissing: bool) -> Card:
    facts = {"colleague": colleague, "dismissing": dismissing}
    if dismissing:
        sure = _button(
            L("Dismiss {name}", name=colleague.name), TeamVerb.DISMISS_NOW, colleague.person_id, style="danger"
        )
        return Card("team/one.html", facts, ((sure,), (_button(L("Back"), TeamVerb.MEMBER, colleague.person_id),)))
    dismiss = (_button(L("Dismiss …"), TeamVerb.DISMISS, colleague.person_id),)
    rows = _roles(TeamVerb.GIVE_ROLE, colleague.person_id, but=colleague.role)
    return Card("team/one.html", facts, (*rows[:-1], dismiss, rows[-1]))


def _roles(verb: TeamVerb, person_id: int, *, but: Role | None = None) -> Keyboard:
    roles = [_button(label, verb, person_id, arg=role.value) for role, label in ROLE_LABELS.items() if role is not but]
    return (*_rows(roles), (_button(L("Back"), TeamVerb.LIST),))


def _rows(buttons: list[Button]) -> Keyboard:
    return tuple(tuple(buttons[start : start + _A_ROW]) for start in range(0, len(buttons), _A_ROW))


def _button(label: Label, verb: TeamVerb, subject_id: int = 0, *, arg: str = "", style: str | None = None) -> Button:
    return Button(label, TeamButton(verb=verb, id=subject_id, arg=arg), style=style)
