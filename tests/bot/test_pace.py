"""What an earlier process has sent counts, for Telegram counts it."""

from bot.pace import Pace

GROUP = -7


def test_a_chat_that_was_written_to_a_moment_ago_waits() -> None:
    pace = Pace()
    pace.recall([(5, 9.5, True)], now=10.0)
    assert pace.free_at(5, counted=True) > 10.4


def test_a_group_that_got_its_twenty_messages_waits_for_the_minute() -> None:
    pace = Pace()
    pace.recall([(GROUP, 10.0 + n, True) for n in range(20)], now=40.0)
    assert pace.free_at(GROUP, counted=True) > 70.0


def test_what_may_have_been_on_its_way_counts_as_sent_just_now() -> None:
    pace = Pace()
    pace.recall([(GROUP, 10.0 + n, True) for n in range(19)], now=40.0)
    assert pace.free_at(GROUP, counted=True) > 70.0
    assert pace.open_at(hurried=True) > 41.0


def test_after_a_quiet_time_nothing_waits() -> None:
    pace = Pace()
    pace.recall([(5, 9.0, True)], now=60.0)
    pace.recall([], now=60.0)
    assert pace.free_at(5, counted=True) < 60.0
    assert pace.open_at(hurried=True) < 60.0
