"""Which reminders of deadlines are due."""

from datetime import UTC, datetime, timedelta

import pytest

from shop.reminders import OpenDeadline, Reminder, ReminderKind, due_reminders, kind_at, most_urgent

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
T12, T4, T1, LATE = ReminderKind


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


@pytest.mark.parametrize(
    ("left", "kind"),
    [
        (12 * 60 + 1, None),
        (12 * 60, T12),
        (4 * 60 + 1, T12),
        (4 * 60, T4),
        (61, T4),
        (60, T1),
        (1, T1),
        (0, LATE),
        (-1, LATE),
        (-3 * 24 * 60, LATE),
    ],
)
def test_the_most_urgent_reminder_whose_moment_has_come(left: int, kind: ReminderKind | None) -> None:
    assert kind_at(NOW + minutes(left), NOW) is kind


@pytest.mark.parametrize(
    ("left", "told", "due"),
    [
        (11 * 60, None, T12),
        (11 * 60, T12, None),
        (3 * 60, T12, T4),
        (3 * 60, T4, None),
        (30, T12, T1),
        (-5, None, LATE),
        (-5, T1, LATE),
        (-5, LATE, None),
        (11 * 60, T1, None),
        (20 * 60, LATE, None),
    ],
)
def test_nothing_is_told_twice_nor_anything_milder_than_what_was_told(
    left: int, told: ReminderKind | None, due: ReminderKind | None
) -> None:
    found = due_reminders([OpenDeadline(order_id=1, dispatch_by=NOW + minutes(left), told=told)], NOW)
    assert [reminder.kind for reminder in found] == ([due] if due else [])


def test_several_come_together_the_most_urgent_first() -> None:
    deadlines = [
        OpenDeadline(order_id=n, dispatch_by=NOW + minutes(left)) for n, left in enumerate((600, 30, 200, 2_000))
    ]
    due = due_reminders(deadlines, NOW)
    assert [reminder.order_id for reminder in due] == [1, 2, 0]
    assert most_urgent(due) is T1


def test_urgency_grows() -> None:
    assert [kind.urgency for kind in (T12, T4, T1, LATE)] == [0, 1, 2, 3]
    assert most_urgent([Reminder(order_id=1, dispatch_by=NOW, kind=kind) for kind in (T4, LATE, T12)]) is LATE
