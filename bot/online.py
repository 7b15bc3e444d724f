"""What Telegram says about the bot, asked without a Telegram library; the token is never in a word that is shown."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bot.findings import Finding, ok, problem, warning
from bot.settings import Settings

PATIENCE_SECONDS = 10
LARGEST_ANSWER = 2**20
SKEW, WILD_SKEW = timedelta(seconds=30), timedelta(minutes=5)
UNKNOWN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


@dataclass(frozen=True)
class Answer:
    """The result of a call, and what time it was there."""

    result: dict[str, Any]
    at: datetime | None


class NoAnswer(Exception):
    """Why there was none, without the address."""


def ask_telegram(settings: Settings, now: datetime) -> Iterator[Finding]:
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    if not token:
        return
    try:
        me = _call(settings.api_url, token, "getMe")
        yield ok("Telegram", f"knows this bot as @{me.result.get('username', '?')}")
        yield _clock(me.at, now)
        yield from _webhook(_call(settings.api_url, token, "getWebhookInfo").result, settings.webhook_url)
    except NoAnswer as error:
        yield problem("Telegram", str(error))


def _call(api_url: str, token: str, method: str) -> Answer:
    if not api_url.startswith(("https://", "http://")):
        raise NoAnswer("ZHANGGUI_API_URL must begin with https:// or http://.")
    try:
        request = Request(f"{api_url.rstrip('/')}/bot{token}/{method}")  # noqa: S310 - looked at above
        with urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            sent_at, body = answer.headers.get("Date"), json.loads(answer.read(LARGEST_ANSWER))
            return Answer(body["result"], parsedate_to_datetime(sent_at) if sent_at else None)
    except HTTPError as error:
        raise NoAnswer(_refusal(error)) from None
    except OSError as error:
        raise NoAnswer(f"cannot be reached ({_kind(error)}): look at the network and ZHANGGUI_API_URL.") from None
    except (ValueError, KeyError, TypeError, HTTPException):  # an address that cannot be one is in their words
        raise NoAnswer("does not answer as Telegram does: look at ZHANGGUI_API_URL and the token.") from None


def _refusal(error: HTTPError) -> str:
    with error:
        if error.code in UNKNOWN:
            return "does not know this token: ask @BotFather for the right one."
        return f"answers {error.code}: try again later."


def _kind(error: OSError) -> str:
    return type(getattr(error, "reason", error)).__name__


def _clock(there: datetime | None, now: datetime) -> Finding:
    if there is None:
        return warning("clock", "Telegram did not say what time it is.")
    skew = now - there
    words = f"{abs(skew).total_seconds():.0f} s {'ahead of' if skew > timedelta() else 'behind'} Telegram's"
    if abs(skew) > WILD_SKEW:
        return problem("clock", f"{words}: deadlines and reminders are wrong. Set it, with NTP.")
    return warning("clock", f"{words}: set it, with NTP.") if abs(skew) > SKEW else ok("clock", words)


def _webhook(found: dict[str, Any], wanted: str | None) -> Iterator[Finding]:
    waiting = f"{found.get('pending_update_count', 0)} updates wait at Telegram"
    there = found.get("url") or None
    if there == wanted:
        yield ok("webhook", f"{'none' if wanted is None else 'ours'}, as it should be; {waiting}")
    elif wanted is None:
        yield warning("webhook", f"one is set: the next start removes it, and fetches. {waiting}.")
    else:
        yield problem("webhook", f"not ours: the next start sets it. Is the bot running? {waiting}.")
    if there is not None and "last_error_message" in found:
        at = datetime.fromtimestamp(found.get("last_error_date", 0), UTC)
        yield warning("webhook", f"it failed last at {at:%Y-%m-%d %H:%M} UTC with: {found['last_error_message']}")
