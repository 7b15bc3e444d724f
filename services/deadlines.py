"""Dispatch deadlines: what has to be told at this moment, once, and in one card."""

from shop.reminders import ReminderKind, due_reminders, most_urgent
from shop.speakers import Permission
from storage.news import CardKind, Level
from storage.work import Work

LEVELS = {
    ReminderKind.TWELVE_HOURS: Level.P2,
    ReminderKind.FOUR_HOURS: Level.P1,
    ReminderKind.ONE_HOUR: Level.P0,
    ReminderKind.OVERDUE: Level.P0,
}


def tell_due_orders(work: Work) -> None:
    """12 h, 4 h and 1 h before an order must leave, and when it is late. After a downtime only the most urgent is told."""
    due = due_reminders(work.parcels.open_deadlines(), work.now)
    if not due:
        return
    work.parcels.told(due)
    kind = most_urgent(due)
    work.wake(CardKind.DUE_ORDERS.of(work.shop_id), to=Permission.DISPATCH, level=LEVELS[kind])
