"""Bot API calls as plain JSON: what is stored is what is sent, and one odd update cannot stop the others."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.methods import Response, TelegramMethod
from aiohttp import BytesPayload, FormData
from pydantic_core import from_json

ANSWER = Response[Any]
"""Held for good: pydantic builds a generic model anew, at 1.5 ms, whenever nobody has held it for a while."""

T = TypeVar("T")


@dataclass(frozen=True)
class RawCall:
    """Any method with any parameters, as far as a session asks for it: no model is built of what was rendered and stored already.

    `body` is the JSON of all parameters; with files to be uploaded they stand in `uploading` instead.
    """

    __returning__ = Any

    method: str
    body: str = ""
    uploading: dict[str, Any] | None = None

    @property
    def __api_method__(self) -> str:
        return self.method

    def model_dump(self, **_: object) -> dict[str, Any]:
        given: dict[str, Any] = from_json(self.body) if self.uploading is None else self.uploading
        return given

    async def to(self, bot: Bot, *, timeout: int) -> Any:  # noqa: ASYNC109 - the session's own
        """Telegram's answer, as plain JSON."""
        return await bot(cast("TelegramMethod[Any]", self), request_timeout=timeout)


def raw_call(method: object) -> RawCall | None:
    """The method, if it is a raw one."""
    return method if isinstance(method, RawCall) else None


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """Updates as dictionaries, to be stored first and understood later, one by one."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int = 0
    allowed_updates: list[str] | None = None


class PlainAnswers(BaseSession):
    """Reads the answers to raw calls without a model; all others, and every error, as aiogram does."""

    def check_response(self, bot: Bot, method: TelegramMethod[T], status_code: int, content: str) -> Response[T]:
        if status_code == HTTPStatus.OK and raw_call(method) is not None:
            try:
                answer = from_json(content)
            except ValueError:
                answer = None
            if isinstance(answer, dict) and answer.get("ok") is True:
                return Response.model_construct(ok=True, result=answer.get("result"))
        return super().check_response(bot, method, status_code, content)


class PlainSession(PlainAnswers, AiohttpSession):
    """Over HTTP; a raw call is posted as it was stored."""

    def build_form_data(self, bot: Bot, method: TelegramMethod[T]) -> FormData:
        call = raw_call(method)
        if call is not None and call.uploading is None:
            return _Stored(call.body)
        return super().build_form_data(bot, method)


class _Stored(FormData):
    """A form that is JSON already."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self._body = body

    def __call__(self) -> BytesPayload:
        return BytesPayload(self._body.encode(), content_type="application/json")
