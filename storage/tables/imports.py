"""Tables of order sheets on their way in: the import, its orders in chunks until they are taken in, the rows that were not read."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from shop.order_arrivals import Accepted
from shop.order_imports import ImportState, Refusal, Sheet
from shop.row_problems import Trouble
from shop.sheet_states import ChunkIndex
from storage.tables.base import metadata
from storage.tables.shops import shops
from storage.types import BIG, Choice, Frozen, Moment

order_imports = Table(
    "order_imports",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("shop_id", BIG, ForeignKey(shops.c.id, ondelete="CASCADE"), nullable=False),
    Column("person_id", BIG, nullable=False),
    Column("person_name", String(128), nullable=False),
    Column("file_id", String(256), nullable=False),
    Column("file_mark", String(64), nullable=False),
    Column("file_name", String(128), nullable=False),
    Column("state", Choice(ImportState), nullable=False),
    Column("sheet", Frozen(Sheet)),
    Column("sheet_key", Text, nullable=False),
    Column("refusal", Frozen(Refusal)),
    Column("found_new", Integer, nullable=False),
    Column("found_known", Integer, nullable=False),
    Column("found_shipped", Integer, nullable=False),
    Column("found_cancelled", Integer, nullable=False),
    Column("left_out", Integer, nullable=False),
    Column("remarks", Integer, nullable=False),
    Column("took_new", Integer, nullable=False),
    Column("took_known", Integer, nullable=False),
    Column("took_shipped", Integer, nullable=False),
    Column("took_cancelled", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("revision", Integer, nullable=False),
    Index("ix_order_imports_state", "shop_id", "state"),
)

import_chunks = Table(
    "import_chunks",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("import_id", BIG, ForeignKey(order_imports.c.id, ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("listing", Frozen(ChunkIndex), nullable=False),
    # The orders as JSON: personal, and emptied as soon as they are taken in or turned down.
    Column("orders", Text),
    Column("outcomes", Frozen(tuple[Accepted, ...])),
    UniqueConstraint("import_id", "position"),
)

import_problems = Table(
    "import_problems",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("import_id", BIG, ForeignKey(order_imports.c.id, ondelete="CASCADE"), nullable=False),
    Column("row", Integer, nullable=False),
    Column("trouble", Choice(Trouble), nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_import_problems_import_id", "import_id", "id"),
)
