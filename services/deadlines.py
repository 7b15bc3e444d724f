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
    card = CardKind.DUE_ORDERS.of(work.shop_id)
    due = due_reminders(work.parcels.open_deadlines(), work.now)
    if due:
        work.parcels.told(due)
        work.wake(card, to=Permission.DISPATCH, level=LEVELS[most_urgent(due)])
    elif work.cards.showing(card):
        work.touch(card)  # the time that is left grows shorter
