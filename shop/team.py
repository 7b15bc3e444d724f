"""Who works for a shop: invitations by link, roles, and leaving."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shop.errors import NotFound, ShopError
from shop.shops import Member
from shop.speakers import Role

INVITATION_LASTS = timedelta(hours=24)
TOKEN_BYTES = 24  # 192 bits: nobody guesses one, and it fits a deep link


@dataclass
class InvitationUnknown(ShopError):
    """No invitation has this token: mistyped, forged, or its shop is gone."""


@dataclass
class InvitationUsed(ShopError):
    """Somebody joined with it already; each link works once."""


@dataclass
class InvitationExpired(ShopError):
    """More than a day old."""

    hours: int


@dataclass
class InvitationWithdrawn(ShopError):
    """The shop took the invitation back."""


@dataclass
class AlreadyOnTeam(ShopError):
    """The person works for this shop already."""

    shop_name: str
    role: Role


@dataclass
class LastOwner(ShopError):
    """A shop is never without an owner."""

    shop_name: str


@dataclass
class OnlyOwners(ShopError):
    """Only an owner makes, changes or dismisses an owner."""


def token_digest(token: str) -> str:
    """What is kept of a token: enough to know it again, useless to whoever reads the database."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(eq=False, kw_only=True)
class Invitation:
    """A link that makes one person a member with the role fixed when it was written; it works once, for a day."""

    id: int = field(init=False)
    shop_id: int
    role: Role
    token_digest: str
    invited_by: int
    created_at: datetime
    used_at: datetime | None = None
    used_by: int | None = None
    withdrawn_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        return self.created_at + INVITATION_LASTS

    def is_open(self, at: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at

    def use(self, *, by: int, at: datetime) -> None:
        if self.used_at is not None:
            raise InvitationUsed
        if self.withdrawn_at is not None:
            raise InvitationWithdrawn
        if at >= self.expires_at:
            raise InvitationExpired(int(INVITATION_LASTS / timedelta(hours=1)))
        self.used_at, self.used_by = at, by

    def withdraw(self, at: datetime) -> None:
        """Taking back twice, or after it was used, changes nothing."""
        if self.used_at is None and self.withdrawn_at is None:
            self.withdrawn_at = at


@dataclass(frozen=True)
class Team:
    """The active members of one shop, and what may be done among them."""

    shop_name: str
    members: Sequence[Member]

    def member(self, person_id: int) -> Member:
        for member in self.members:
            if member.person_id == person_id:
                return member
        kind = "member"
        raise NotFound(kind, person_id)

    def may_invite(self, role: Role, *, by: Role | None) -> None:
        if role is Role.OWNER and by is not Role.OWNER:
            raise OnlyOwners

    def give_role(self, person_id: int, role: Role, *, by: Role | None) -> Member:
        member = self.member(person_id)
        self._may_touch(member, by)
        self.may_invite(role, by=by)
        if role is not Role.OWNER:
            self._must_not_be_the_last_owner(member)
        member.role = role
        return member

    def dismiss(self, person_id: int, *, by: Role | None, at: datetime) -> Member:
        """Let somebody go; leaving by oneself is the same."""
        member = self.member(person_id)
        self._may_touch(member, by)
        self._must_not_be_the_last_owner(member)
        member.left_at = at
        return member

    def _may_touch(self, member: Member, by: Role | None) -> None:
        if member.role is Role.OWNER and by is not Role.OWNER:
            raise OnlyOwners

    def _must_not_be_the_last_owner(self, member: Member) -> None:
        owners = [each for each in self.members if each.role is Role.OWNER]
        if owners == [member]:
            raise LastOwner(self.shop_name)
