"""A small scripted bot that speaks to the local Telegram over HTTP, as any bot would."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Self

from aiohttp import ClientSession

Answer = Callable[["EchoBot", dict[str, Any]], Awaitable[None]]


class EchoBot:
    """Polls, and hands each update to `answer`."""

    def __init__(self, session: ClientSession, address: str, token: str, answer: Answer) -> None:
        self.session = session
        self.root = f"{address}/bot{token}/"
        self.answer = answer

    async def call(self, method: str, **params: Any) -> Any:
        async with self.session.post(self.root + method, json=params) as reply:
            said = await reply.json()
        assert said["ok"], said
        return said["result"]

    async def run(self) -> None:
        """Until it is cancelled."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                await self.answer(self, update)

    async def __aenter__(self) -> Self:
        self._task = asyncio.get_running_loop().create_task(self.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
