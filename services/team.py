"""The team of a shop: inviting by link, roles, leaving."""

import secrets
from dataclasses import replace
from typing import Any

from services.posts import enter_shop, go_on_elsewhere, leave_post, speaking
from shop.errors import NotFound
from shop.shops import Member, Person, Shop
from shop.speakers import Role
from shop.team import TOKEN_BYTES, AlreadyOnTeam, Invitation, InvitationUnknown, token_digest
from storage.news import CardKind
from storage.work import Work


def invite(work: Work, role: Role) -> str:
    """A token that makes one person a member with this role; it is told once and cannot be read again."""
    work.members.team().may_invite(role, by=work.speaker.role)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        shop_id=work.shop_id,
        role=role,
        token_digest=token_digest(token),
        invited_by=work.speaker.person_id,
        created_at=work.now,
    )
    work.invitations.add(invitation)
    work.touch(CardKind.TEAM.of(work.shop_id))
    return token


def withdraw_invitation(work: Work, invitation_id: int) -> None:
    work.invitations.get(invitation_id).withdraw(work.now)
    work.session.flush()
    work.touch(CardKind.TEAM.of(work.shop_id))


def knows_invitation(work: Work, token: str) -> bool:
    """Whether there is such an invitation. Those that do not exist are counted, and too many are refused."""
    person = speaking(work)
    person.must_not_guess_links(work.now)
    known = work.invitations.find_by_digest(token_digest(token)) is not None
    if not known:
        person.opened_wrong_link(work.now)
    return known


def accept_invitation(work: Work, token: str) -> Shop:
    """The speaker joins the shop of the invitation; the one who invited is told."""
    invitation = work.invitations.find_by_digest(token_digest(token))
    shop = work.people.find_shop(invitation.shop_id) if invitation is not None else None
    if invitation is None or shop is None or shop.closed_at is not None:
        raise InvitationUnknown
    post = work.people.find_post(work.speaker.person_id, shop.id)
    if post is not None:
        raise AlreadyOnTeam(shop.name, post[0].role)
    invitation.use(by=work.speaker.person_id, at=work.now)
    enter_shop(work, shop, invitation.role)
    _join(work, invitation.role)
    work.tell(invitation.invited_by, "team/joined.html", name=work.speaker.name, role=invitation.role)
    work.touch(CardKind.TEAM.of(shop.id))
    return shop


def give_role(work: Work, person_id: int, role: Role) -> Person:
    """Another role for a member; what the old role was shown is taken out of the chat."""
    person = _person(work, person_id)
    team = work.members.team()
    if team.member(person_id).role is not role:
        team.give_role(person_id, role, by=work.speaker.role)
        work.cards.remove_all_from(person_id)
        work.session.flush()
        _tell_other(work, person_id, "team/role_changed.html", role=role)
        work.touch(CardKind.TEAM.of(work.shop_id))
        if person_id == work.speaker.person_id:
            work.enter(speaker=replace(work.speaker, role=role), shop=work.shop)
    return person


def dismiss(work: Work, person_id: int) -> Person:
    """Somebody no longer works here, and sees nothing of the shop from now on. Dismissing oneself is leaving."""
    person = _person(work, person_id)
    work.members.team().dismiss(person_id, by=work.speaker.role, at=work.now)
    work.session.flush()
    leave_post(work, person)
    _tell_other(work, person_id, "team/dismissed.html", shop_name=work.shop.name)
    work.touch(CardKind.TEAM.of(work.shop_id))
    return person


def leave_team(work: Work) -> str:
    """The speaker goes; gives the name of the shop that was left."""
    shop_name = work.shop.name
    dismiss(work, work.speaker.person_id)
    go_on_elsewhere(work)
    return shop_name


def _join(work: Work, role: Role) -> None:
    """A former member comes back under the old row."""
    known = work.members.find(work.speaker.person_id)
    if known is None:
        member = Member(shop_id=work.shop_id, person_id=work.speaker.person_id, role=role, joined_at=work.now)
        work.members.add(member)
        return
    known.role, known.joined_at, known.left_at = role, work.now, None
    work.session.flush()


def _person(work: Work, person_id: int) -> Person:
    person = work.people.find(person_id)
    if person is None:
        raise NotFound("member", person_id)
    return person


def _tell_other(work: Work, person_id: int, template: str, **facts: Any) -> None:
    if person_id != work.speaker.person_id:
        work.tell(person_id, template, **facts)
