"""Who works for a shop, and who is invited to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from shop.errors import NotFound
from shop.shops import Member
from shop.speakers import Role
from shop.team import INVITATION_LASTS, Invitation, Team
from storage.collection import Collection
from storage.tables.shops import members, people
from storage.tables.team import invitations


@dataclass(frozen=True)
class Colleague:
    """A line of the team's card."""

    person_id: int
    name: str
    role: Role
    joined_at: datetime


class Members(Collection):
    def add(self, member: Member) -> None:
        self._session.add(member)
        self._session.flush()

    def team(self) -> Team:
        """The active members of this shop, in the order in which they came."""
        present = select(Member).where(members.c.shop_id == self._shop_id, members.c.left_at.is_(None))
        # Locked, so that two owners cannot dismiss each other at the same moment.
        found = self._session.scalars(present.order_by(members.c.id).with_for_update()).all()
        return Team(self._work.shop.name, found)

    def find(self, person_id: int) -> Member | None:
        """The person's row in this shop, also when they left long ago."""
        mine = (members.c.shop_id == self._shop_id) & (members.c.person_id == person_id)
        return self._session.scalar(select(Member).where(mine))

    def colleagues(self) -> Sequence[Colleague]:
        query = (
            select(members.c.person_id, people.c.name, members.c.role, members.c.joined_at)
            .join(people, people.c.id == members.c.person_id)
            .where(members.c.shop_id == self._shop_id, members.c.left_at.is_(None))
            .order_by(members.c.id)
        )
        return [Colleague(*row) for row in self._session.execute(query)]

    def colleague(self, person_id: int) -> Colleague:
        for each in self.colleagues():
            if each.person_id == person_id:
                return each
        kind = "member"
        raise NotFound(kind, person_id)


class Invitations(Collection):
    def add(self, invitation: Invitation) -> None:
        self._session.add(invitation)
        self._session.flush()

    def find_by_digest(self, token_digest: str) -> Invitation | None:
        """Of any shop: whoever uses one does not belong to the shop yet."""
        query = select(Invitation).where(invitations.c.token_digest == token_digest)
        return self._session.scalar(query.with_for_update())

    def get(self, invitation_id: int) -> Invitation:
        mine = (invitations.c.shop_id == self._shop_id) & (invitations.c.id == invitation_id)
        invitation = self._session.scalar(select(Invitation).where(mine))
        if invitation is None:
            kind = "invitation"
            raise NotFound(kind, invitation_id)
        return invitation

    def open(self) -> Sequence[Invitation]:
        """Those that still work, oldest first."""
        query = select(Invitation).where(
            invitations.c.shop_id == self._shop_id,
            invitations.c.used_at.is_(None),
            invitations.c.withdrawn_at.is_(None),
            invitations.c.created_at > self._work.now - INVITATION_LASTS,
        )
        return self._session.scalars(query.order_by(invitations.c.id)).all()
