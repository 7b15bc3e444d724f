"""Tables of the way of an update: inbox, outbox, cards, what was told, errands, files, heart-beats."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from storage.tables.base import metadata
from storage.types import BIG, Moment

inbox = Table(
    "inbox",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("bot_id", BIG, nullable=False),
    Column("update_id", BIG, nullable=False),
    Column("lane", BIG, nullable=False, server_default="0"),
    Column("raw", Text),
    Column("state", String(8), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("error", Text),
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    UniqueConstraint("bot_id", "update_id"),
    Index(
        "ix_inbox_lanes",
        "lane",
        "id",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index("ix_inbox_waiting", "id", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
    Index("ix_inbox_parked", "id", sqlite_where=text("state = 'parked'"), postgresql_where=text("state = 'parked'")),
    Index("ix_inbox_done_at", "done_at"),
    sqlite_autoincrement=True,  # an id is never given twice: what is newest is told by the ids
)

cards = Table(
    "cards",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("chat_id", BIG, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject_id", BIG, nullable=False),
    Column("shop_id", BIG),
    Column("view", String(64), nullable=False, default=""),
    Column("payload", Text, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("shown", Integer, nullable=False, default=0),
    Column("anew", Boolean, nullable=False, default=False),
    Column("silent", Boolean, nullable=False, default=True),
    Column("message_id", BIG),
    UniqueConstraint("chat_id", "kind", "subject_id"),
    Index("ix_cards_subject", "kind", "subject_id"),
    Index("ix_cards_message", "chat_id", "message_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("chat_id", BIG, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("method", String(64), nullable=False),
    Column("payload", Text, nullable=False),
    Column("card_id", BIG, ForeignKey(cards.c.id, ondelete="CASCADE")),
    Column("state", String(8), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("error", Text),
    Column("due_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("sent_at", Moment),
    Column("message_id", BIG),
    Column("about_kind", String(32)),
    Column("about_id", BIG),
    Index("ix_outbox_message", "chat_id", "message_id"),
    Index(
        "ix_outbox_waiting", "id", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")
    ),
    Index(
        "uq_outbox_waiting_card",
        "card_id",
        unique=True,
        sqlite_where=text("state = 'waiting' AND card_id IS NOT NULL"),
        postgresql_where=text("state = 'waiting' AND card_id IS NOT NULL"),
    ),
    Index("ix_outbox_sent_at", "sent_at"),
    sqlite_autoincrement=True,
)

told = Table(
    "told",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("at", Moment, nullable=False),
)

errands = Table(
    "errands",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("shop_id", BIG),
    Column("person_id", BIG, nullable=False),
    Column("wish", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("error", Text),
    Column("due_at", Moment, nullable=False),
    Column("done_at", Moment),
    Index(
        "ix_errands_waiting", "id", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")
    ),
    Index("ix_errands_done_at", "done_at"),
)

files = Table(
    "files",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("size", BIG, nullable=False),
    Column("type", String(64), nullable=False),
    Column("bot_id", BIG),
    Column("file_id", String(256)),
    Column("file_unique_id", String(64)),
    Column("stored_at", Moment, nullable=False),
    Index("ix_files_unique", "file_unique_id"),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("at", Moment, nullable=False),
)
