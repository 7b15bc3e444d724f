"""What happened to an order: rows that are only added, each sealed together with all before it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from shop.order_states import ChangeKind
from shop.speakers import Speaker


@dataclass(eq=False, kw_only=True)
class Change:
    """What happened, when, and through whom. Its seal holds the one before: whoever alters one must alter all that follow."""

    id: int = field(init=False)
    order_id: int = field(init=False)
    kind: ChangeKind
    at: datetime
    by_id: int
    by_name: str
    seal: str


def next_change(history: Sequence[Change], kind: ChangeKind, *, by: Speaker, at: datetime) -> Change:
    before = history[-1].seal if history else ""
    seal = _seal(before, kind, at, by.person_id)
    return Change(kind=kind, at=at, by_id=by.person_id, by_name=by.name, seal=seal)


def is_whole(history: Iterable[Change]) -> bool:
    """Nothing of it was altered since; only who the buyer was may be forgotten."""
    before = ""
    for change in history:
        if change.seal != _seal(before, change.kind, change.at, change.by_id):
            return False
        before = change.seal
    return True


def _seal(before: str, kind: ChangeKind, at: datetime, by_id: int) -> str:
    """Without the name, which only says what somebody was called then; and a buyer's id may be forgotten."""
    who = "buyer" if kind is ChangeKind.BUYER_ANSWERED else by_id
    return sha256(f"{before} {kind} {at.astimezone(UTC).isoformat()} {who}".encode()).hexdigest()
