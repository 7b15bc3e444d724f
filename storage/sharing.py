"""Several workers with the same books, on PostgreSQL: what they tell each other at a commit, and whose turn it is in a shop."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

CHANNEL = "zhanggui"
INBOX, OUTBOX, ERRANDS = "inbox", "outbox", "errands"
"""What is new: updates, messages (`outbox 17 18`, with the numbers of their rows) or errands."""
AT_ONCE = 500
"""PostgreSQL carries 8,000 bytes with one notification."""
SHOPS = 7_201
"""The kind of our locks; the other half of each is the shop."""

_NOTIFY = text("SELECT pg_notify(:channel, :news)")
_WAIT = text("SELECT pg_advisory_xact_lock(:kind, :shop)")
_TRY = text("SELECT pg_try_advisory_xact_lock(:kind, :shop)")


class ShopBusyError(Exception):
    """Another worker is in this shop; whoever has other shops already does not wait for it, or two might wait for each other."""


def is_shared(connection: Connection) -> bool:
    """SQLite has one worker, and needs nothing of all this."""
    return connection.dialect.name == "postgresql"


def tell_others(connection: Connection, *news: str) -> None:
    """They hear of it at the commit, and only then."""
    if is_shared(connection):
        for each in news:
            connection.execute(_NOTIFY, {"channel": CHANNEL, "news": each})


def posted_news(ids: Sequence[int]) -> list[str]:
    """Messages by the numbers of their rows."""
    groups = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
    return [" ".join([OUTBOX, *map(str, group)]) for group in groups]


def take_turn(connection: Connection, shop_id: int, *, patient: bool) -> None:
    """Until the end of the transaction nobody else works in this shop. Raises ShopBusyError rather than wait, unless patient."""
    if not is_shared(connection):
        return
    turn = {"kind": SHOPS, "shop": shop_id}
    if patient:
        connection.execute(_WAIT, turn)
    elif not connection.scalar(_TRY, turn):
        raise ShopBusyError
