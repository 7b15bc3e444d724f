"""This shop's orders."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    ScalarSelect,
    Select,
    func,
    insert,
    literal_column,
    select,
    union,
    union_all,
)

from shop.errors import NotFound
from shop.orders import OPEN, Order, OrderLine, OrderStatus
from shop.recipients import Recipient
from storage.collection import Collection
from storage.tables.catalog import variants
from storage.tables.orders import order_lines, orders

TAIL = 4
MANY = 1_000
"""More orders that are over are not counted one by one."""


@dataclass(frozen=True, kw_only=True)
class ListedOrder:
    """One row of a list. `recipient` is None when the marketplace keeps it to itself."""

    id: int
    number: str
    status: OrderStatus
    recipient: Recipient | None
    dispatch_by: datetime
    arrived_at: datetime


@dataclass(frozen=True)
class DueOrder:
    """An order that waits for dispatch, with its deadline."""

    id: int
    number: str
    status: OrderStatus
    dispatch_by: datetime


@dataclass(frozen=True)
class KnownOrder:
    id: int
    status: OrderStatus


class Orders(Collection):
    def get(self, order_id: int) -> Order:
        order = self._session.scalar(select(Order).where(self._mine, orders.c.id == order_id))
        if order is None:
            raise NotFound("order", order_id)
        return order

    def find_by_number(self, number: str, *, source: str | None = None) -> Order | None:
        """The newest order of that number; numbers are the sources' own, so two sources may give the same."""
        query = select(Order).where(self._mine, orders.c.number == number).order_by(orders.c.id.desc()).limit(1)
        return self._session.scalar(query if source is None else query.where(orders.c.source == source))

    def known(self, source: str, numbers: Iterable[str]) -> Mapping[str, KnownOrder]:
        """Those of the numbers that are here already."""
        columns = (orders.c.number, orders.c.id, orders.c.status)
        there = select(*columns).where(self._mine, orders.c.source == source, orders.c.number.in_(list(numbers)))
        return {number: KnownOrder(id_, status) for number, id_, status in self._session.execute(there)}

    def known_numbers(self, source: str, numbers: Sequence[str]) -> set[str]:
        return set(self.known(source, numbers))

    def add_all(self, new: Sequence[Order]) -> list[int]:
        """Many new orders at once; gives their ids, in the same order."""
        if not new:
            return []
        one_by_one = insert(orders).returning(orders.c.id, sort_by_parameter_order=True)
        ids = list(self._connection.scalars(one_by_one, [_order_row(order) for order in new]))
        lines = [_line_row(line, order_id) for order, order_id in zip(new, ids, strict=True) for line in order.lines]
        if lines:
            self._connection.execute(insert(order_lines), lines)
        return ids

    def page(self, statuses: Iterable[OrderStatus], *, skip: int, most: int) -> Sequence[ListedOrder]:
        """Open orders by their deadline, the others from the newest on."""
        wanted = list(statuses)
        by = (orders.c.dispatch_by, orders.c.id) if set(wanted) <= OPEN else (orders.c.id.desc(),)
        first = [self._first(status, by, skip + most) for status in wanted]
        query = select(*_LISTED).where(orders.c.id.in_(union_all(*first))).order_by(*by)
        return [_listed(row) for row in self._session.execute(query.offset(skip).limit(most))]

    def counts(self) -> Mapping[OrderStatus, int]:
        """How many orders there are of each status; of those that are over no more than MANY are counted."""
        row = self._session.execute(select(*(self._count(status) for status in OrderStatus))).one()
        return dict(zip(OrderStatus, row, strict=True))

    def search(self, words: str, *, skip: int = 0, most: int = 50) -> Sequence[ListedOrder]:
        """By the number or its end, the recipient's name, the phone or its last four digits; newest first."""
        query = select(*_LISTED).where(orders.c.id.in_(self._meant(words))).order_by(orders.c.id.desc())
        return [_listed(row) for row in self._session.execute(query.offset(skip).limit(most))]

    def count_found(self, words: str) -> int:
        return self._session.scalar(select(func.count()).select_from(self._meant(words).subquery())) or 0

    def lacking_goods(self, order_ids: Sequence[int]) -> set[int]:
        """Those of the orders that hold no stock and name goods that are not in the catalogue, or of which too few are left."""
        needed = func.sum(order_lines.c.quantity)
        theirs = (variants.c.id == order_lines.c.variant_id) & (variants.c.shop_id == self._shop_id)
        query = (
            select(order_lines.c.order_id)
            .join(orders, orders.c.id == order_lines.c.order_id)
            .outerjoin(variants, theirs)
            .where(self._mine, orders.c.id.in_(order_ids), orders.c.holds_stock.is_(False))
            .group_by(order_lines.c.order_id, variants.c.id, variants.c.on_hand, variants.c.reserved)
            .having(variants.c.id.is_(None) | (needed > variants.c.on_hand - variants.c.reserved))
        )
        return set(self._session.scalars(query)) if order_ids else set()

    def due_before(self, moment: datetime) -> Sequence[DueOrder]:
        """Orders still to be dispatched whose deadline falls before `moment`, most urgent first."""
        columns = (orders.c.id, orders.c.number, orders.c.status, orders.c.dispatch_by)
        query = select(*columns).where(self._mine, _is_open(), orders.c.dispatch_by < moment)
        return [DueOrder(*row) for row in self._session.execute(query.order_by(orders.c.dispatch_by, orders.c.id))]

    def count_new_since(self, moment: datetime) -> int:
        """Orders to check that arrived after `moment`."""
        new = (orders.c.status == OrderStatus.TO_CHECK) & (orders.c.arrived_at > moment)
        return self._session.scalar(select(func.count()).select_from(orders).where(self._mine, new)) or 0

    def find_asked(self, code: str) -> tuple[int, int] | None:
        """The shop and the order that this code of a question to the buyer leads to, whosever it is."""
        row = self._session.execute(select(orders.c.shop_id, orders.c.id).where(orders.c.ask_code == code)).first()
        return None if row is None else (row.shop_id, row.id)

    def find_waiting_for(self, buyer_id: int) -> Order | None:
        """The order about which this buyer was asked last, while it is still to be checked."""
        asked = (orders.c.buyer_id == buyer_id) & orders.c.ask_code.is_not(None) & orders.c.asked_at.is_not(None)
        query = select(Order).where(self._mine, asked, orders.c.status == OrderStatus.TO_CHECK)
        return self._session.scalar(query.order_by(orders.c.asked_at.desc()).limit(1))

    @property
    def _mine(self) -> ColumnElement[bool]:
        return orders.c.shop_id == self._shop_id

    def _count(self, status: OrderStatus) -> ScalarSelect[int]:
        theirs = select(orders.c.id).where(self._mine, orders.c.status == status)
        counted = theirs if status in OPEN else theirs.limit(MANY)
        return select(func.count()).select_from(counted.subquery()).scalar_subquery()

    def _first(self, status: OrderStatus, by: tuple[ColumnElement[Any], ...], most: int) -> Select[tuple[int]]:
        """The first of one status, which an index knows in their order; several at once no index knows."""
        theirs = select(orders.c.id).where(self._mine, orders.c.status == status).order_by(*by).limit(most)
        return select(theirs.subquery().c.id)

    def _meant(self, words: str) -> CompoundSelect[tuple[int]]:
        """Each way of meaning an order is looked up by itself: one condition of them all would be tried on every order."""
        text = words.strip().removeprefix("#")
        ways = [orders.c.number.in_([text, f"#{text}"]), orders.c.name == text]
        if text.isdigit() and len(text) >= TAIL:
            of_phone = (orders.c.phone_tail == text[-TAIL:]) & (orders.c.phone == text)
            ways.append(orders.c.phone_tail == text if len(text) == TAIL else of_phone)
        return union(*(select(orders.c.id).where(self._mine, way) for way in ways))


_LISTED = (
    orders.c.id,
    orders.c.number,
    orders.c.status,
    orders.c.dispatch_by,
    orders.c.arrived_at,
    *(orders.c[name] for name in Recipient.__dataclass_fields__),
)


def _listed(row: Row[Any]) -> ListedOrder:
    parts = {name: getattr(row, name) for name in Recipient.__dataclass_fields__}
    return ListedOrder(
        id=row.id,
        number=row.number,
        status=row.status,
        recipient=None if row.country is None else Recipient(**parts),
        dispatch_by=row.dispatch_by,
        arrived_at=row.arrived_at,
    )


def _is_open() -> ColumnElement[bool]:
    """In the very words of the partial index: with bound values no database would dare to use it."""
    return orders.c.status.in_([literal_column("'to_check'"), literal_column("'to_dispatch'")])


def _order_row(order: Order) -> dict[str, Any]:
    parts = {name: getattr(order.recipient, name, None) for name in Recipient.__dataclass_fields__}
    return parts | {name: getattr(order, name) for name in _OWN} | {"revision": 1}


_OWN = [column.name for column in orders.c if column.name not in (*Recipient.__dataclass_fields__, "id", "revision")]


def _line_row(line: OrderLine, order_id: int) -> dict[str, Any]:
    own = ("position", "title", "spec", "sku", "quantity", "unit_price", "variant_id")
    return {name: getattr(line, name) for name in own} | {"order_id": order_id}
