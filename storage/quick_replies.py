"""The shop's canned answers, in the order of its buttons."""

from collections.abc import Sequence

from sqlalchemy import func, select

from shop.errors import NotFound
from shop.quick_replies import QuickReply
from storage.collection import Collection
from storage.loading import ByKey
from storage.tables.questions import quick_replies

_BY_KEY = ByKey(QuickReply)


class QuickReplies(Collection):
    def get(self, reply_id: int) -> QuickReply:
        reply = _BY_KEY.find(self._work, reply_id)
        if reply is None or reply.shop_id != self._shop_id:
            raise NotFound("quick_reply", reply_id)
        return reply

    def all(self) -> Sequence[QuickReply]:
        mine = select(QuickReply).where(quick_replies.c.shop_id == self._shop_id)
        return self._session.scalars(mine.order_by(quick_replies.c.position, quick_replies.c.id)).all()

    def count(self) -> int:
        mine = select(func.count()).select_from(quick_replies).where(quick_replies.c.shop_id == self._shop_id)
        return self._session.scalar(mine) or 0

    def add(self, reply: QuickReply) -> None:
        self._session.add(reply)
        self._session.flush()

    def remove(self, reply: QuickReply) -> None:
        self._session.delete(reply)
        self._session.flush()
