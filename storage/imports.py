"""Order sheets on their way into this shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from shop.errors import NotFound
from shop.incoming import IncomingOrder
from shop.order_arrivals import Accepted
from shop.order_imports import ImportState, OrderImport
from shop.row_problems import RowProblem
from shop.sheet_states import ChunkIndex
from storage.collection import Collection
from storage.tables.imports import import_chunks, import_problems, order_imports

_UNDER_WAY = tuple(state for state in ImportState if not state.is_over)
_AWAITS_SOMEBODY = (ImportState.COLUMNS, ImportState.PREVIEW, ImportState.STOPPED)


@dataclass(frozen=True)
class Chunk:
    """Up to a hundred orders. `orders` is empty once they are taken in or turned down; `outcomes` until then."""

    id: int
    position: int
    index: ChunkIndex
    orders: tuple[IncomingOrder, ...]
    outcomes: tuple[Accepted, ...]


class OrderImports(Collection):
    def add(self, order_import: OrderImport) -> OrderImport:
        self._session.add(order_import)
        self._session.flush()
        return order_import

    def get(self, import_id: int) -> OrderImport:
        found = self.find(import_id)
        if found is None:
            raise NotFound("order_import", import_id)
        return found

    def find(self, import_id: int) -> OrderImport | None:
        """None when the import is gone, or the whole shop with it."""
        if not self._work.in_shop:
            return None
        return self._session.scalar(select(OrderImport).where(self._mine, order_imports.c.id == import_id))

    def find_under_way(self, file_mark: str) -> OrderImport | None:
        """The same file, dropped before and not finished."""
        same = (order_imports.c.file_mark == file_mark) & order_imports.c.state.in_(_UNDER_WAY)
        return self._session.scalar(select(OrderImport).where(self._mine, same).order_by(order_imports.c.id).limit(1))

    def find_confirmed(self, sheet_key: str) -> OrderImport | None:
        """The newest import of a sheet with the same columns, which somebody confirmed."""
        confirmed = order_imports.c.state.in_([ImportState.PREVIEW, ImportState.IMPORTING, ImportState.DONE])
        same = select(OrderImport).where(self._mine, order_imports.c.sheet_key == sheet_key, confirmed)
        return self._session.scalar(same.order_by(order_imports.c.id.desc()).limit(1))

    def left_since(self, moment: datetime) -> Sequence[OrderImport]:
        """Imports that wait for somebody since before `moment`."""
        left = order_imports.c.state.in_(_AWAITS_SOMEBODY) & (order_imports.c.started_at < moment)
        return self._session.scalars(select(OrderImport).where(self._mine, left)).all()

    def clear(self, import_id: int) -> None:
        """All rows of the sheet go."""
        for table in (import_chunks, import_problems):
            self._connection.execute(delete(table).where(table.c.import_id == import_id))

    def add_chunk(self, import_id: int, position: int, index: ChunkIndex, orders: str) -> None:
        values = {"import_id": import_id, "position": position, "listing": index, "orders": orders}
        self._connection.execute(insert(import_chunks).values(values))

    def add_problems(self, import_id: int, problems: Sequence[RowProblem]) -> None:
        rows = [{"import_id": import_id, "row": p.row, "trouble": p.trouble, "text": p.text} for p in problems]
        if rows:
            self._connection.execute(insert(import_problems), rows)

    def next_chunk(self, import_id: int) -> Chunk | None:
        """The first one that is not taken in yet."""
        waiting = (import_chunks.c.import_id == import_id) & import_chunks.c.orders.is_not(None)
        return self._chunk(waiting)

    def chunk_at(self, import_id: int, position: int) -> Chunk | None:
        return self._chunk((import_chunks.c.import_id == import_id) & (import_chunks.c.position == position))

    def took(self, chunk: Chunk, outcomes: Sequence[Accepted]) -> None:
        """The orders are in; nobody needs the sheet's own words any more."""
        values = {"orders": None, "outcomes": tuple(outcomes)}
        self._connection.execute(update(import_chunks).where(import_chunks.c.id == chunk.id).values(values))

    def problems(self, import_id: int, *, skip: int, most: int) -> Sequence[RowProblem]:
        columns = (import_problems.c.row, import_problems.c.trouble, import_problems.c.text)
        query = select(*columns).where(import_problems.c.import_id == import_id).order_by(import_problems.c.id)
        rows = self._connection.execute(query.offset(skip).limit(most))
        return [RowProblem(row=row.row, trouble=row.trouble, text=row.text) for row in rows]

    def forget_problems(self, before: datetime) -> None:
        """What stood in the rows that were not read is not kept for long."""
        old = select(order_imports.c.id).where(self._mine, order_imports.c.finished_at < before)
        self._connection.execute(delete(import_problems).where(import_problems.c.import_id.in_(old)))

    @property
    def _mine(self) -> ColumnElement[bool]:
        return order_imports.c.shop_id == self._shop_id

    def _chunk(self, where: ColumnElement[bool]) -> Chunk | None:
        query = select(import_chunks).where(where).order_by(import_chunks.c.position).limit(1)
        row = self._connection.execute(query).first()
        return None if row is None else _read(row)


def _read(row: Row[Any]) -> Chunk:
    orders = _incoming().validate_json(row.orders) if row.orders else ()
    return Chunk(row.id, row.position, row.listing, orders, row.outcomes or ())


@cache
def _incoming() -> TypeAdapter[tuple[IncomingOrder, ...]]:
    return TypeAdapter(tuple[IncomingOrder, ...])
