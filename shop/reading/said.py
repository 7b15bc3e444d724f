"""What a message can turn out to be: one frozen value per kind, together the union `Said`."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shop.products import Category
from shop.tracking_lines import TrackingLine


@dataclass(frozen=True)
class SizeStock:
    """One size as written; `pieces` is None while nobody said how many, `colour` is empty when it holds for every colour."""

    size: str
    pieces: int | None = None
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class ProductFacts:
    """Whatever one message tells about a product. `name` is all that is neither brand, colour, size nor price."""

    brand: str = ""
    name: str = ""
    colours: tuple[str, ...] = ()
    sizes: tuple[SizeStock, ...] = ()
    each: int | None = None
    list_price: Decimal | None = None
    sale_price: Decimal | None = None
    currency: str = ""
    category: Category | None = None
    fabric: str = ""
    size_chart: str = ""

    @property
    def describes_a_product(self) -> bool:
        """Enough to begin a draft with: what it is, and at least a size or a price."""
        return bool(self.brand or self.name) and bool(self.sizes or self.list_price or self.sale_price)

    @property
    def is_telling(self) -> bool:
        """More than one kind of thing was told, so that it can hardly mean anything but goods."""
        kinds = (self.colours, self.sizes, self.list_price, self.sale_price, self.fabric, self.size_chart)
        return self.describes_a_product or sum(map(bool, kinds)) > 1


@dataclass(frozen=True)
class Price:
    """An amount in the currency's major unit; `currency` is empty when none was written."""

    amount: Decimal
    currency: str = ""


@dataclass(frozen=True)
class Quantity:
    pieces: int


@dataclass(frozen=True)
class Sizes:
    """Sizes and nothing else; a size may be in it twice, which is for the listener to refuse."""

    sizes: tuple[SizeStock, ...]


@dataclass(frozen=True, kw_only=True)
class StockQuery:
    """Somebody asks what is left; an empty `name` asks about the whole shop."""

    name: str = ""
    colours: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()


class StockVerb(StrEnum):
    ADD = "add"
    TAKE = "take"
    SET = "set"


@dataclass(frozen=True, kw_only=True)
class StockEntry:
    """Goods came in, were taken out or were counted. An empty size means the only one there is."""

    verb: StockVerb
    name: str = ""
    colours: tuple[str, ...] = ()
    sizes: tuple[SizeStock, ...]


@dataclass(frozen=True)
class TrackingLines:
    """Tracking numbers, one a line, with the order's number where it was written."""

    lines: tuple[TrackingLine, ...]


@dataclass(frozen=True)
class Words:
    """Anything else."""

    text: str


Said = ProductFacts | Price | Quantity | Sizes | StockQuery | StockEntry | TrackingLines | Words
