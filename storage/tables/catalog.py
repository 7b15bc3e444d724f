"""Tables of products, their variants and photos, and the stock ledger."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from shop.products import Category, ProductStatus
from shop.stock import StockReason
from storage.tables.base import metadata
from storage.tables.shops import shops
from storage.types import BIG, Choice, Moment

products = Table(
    "products",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("shop_id", BIG, ForeignKey(shops.c.id, ondelete="CASCADE"), nullable=False),
    Column("category", Choice(Category), nullable=False),
    Column("brand", String(64), nullable=False),
    Column("model", String(128), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("sale_price", BIG, nullable=False),
    Column("list_price", BIG),
    Column("fabric", Text, nullable=False),
    Column("size_chart", Text, nullable=False),
    Column("size_chart_source", String(256), nullable=False),
    Column("status", Choice(ProductStatus), nullable=False),
    Column("created_by", BIG, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("changed_at", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    CheckConstraint("sale_price > 0", name="sale_price"),
    CheckConstraint("list_price IS NULL OR list_price >= sale_price", name="list_price"),
    Index("ix_products_shop", "shop_id", "status", "id"),
)

variants = Table(
    "variants",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("product_id", BIG, ForeignKey(products.c.id, ondelete="CASCADE"), nullable=False),
    Column("shop_id", BIG, ForeignKey(shops.c.id, ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("colour", String(64), nullable=False),
    Column("size", String(32), nullable=False),
    Column("sku", String(64), nullable=False),
    Column("barcode", String(64), nullable=False),
    Column("on_hand", Integer, nullable=False),
    Column("reserved", Integer, nullable=False),
    Column("warn_at", Integer),
    Column("restocks", Integer, nullable=False),
    UniqueConstraint("product_id", "colour", "size"),
    CheckConstraint("on_hand >= 0", name="on_hand"),
    CheckConstraint("reserved >= 0", name="reserved"),
    CheckConstraint("on_hand - reserved >= 0", name="available"),
    Index("ix_variants_sku", "shop_id", "sku"),
    Index("ix_variants_barcode", "shop_id", "barcode"),
)

product_photos = Table(
    "product_photos",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("product_id", BIG, ForeignKey(products.c.id, ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("source", String(256), nullable=False),
    Column("unique_id", String(64), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Index("ix_product_photos_product_id", "product_id"),
)

stock_changes = Table(
    "stock_changes",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("shop_id", BIG, ForeignKey(shops.c.id, ondelete="CASCADE"), nullable=False),
    Column("variant_id", BIG, ForeignKey(variants.c.id, ondelete="CASCADE"), nullable=False),
    Column("reason", Choice(StockReason), nullable=False),
    Column("on_hand", Integer, nullable=False),
    Column("reserved", Integer, nullable=False),
    Column("person_id", BIG, nullable=False),
    Column("at", Moment, nullable=False),
    Column("order_id", BIG),
    Index("ix_stock_changes_variant", "variant_id", "id"),
    Index("ix_stock_changes_shop", "shop_id", "id"),
    Index("ix_stock_changes_order", "order_id"),
)
