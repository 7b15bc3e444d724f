"""Telegram's limits: every excess is counted, a short burst is forgiven, and an album is refused or taken as a whole."""

import io
import json

import pytest
from PIL import Image

from playground.limits import Limits
from playground.refusals import ApiError
from playground.request import Upload
from playground.telegram import Telegram


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def telegram(seconds: Seconds) -> Telegram:
    there = Telegram(limits=Limits(moment=seconds))
    for person_id in range(1, 100):
        there.add_person(person_id, "小林").started = True
    return there


async def send(telegram: Telegram, chat_id: int) -> None:
    await telegram.call("sendMessage", {"chat_id": chat_id, "text": "好"})


async def test_one_message_a_second_to_a_person_breaks_no_limit(telegram: Telegram, seconds: Seconds) -> None:
    for _ in range(30):
        await send(telegram, 1)
        seconds.now += 1.0
    assert not telegram.limits.violations


async def test_a_burst_is_forgiven_but_counted_and_then_punished_until_the_pause_is_over(
    telegram: Telegram, seconds: Seconds
) -> None:
    for _ in range(5):
        await send(telegram, 1)
    assert [violation.rule for violation in telegram.limits.violations] == ["private"] * 4
    with pytest.raises(ApiError, match="Too Many Requests: retry after 1") as refused:
        await send(telegram, 1)
    assert (refused.value.code, refused.value.parameters) == (429, {"retry_after": 1})
    with pytest.raises(ApiError):
        await send(telegram, 1)
    assert telegram.limits.violations[-1].rule == "retry_after ignored"
    seconds.now += 1.0
    await send(telegram, 1)


async def test_more_than_thirty_a_second_over_all_is_a_violation(telegram: Telegram) -> None:
    for person_id in range(1, 31):
        await send(telegram, person_id)
    assert not telegram.limits.violations
    await send(telegram, 31)
    assert [violation.rule for violation in telegram.limits.violations] == ["overall"]


async def test_an_album_of_ten_counts_once(telegram: Telegram) -> None:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), (20, 90, 60)).save(written, "PNG")
    uploads = {f"p{n}": Upload(f"{n}.png", written.getvalue() + bytes([n])) for n in range(10)}
    media = json.dumps([{"type": "photo", "media": f"attach://{name}"} for name in uploads])
    sent = await telegram.call("sendMediaGroup", {"chat_id": 1, "media": media}, uploads)
    assert len(sent) == 10
    assert not telegram.limits.violations


async def test_edits_and_answers_do_not_count(telegram: Telegram) -> None:
    await send(telegram, 1)
    for n in range(20):
        await telegram.call("editMessageText", {"chat_id": 1, "message_id": 1, "text": f"好{n}"})
    assert not telegram.limits.violations
