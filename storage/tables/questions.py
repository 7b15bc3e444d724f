"""Tables of buyers, what they ask, what is said about it, and the shop's canned answers."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from shop.questions import Enclosure, QuestionStatus, Side
from storage.tables.base import metadata
from storage.tables.shops import people, shops
from storage.types import BIG, Choice, Moment

_WAITING = text("status = 'waiting'")
_REMEMBERED = text("forgotten_at IS NULL")

buyers = Table(
    "buyers",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("shop_id", BIG, ForeignKey(shops.c.id, ondelete="CASCADE"), nullable=False),
    Column("person_id", BIG, ForeignKey(people.c.id), nullable=False),
    Column("name", String(128), nullable=False),
    Column("since", Moment, nullable=False),
    UniqueConstraint("shop_id", "person_id"),
    Index("ix_buyers_person_id", "person_id"),
)

questions = Table(
    "questions",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("shop_id", BIG, ForeignKey(shops.c.id, ondelete="CASCADE"), nullable=False),
    Column("buyer_id", BIG, ForeignKey(buyers.c.id, ondelete="CASCADE"), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("status", Choice(QuestionStatus), nullable=False),
    Column("answered_by", BIG),
    Column("answered_at", Moment),
    Column("called_at", Moment),
    Column("order_id", BIG),
    Column("product_id", BIG),
    Column("forgotten_at", Moment),
    Column("line_count", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("ix_questions_buyer", "buyer_id", "id"),
    Index("ix_questions_remembered", "shop_id", "asked_at", sqlite_where=_REMEMBERED, postgresql_where=_REMEMBERED),
    Index("ix_questions_waiting", "shop_id", "called_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
)

question_lines = Table(
    "question_lines",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("question_id", BIG, ForeignKey(questions.c.id, ondelete="CASCADE"), nullable=False),
    Column("side", Choice(Side), nullable=False),
    Column("by_id", BIG, nullable=False),
    Column("by_name", String(128), nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("enclosed", Choice(Enclosure)),
    Column("file_id", String(256), nullable=False),
    Column("file_name", String(256), nullable=False),
    Column("album", String(32), nullable=False),
    Column("message_id", BIG),
    Column("edited_at", Moment),
    Column("undelivered_at", Moment),
    Index("ix_question_lines_question_id", "question_id"),
    Index("ix_question_lines_album", "album", sqlite_where=text("album <> ''"), postgresql_where=text("album <> ''")),
)

quick_replies = Table(
    "quick_replies",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("shop_id", BIG, ForeignKey(shops.c.id, ondelete="CASCADE"), nullable=False),
    Column("title", String(30), nullable=False),
    Column("text", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("shop_id", "title"),
    Index("ix_quick_replies_shop", "shop_id", "position"),
)
