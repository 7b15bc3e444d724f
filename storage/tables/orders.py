"""Tables of orders: the order with its recipient, its lines, and what happened to it."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from shop.order_states import ChangeKind, OrderStatus
from storage.tables.base import metadata
from storage.tables.questions import buyers
from storage.tables.shops import shops
from storage.types import BIG, Choice, Moment

_OPEN = text("status IN ('to_check', 'to_dispatch')")
_BOUGHT = text("buyer_id IS NOT NULL")
_ASKED = text("ask_code IS NOT NULL")
_LEFT = text("status IN ('shipped', 'delivered')")
_REMEMBERED = text("settled_at IS NOT NULL AND forgotten_at IS NULL")

orders = Table(
    "orders",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("shop_id", BIG, ForeignKey(shops.c.id, ondelete="CASCADE"), nullable=False),
    Column("source", String(32), nullable=False),
    Column("number", String(64), nullable=False),
    Column("status", Choice(OrderStatus), nullable=False),
    # The recipient: personal, and emptied when it is no longer needed. `country` is NULL when the marketplace keeps it to itself.
    Column("name", Text),
    Column("phone", Text),
    Column("province", Text),
    Column("city", Text),
    Column("district", Text),
    Column("street", Text),
    Column("postcode", Text),
    Column("country", Text),
    Column("phone_tail", String(8), nullable=False),
    Column("note", Text, nullable=False),
    Column("answer", Text, nullable=False),
    # What follows is the shop's own.
    Column("remark", Text, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("total", BIG),
    Column("placed_at", Moment),
    Column("paid_at", Moment),
    Column("arrived_at", Moment, nullable=False),
    Column("dispatch_by", Moment, nullable=False),
    Column("holds_stock", Boolean, nullable=False),
    Column("cancelled_at_source", Boolean, nullable=False),
    Column("buyer_id", BIG, ForeignKey(buyers.c.id, ondelete="SET NULL")),
    Column("asked_at", Moment),
    Column("ask_code", String(24), unique=True),
    Column("answered_at", Moment),
    Column("settled_at", Moment),
    Column("forgotten_at", Moment),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("shop_id", "source", "number"),
    Index("ix_orders_number", "shop_id", "number"),
    Index("ix_orders_status", "shop_id", "status", "id"),
    Index("ix_orders_name", "shop_id", "name"),
    Index("ix_orders_phone_tail", "shop_id", "phone_tail"),
    Index("ix_orders_due", "shop_id", "dispatch_by", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_orders_left", "shop_id", "status", "settled_at", sqlite_where=_LEFT, postgresql_where=_LEFT),
    Index("ix_orders_remembered", "shop_id", "settled_at", sqlite_where=_REMEMBERED, postgresql_where=_REMEMBERED),
    Index("ix_orders_buyer", "buyer_id", sqlite_where=_BOUGHT, postgresql_where=_BOUGHT),
    Index("ix_orders_asked", "buyer_id", sqlite_where=_ASKED, postgresql_where=_ASKED),
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("order_id", BIG, ForeignKey(orders.c.id, ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("spec", Text, nullable=False),
    Column("sku", String(64), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("unit_price", BIG),
    Column("variant_id", BIG),
    UniqueConstraint("order_id", "position"),
    Index("ix_order_lines_variant_id", "variant_id"),
    CheckConstraint("quantity > 0", name="quantity"),
)

order_changes = Table(
    "order_changes",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("order_id", BIG, ForeignKey(orders.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", Choice(ChangeKind), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by_id", BIG, nullable=False),
    Column("by_name", String(128), nullable=False),
    Column("seal", String(64), nullable=False),
    Index("ix_order_changes_order_id", "order_id"),
)
