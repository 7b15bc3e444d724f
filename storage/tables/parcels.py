"""Tables of parcels: one tracking number of one order, and what its carrier reported."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from shop.parcels import ParcelState
from storage.tables.base import metadata
from storage.tables.orders import orders
from storage.tables.shops import shops
from storage.types import BIG, Choice, Moment

_ON_THE_WAY = text("finished_at IS NULL")

parcels = Table(
    "parcels",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("shop_id", BIG, ForeignKey(shops.c.id, ondelete="CASCADE"), nullable=False),
    Column("order_id", BIG, ForeignKey(orders.c.id, ondelete="CASCADE"), nullable=False),
    Column("tracking_number", String(32), nullable=False),
    Column("carrier_id", String(32), nullable=False),
    Column("shipped_at", Moment, nullable=False),
    Column("numbered_at", Moment, nullable=False),
    Column("numbered_by", BIG, nullable=False),
    Column("state", Choice(ParcelState), nullable=False),
    Column("last_moved_at", Moment),
    Column("quiet_since", Moment, nullable=False),
    Column("stall_told_for", Moment),
    Column("finished_at", Moment),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("shop_id", "tracking_number"),
    UniqueConstraint("order_id"),
    Index("ix_parcels_quiet", "shop_id", "quiet_since", sqlite_where=_ON_THE_WAY, postgresql_where=_ON_THE_WAY),
)

parcel_events = Table(
    "parcel_events",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("parcel_id", BIG, ForeignKey(parcels.c.id, ondelete="CASCADE"), nullable=False),
    Column("happened_at", Moment, nullable=False),
    Column("state", Choice(ParcelState), nullable=False),
    Column("words", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("learned_at", Moment, nullable=False),
    Index("ix_parcel_events_parcel_id", "parcel_id"),
)

reminders = Table(
    "reminders",
    metadata,
    Column("order_id", BIG, ForeignKey(orders.c.id, ondelete="CASCADE"), primary_key=True),
    Column("dispatch_by", Moment, nullable=False),
    Column("told", String(16), nullable=False),
)
