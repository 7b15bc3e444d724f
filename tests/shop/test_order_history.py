"""The history of an order: what was written down stays as it was written."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest

from shop.order_history import Change, is_whole, next_change
from shop.order_states import ChangeKind
from shop.speakers import CLOCK, Role, Speaker

NOW = datetime(2026, 3, 2, 4, 0, 0, 123, tzinfo=UTC)
LIN = Speaker(person_id=1001, name="林老板", role=Role.OWNER)
STORY = (ChangeKind.BUYER_ASKED, ChangeKind.BUYER_ANSWERED, ChangeKind.CONFIRMED, ChangeKind.SHIPPED)


def written(*kinds: ChangeKind, by: Speaker = LIN) -> list[Change]:
    history: list[Change] = []
    for minutes, kind in enumerate(kinds):
        history.append(next_change(history, kind, by=by, at=NOW + timedelta(minutes=minutes)))
    return history


def test_what_the_shop_has_written_is_whole() -> None:
    assert is_whole([])
    assert is_whole(written(*STORY))


def test_the_seal_does_not_depend_on_how_the_moment_is_kept() -> None:
    history = written(*STORY)
    history[1].at = history[1].at.astimezone(timezone(timedelta(hours=8)))
    assert is_whole(history)


def test_who_the_buyer_was_may_be_forgotten() -> None:
    history = written(*STORY)
    history[1].by_id, history[1].by_name = 0, ""
    assert is_whole(history)


def _another_kind(history: list[Change]) -> None:
    history[2].kind = ChangeKind.CANCELLED


def _another_moment(history: list[Change]) -> None:
    history[2].at += timedelta(microseconds=1)


def _somebody_else(history: list[Change]) -> None:
    history[2].by_id = 1002


def _taken_out(history: list[Change]) -> None:
    del history[2]


def _put_in(history: list[Change]) -> None:
    history.insert(1, next_change(history[:1], ChangeKind.TAKEN_BACK, by=CLOCK, at=NOW))


def _another_order(history: list[Change]) -> None:
    history.reverse()


@pytest.mark.parametrize("alter", [_another_kind, _another_moment, _somebody_else, _taken_out, _put_in, _another_order])
def test_what_was_altered_since_shows(alter: Callable[[list[Change]], None]) -> None:
    history = written(*STORY)
    alter(history)
    assert not is_whole(history)


def test_a_seal_is_of_one_history_only() -> None:
    seals: Sequence[str] = [change.seal for change in written(*[ChangeKind.CONFIRMED, ChangeKind.TAKEN_BACK] * 3)]
    assert len(set(seals)) == 6
