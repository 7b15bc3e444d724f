"""How full the pipeline is at one moment, read in one query through partial indexes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Connection, Label, Table, func, literal_column, select

from shop.reminders import ReminderKind
from storage.tables.orders import orders
from storage.tables.parcels import reminders
from storage.tables.pipeline import errands, heartbeats, inbox, outbox
from storage.tables.shops import shops

LATE = timedelta(minutes=1)
"""A reminder is late when the clock has ticked several times since it was due."""


@dataclass(frozen=True)
class Queue:
    """How many wait, and since when the first of them does."""

    waiting: int
    oldest_at: datetime | None


@dataclass(frozen=True)
class Gauges:
    """`untold` counts open orders past their deadline of which nobody was told; `heartbeats` when each was last seen alive."""

    inbox: Queue
    outbox: Queue
    errands: Queue
    parked: int
    untold: int
    heartbeats: Mapping[str, datetime]


def measure(connection: Connection, now: datetime) -> Gauges:
    row = connection.execute(
        select(
            *_queue(inbox, inbox.c.received_at),
            *_queue(outbox, outbox.c.due_at),
            *_queue(errands, errands.c.due_at),
            _parked(),
            _untold(now),
        )
    ).one()
    beats = connection.execute(select(heartbeats.c.name, heartbeats.c.at))
    return Gauges(
        inbox=Queue(row.inbox_count, row.inbox_oldest),
        outbox=Queue(row.outbox_count, row.outbox_oldest),
        errands=Queue(row.errands_count, row.errands_oldest),
        parked=row.parked,
        untold=row.untold,
        heartbeats=dict(beats.all()),
    )


def _queue(table: Table, since: Column[datetime]) -> tuple[Label[int], Label[datetime]]:
    waiting = table.c.state == literal_column("'waiting'")  # in the words of the partial index
    count = select(func.count()).select_from(table).where(waiting)
    oldest = select(func.min(since)).where(waiting)
    return count.scalar_subquery().label(f"{table.name}_count"), oldest.scalar_subquery().label(f"{table.name}_oldest")


def _parked() -> Label[int]:
    parked = select(func.count()).select_from(inbox).where(inbox.c.state == literal_column("'parked'"))
    return parked.scalar_subquery().label("parked")


def _untold(now: datetime) -> Label[int]:
    open_now = orders.c.status.in_([literal_column("'to_check'"), literal_column("'to_dispatch'")])
    told = (reminders.c.order_id == orders.c.id) & (reminders.c.dispatch_by == orders.c.dispatch_by)
    over: ColumnElement[str] = literal_column(f"'{ReminderKind.OVERDUE.value}'")
    untold = (
        select(func.count())
        .select_from(orders.join(shops, shops.c.id == orders.c.shop_id).outerjoin(reminders, told))
        .where(open_now, orders.c.dispatch_by < now - LATE, shops.c.closed_at.is_(None))
        .where(reminders.c.told.is_(None) | (reminders.c.told != over))
    )
    return untold.scalar_subquery().label("untold")
