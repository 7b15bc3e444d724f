from datetime import UTC, datetime, timedelta

import pytest

from shop.errors import NotFound
from shop.shops import Member
from shop.speakers import Role
from shop.team import (
    Invitation,
    InvitationExpired,
    InvitationUsed,
    InvitationWithdrawn,
    LastOwner,
    OnlyOwners,
    Team,
    token_digest,
)

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = timedelta(days=1)
LIN, WANG, ZHAO = 11, 12, 13


def member(person_id: int, role: Role) -> Member:
    return Member(shop_id=1, person_id=person_id, role=role, joined_at=MONDAY)


@pytest.fixture
def team() -> Team:
    return Team("老王潮鞋", [member(LIN, Role.OWNER), member(WANG, Role.MANAGER), member(ZHAO, Role.DISPATCH)])


@pytest.fixture
def invitation() -> Invitation:
    return Invitation(
        shop_id=1, role=Role.DISPATCH, token_digest=token_digest("secret"), invited_by=LIN, created_at=MONDAY
    )


def test_the_token_itself_is_not_kept(invitation: Invitation) -> None:
    assert invitation.token_digest != "secret"
    assert len(invitation.token_digest) == 64
    assert token_digest("secret") == invitation.token_digest != token_digest("Secret")


def test_an_invitation_works_once(invitation: Invitation) -> None:
    invitation.use(by=WANG, at=MONDAY)
    assert (invitation.used_by, invitation.used_at) == (WANG, MONDAY)
    with pytest.raises(InvitationUsed):
        invitation.use(by=ZHAO, at=MONDAY)
    assert invitation.used_by == WANG


def test_an_invitation_works_for_a_day(invitation: Invitation) -> None:
    assert invitation.is_open(MONDAY + DAY - timedelta(seconds=1))
    assert not invitation.is_open(MONDAY + DAY)
    with pytest.raises(InvitationExpired) as refusal:
        invitation.use(by=WANG, at=MONDAY + DAY)
    assert refusal.value.hours == 24


def test_a_withdrawn_invitation_does_not_work(invitation: Invitation) -> None:
    invitation.withdraw(MONDAY)
    invitation.withdraw(MONDAY + DAY)
    assert invitation.withdrawn_at == MONDAY
    with pytest.raises(InvitationWithdrawn):
        invitation.use(by=WANG, at=MONDAY)


def test_a_used_invitation_cannot_be_withdrawn(invitation: Invitation) -> None:
    invitation.use(by=WANG, at=MONDAY)
    invitation.withdraw(MONDAY)
    assert invitation.withdrawn_at is None


def test_an_owner_changes_roles_and_dismisses(team: Team) -> None:
    assert team.give_role(ZHAO, Role.SUPPORT, by=Role.OWNER).role is Role.SUPPORT
    gone = team.dismiss(ZHAO, by=Role.OWNER, at=MONDAY + DAY)
    assert gone.left_at == MONDAY + DAY
    assert not gone.is_active


def test_a_manager_neither_makes_nor_touches_owners(team: Team) -> None:
    for forbidden in (
        lambda: team.give_role(ZHAO, Role.OWNER, by=Role.MANAGER),
        lambda: team.give_role(LIN, Role.DISPATCH, by=Role.MANAGER),
        lambda: team.dismiss(LIN, by=Role.MANAGER, at=MONDAY),
        lambda: team.may_invite(Role.OWNER, by=Role.MANAGER),
    ):
        with pytest.raises(OnlyOwners):
            forbidden()
    team.may_invite(Role.MANAGER, by=Role.MANAGER)
    team.dismiss(WANG, by=Role.MANAGER, at=MONDAY)


def test_the_last_owner_can_neither_leave_nor_step_down(team: Team) -> None:
    with pytest.raises(LastOwner):
        team.dismiss(LIN, by=Role.OWNER, at=MONDAY)
    with pytest.raises(LastOwner):
        team.give_role(LIN, Role.MANAGER, by=Role.OWNER)
    assert team.give_role(LIN, Role.OWNER, by=Role.OWNER).is_active


def test_one_of_two_owners_may_leave(team: Team) -> None:
    team.give_role(WANG, Role.OWNER, by=Role.OWNER)
    assert not team.dismiss(LIN, by=Role.OWNER, at=MONDAY).is_active


def test_nobody_dismisses_somebody_who_is_not_there(team: Team) -> None:
    with pytest.raises(NotFound):
        team.dismiss(99, by=Role.OWNER, at=MONDAY)
