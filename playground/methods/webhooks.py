"""Whether updates are posted to an address instead of being fetched."""

import re
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

from playground.methods import method
from playground.refusals import WEBHOOK_CAME, bad_request
from playground.request import Answer, Call
from playground.telegram import Telegram
from playground.webhook import Target

MAX_SECRET = 256
PORTS = frozenset({80, 88, 443, 8443})
CONNECTIONS, MAX_CONNECTIONS = 40, 100


@method("setWebhook")
async def set_webhook(telegram: Telegram, call: Call) -> Answer:
    """An empty address deletes. This Telegram also posts to plain http addresses on this machine."""
    url = call.text("url").strip()
    if not url:
        return await _without(telegram, call)
    asked = call.integer("max_connections") or CONNECTIONS
    target = Target(_checked(url), _secret(call), min(max(asked, 1), MAX_CONNECTIONS))
    allowed = call.names("allowed_updates")
    if allowed is not None:
        telegram.updates.allowed = allowed or None
    if call.flag("drop_pending_updates"):
        telegram.updates.drop_all()
    if target == telegram.webhook.target:
        return Answer(result=True, description="Webhook is already set")
    telegram.updates.end_polls(WEBHOOK_CAME)
    await telegram.webhook.point_at(target)
    return Answer(result=True, description="Webhook was set")


@method("deleteWebhook")
async def delete_webhook(telegram: Telegram, call: Call) -> Answer:
    return await _without(telegram, call)


@method("getWebhookInfo")
def get_webhook_info(telegram: Telegram, _: Call) -> dict[str, Any]:
    webhook, updates = telegram.webhook, telegram.updates
    told: dict[str, Any] = {
        "url": webhook.target.url if webhook.target else "",
        "has_custom_certificate": False,
        "pending_update_count": len(updates.waiting),
    }
    if webhook.target is not None:
        told["max_connections"] = webhook.target.max_connections
    if webhook.last_error is not None:
        told["last_error_date"], told["last_error_message"] = webhook.last_error
    return told | ({"allowed_updates": sorted(updates.allowed)} if updates.allowed else {})


async def _without(telegram: Telegram, call: Call) -> Answer:
    if call.flag("drop_pending_updates"):
        telegram.updates.drop_all()
    was_set = telegram.webhook.target is not None
    await telegram.webhook.remove()
    return Answer(result=True, description="Webhook was deleted" if was_set else "Webhook is already deleted")


def _secret(call: Call) -> str:
    secret = call.text("secret_token")
    if len(secret) > MAX_SECRET:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    return secret


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if _is_here(parts) and parts.scheme in {"http", "https"}:
        return url
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    return url


def _is_here(parts: SplitResult) -> bool:
    try:
        return parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
