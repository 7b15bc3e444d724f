"""Whose turn it is to be written to, on a clock that the test moves by itself."""

from collections import defaultdict
from datetime import UTC, datetime
from itertools import count, pairwise

from bot.lanes import Lanes
from bot.pace import Pace
from storage.news import Level
from storage.outbox import Posted

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ids = count(1)


def message(chat_id: int, level: Level = Level.REPLY, method: str = "sendMessage") -> Posted:
    return Posted(next(ids), chat_id, level, method, "{}", None, 0, NOW, None)


def sent_times(waiting: list[Posted]) -> list[tuple[float, Posted]]:
    """When each message leaves if every call takes no time."""
    lanes = Lanes(Pace())
    now = 1_000.0
    for posted in waiting:
        lanes.add(posted, due=now, now=now)
    sent: list[tuple[float, Posted]] = []
    while len(sent) < len(waiting):
        turn = lanes.next(now)
        if turn is None:
            now = max(lanes.next_moment() or now, now + 0.001)
            continue
        lane, posted = turn
        sent.append((now - 1_000.0, posted))
        lanes.done(lane, now)
    return sent


def test_a_person_gets_at_most_one_message_a_second_and_in_order() -> None:
    sent = sent_times([message(7) for _ in range(5)])
    assert [posted.id for _, posted in sent] == sorted(posted.id for _, posted in sent)
    gaps = [after[0] - before[0] for before, after in pairwise(sent)]
    assert all(1.0 <= gap < 1.1 for gap in gaps)


def test_never_more_than_thirty_in_any_second_and_no_time_is_wasted() -> None:
    sent = [at for at, _ in sent_times([message(chat) for chat in range(1, 901)])]
    assert all(after - before >= 1.0 for before, after in zip(sent, sent[30:], strict=False))
    assert sent[-1] <= 29 * 1.02


def test_a_group_gets_at_most_twenty_in_any_minute() -> None:
    sent = [at for at, _ in sent_times([message(-100) for _ in range(60)])]
    assert all(after - before >= 60.0 for before, after in zip(sent, sent[20:], strict=False))


def test_an_answer_overtakes_a_broadcast() -> None:
    broadcast = [message(chat, Level.P2) for chat in range(1, 301)]
    sent = sent_times([*broadcast, message(999, Level.REPLY)])
    assert next(index for index, (_, posted) in enumerate(sent) if posted.chat_id == 999) == 0


def test_an_urgent_message_overtakes_within_its_chat_but_equals_keep_their_order() -> None:
    first, second, urgent = message(7, Level.P2), message(7, Level.P2), message(7, Level.P0)
    assert [posted for _, posted in sent_times([first, second, urgent])] == [urgent, first, second]


def test_edits_and_answers_to_taps_do_not_wait_for_the_second_of_the_chat() -> None:
    sent = sent_times([message(7), message(7, method="editMessageText"), message(7, method="answerCallbackQuery")])
    assert max(at for at, _ in sent) < 0.1


def test_a_chat_that_must_wait_does_not_hold_up_others() -> None:
    lanes = Lanes(Pace())
    lanes.pace.hold(7, 1_030.0)
    for posted in (message(7), message(8)):
        lanes.add(posted, due=1_000.0, now=1_000.0)
    turn = lanes.next(1_000.0)
    assert turn is not None
    assert turn[1].chat_id == 8
    assert lanes.next(1_000.0) is None
    assert lanes.next_moment() == 1_030.0


def test_two_messages_of_a_chat_are_never_on_their_way_together() -> None:
    lanes = Lanes(Pace(unlimited=True))
    for _ in range(3):
        lanes.add(message(7), due=0.0, now=0.0)
    lane, first = lanes.next(0.0) or (None, None)
    assert first is not None
    assert lanes.next(0.0) is None
    assert lane is not None
    lanes.done(lane, 0.0)
    assert lanes.next(0.0) is not None


def test_quiet_chats_are_forgotten_but_not_before_their_minute_is_over() -> None:
    pace = Pace()
    pace.take(7, 1_000.0, counted=True)
    pace.forget_before(1_001.0)
    assert pace.free_at(7, counted=True) > 1_000.0
    pace.forget_before(1_100.0)
    assert pace.free_at(7, counted=True) == 0.0


def test_lanes_leave_nothing_behind_when_all_is_sent() -> None:
    lanes = Lanes(Pace(unlimited=True))
    by_chat: dict[int, int] = defaultdict(int)
    for chat in (1, 2, 1):
        lanes.add(message(chat), due=0.0, now=0.0)
    while (turn := lanes.next(0.0)) is not None:
        by_chat[turn[1].chat_id] += 1
        lanes.done(turn[0], 0.0)
    assert by_chat == {1: 2, 2: 1}
    assert not lanes.busy
