"""Which dispatch reminders are due: 12 h, 4 h and 1 h before the deadline, and when it has passed; each told once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ReminderKind(StrEnum):
    """From the mildest to the most urgent; the order matters."""

    TWELVE_HOURS = "twelve_hours"
    FOUR_HOURS = "four_hours"
    ONE_HOUR = "one_hour"
    OVERDUE = "overdue"

    @property
    def urgency(self) -> int:
        return list(ReminderKind).index(self)

    @property
    def ahead(self) -> timedelta:
        return AHEAD[self]


AHEAD = {
    ReminderKind.TWELVE_HOURS: timedelta(hours=12),
    ReminderKind.FOUR_HOURS: timedelta(hours=4),
    ReminderKind.ONE_HOUR: timedelta(hours=1),
    ReminderKind.OVERDUE: timedelta(0),
}
LOOK_AHEAD = max(AHEAD.values())


@dataclass(frozen=True, kw_only=True)
class OpenDeadline:
    """An order that waits for dispatch, and the most urgent reminder that was told for this very deadline."""

    order_id: int
    dispatch_by: datetime
    told: ReminderKind | None = None


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One order's reminder that has to be told now."""

    order_id: int
    dispatch_by: datetime
    kind: ReminderKind


def kind_at(dispatch_by: datetime, now: datetime) -> ReminderKind | None:
    """The most urgent reminder whose moment has come; the milder ones count as told with it."""
    return next((kind for kind in reversed(ReminderKind) if dispatch_by - kind.ahead <= now), None)


def due_reminders(deadlines: Iterable[OpenDeadline], now: datetime) -> tuple[Reminder, ...]:
    """What has to be told at this moment, most urgent first; nothing that was told, nor anything milder than that."""
    reminders = (
        Reminder(order_id=each.order_id, dispatch_by=each.dispatch_by, kind=kind)
        for each in deadlines
        if (kind := kind_at(each.dispatch_by, now)) is not None and _is_news(kind, each.told)
    )
    return tuple(sorted(reminders, key=lambda reminder: (reminder.dispatch_by, reminder.order_id)))


def most_urgent(reminders: Iterable[Reminder]) -> ReminderKind:
    return max((reminder.kind for reminder in reminders), key=lambda kind: kind.urgency)


def _is_news(kind: ReminderKind, told: ReminderKind | None) -> bool:
    return told is None or told.urgency < kind.urgency
