"""Updates in by webhook: whoever shows the secret is heard, and hears 200 only when the update is kept."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiohttp import web

from bot import metrics
from bot.intake import ALLOWED
from bot.settings import Settings

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LARGEST_BODY = 2**20
"""Telegram's updates stay far below; more is refused before it is read."""
KEPT_WITHIN_SECONDS = 20
"""Telegram waits a minute for an answer; a refusal in time is tried again when we ask for it."""
RETRY_AFTER_SECONDS = 5
LARGEST_ID = 2**63 - 1

log = structlog.get_logger(__name__)

Keep = Callable[[Sequence[dict[str, Any]]], Awaitable[object]]
"""Stores raw updates; returns after the commit, and raises OSError while the database is away."""


class NoUpdate(ValueError):
    """The body is no update of Telegram's."""


class WebhookRefused(Exception):
    """Telegram does not post to this address; the words are Telegram's."""


@dataclass(frozen=True)
class Webhook:
    """`path` and `secret` are those told to Telegram. Nothing that a proxy or a stranger writes into other headers is believed."""

    path: str
    secret: str
    keep: Keep

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        return [web.post(self.path, self.take)]

    async def take(self, request: web.Request) -> web.Response:
        answer = await self._answer(request)
        metrics.webhook_answered(answer.status)
        return answer

    async def _answer(self, request: web.Request) -> web.Response:
        if not self._knows_secret(request):
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        try:
            update = read_update(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except NoUpdate:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        return web.Response() if await self._is_kept(update) else _later()

    def _knows_secret(self, request: web.Request) -> bool:
        """In bytes, because a header may hold any; in a time that does not tell how much of it was right."""
        said = request.headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(said.encode("utf-8", "surrogateescape"), self.secret.encode())

    async def _is_kept(self, update: dict[str, Any]) -> bool:
        """What is kept after we said "later" comes a second time, and the inbox knows it."""
        keeping = asyncio.ensure_future(self.keep([update]))
        with suppress(TimeoutError, OSError):
            await asyncio.wait_for(asyncio.shield(keeping), KEPT_WITHIN_SECONDS)
            return True
        keeping.add_done_callback(lambda kept: kept.cancelled() or kept.exception())  # heard, if it comes
        log.warning("an update could not be kept; Telegram sends it again", pause=RETRY_AFTER_SECONDS)
        return False


def read_update(body: bytes) -> dict[str, Any]:
    """Raises NoUpdate for what is no JSON, too deep, or no update."""
    try:
        update = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NoUpdate from None
    update_id = update.get("update_id") if isinstance(update, dict) else None
    if type(update_id) is not int or not 0 <= update_id <= LARGEST_ID:
        raise NoUpdate
    return update  # type: ignore[no-any-return]


async def point_here(bot: Bot, settings: Settings) -> None:
    """Tell Telegram where updates go. It keeps the order of each chat over any number of connections. Raises WebhookRefused."""
    secret = settings.webhook_secret
    try:
        await bot.set_webhook(
            settings.webhook_url or "",
            secret_token=secret.get_secret_value() if secret else None,
            max_connections=settings.webhook_connections,
            allowed_updates=ALLOWED,
        )
    except TelegramBadRequest as refused:
        raise WebhookRefused(refused.message) from None


def _later() -> web.Response:
    return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def _no_number(word: str) -> None:
    """NaN and Infinity are no JSON, whatever Python thinks."""
    raise ValueError(word)
