"""Ties the shop's plain dataclasses to their tables."""

from functools import cache

from sqlalchemy.orm import composite, registry, relationship

from shop.drafts.draft import Draft
from shop.order_imports import OrderImport
from shop.orders import Change, Order, OrderLine
from shop.parcels import Parcel, ParcelEvent
from shop.products import Product, ProductPhoto, Variant
from shop.questions import Buyer, Question, QuestionLine
from shop.quick_replies import QuickReply
from shop.recipients import Recipient
from shop.shops import Member, Person, Shop
from shop.stock import StockChange
from shop.team import Invitation
from storage.tables.base import metadata
from storage.tables.catalog import product_photos, products, stock_changes, variants
from storage.tables.drafts import drafts
from storage.tables.imports import order_imports
from storage.tables.orders import order_changes, order_lines, orders
from storage.tables.parcels import parcel_events, parcels
from storage.tables.questions import buyers, question_lines, questions, quick_replies
from storage.tables.shops import members, people, shops
from storage.tables.team import invitations

mapper = registry(metadata=metadata)


@cache
def map_everything() -> None:
    """Once per process, before the first session."""
    mapper.map_imperatively(Shop, shops, version_id_col=shops.c.revision)
    mapper.map_imperatively(Person, people)
    mapper.map_imperatively(Member, members)
    mapper.map_imperatively(Draft, drafts, version_id_col=drafts.c.revision)
    mapper.map_imperatively(Invitation, invitations)
    mapper.map_imperatively(OrderImport, order_imports, version_id_col=order_imports.c.revision)
    _map_questions()
    _map_catalog()
    _map_orders()
    _map_parcels()


def _map_questions() -> None:
    mapper.map_imperatively(Buyer, buyers)
    mapper.map_imperatively(QuestionLine, question_lines)
    parts = relationship(QuestionLine, lazy="selectin", order_by=question_lines.c.id, cascade="all, delete-orphan")
    mapper.map_imperatively(
        Question,
        questions,
        version_id_col=questions.c.revision,
        properties={"buyer": relationship(Buyer, lazy="joined", innerjoin=True), "lines": parts},
    )
    mapper.map_imperatively(QuickReply, quick_replies, version_id_col=quick_replies.c.revision)


def _map_orders() -> None:
    mapper.map_imperatively(OrderLine, order_lines)
    mapper.map_imperatively(Change, order_changes)
    lines = relationship(OrderLine, lazy="selectin", order_by=order_lines.c.position, cascade="all, delete-orphan")
    history = relationship(Change, lazy="selectin", order_by=order_changes.c.id, cascade="all, delete-orphan")
    parts = [orders.c[name] for name in Recipient.__dataclass_fields__]
    recipient = composite(Recipient, *parts, return_none_on=lambda *written: all(part is None for part in written))
    mapper.map_imperatively(
        Order,
        orders,
        version_id_col=orders.c.revision,
        properties={"recipient": recipient, "lines": lines, "history": history}
        | {f"_{column.name}": column for column in parts},
    )


def _map_parcels() -> None:
    mapper.map_imperatively(ParcelEvent, parcel_events)
    events = relationship(ParcelEvent, lazy="selectin", order_by=parcel_events.c.id, cascade="all, delete-orphan")
    mapper.map_imperatively(Parcel, parcels, version_id_col=parcels.c.revision, properties={"events": events})


def _map_catalog() -> None:
    kinds = relationship(
        Variant,
        back_populates="product",
        order_by=variants.c.position,
        lazy="selectin",
        cascade="all, delete-orphan",
    )
    photos = relationship(
        ProductPhoto, order_by=product_photos.c.position, lazy="selectin", cascade="all, delete-orphan"
    )
    mapper.map_imperatively(
        Product,
        products,
        version_id_col=products.c.revision,
        properties={"variants": kinds, "photos": photos},
    )
    product = relationship(Product, back_populates="variants", lazy="joined", innerjoin=True)
    mapper.map_imperatively(Variant, variants, properties={"product": product})
    mapper.map_imperatively(ProductPhoto, product_photos)
    mapper.map_imperatively(StockChange, stock_changes)
