"""Everybody who writes to us, and the staff of a shop."""

from collections.abc import Sequence

from sqlalchemy import case, or_, select, update

from shop.shops import Member, Person, Shop
from shop.speakers import PERMISSIONS, Permission, Role
from storage.collection import Collection
from storage.tables.drafts import drafts
from storage.tables.shops import members, people, shops


class People(Collection):
    def find(self, person_id: int) -> Person | None:
        return self._session.get(Person, person_id)

    def add(self, person: Person) -> None:
        self._session.add(person)
        self._session.flush()

    def find_post(self, person_id: int, shop_id: int) -> tuple[Member, Shop] | None:
        """Where the person works, while the shop is open and the person has not left."""
        query = (
            select(Member, Shop)
            .join(Shop, shops.c.id == members.c.shop_id)
            .where(members.c.person_id == person_id, members.c.shop_id == shop_id, members.c.left_at.is_(None))
        )
        found = self._session.execute(query).first()
        return None if found is None or found[1].closed_at is not None else (found[0], found[1])

    def find_present_post(self, person: Person) -> tuple[Member, Shop] | None:
        """Where the person works now: the shop of the open draft comes before the one that was chosen last."""
        drafted = select(drafts.c.shop_id).where(drafts.c.person_id == person.id, drafts.c.is_open).scalar_subquery()
        query = (
            select(Member, Shop)
            .join(Shop, shops.c.id == members.c.shop_id)
            .where(
                members.c.person_id == person.id,
                or_(shops.c.id == person.staff_of, shops.c.id == drafted),
                members.c.left_at.is_(None),
                shops.c.closed_at.is_(None),
            )
            .order_by(case((shops.c.id == drafted, 0), else_=1))
        )
        found = self._session.execute(query).first()
        return None if found is None else (found[0], found[1])

    def find_shop(self, shop_id: int) -> Shop | None:
        return self._session.get(Shop, shop_id)

    def open_shop_ids(self) -> Sequence[int]:
        return self._session.scalars(select(shops.c.id).where(shops.c.closed_at.is_(None)).order_by(shops.c.id)).all()

    def staff(self, permission: Permission) -> Sequence[Person]:
        """Members of this shop who can be reached and may do this; when there is nobody, the owners."""
        able = [role for role in Role if permission in PERMISSIONS[role]]
        return self._reachable(able) or self._reachable([Role.OWNER])

    def unreachable(self, person_id: int) -> None:
        """Telegram will not let us write to this person until the person writes again."""
        self._session.execute(update(people).where(people.c.id == person_id).values(reachable=False))

    def is_reachable(self, person_id: int) -> bool:
        return bool(self._session.scalar(select(people.c.reachable).where(people.c.id == person_id)))

    def _reachable(self, roles: Sequence[Role]) -> Sequence[Person]:
        query = (
            select(Person)
            .join(Member, members.c.person_id == people.c.id)
            .where(
                members.c.shop_id == self._shop_id,
                members.c.left_at.is_(None),
                members.c.role.in_(roles),
                people.c.reachable,
            )
            .order_by(members.c.id)
        )
        return self._session.scalars(query).all()
