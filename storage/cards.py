"""Cards: which message of a chat shows which thing, and what it ought to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from storage.collection import Collection
from storage.news import CardKind, CardRef, Level
from storage.tables.pipeline import cards
from storage.types import as_json


@dataclass(frozen=True)
class Shown:
    """A card in a chat. `payload` is JSON of its text and keyboard as they ought to be."""

    id: int
    chat_id: int
    ref: CardRef
    shop_id: int | None
    view: str
    payload: str
    wanted: int
    shown: int
    anew: bool
    silent: bool
    message_id: int | None


_SHOWING = (
    select(cards)
    .where(cards.c.kind == bindparam("kind"), cards.c.subject_id == bindparam("subject"))
    .order_by(cards.c.id)
)
_OF_CHAT = _SHOWING.where(cards.c.chat_id == bindparam("chat"))
_AT = select(cards).where(cards.c.id == bindparam("at"))
_AT_MESSAGE = select(cards).where(cards.c.chat_id == bindparam("chat"), cards.c.message_id == bindparam("message"))
_SHOWN = (
    update(cards)
    .where(cards.c.id == bindparam("at"))
    .values(shown=bindparam("revision"), message_id=bindparam("message"), anew=False)
    .returning(cards.c.wanted)
)


class Cards(Collection):
    def want(
        self,
        chat_id: int,
        ref: CardRef,
        payload: Mapping[str, Any],
        *,
        view: str = "",
        anew: bool = False,
        level: Level = Level.REPLY,
    ) -> None:
        """From now on the card of `ref` in this chat ought to show this; `anew` sends it again at the bottom of the chat."""
        text = as_json(payload)
        found = self.find(chat_id, ref)
        if found is None:
            anew = True
            card_id = self._add(chat_id, ref, text, view=view, silent=level.silent)
        elif found.payload == text and found.view == view and not anew:
            return
        else:
            card_id = found.id
            changed = {"payload": text, "view": view, "wanted": found.wanted + 1, "anew": cards.c.anew | anew}
            self._set(card_id, **changed, **({"silent": level.silent} if anew else {}))
        self._work.outbox.post_card(chat_id, card_id, level=level, anew=anew)

    def find(self, chat_id: int, ref: CardRef) -> Shown | None:
        return self._first(_OF_CHAT, {"chat": chat_id, "kind": ref.kind.value, "subject": ref.subject_id})

    def at(self, card_id: int) -> Shown | None:
        return self._first(_AT, {"at": card_id})

    def at_message(self, chat_id: int, message_id: int) -> Shown | None:
        """The card that this message shows."""
        return self._first(_AT_MESSAGE, {"chat": chat_id, "message": message_id})

    def showing(self, ref: CardRef) -> Sequence[Shown]:
        """Every chat in which the thing has a card."""
        there = {"kind": ref.kind.value, "subject": ref.subject_id}
        return [_shown(row) for row in self._connection.execute(_SHOWING, there)]

    def is_shown(self, card_id: int, *, revision: int, message_id: int) -> bool:
        """The message now shows that revision; False when a newer one is wanted already."""
        values = {"at": card_id, "revision": revision, "message": message_id}
        return self._connection.execute(_SHOWN, values).scalar() == revision

    def lost_message(self, card_id: int) -> None:
        """The message is gone: the card is sent anew."""
        self._set(card_id, anew=True, message_id=None)

    def remove(self, ref: CardRef) -> None:
        """The thing is gone: its messages are taken out of the chats."""
        for shown in self.showing(ref):
            self.remove_from(shown)

    def remove_from(self, shown: Shown) -> None:
        """Take the card out of one chat."""
        if shown.message_id is not None:
            where = {"chat_id": shown.chat_id, "message_id": shown.message_id}
            self._work.outbox.post(shown.chat_id, "deleteMessage", where)
        self._connection.execute(cards.delete().where(cards.c.id == shown.id))

    def remove_all_from(self, chat_id: int) -> None:
        """Every card of this shop is taken out of this chat."""
        ours = select(cards).where(cards.c.chat_id == chat_id, cards.c.shop_id == self._work.shop_id)
        for row in self._connection.execute(ours).all():
            self.remove_from(_shown(row))

    def move_chat(self, old: int, new: int) -> None:
        self._connection.execute(update(cards).where(cards.c.chat_id == old).values(chat_id=new))

    def _add(self, chat_id: int, ref: CardRef, text: str, *, view: str, silent: bool) -> int:
        values = {
            "chat_id": chat_id,
            "kind": ref.kind,
            "subject_id": ref.subject_id,
            "shop_id": self._work.shop_id if self._work.in_shop else None,
            "view": view,
            "payload": text,
            "wanted": 1,
            "shown": 0,
            "anew": True,
            "silent": silent,
        }
        new_id: int = self._connection.execute(insert(cards).values(values).returning(cards.c.id)).scalar_one()
        return new_id

    def _first(self, query: Select[Any], where: dict[str, object]) -> Shown | None:
        row = self._connection.execute(query, where).first()
        return None if row is None else _shown(row)

    def _set(self, card_id: int, **values: object) -> None:
        self._connection.execute(update(cards).where(cards.c.id == card_id).values(**values))


def _shown(row: Any) -> Shown:
    return Shown(
        id=row.id,
        chat_id=row.chat_id,
        ref=CardRef(CardKind(row.kind), row.subject_id),
        shop_id=row.shop_id,
        view=row.view,
        payload=row.payload,
        wanted=row.wanted,
        shown=row.shown,
        anew=row.anew,
        silent=row.silent,
        message_id=row.message_id,
    )
