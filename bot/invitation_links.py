"""Links that invite: the token as the payload of a deep link, at most 64 letters of Telegram's alphabet."""

from bot.identity import start_link

_MARK = "join_"


def invitation_link(token: str) -> str:
    return start_link(_MARK + token)


def token_in(payload: str) -> str | None:
    """The token of an invitation; None for every other payload."""
    return payload.removeprefix(_MARK) if payload.startswith(_MARK) else None
