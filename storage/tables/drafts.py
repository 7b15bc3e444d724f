"""The table of drafts."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, text

from shop.drafts.draft import DraftKind
from storage.answers import Answers
from storage.tables.base import metadata
from storage.types import BIG, Choice, Moment

drafts = Table(
    "drafts",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("kind", Choice(DraftKind), nullable=False),
    Column("person_id", BIG, ForeignKey("people.id"), nullable=False),
    Column("shop_id", BIG, ForeignKey("shops.id", ondelete="CASCADE")),
    Column("subject_id", BIG),
    Column("answers", Answers, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("ix_drafts_person_id", "person_id"),
    Index(
        "uq_drafts_open",
        "person_id",
        unique=True,
        sqlite_where=text("is_open"),
        postgresql_where=text("is_open"),
    ),
)
