"""The people who write to a shop."""

from sqlalchemy import select

from shop.errors import NotFound
from shop.questions import Buyer
from shop.shops import Shop
from storage.collection import Collection
from storage.tables.questions import buyers
from storage.tables.shops import shops


class Buyers(Collection):
    def find_shop(self, link_code: str) -> Shop | None:
        """The open shop that this link leads to."""
        return self._session.scalar(select(Shop).where(shops.c.link_code == link_code, shops.c.closed_at.is_(None)))

    def get(self, buyer_id: int) -> Buyer:
        buyer = self._session.get(Buyer, buyer_id)
        if buyer is None or buyer.shop_id != self._shop_id:
            raise NotFound("buyer", buyer_id)
        return buyer

    def find(self, person_id: int) -> Buyer | None:
        """This person as a buyer of this shop."""
        mine = (buyers.c.shop_id == self._shop_id) & (buyers.c.person_id == person_id)
        return self._session.scalar(select(Buyer).where(mine))

    def add(self, buyer: Buyer) -> None:
        self._session.add(buyer)
        self._session.flush()
