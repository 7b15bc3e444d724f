"""A Telegram that answers at once: calls are built and answers are read as over HTTP, but nothing leaves the process."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bot.telegram_calls import PlainAnswers, raw_call

ME = {"id": 123456789, "is_bot": True, "first_name": "掌柜", "username": "zhanggui_bot"}


class NullTelegram(PlainAnswers):
    """Counts what it was asked to send."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = 0
        self._awaited = 0
        self._enough = asyncio.Event()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ARG002, ASYNC109 - aiogram's
    ) -> TelegramType:
        values = method.model_dump(warnings=False)
        if raw_call(method) is None:
            values = {name: self.prepare_value(value, bot=bot, files={}) for name, value in values.items()}
        content = json.dumps({"ok": True, "result": self._result(method.__api_method__, values)})
        return self.check_response(bot, method, 200, content).result  # type: ignore[return-value]

    def _result(self, name: str, values: dict[str, Any]) -> Any:
        if name == "getMe":
            return ME
        self.sent += 1
        if self.sent == self._awaited:
            self._enough.set()
        if name != "sendMessage":
            return True
        chat = {"id": int(values["chat_id"]), "type": "private"}
        return {"message_id": 1_000_000 + self.sent, "date": 0, "chat": chat, "from": ME, "text": values["text"]}

    async def until(self, sent: int) -> None:
        """So many calls have been made, all in all."""
        self._awaited = sent
        self._enough.clear()
        if self.sent < sent:
            await self._enough.wait()

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""


def message(update_id: int, chat_id: int, text: str) -> dict[str, Any]:
    """An update as Telegram writes it."""
    person = {"id": chat_id, "is_bot": False, "first_name": "林老板", "language_code": "zh-hans"}
    chat = {"id": chat_id, "type": "private", "first_name": "林老板"}
    said = {"message_id": update_id, "date": 1772424000, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": said}
