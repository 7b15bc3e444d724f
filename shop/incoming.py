"""An order as it arrives from outside, before the shop has looked at it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class IncomingRecipient:
    """Name, phone and address as they were written; parts that the source keeps apart stay apart."""

    name: str = ""
    phone: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    postcode: str = ""
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class IncomingLine:
    """One article of an order. `unit_price` in minor units of the order's currency; None when the source does not say."""

    title: str
    spec: str = ""
    sku: str = ""
    quantity: int = 1
    unit_price: int | None = None


@dataclass(frozen=True, kw_only=True)
class IncomingOrder:
    """One order; `source` and `number` together are its identity. `recipient` is None when a platform keeps it to itself.

    `shipped`: the source says that it left already, with or without a tracking number: nothing is left to check or to dispatch.
    """

    source: str
    number: str
    lines: tuple[IncomingLine, ...]
    recipient: IncomingRecipient | None = None
    note: str = ""
    remark: str = ""
    currency: str = "CNY"
    total: int | None = None
    placed_at: datetime | None = None
    paid_at: datetime | None = None
    dispatch_by: datetime | None = None
    cancelled: bool = False
    shipped: bool = False
    tracking_number: str = ""
    carrier_name: str = ""
