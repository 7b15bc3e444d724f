"""What may become of an order, and what the shop says no to on the way."""

from dataclasses import dataclass
from enum import StrEnum

from shop.errors import ShopError


class OrderStatus(StrEnum):
    TO_CHECK = "to_check"
    TO_DISPATCH = "to_dispatch"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        return self in OPEN


OPEN = frozenset({OrderStatus.TO_CHECK, OrderStatus.TO_DISPATCH})
LEFT = frozenset({OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.CLOSED})


class ChangeKind(StrEnum):
    """What happened to an order, for its history."""

    CONFIRMED = "confirmed"
    TAKEN_BACK = "taken_back"
    ADDRESS_EDITED = "address_edited"
    BUYER_ASKED = "buyer_asked"
    BUYER_ANSWERED = "buyer_answered"
    CANCELLED = "cancelled"
    CANCELLED_AT_SOURCE = "cancelled_at_source"
    RESTORED = "restored"
    SHIPPED = "shipped"
    SHIPPED_AT_SOURCE = "shipped_at_source"
    CALLED_BACK = "called_back"
    DELIVERED = "delivered"
    CLOSED = "closed"
    FORGOTTEN = "forgotten"


@dataclass
class OrderCancelled(ShopError):
    """The order was cancelled, so nothing more is done for it."""

    order_id: int
    number: str


@dataclass
class NotConfirmedYet(ShopError):
    """Nobody has checked the address of this order."""

    order_id: int
    order_number: str


@dataclass
class OrderHasLeft(ShopError):
    """The parcel is on its way already."""

    order_id: int
    number: str
    status: OrderStatus


@dataclass
class CancelledAtSource(ShopError):
    """The marketplace or the buyer cancelled: the shop alone cannot bring the order back."""

    order_id: int
    number: str


@dataclass
class RecipientHidden(ShopError):
    """The marketplace keeps the recipient to itself, so there is no address to change or to ask for."""

    order_id: int
    number: str


@dataclass
class RecipientStillNeeded(ShopError):
    """The parcel has not left yet, and where it goes must be known until then."""

    order_id: int
    number: str


@dataclass
class RecipientForgotten(ShopError):
    """Personal data of the order were removed, so it cannot be packed again."""

    order_id: int
    number: str
