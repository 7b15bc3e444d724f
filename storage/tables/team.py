"""The table of invitations."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from shop.speakers import Role
from storage.tables.base import metadata
from storage.tables.shops import people, shops
from storage.types import BIG, Choice, Moment

invitations = Table(
    "invitations",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("shop_id", BIG, ForeignKey(shops.c.id, ondelete="CASCADE"), nullable=False),
    Column("role", Choice(Role), nullable=False),
    Column("token_digest", String(64), nullable=False, unique=True),
    Column("invited_by", BIG, ForeignKey(people.c.id), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_by", BIG, ForeignKey(people.c.id)),
    Column("withdrawn_at", Moment),
    Index("ix_invitations_shop_id", "shop_id"),
)
