"""Updates that are posted: to whom, in which order, and what happens when the other end is not well."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from playground.refusals import ApiError
from playground.telegram import Telegram
from tests.playground.local import MERCHANT, local_telegram, phone, refusal


class Receiver:
    """The other end: answers as planned, with an empty 200 when nothing is planned."""

    def __init__(self) -> None:
        self.came: asyncio.Queue[web.Request] = asyncio.Queue()
        self.planned: list[web.Response] = []
        self.heard: list[dict[str, Any]] = []
        self.now, self.most = 0, 0
        self.address = ""

    async def take(self, request: web.Request) -> web.Response:
        self.now += 1
        self.most = max(self.most, self.now)
        self.heard.append(await request.json())
        await asyncio.sleep(0)
        self.now -= 1
        self.came.put_nowait(request)
        return self.planned.pop(0) if self.planned else web.Response()

    async def next_request(self) -> web.Request:
        return await asyncio.wait_for(self.came.get(), 5)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    site = web.Application()
    site.add_routes([web.post("/hook", receiver.take)])
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


class Pauses:
    """Those that would have been made."""

    def __init__(self) -> None:
        self.made: list[float] = []

    async def note(self, seconds: float) -> None:
        self.made.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
async def local(pauses: Pauses) -> AsyncIterator[Telegram]:
    telegram = local_telegram()
    telegram.webhook.sleep = pauses.note
    yield telegram
    await telegram.webhook.remove()


def words(receiver: Receiver) -> list[str]:
    return [update["message"]["text"] for update in receiver.heard]


async def test_updates_are_posted_in_order_with_the_secret(local: Telegram, receiver: Receiver) -> None:
    phone(local).say("一")
    answer = await local.call("setWebhook", {"url": receiver.address, "secret_token": "s3cr3t_-"})
    assert (answer.result, answer.description) == (True, "Webhook was set")
    for word in ("二", "三"):
        phone(local).say(word)
    requests = [await receiver.next_request() for _ in range(3)]
    assert words(receiver) == ["一", "二", "三"]
    assert receiver.most == 1
    assert {request.headers["X-Telegram-Bot-Api-Secret-Token"] for request in requests} == {"s3cr3t_-"}
    assert requests[0].content_type == "application/json"


async def test_what_is_refused_is_posted_again_before_anything_else(local: Telegram, receiver: Receiver) -> None:
    receiver.planned = [web.Response(status=500), web.Response(status=302), web.Response(status=403)]
    await local.call("setWebhook", {"url": receiver.address})
    phone(local).say("一")
    phone(local).say("二")
    for _ in range(5):
        await receiver.next_request()
    assert words(receiver) == ["一", "一", "一", "一", "二"]
    info = await local.call("getWebhookInfo", {})
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"
    assert info["last_error_date"] == local.seconds()


async def test_pauses_grow_and_retry_after_is_honoured(local: Telegram, receiver: Receiver, pauses: Pauses) -> None:
    receiver.planned = [web.Response(status=500) for _ in range(5)]
    receiver.planned[3] = web.Response(status=429, headers={"Retry-After": "30"})
    await local.call("setWebhook", {"url": receiver.address})
    phone(local).say("一")
    for _ in range(6):
        await receiver.next_request()
    assert pauses.made == [0, 1, 2, 30, 8]


async def test_a_webhook_and_polling_exclude_each_other(local: Telegram, receiver: Receiver) -> None:
    polling = asyncio.ensure_future(local.call("getUpdates", {"timeout": 30}))
    await asyncio.sleep(0)
    await local.call("setWebhook", {"url": receiver.address})
    with pytest.raises(ApiError, match="Conflict: terminated by setWebhook request"):
        await polling
    assert await refusal(local, "getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await local.call("deleteWebhook", {})
    phone(local).say("又好了")
    assert len(await local.call("getUpdates", {})) == 1
    assert receiver.heard == []


async def test_deleting_tells_whether_there_was_one_and_may_drop_what_waits(local: Telegram) -> None:
    nowhere = "http://127.0.0.1:9/hook"
    phone(local).say("一")
    await local.call("setWebhook", {"url": nowhere, "max_connections": 500, "allowed_updates": ["message"]})
    assert (await local.call("setWebhook", {"url": nowhere, "max_connections": 500})).description == (
        "Webhook is already set"
    )
    info = await local.call("getWebhookInfo", {})
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (nowhere, 1, 100)
    assert info["allowed_updates"] == ["message"]
    deleted = await local.call("setWebhook", {"url": "", "drop_pending_updates": True})
    assert deleted.description == "Webhook was deleted"
    assert (await local.call("deleteWebhook", {})).description == "Webhook is already deleted"
    info = await local.call("getWebhookInfo", {})
    assert (info["url"], info["pending_update_count"]) == ("", 0)


async def test_a_tap_that_nobody_took_in_time_is_not_posted(local: Telegram, receiver: Receiver) -> None:
    phone(local).tap(1, "ok")
    phone(local).say("一")
    local.clock.move(timedelta(seconds=151))
    await local.call("setWebhook", {"url": receiver.address})
    await receiver.next_request()
    assert words(receiver) == ["一"]


async def test_an_answer_may_be_a_call(local: Telegram, receiver: Receiver) -> None:
    call = {"method": "sendMessage", "chat_id": MERCHANT, "text": "收到"}
    receiver.planned = [
        web.json_response(call),
        web.json_response({"method": "deleteWebhook"}),
        web.Response(text="ok"),
    ]
    await local.call("setWebhook", {"url": receiver.address})
    for word in ("一", "二", "三", "四"):
        phone(local).say(word)
    for _ in range(4):
        await receiver.next_request()
    assert [message["text"] for message in local.chats[MERCHANT].messages.values()][-1] == "收到"
    assert (await local.call("getWebhookInfo", {}))["url"] == receiver.address


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "ftp://127.0.0.1/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:9000/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "hook"}, "invalid webhook URL specified"),
        ({"url": "https://example.org:x/"}, "invalid webhook URL specified"),
        ({"url": "https://example.org/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_an_address_that_telegram_would_not_post_to_is_refused(
    local: Telegram, params: dict[str, Any], why: str
) -> None:
    assert await refusal(local, "setWebhook", **params) == f"Bad Request: {why}"
    assert local.webhook.target is None
