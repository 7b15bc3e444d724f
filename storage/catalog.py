"""The products of the shop, their variants, and the stock ledger."""

from collections.abc import Collection as Some
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session, attributes, util

from shop.errors import NotFound
from shop.product_names import ProductName
from shop.products import Product, ProductStatus, Variant
from shop.stock import StockChange
from storage.collection import Collection
from storage.tables.catalog import product_photos, products, stock_changes, variants
from storage.tables.shops import shops

_LIVING = products.c.status != ProductStatus.RETIRED


@dataclass(frozen=True)
class ProductRow:
    """One line of the list of products."""

    id: int
    brand: str
    model: str
    status: ProductStatus
    sale_price: int
    currency: str
    available: int

    @property
    def title(self) -> str:
        return ProductName(self.id, self.brand, self.model).title


@dataclass(frozen=True)
class LowVariant:
    """A variant that is nearly sold out."""

    product: ProductName
    variant_id: int
    colour: str
    size: str
    available: int

    @property
    def title(self) -> str:
        return " ".join(part for part in (self.product.title, self.colour, self.size) if part)


@dataclass(frozen=True)
class StockNow:
    """What a variant holds after a change."""

    variant_id: int
    product_id: int
    on_hand: int
    reserved: int
    warn_at: int | None
    restocks: int

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


class Catalog(Collection):
    def add(self, product: Product) -> None:
        """Gives the product and its variants their ids."""
        self._session.add(product)
        self._session.flush()
        self.__dict__.pop("names", None)

    def get(self, product_id: int) -> Product:
        mine = select(Product).where(products.c.id == product_id, products.c.shop_id == self._shop_id)
        product = self._session.scalar(mine)
        if product is None:
            raise NotFound("product", product_id)
        return product

    def get_variant(self, variant_id: int) -> Variant:
        mine = select(Variant).where(variants.c.id == variant_id, variants.c.shop_id == self._shop_id)
        variant = self._session.scalar(mine)
        if variant is None:
            raise NotFound("variant", variant_id)
        return variant

    def find_by_code(self, code: str) -> Variant | None:
        """The one variant with this article number or barcode; None when there is none, or more than one."""
        if not code:
            return None
        same = (variants.c.sku == code) | (variants.c.barcode == code)
        living = select(Variant).join(products, products.c.id == variants.c.product_id).where(_LIVING)
        found = self._session.scalars(living.where(variants.c.shop_id == self._shop_id, same).limit(2)).all()
        return found[0] if len(found) == 1 else None

    def ids_by_code(self, codes: Some[str]) -> dict[str, int]:
        """Article numbers and barcodes of which the shop has exactly one variant."""
        found: dict[str, set[int]] = {}
        for column in (variants.c.sku, variants.c.barcode):
            here = select(column, variants.c.id).join(products, products.c.id == variants.c.product_id)
            mine = here.where(_LIVING, variants.c.shop_id == self._shop_id, column.in_(codes))
            for code, variant_id in self._flushed().execute(mine):
                found.setdefault(code, set()).add(variant_id)
        return {code: ids.pop() for code, ids in found.items() if len(ids) == 1}

    def variants_of(self, product_ids: Some[int]) -> dict[int, list[Variant]]:
        """The variants of several products, in their order."""
        # The sum keeps SQLite from reading all that the shop has: it thinks that less than two products.
        mine = (variants.c.shop_id + 0 == self._shop_id) & variants.c.product_id.in_(product_ids)
        shelves: dict[int, list[Variant]] = {}
        for variant in self._session.scalars(select(Variant).where(mine).order_by(variants.c.position)):
            shelves.setdefault(variant.product_id, []).append(variant)
        return shelves

    @cached_property
    def names(self) -> Sequence[ProductName]:
        """The names of all products that are not retired, for finding one by what people call it."""
        columns = products.c.id, products.c.brand, products.c.model
        living = select(*columns).where(products.c.shop_id == self._shop_id, _LIVING).order_by(products.c.id)
        return [ProductName(*row) for row in self._flushed().execute(living)]

    def page(self, *, offset: int, limit: int) -> Sequence[ProductRow]:
        """Products that are not retired, newest first."""
        columns = (
            products.c.id,
            products.c.brand,
            products.c.model,
            products.c.status,
            products.c.sale_price,
            products.c.currency,
        )
        left = func.coalesce(func.sum(variants.c.on_hand - variants.c.reserved), 0)
        rows = (
            select(*columns, left)
            .outerjoin(variants, variants.c.product_id == products.c.id)
            .where(products.c.shop_id == self._shop_id, _LIVING)
            .group_by(*columns)
            .order_by(products.c.id.desc())
        )
        return [ProductRow(*row) for row in self._session.execute(rows.offset(offset).limit(limit))]

    def count(self) -> int:
        living = select(func.count()).select_from(products).where(products.c.shop_id == self._shop_id, _LIVING)
        return self._session.scalar(living) or 0

    def available(self, variant_ids: Some[int]) -> dict[int, int]:
        """Pieces that may still be sold, for those of these variants that the shop has."""
        mine = select(variants.c.id, variants.c.on_hand - variants.c.reserved).where(
            variants.c.id.in_(variant_ids), variants.c.shop_id + 0 == self._shop_id
        )
        return {row[0]: row[1] for row in self._session.execute(mine)}

    def move_stock(self, variant_id: int, *, on_hand: int = 0, reserved: int = 0) -> StockNow | None:
        """Change both numbers in one statement; None when there is no such variant or it would leave less than nothing."""
        hand, kept = variants.c.on_hand + on_hand, variants.c.reserved + reserved
        fits = (hand >= 0, kept >= 0, hand - kept >= 0)
        return self._set_stock(variant_id, *fits, on_hand=hand, reserved=kept)

    def mark_restocked(self, variant_id: int) -> None:
        """It is above its line again: the next time it reaches the line is a new occasion."""
        self._set_stock(variant_id, restocks=variants.c.restocks + 1)

    def bump(self, product: Product) -> None:
        """Its shelf was changed by hand: buttons that were shown before are outdated, so that no tap counts twice."""
        self._session.flush()
        mine = update(products).where(products.c.id == product.id).values(revision=products.c.revision + 1)
        revision = self._session.scalar(mine.returning(products.c.revision))
        attributes.set_committed_value(product, "revision", revision)

    def know_photo(self, unique_id: str, content_hash: str) -> None:
        """The content of a photo that was fetched after its product was published."""
        mine = select(products.c.id).where(products.c.shop_id == self._shop_id)
        same = (product_photos.c.unique_id == unique_id) & product_photos.c.product_id.in_(mine)
        self._session.execute(update(product_photos).where(same).values(content_hash=content_hash))

    def low(self) -> Sequence[LowVariant]:
        """Variants on sale of which no more is left than the line, fewest first."""
        left = variants.c.on_hand - variants.c.reserved
        line = func.coalesce(variants.c.warn_at, shops.c.warn_at)
        name = products.c.id, products.c.brand, products.c.model
        query = (
            select(*name, variants.c.id, variants.c.colour, variants.c.size, left)
            .join_from(variants, products, products.c.id == variants.c.product_id)
            .join(shops, shops.c.id == variants.c.shop_id)
            .where(variants.c.shop_id == self._shop_id, products.c.status == ProductStatus.ON_SALE, left <= line)
            .order_by(left, products.c.id, variants.c.position)
        )
        return [LowVariant(ProductName(*row[:3]), *row[3:]) for row in self._session.execute(query)]

    def record(self, change: StockChange) -> None:
        """Write a line into the ledger."""
        row = {name: getattr(change, name) for name in stock_changes.c.keys() if name != "id"}  # noqa: SIM118
        self._session.execute(insert(stock_changes).values(row))

    def ledger(self, variant_id: int) -> Sequence[StockChange]:
        """All changes of a variant, oldest first."""
        mine = select(StockChange).where(
            stock_changes.c.variant_id == variant_id, stock_changes.c.shop_id == self._shop_id
        )
        return self._session.scalars(mine.order_by(stock_changes.c.id)).all()

    def _set_stock(self, variant_id: int, *conditions: Any, **values: Any) -> StockNow | None:
        numbers = variants.c.on_hand, variants.c.reserved, variants.c.warn_at, variants.c.restocks
        mine = update(variants).where(variants.c.id == variant_id, variants.c.shop_id == self._shop_id, *conditions)
        changed = mine.values(**values).returning(variants.c.id, variants.c.product_id, *numbers)
        row = self._flushed().execute(changed).first()
        if row is None:
            return None
        self._freshen(row)
        return StockNow(*row)

    def _freshen(self, row: Row[Any]) -> None:
        """A variant that this work has in hand shows its new numbers without being read again."""
        variant = self._session.identity_map.get(util.identity_key(Variant, row.id))
        if variant is not None:
            for name in ("on_hand", "reserved", "restocks"):
                attributes.set_committed_value(variant, name, getattr(row, name))

    def _flushed(self) -> Session:
        """What this work has added is in the database before statements look for it."""
        self._session.flush()
        return self._session
