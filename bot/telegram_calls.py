"""Bot API calls as plain JSON: what is stored is what is sent, and one odd update cannot stop the others."""

from typing import Any, ClassVar

from aiogram.methods import Response, TelegramMethod
from pydantic import ConfigDict, PrivateAttr

ANSWER = Response[Any]
"""Held for good: pydantic builds a generic model anew, at 1.5 ms, whenever nobody has held it for a while."""


class RawCall(TelegramMethod[Any]):
    """Any method with any parameters: no model is built of what was rendered and stored already."""

    model_config = ConfigDict(extra="allow", arbitrary_types_allowed=True)
    __returning__: ClassVar[Any] = Any
    _method: str = PrivateAttr(default="")

    @property
    def __api_method__(self) -> str:  # type: ignore[override]
        return self._method

    @classmethod
    def of(cls, method: str, payload: dict[str, Any]) -> "RawCall":
        call = cls.model_construct(**payload)
        call._method = method  # noqa: SLF001 - our own
        return call


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """Updates as dictionaries, to be stored first and understood later, one by one."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int = 0
    allowed_updates: list[str] | None = None
