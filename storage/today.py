"""What waits in a shop at this moment: the counts of the home card."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, func, select

from shop.order_states import OrderStatus
from shop.products import ProductStatus
from storage.collection import Collection
from storage.prepared import Prepared, Row
from storage.tables.catalog import products, variants
from storage.tables.orders import orders
from storage.tables.parcels import parcels
from storage.tables.shops import shops

_SHOP: BindParameter[int] = bindparam("shop")
_ORDERS = Prepared(
    select(func.count(), func.min(orders.c.dispatch_by)).where(
        orders.c.shop_id == _SHOP, orders.c.status == bindparam("status")
    )
)
_LOW_STOCK = Prepared(
    select(func.count())
    .select_from(variants.join(products, products.c.id == variants.c.product_id))
    .join(shops, shops.c.id == variants.c.shop_id)
    .where(
        variants.c.shop_id == _SHOP,
        products.c.status == ProductStatus.ON_SALE,
        variants.c.on_hand - variants.c.reserved <= func.coalesce(variants.c.warn_at, shops.c.warn_at),
    )
)
_STALLED = Prepared(
    select(func.count()).where(
        parcels.c.shop_id == _SHOP, parcels.c.finished_at.is_(None), parcels.c.quiet_since <= bindparam("quiet")
    )
)
_ON_SALE = Prepared(
    select(func.count())
    .select_from(products)
    .where(products.c.shop_id == _SHOP, products.c.status == ProductStatus.ON_SALE)
)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """`next_due` is the nearest deadline among all open orders, checked or not."""

    to_check: int
    to_dispatch: int
    next_due: datetime | None
    questions: int
    low_stock: int
    stalled: int
    on_sale: int


class Today(Collection):
    def waiting(self) -> Waiting:
        """Everything that somebody ought to do."""
        to_check, due_unchecked = self._orders(OrderStatus.TO_CHECK)
        to_dispatch, due_checked = self._orders(OrderStatus.TO_DISPATCH)
        return Waiting(
            to_check=to_check,
            to_dispatch=to_dispatch,
            next_due=min((due for due in (due_unchecked, due_checked) if due is not None), default=None),
            questions=self._work.questions.count_waiting(),
            low_stock=self._low_stock(),
            stalled=self._stalled(),
            on_sale=self._on_sale(),
        )

    def _orders(self, status: OrderStatus) -> tuple[int, datetime | None]:
        """How many, and the nearest deadline of them."""
        count, due = self._row(_ORDERS, status=status)
        return count, due

    def _low_stock(self) -> int:
        """Variants on sale of which no more is left than the line, their own or the shop's."""
        return self._count(_LOW_STOCK)

    def _stalled(self) -> int:
        """Parcels on their way that have not moved for longer than the shop's patience."""
        return self._count(_STALLED, quiet=self._work.now - self._work.shop.parcel_patience)

    def _on_sale(self) -> int:
        return self._count(_ON_SALE)

    def _count(self, statement: Prepared, **values: object) -> int:
        count: int = self._row(statement, **values)[0]
        return count

    def _row(self, statement: Prepared, **values: object) -> Row:
        [row] = statement.run(self._connection, {"shop": self._shop_id, **values})
        return row
