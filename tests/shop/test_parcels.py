"""Parcels: reports of carriers that come twice, late and out of order; standstills; mistyped numbers."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from shop.parcels import Movement, Parcel, ParcelFinished, ParcelState, dispatched
from shop.sample_movements import next_movement
from shop.speakers import Speaker

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIN = Speaker(person_id=1001, name="林老板")
S = ParcelState


def parcel(at: datetime = NOW) -> Parcel:
    return dispatched(shop_id=1, order_id=7, tracking_number="SF1234567890123", carrier_id="sf", by=LIN, at=at)


def moved(hours: float, state: ParcelState, said: str = "") -> Movement:
    return Movement(happened_at=NOW + hours * HOUR, state=state, words=said)


def learns(one: Parcel, *movements: Movement, at: datetime = NOW + 9 * DAY) -> Parcel:
    for movement in movements:
        one.learn(movement, at=at)
    return one


def test_a_new_parcel_has_not_moved() -> None:
    new = parcel()
    assert (new.state, new.last_moved_at, new.quiet_since, new.latest) == (S.UNKNOWN, None, NOW, None)


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ((S.PICKED_UP,), S.PICKED_UP),
        ((S.PICKED_UP, S.IN_TRANSIT), S.IN_TRANSIT),
        ((S.IN_TRANSIT, S.EXCEPTION), S.EXCEPTION),
        ((S.EXCEPTION, S.IN_TRANSIT), S.IN_TRANSIT),
        ((S.OUT_FOR_DELIVERY, S.DELIVERY_FAILED, S.OUT_FOR_DELIVERY), S.OUT_FOR_DELIVERY),
        ((S.OUT_FOR_DELIVERY, S.DELIVERED), S.DELIVERED),
        ((S.DELIVERED, S.IN_TRANSIT), S.DELIVERED),
        ((S.RETURNING, S.IN_TRANSIT), S.RETURNING),
        ((S.RETURNING, S.RETURNED), S.RETURNED),
        ((S.UNKNOWN,), S.UNKNOWN),
        ((S.EXPIRED,), S.UNKNOWN),
    ],
)
def test_the_latest_report_tells_the_state_and_arrived_stays_arrived(
    states: tuple[ParcelState, ...], state: ParcelState
) -> None:
    one = learns(parcel(), *(moved(n, each, str(n)) for n, each in enumerate(states, start=1)))
    assert one.state is state
    assert (one.finished_at is not None) == (state in (S.DELIVERED, S.RETURNED))


def test_the_order_in_which_reports_come_does_not_matter() -> None:
    reports = (
        moved(1, S.PICKED_UP, "揽收"),
        moved(5, S.IN_TRANSIT, "中转"),
        moved(20, S.OUT_FOR_DELIVERY, "派送"),
        moved(22, S.DELIVERED, "签收"),
    )
    ends = set()
    for some in permutations(reports):
        one = learns(parcel(), *some)
        ends.add((one.state, one.last_moved_at, one.quiet_since, one.finished_at, len(one.events)))
    assert ends == {(S.DELIVERED, NOW + 22 * HOUR, NOW + 22 * HOUR, NOW + 22 * HOUR, 4)}


def test_the_same_report_twice_says_nothing_new() -> None:
    one = parcel()
    report = moved(1, S.PICKED_UP, "【杭州】 已揽收")
    assert one.learn(report, at=NOW + DAY)
    again = Movement(happened_at=report.happened_at + timedelta(seconds=20), state=S.PICKED_UP, words="【杭州】已揽收")
    assert not one.learn(again, at=NOW + DAY)
    assert len(one.events) == 1


def test_no_news_is_no_movement() -> None:
    one = parcel()
    assert not one.learn(moved(30, S.EXPIRED, "查无结果"), at=NOW + 3 * DAY)
    assert one.stands_still(NOW + 2 * DAY, 2 * DAY)


def test_endless_words_are_cut() -> None:
    one = learns(parcel(), moved(1, S.IN_TRANSIT, "路" * 5_000))
    assert len(one.events[0].words) == 300
    assert not one.learn(moved(1, S.IN_TRANSIT, "路" * 5_000), at=NOW + DAY)


@pytest.mark.parametrize(("hours", "still"), [(0, False), (47.9, False), (48, True), (900, True), (-5, False)])
def test_it_stands_still_when_nothing_moved_for_longer_than_the_patience(*, hours: float, still: bool) -> None:
    assert parcel().stands_still(NOW + hours * HOUR, 2 * DAY) is still


def test_what_has_arrived_does_not_stand_still() -> None:
    assert not learns(parcel(), moved(1, S.DELIVERED)).stands_still(NOW + 90 * DAY, 2 * DAY)


def test_a_movement_of_tomorrow_does_not_hide_a_standstill() -> None:
    one = parcel()
    one.learn(moved(90 * 24, S.IN_TRANSIT, "时钟错误"), at=NOW + HOUR)
    assert one.quiet_since == NOW + HOUR
    assert one.stands_still(NOW + HOUR + 2 * DAY, 2 * DAY)


def test_a_movement_from_before_the_number_was_entered_starts_no_standstill() -> None:
    one = parcel()
    one.learn(moved(-72, S.PICKED_UP), at=NOW)
    assert not one.stands_still(NOW + HOUR, 2 * DAY)


def test_a_corrected_number_forgets_what_was_reported_under_the_wrong_one() -> None:
    one = learns(parcel(), moved(1, S.IN_TRANSIT, "中转"), at=NOW + 2 * HOUR)
    one.correct(tracking_number="YT1234567890123", carrier_id="yto", by=LIN, at=NOW + DAY)
    assert (one.tracking_number, one.carrier_id, one.state, one.events) == ("YT1234567890123", "yto", S.UNKNOWN, [])
    assert one.shipped_at == NOW
    assert one.quiet_since == NOW + DAY


def test_correcting_to_the_same_changes_nothing() -> None:
    one = learns(parcel(), moved(1, S.DELIVERED))
    one.correct(tracking_number="SF1234567890123", carrier_id="sf", by=LIN, at=NOW + DAY)
    assert len(one.events) == 1


def test_what_has_arrived_keeps_its_number() -> None:
    one = learns(parcel(), moved(1, S.DELIVERED))
    one.id = 3
    with pytest.raises(ParcelFinished):
        one.correct(tracking_number="YT1234567890123", carrier_id="yto", by=LIN, at=NOW + DAY)


def test_a_sample_parcel_travels_and_arrives() -> None:
    one, at = parcel(), NOW
    seen = []
    while (movement := next_movement(one, at)) is not None:
        at += 6 * HOUR
        one.learn(Movement(happened_at=at, state=movement.state, words=movement.words, place=movement.place), at=at)
        seen.append(one.state)
    assert seen == [S.PICKED_UP, S.IN_TRANSIT, S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.DELIVERED]
    assert next_movement(one, at) is None
