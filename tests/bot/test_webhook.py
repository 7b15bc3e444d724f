"""Updates over a webhook: kept before 200 is said, and nothing of what strangers send is kept, whatever it looks like."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import pytest
from aiohttp import ClientConnectionError, ClientSession
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.serving import serving
from bot.settings import Settings
from bot.webhook import KEPT_WITHIN_SECONDS, SECRET_HEADER, NoUpdate, Webhook, point_here, read_update
from storage.tables.pipeline import inbox
from storage.tasks import DatabaseAwayError
from tests.chat import House

SECRET = "s3cret_of-more-than-32-letters-00000"
PATH = "/telegram/hook"
HELLO = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 2001, "type": "private"},
        "from": {"id": 2001, "is_bot": False, "first_name": "小美", "language_code": "zh-hans"},
        "text": "/start",
    },
}


@dataclass
class Door:
    """The webhook of a house as it stands on the net."""

    house: House
    address: str = ""
    fails: list[Exception] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def keep(self, raws: Sequence[dict[str, Any]]) -> None:
        if self.fails:
            raise self.fails.pop(0)
        await self.house.app.intake.take(raws)
        self.came.set()

    async def posts(self, body: bytes | str, headers: dict[str, str] | None = None) -> int:
        shown = {SECRET_HEADER: SECRET} if headers is None else headers
        content = io.BytesIO(body.encode() if isinstance(body, str) else body)
        async with ClientSession() as http, http.post(f"{self.address}{PATH}", data=content, headers=shown) as answer:
            return answer.status

    def kept(self) -> int:
        """Updates in the inbox."""
        query = select(func.count()).select_from(inbox)
        return self.house.app.desk.do_now(lambda work: work.connection.scalar(query)) or 0


@pytest.fixture
async def door(house: House) -> AsyncIterator[Door]:
    opened = Door(house)
    async with serving(Webhook(PATH, SECRET, opened.keep).routes(), host="127.0.0.1", port=0) as address:
        opened.address = address
        yield opened
        await house.telegram.webhook.remove()


def settings(address: str) -> Settings:
    return Settings(_env_file=None, http_port=0, webhook_url=f"{address}{PATH}", webhook_secret=SECRET)


async def test_what_a_person_says_comes_over_the_webhook_and_is_answered(house: House, door: Door) -> None:
    person = house.person(2001, "小美")
    await point_here(house.app.bot, settings(door.address))
    person.phone.say("/start")
    await asyncio.wait_for(door.came.wait(), 10)
    await house.app.handling.settled()
    await house.app.delivery.run(until_idle=True)
    assert door.kept() == 1
    assert person.heard
    assert house.telegram.webhook.last_error is None


async def test_telegram_hears_the_secret_the_connections_and_the_kinds_of_updates(house: House, door: Door) -> None:
    await point_here(house.app.bot, settings(door.address))
    target = house.telegram.webhook.target
    assert target is not None
    assert (target.url, target.secret, target.max_connections) == (f"{door.address}{PATH}", SECRET, 40)
    assert house.telegram.updates.allowed == frozenset(
        {"message", "edited_message", "callback_query", "my_chat_member"}
    )


async def test_an_update_that_comes_twice_is_kept_once(door: Door) -> None:
    assert [await door.posts(json.dumps(HELLO)) for _ in range(2)] == [200, 200]
    assert door.kept() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: "wrong"},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: SECRET + "x"},
        {SECRET_HEADER: SECRET.upper()},
        {SECRET_HEADER: "密码" * 16},
        {SECRET_HEADER: "é" * 32},
        {"X-Forwarded-For": "149.154.167.220"},
        {"X-Forwarded-For": "149.154.167.220", "X-Real-IP": "149.154.167.220", "Forwarded": "for=91.108.4.1"},
        {"Authorization": f"Bearer {SECRET}"},
    ],
)
async def test_without_the_secret_nothing_is_heard(door: Door, headers: dict[str, str]) -> None:
    assert await door.posts(json.dumps(HELLO), headers) == 401
    assert door.kept() == 0


async def test_bytes_that_are_no_text_are_no_secret(door: Door) -> None:
    host, port = door.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n{SECRET_HEADER}: ".encode())
    writer.write(b"\xff\xfe\x80" * 12 + b"\r\n\r\n{}")
    status = await asyncio.wait_for(reader.readline(), 10)
    writer.close()
    assert status.split()[1] == b"401"
    assert door.kept() == 0


@pytest.mark.parametrize("headers", [{SECRET_HEADER: SECRET}, {}])
async def test_fifty_megabytes_are_refused_and_the_next_update_is_heard(door: Door, headers: dict[str, str]) -> None:
    refusals = {413, 401}
    with suppress(ClientConnectionError):  # the other end may hang up while we are still writing
        assert await door.posts(b" " * 50 * 2**20, headers) in refusals
    assert door.kept() == 0
    assert await door.posts(json.dumps(HELLO)) == 200


async def test_a_body_beyond_the_limit_is_refused_by_its_number(door: Door) -> None:
    assert await door.posts(b" " * (2**20 + 1)) == 413
    assert door.kept() == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"7",
        b"\xff\xfe",
        b'"text"',
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": 7.0}',
        b'{"update_id": null}',
        b'{"update_id": -1}',
        b'{"update_id": NaN}',
        b'{"update_id": 7, "message": Infinity}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b'{"update_id": 7, "message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    ],
)
async def test_what_is_no_update_is_refused(door: Door, body: bytes) -> None:
    assert await door.posts(body) == 400
    assert door.kept() == 0


@pytest.mark.parametrize("error", [DatabaseAwayError("locked"), OSError("no disk"), TimeoutError()])
async def test_while_the_database_is_away_telegram_is_asked_to_come_again(door: Door, error: Exception) -> None:
    door.fails = [error]
    headers = {SECRET_HEADER: SECRET}
    async with ClientSession() as http:
        async with http.post(f"{door.address}{PATH}", json=HELLO, headers=headers) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert door.kept() == 0
        async with http.post(f"{door.address}{PATH}", json=HELLO, headers=headers) as answer:
            assert answer.status == 200
    assert door.kept() == 1


async def test_200_is_said_only_after_the_update_is_kept(house: House) -> None:
    kept = asyncio.Event()
    asked = asyncio.Event()

    async def keep(_: Sequence[dict[str, Any]]) -> None:
        asked.set()
        await kept.wait()

    async with (
        serving(Webhook(PATH, SECRET, keep).routes(), host="127.0.0.1", port=0) as address,
        ClientSession() as http,
    ):
        headers = {SECRET_HEADER: SECRET}
        posting = asyncio.ensure_future(http.post(f"{address}{PATH}", json=HELLO, headers=headers))
        await asyncio.wait_for(asked.wait(), 10)
        assert not posting.done()
        kept.set()
        answer = await asyncio.wait_for(posting, 10)
        assert answer.status == 200
        answer.release()


async def test_an_update_that_is_kept_too_late_is_refused_and_kept_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.webhook.KEPT_WITHIN_SECONDS", 0)
    go_on, done = asyncio.Event(), asyncio.Event()

    async def keep(_: Sequence[dict[str, Any]]) -> None:
        await go_on.wait()
        done.set()

    async with (
        serving(Webhook(PATH, SECRET, keep).routes(), host="127.0.0.1", port=0) as address,
        ClientSession() as http,
    ):
        async with http.post(f"{address}{PATH}", json=HELLO, headers={SECRET_HEADER: SECRET}) as answer:
            assert answer.status == 503
        go_on.set()
        await asyncio.wait_for(done.wait(), 10)


async def test_only_posts_to_its_own_path_are_taken(door: Door) -> None:
    headers = {SECRET_HEADER: SECRET}
    async with ClientSession() as http:
        async with http.get(f"{door.address}{PATH}", headers=headers) as answer:
            assert answer.status == 405
        async with http.post(f"{door.address}/telegram/other", json=HELLO, headers=headers) as answer:
            assert answer.status == 404
    assert door.kept() == 0


def test_an_update_of_telegrams_is_read_as_it_came() -> None:
    assert read_update(json.dumps(HELLO).encode()) == HELLO
    with pytest.raises(NoUpdate):
        read_update(b"{}")


def test_telegram_is_answered_before_it_stops_waiting() -> None:
    assert KEPT_WITHIN_SECONDS < 60


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(codec=None))),
    lambda part: st.one_of(st.lists(part, max_size=3), st.dictionaries(st.text(max_size=9), part, max_size=3)),
)
BODIES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(str.encode),
    st.builds(lambda update_id, rest: json.dumps({"update_id": update_id, "message": rest}).encode(), JSON, JSON),
)


@hypothesis.given(BODIES)
@hypothesis.settings(max_examples=500, deadline=None)
def test_any_body_is_an_update_with_a_number_or_refused(body: bytes) -> None:
    try:
        update = read_update(body)
    except NoUpdate:
        return
    assert 0 <= update["update_id"] < 2**63
    json.dumps(update, ensure_ascii=True)
