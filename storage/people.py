"""Everybody who writes to us, and the staff of a shop."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from shop.shops import Member, Person, Shop
from shop.speakers import PERMISSIONS, Permission, Role
from storage.collection import Collection
from storage.loading import ByKey
from storage.prepared import PreparedValues, Row
from storage.tables.drafts import drafts
from storage.tables.shops import members, people, shops


@dataclass(frozen=True)
class Place:
    """A shop as it is needed to speak about it, without loading it to be changed."""

    id: int
    name: str
    opened_at: datetime
    time_zone: str
    currency: str
    dispatch_within: timedelta
    parcel_patience: timedelta
    warn_at: int
    link_code: str
    is_sample: bool
    closed_at: datetime | None
    revision: int

    @classmethod
    def of(cls, shop: Shop) -> "Place":
        return cls(**{name: getattr(shop, name, None) for name in cls.__dataclass_fields__})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Arrival:
    """Somebody who writes to us, as the books know that person: `role` in `place` for staff, the shop visited for a buyer."""

    name: str
    language: str
    language_chosen: bool
    reachable: bool
    role: Role | None
    place: Place | None
    drafting: bool
    """A draft of this person is open."""
    draft_is_here: bool

    @classmethod
    def of(cls, row: Row) -> "Arrival":
        draft_id, draft_shop, name, language, chosen, reachable, role, *place = row
        at = None if place[0] is None else Place(*place)
        here = at is not None and at.id == draft_shop
        return cls(name, language, chosen, reachable, role if at else None, at, draft_id is not None, here)


_PLACE = tuple(shops.c[name] for name in Place.__dataclass_fields__)
_PERSON = (people.c.name.label("person_name"), people.c.language, people.c.language_chosen, people.c.reachable)
_ARRIVAL = PreparedValues(
    select(drafts.c.id, drafts.c.shop_id.label("draft_shop"), *_PERSON, members.c.role, *_PLACE)
    .outerjoin(drafts, (drafts.c.person_id == people.c.id) & drafts.c.is_open)
    .outerjoin(
        members,
        (members.c.person_id == people.c.id)
        & members.c.left_at.is_(None)
        & people.c.staff_of.is_not(None)
        & members.c.shop_id.in_([people.c.staff_of, drafts.c.shop_id]),
    )
    .outerjoin(shops, (shops.c.id == members.c.shop_id) & shops.c.closed_at.is_(None))
    .where(people.c.id == bindparam("person")),
    Arrival.of,
)
"""One row for each of the two shops that the person may work for now."""
_VISIT = PreparedValues(
    select(*_PLACE).join(people, people.c.buyer_of == shops.c.id).where(people.c.id == bindparam("person")),
    lambda row: Place(*row),
)


PERSON = ByKey(Person)
SHOP = ByKey(Shop)


class People(Collection):
    def find_arrival(self, person_id: int) -> Arrival | None:
        rows = _ARRIVAL.values(self._connection, {"person": person_id})
        if not rows:
            return None
        # The shop of the open draft comes before the one that was chosen last.
        found = rows[0] if len(rows) == 1 else max(rows, key=lambda each: (each.draft_is_here, each.place is not None))
        self._work.draft_open = found.drafting
        if found.place is not None:
            return found
        visited = _VISIT.values(self._connection, {"person": person_id})
        return replace(found, place=visited[0]) if visited else found

    def find(self, person_id: int) -> Person | None:
        return PERSON.find(self._work, person_id)

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

    def find_shop(self, shop_id: int) -> Shop | None:
        return SHOP.find(self._work, shop_id)

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
