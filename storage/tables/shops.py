"""Tables of shops, the people who write to us, and who works where."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from shop.speakers import Role
from storage.tables.base import metadata
from storage.types import BIG, Choice, Duration, Moment

shops = Table(
    "shops",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("dispatch_within", Duration, nullable=False),
    Column("parcel_patience", Duration, nullable=False),
    Column("warn_at", Integer, nullable=False),
    Column("keep_personal", Duration, nullable=False),
    Column("link_code", String(32), nullable=False, unique=True),
    Column("is_sample", Boolean, nullable=False),
    Column("closed_at", Moment),
    Column("revision", Integer, nullable=False),
    CheckConstraint("warn_at >= 0", name="warn_at"),
)

people = Table(
    "people",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=False),
    Column("name", String(128), nullable=False),
    Column("language", String(8), nullable=False),
    Column("language_chosen", Boolean, nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("staff_of", BIG, ForeignKey(shops.c.id, ondelete="SET NULL")),
    Column("buyer_of", BIG, ForeignKey(shops.c.id, ondelete="SET NULL")),
    Column("seen_at", Moment, nullable=False),
    Column("wrong_links", Integer, nullable=False, server_default="0"),
    Column("wrong_links_since", Moment),
)

members = Table(
    "members",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("shop_id", BIG, ForeignKey(shops.c.id, ondelete="CASCADE"), nullable=False),
    Column("person_id", BIG, ForeignKey(people.c.id), nullable=False),
    Column("role", Choice(Role), nullable=False),
    Column("joined_at", Moment, nullable=False),
    Column("left_at", Moment),
    UniqueConstraint("shop_id", "person_id"),
    Index(
        "ix_members_present",
        "person_id",
        sqlite_where=text("left_at IS NULL"),
        postgresql_where=text("left_at IS NULL"),
    ),
)
