"""The shops that a person works for, and the end of a sample shop."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from shop.shops import Shop
from shop.speakers import Role
from storage.collection import Collection
from storage.tables.catalog import products
from storage.tables.pipeline import cards, errands
from storage.tables.shops import members, shops


@dataclass(frozen=True)
class Post:
    """A shop in which the speaker works."""

    shop_id: int
    shop_name: str
    role: Role
    is_sample: bool


class Shops(Collection):
    def add(self, shop: Shop) -> None:
        self._session.add(shop)
        self._session.flush()

    def posts(self, person_id: int) -> Sequence[Post]:
        """Where this person works, the oldest post first."""
        query = (
            select(shops.c.id, shops.c.name, members.c.role, shops.c.is_sample)
            .join(members, members.c.shop_id == shops.c.id)
            .where(members.c.person_id == person_id, members.c.left_at.is_(None), shops.c.closed_at.is_(None))
            .order_by(members.c.id)
        )
        return [Post(*row) for row in self._session.execute(query)]

    def priced_products(self) -> int:
        """How many products of this shop have a price, on sale or not."""
        query = select(func.count()).select_from(products).where(products.c.shop_id == self._shop_id)
        return self._connection.scalar(query) or 0

    def throw_away(self) -> None:
        """This shop with all that belongs to it; its cards are taken out of the chats."""
        shop_id = self._shop_id
        chats = select(cards.c.chat_id).where(cards.c.shop_id == shop_id).distinct()
        for chat_id in self._connection.scalars(chats).all():
            self._work.cards.remove_all_from(chat_id)
        self._session.execute(delete(errands).where(errands.c.shop_id == shop_id))
        self._session.flush()
        self._session.execute(delete(shops).where(shops.c.id == shop_id))
        self._session.expire_all()
