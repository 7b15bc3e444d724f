"""Who this bot is, as Telegram told us at the start."""

from dataclasses import dataclass


@dataclass
class Identity:
    username: str = ""


IDENTITY = Identity()
"""One process is one bot."""


def start_link(payload: str) -> str:
    """The address that opens this bot with a payload of at most 64 letters, digits, `_` and `-`."""
    return f"https://t.me/{IDENTITY.username}?start={payload}"
