"""The stock ledger: each change has a reason, who and when; and what is refused when there is too little."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shop.errors import ShopError

MOST_PIECES = 99_999


class StockReason(StrEnum):
    OPENING = "opening"
    RECEIVED = "received"
    COUNTED = "counted"
    TAKEN_OUT = "taken_out"
    RESERVED = "reserved"
    RELEASED = "released"
    SHIPPED = "shipped"
    CALLED_BACK = "called_back"


@dataclass(eq=False, kw_only=True)
class StockChange:
    """One line of the ledger: by how much `on_hand` and `reserved` moved, why, by whom, and for which order."""

    id: int = field(init=False)
    shop_id: int
    variant_id: int
    reason: StockReason
    on_hand: int
    reserved: int
    person_id: int
    at: datetime
    order_id: int | None = None


@dataclass
class OutOfStock(ShopError):
    """Fewer pieces are left than wanted, perhaps by an order. `product` names the variant: AJ1 黑红 42."""

    product: str
    wanted: int
    left: int
    by_order: bool = False


@dataclass
class PiecesUnfit(ShopError):
    """A count of pieces is a whole number from 0 to the most that makes sense."""

    written: str
    most: int = MOST_PIECES
