"""The in-process door: an aiogram session that speaks to a Telegram object through real JSON and real errors."""

import asyncio
import json
from collections.abc import AsyncGenerator
from http import HTTPStatus
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientResponseError, RequestInfo, ServerDisconnectedError
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from playground.faults import ConnectionDroppedError
from playground.request import Upload
from playground.serving import serve, serve_file
from playground.telegram import Telegram


class InProcessSession(BaseSession):
    """What a call costs without a network. Faults appear as the errors that a real session raises."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__()
        self.telegram = telegram

    async def close(self) -> None:
        """Nothing is open."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        files: dict[str, InputFile] = {}
        given = method.model_dump(warnings=False).items()
        params = {name: self.prepare_value(value, bot, files) for name, value in given}
        uploads = {name: Upload(file.filename or name, await _content(bot, file)) for name, file in files.items()}
        try:
            async with asyncio.timeout(self.timeout if timeout is None else timeout):
                status, body = await serve(self.telegram, method.__api_method__, _clean(params), uploads)
        except (ConnectionDroppedError, TimeoutError) as error:
            raise TelegramNetworkError(method=method, message=type(error).__name__) from error
        return cast("TelegramType", self.check_response(bot, method, status, body).result)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,  # noqa: ARG002 - aiogram's signature
        timeout: int = 30,  # noqa: ASYNC109 - aiogram's signature
        chunk_size: int = 65536,
        raise_for_status: bool = True,  # noqa: FBT001, FBT002 - aiogram's signature
    ) -> AsyncGenerator[bytes, None]:
        path = url.partition(f"/bot{self.telegram.token}/")[2]
        try:
            async with asyncio.timeout(timeout):
                status, content = await serve_file(self.telegram, path)
        except ConnectionDroppedError:
            raise ServerDisconnectedError from None
        if status != HTTPStatus.OK and raise_for_status:
            raise _refused(url, status)
        for start in range(0, len(content), chunk_size):
            yield content[start : start + chunk_size]


def _clean(params: dict[str, Any]) -> dict[str, Any]:
    """As over a network: nothing that is None, and all else through JSON."""
    given = {name: value for name, value in params.items() if value is not None}
    plain: dict[str, Any] = json.loads(json.dumps(given))
    return plain


def _refused(url: str, status: int) -> ClientResponseError:
    """As aiohttp raises it, down to the address with the token in it."""
    address = URL(url)
    request = RequestInfo(address, "GET", CIMultiDictProxy(CIMultiDict()), address)
    return ClientResponseError(request, (), status=status, message=HTTPStatus(status).phrase)


async def _content(bot: Bot, file: InputFile) -> bytes:
    return b"".join([part async for part in file.read(bot)])
