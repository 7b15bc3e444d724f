"""The parcels of a shop, and which reminders of its orders were told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select, update

from shop.errors import NotFound
from shop.parcels import Parcel, ParcelState
from shop.reminders import LOOK_AHEAD, OpenDeadline, Reminder, ReminderKind
from storage.collection import Collection, upsert
from storage.prepared import Prepared
from storage.tables.orders import orders
from storage.tables.parcels import parcels, reminders

T = TypeVar("T")


@dataclass(frozen=True)
class ListedParcel:
    """A parcel as a line of a list."""

    id: int
    tracking_number: str
    carrier_id: str
    state: ParcelState
    quiet_since: datetime
    order_number: str


_LISTED = (
    select(
        parcels.c.id,
        parcels.c.tracking_number,
        parcels.c.carrier_id,
        parcels.c.state,
        parcels.c.quiet_since,
        orders.c.number,
    )
    .join(orders, orders.c.id == parcels.c.order_id)
    .order_by(parcels.c.quiet_since, parcels.c.id)
)
_OPEN = orders.c.status.in_([literal_column("'to_check'"), literal_column("'to_dispatch'")])
"""In the very words of the partial index: with bound values no database would dare to use it."""
_OVER: ColumnElement[str] = literal_column(f"'{ReminderKind.OVERDUE.value}'")
_DEADLINES = Prepared(
    select(orders.c.id, orders.c.dispatch_by, reminders.c.told)
    .outerjoin(reminders, (reminders.c.order_id == orders.c.id) & (reminders.c.dispatch_by == orders.c.dispatch_by))
    .where(orders.c.shop_id == bindparam("shop"), _OPEN, orders.c.dispatch_by <= bindparam("before"))
    .where(reminders.c.told.is_(None) | (reminders.c.told != _OVER))
)
AT_ONCE = 1_000
"""So many rows a statement; databases allow only so many values in one."""


def batched(things: Iterable[T], size: int) -> Iterator[list[T]]:
    every = iter(things)
    while some := list(islice(every, size)):
        yield some


class Parcels(Collection):
    def get(self, parcel_id: int) -> Parcel:
        mine = select(Parcel).where(parcels.c.id == parcel_id, parcels.c.shop_id == self._shop_id)
        parcel = self._session.scalar(mine)
        if parcel is None:
            raise NotFound("parcel", parcel_id)
        return parcel

    def add(self, parcel: Parcel) -> None:
        self._session.add(parcel)
        self._session.flush()

    def find_by_number(self, tracking_number: str) -> Parcel | None:
        mine = parcels.c.shop_id == self._shop_id
        return self._session.scalar(select(Parcel).where(mine, parcels.c.tracking_number == tracking_number))

    def find_of_order(self, order_id: int) -> Parcel | None:
        mine = parcels.c.shop_id == self._shop_id
        return self._session.scalar(select(Parcel).where(mine, parcels.c.order_id == order_id))

    def id_of_order(self, order_id: int) -> int | None:
        mine = (parcels.c.shop_id == self._shop_id) & (parcels.c.order_id == order_id)
        return self._session.scalar(select(parcels.c.id).where(mine))

    def drop(self, parcel: Parcel) -> None:
        """It was entered by mistake and never left."""
        self._session.delete(parcel)
        self._session.flush()

    def on_the_way(self, *, skip: int = 0, most: int = 1_000) -> Sequence[ListedParcel]:
        """Parcels that have not arrived, the longest without a movement first."""
        mine = _LISTED.where(parcels.c.shop_id == self._shop_id, parcels.c.finished_at.is_(None))
        return [ListedParcel(*row) for row in self._session.execute(mine.offset(skip).limit(most))]

    def standing_since(self, moment: datetime) -> Sequence[ListedParcel]:
        """Parcels on the way that have not moved after `moment`."""
        mine = parcels.c.shop_id == self._shop_id
        still = _LISTED.where(mine, parcels.c.finished_at.is_(None), parcels.c.quiet_since <= moment)
        return [ListedParcel(*row) for row in self._session.execute(still)]

    def untold_since(self, moment: datetime) -> Sequence[int]:
        """Those of them whose present standstill nobody was told of."""
        query = select(parcels.c.id).where(
            parcels.c.shop_id == self._shop_id,
            parcels.c.finished_at.is_(None),
            parcels.c.quiet_since <= moment,
            parcels.c.stall_told_for.is_(None) | (parcels.c.stall_told_for != parcels.c.quiet_since),
        )
        return self._session.scalars(query.order_by(parcels.c.quiet_since)).all()

    def told_stalled(self, parcel_ids: Iterable[int]) -> None:
        """These standstills were told; the next movement opens the way for a new one."""
        for some in batched(parcel_ids, AT_ONCE):
            told = update(parcels).where(parcels.c.id.in_(some), parcels.c.shop_id == self._shop_id)
            self._session.execute(told.values(stall_told_for=parcels.c.quiet_since))

    def count_on_the_way(self) -> int:
        mine = (parcels.c.shop_id == self._shop_id) & parcels.c.finished_at.is_(None)
        return self._session.scalar(select(func.count()).select_from(parcels).where(mine)) or 0

    # Reminders

    def open_deadlines(self) -> list[OpenDeadline]:
        """Orders whose first reminder may be due, with what was told for their present deadline."""
        rows = _DEADLINES.run(self._connection, {"shop": self._shop_id, "before": self._work.now + LOOK_AHEAD})
        return [
            OpenDeadline(order_id=order_id, dispatch_by=dispatch_by, told=ReminderKind(told) if told else None)
            for order_id, dispatch_by, told in rows
        ]

    def told(self, due: Iterable[Reminder]) -> None:
        """These were told; milder ones for the same deadline count as told with them."""
        rows = [
            {"order_id": reminder.order_id, "dispatch_by": reminder.dispatch_by, "told": reminder.kind.value}
            for reminder in due
        ]
        for some in batched(rows, AT_ONCE):
            insert = upsert(self._session, reminders, some)
            newest = {"dispatch_by": insert.excluded.dispatch_by, "told": insert.excluded.told}
            self._session.execute(insert.on_conflict_do_update(index_elements=["order_id"], set_=newest))
