"""What is for sale: a product with its photos and prices, and its variants with their stock."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shop.errors import ShopError


class Category(StrEnum):
    """What kind of goods; the merchant's 类目."""

    SHOES = "shoes"
    APPAREL = "apparel"
    ACCESSORIES = "accessories"


class Demand(StrEnum):
    """What a category asks for beyond what every product has."""

    FABRIC = "fabric"
    SIZE_CHART = "size_chart"


@dataclass(frozen=True, kw_only=True)
class CategoryRules:
    """What must be known before a product of this category may go on sale."""

    demands: frozenset[Demand] = frozenset()
    sizes_optional: bool = False
    colour_optional: bool = False
    min_photos: int = 3
    max_photos: int = 10


CATEGORIES: dict[Category, CategoryRules] = {
    Category.SHOES: CategoryRules(demands=frozenset({Demand.SIZE_CHART})),
    Category.APPAREL: CategoryRules(demands=frozenset({Demand.FABRIC, Demand.SIZE_CHART})),
    Category.ACCESSORIES: CategoryRules(sizes_optional=True, colour_optional=True),
}
ONE_SIZE = "均码"


class ProductStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REJECTED = "rejected"
    ON_SALE = "on_sale"
    PAUSED = "paused"
    RETIRED = "retired"


_NEXT: dict[ProductStatus, frozenset[ProductStatus]] = {
    ProductStatus.DRAFT: frozenset({ProductStatus.IN_REVIEW, ProductStatus.ON_SALE, ProductStatus.RETIRED}),
    ProductStatus.IN_REVIEW: frozenset({ProductStatus.REJECTED, ProductStatus.ON_SALE, ProductStatus.RETIRED}),
    ProductStatus.REJECTED: frozenset({ProductStatus.IN_REVIEW, ProductStatus.RETIRED}),
    ProductStatus.ON_SALE: frozenset({ProductStatus.PAUSED, ProductStatus.RETIRED}),
    ProductStatus.PAUSED: frozenset({ProductStatus.ON_SALE, ProductStatus.RETIRED}),
    ProductStatus.RETIRED: frozenset(),
}


@dataclass
class StatusRefused(ShopError):
    """A product in this state cannot go to that one."""

    product: str
    now: ProductStatus
    wanted: ProductStatus


@dataclass(frozen=True)
class NewVariant:
    """A colour and size with its opening stock."""

    colour: str
    size: str
    on_hand: int = 0
    sku: str = ""
    barcode: str = ""


@dataclass(frozen=True)
class NewPhoto:
    """`source` is Telegram's id of the picture, or `stored:<hash>/<name>` for a file of our own store."""

    source: str
    unique_id: str = ""
    content_hash: str = ""


@dataclass(frozen=True, kw_only=True)
class NewProduct:
    """All that is known of a product before it goes on sale. Prices in minor units."""

    category: Category
    brand: str
    model: str
    variants: tuple[NewVariant, ...]
    photos: tuple[NewPhoto, ...] = ()
    sale_price: int
    list_price: int | None = None
    fabric: str = ""
    size_chart: str = ""
    size_chart_source: str = ""


@dataclass(eq=False, kw_only=True)
class Variant:
    """One colour and size. `reserved` pieces are promised to orders and may not be sold again.

    `restocks` counts how often it came back above its line; each time it may be warned of once more.
    """

    id: int = field(init=False)
    product_id: int = field(init=False)
    shop_id: int
    position: int
    colour: str
    size: str
    sku: str = ""
    barcode: str = ""
    on_hand: int = 0
    reserved: int = 0
    warn_at: int | None = None
    restocks: int = 0
    product: "Product" = field(init=False, repr=False)

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved

    @property
    def label(self) -> str:
        """Colour and size: 黑红 42."""
        return " ".join(part for part in (self.colour, self.size) if part)

    @property
    def title(self) -> str:
        return f"{self.product.title} {self.label}".strip()

    def is_low(self, shop_warn_at: int) -> bool:
        return self.available <= (shop_warn_at if self.warn_at is None else self.warn_at)


@dataclass(eq=False, kw_only=True)
class ProductPhoto:
    """A picture of the product; `content_hash` is known once the file has been fetched."""

    id: int = field(init=False)
    product_id: int = field(init=False)
    position: int
    source: str
    unique_id: str = ""
    content_hash: str = ""


@dataclass(eq=False, kw_only=True)
class Product:
    """Prices in minor units of `currency`. `list_price` is None when nothing is struck through."""

    id: int = field(init=False)
    shop_id: int
    category: Category
    brand: str
    model: str
    currency: str
    sale_price: int
    list_price: int | None = None
    fabric: str = ""
    size_chart: str = ""
    size_chart_source: str = ""
    status: ProductStatus = ProductStatus.DRAFT
    created_by: int
    created_at: datetime
    published_at: datetime | None = None
    changed_at: datetime
    variants: list[Variant] = field(default_factory=list)
    photos: list[ProductPhoto] = field(default_factory=list)
    revision: int = field(init=False)

    @property
    def title(self) -> str:
        """Brand and model, the brand once: Nike Air Jordan 1."""
        if self.model.lower().startswith(self.brand.lower()):
            return self.model
        return f"{self.brand} {self.model}"

    @property
    def colours(self) -> list[str]:
        return list(dict.fromkeys(variant.colour for variant in self.variants if variant.colour))

    @property
    def sizes(self) -> list[str]:
        return list(dict.fromkeys(variant.size for variant in self.variants))

    @property
    def available(self) -> int:
        return sum(variant.available for variant in self.variants)

    @property
    def reserved(self) -> int:
        return sum(variant.reserved for variant in self.variants)

    def move_to(self, status: ProductStatus, *, at: datetime) -> bool:
        """Change the status; False when it was there already."""
        if status is self.status:
            return False
        if status not in _NEXT[self.status]:
            raise StatusRefused(product=self.title, now=self.status, wanted=status)
        self.status, self.changed_at = status, at
        if status is ProductStatus.ON_SALE and self.published_at is None:
            self.published_at = at
        return True
