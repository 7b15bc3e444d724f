"""The present revision of a thing that has a living card."""

from sqlalchemy import Table, select

from storage.news import CardKind, CardRef
from storage.tables.catalog import products
from storage.tables.drafts import drafts
from storage.tables.imports import order_imports
from storage.tables.orders import orders
from storage.tables.parcels import parcels
from storage.tables.questions import questions
from storage.tables.shops import shops
from storage.work import Work

TABLES: dict[CardKind, Table] = {
    CardKind.SHOP: shops,
    CardKind.PRODUCT_DRAFT: drafts,
    CardKind.PRODUCT: products,
    CardKind.QUESTION: questions,
    CardKind.ORDER: orders,
    CardKind.PARCEL: parcels,
    CardKind.ORDER_IMPORT: order_imports,
    CardKind.ADDRESS_DRAFT: drafts,
}


def revision_of(work: Work, ref: CardRef) -> int | None:
    """None when the thing is gone, or is not this shop's."""
    table = TABLES[ref.kind]
    owner = table.c.id if table is shops else table.c.shop_id
    return work.session.scalar(select(table.c.revision).where(table.c.id == ref.subject_id, owner == work.shop_id))
