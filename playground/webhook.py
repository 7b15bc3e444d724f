"""Delivery to a webhook: one update at a time, oldest first, with growing pauses while the other end refuses."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ClientTimeout

from playground.clock import Clock
from playground.refusals import ApiError
from playground.updates import Updates

ANSWER_WITHIN_SECONDS = 60
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
LONGEST_RETRY_AFTER = 3600
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
NOT_AS_ANSWER = ("get", "setwebhook", "deletewebhook", "close", "logout")
"""Methods that a webhook's answer may not ask for."""

Sleep = Callable[[float], Awaitable[Any]]
CarryOut = Callable[[str, Mapping[str, Any]], Awaitable[Any]]


@dataclass(frozen=True)
class Target:
    """Where updates are posted."""

    url: str
    secret: str = ""
    max_connections: int = 40


class NotDeliveredError(Exception):
    """The other end did not take an update."""

    def __init__(self, why: str, retry_after: float = 0) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Webhook:
    """At most one target. The first failure is tried again at once, the next ones after 1, 2, 4 ... 60 seconds."""

    def __init__(self, updates: Updates, clock: Clock, carry_out: CarryOut) -> None:
        self.target: Target | None = None
        self.sleep: Sleep = asyncio.sleep
        self.last_error: tuple[int, str] | None = None
        self._updates = updates
        self._clock = clock
        self._carry_out = carry_out
        self._task: asyncio.Task[None] | None = None

    async def point_at(self, target: Target) -> None:
        await self.remove()
        self.target = target
        self._task = asyncio.get_running_loop().create_task(self._deliver(target))

    async def remove(self) -> None:
        self.target = self.last_error = None
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _deliver(self, target: Target) -> None:
        pause = 0.0
        async with ClientSession(timeout=ClientTimeout(total=ANSWER_WITHIN_SECONDS)) as http:
            while True:
                update = await self._updates.next_one(self._clock)
                try:
                    answer = await _post(http, target, update.raw)
                except NotDeliveredError as failed:
                    self.last_error = int(self._clock.now().timestamp()), str(failed)
                    await self.sleep(failed.retry_after or pause)
                    pause = min(max(pause * 2, FIRST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
                else:
                    self._updates.take(update)
                    pause = 0.0
                    await self._do(answer)

    async def _do(self, answer: bytes) -> None:
        """The call that an answer may hold; nobody hears what becomes of it."""
        with suppress(ValueError, ApiError):
            asked = json.loads(answer)
            method = str(asked.pop("method", "")) if isinstance(asked, dict) else ""
            if method and not method.lower().startswith(NOT_AS_ANSWER):
                await self._carry_out(method, asked)


async def _post(http: ClientSession, target: Target, raw: dict[str, Any]) -> bytes:
    headers = {SECRET_HEADER: target.secret} if target.secret else {}
    try:
        async with http.post(target.url, json=raw, headers=headers, allow_redirects=False) as answer:
            if not answer.ok or answer.status >= 300:  # noqa: PLR2004 - a redirection is no success here
                raise NotDeliveredError(
                    f"Wrong response from the webhook: {answer.status} {answer.reason}", _retry_after(answer)
                )
            return await answer.read()
    except TimeoutError:
        raise NotDeliveredError("Read timeout expired") from None
    except ClientConnectorError:
        raise NotDeliveredError("Connection refused") from None
    except ClientError:
        raise NotDeliveredError("Webhook connection closed") from None


def _retry_after(answer: ClientResponse) -> float:
    said = answer.headers.get("Retry-After", "")
    return min(float(said), LONGEST_RETRY_AFTER) if said.isdecimal() else 0
