"""An order on its way through the shop: checked, dispatched, delivered, or cancelled."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shop.order_history import Change, next_change
from shop.order_states import (
    LEFT,
    OPEN,
    CancelledAtSource,
    ChangeKind,
    NotConfirmedYet,
    OrderCancelled,
    OrderHasLeft,
    OrderStatus,
    RecipientForgotten,
    RecipientHidden,
    RecipientStillNeeded,
)
from shop.phones import read_phone
from shop.recipients import Recipient
from shop.speakers import Speaker

__all__ = ["OPEN", "Change", "ChangeKind", "Order", "OrderLine", "OrderStatus"]

LONGEST_ANSWER = 500


@dataclass(eq=False, kw_only=True)
class OrderLine:
    """One article as the buyer ordered it; `variant_id` is what the shop knows it as."""

    id: int = field(init=False)
    order_id: int = field(init=False)
    position: int
    title: str
    spec: str
    sku: str
    quantity: int
    unit_price: int | None
    variant_id: int | None = None


@dataclass(eq=False, kw_only=True)
class Order:
    """`source` and `number` are its identity. `note` is the buyer's, `remark` the merchant's.

    `recipient` is None when the marketplace keeps it to itself. `holds_stock` while pieces are reserved for it.
    `settled_at`: since when nothing more is to be done for it; `forgotten_at`: since when the buyer is unknown to it.
    """

    id: int = field(init=False)
    shop_id: int
    source: str
    number: str
    status: OrderStatus = OrderStatus.TO_CHECK
    recipient: Recipient | None
    phone_tail: str = ""
    note: str = ""
    remark: str = ""
    currency: str
    total: int | None
    placed_at: datetime | None
    paid_at: datetime | None
    arrived_at: datetime
    dispatch_by: datetime
    holds_stock: bool = False
    cancelled_at_source: bool = False
    buyer_id: int | None = None
    asked_at: datetime | None = None
    ask_code: str | None = None
    answered_at: datetime | None = None
    answer: str = ""
    settled_at: datetime | None = None
    forgotten_at: datetime | None = None
    lines: list[OrderLine] = field(default_factory=list)
    history: list[Change] = field(default_factory=list)
    revision: int = field(init=False)

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def wanted(self) -> Mapping[int, int]:
        """Pieces of each variant, lines of the same variant together."""
        pieces: Counter[int] = Counter()
        for line in self.lines:
            if line.variant_id is not None:
                pieces[line.variant_id] += line.quantity
        return pieces

    @property
    def waits_for_answer(self) -> bool:
        return self.asked_at is not None and self.answered_at is None and self.status is OrderStatus.TO_CHECK

    @property
    def can_be_restored(self) -> bool:
        return self.status is OrderStatus.CANCELLED and not self.cancelled_at_source and self.forgotten_at is None

    def confirm(self, *, by: Speaker, at: datetime) -> bool:
        """Name, phone, address and goods are right: it may be packed. False when that was said before."""
        self._must_not_be_cancelled()
        if self.status is not OrderStatus.TO_CHECK:
            return False
        self._become(OrderStatus.TO_DISPATCH, ChangeKind.CONFIRMED, by=by, at=at)
        self.holds_stock = bool(self.wanted)
        return True

    def take_back(self, *, by: Speaker, at: datetime) -> bool:
        """Confirmed too early: it is to be checked again. False when it never was confirmed."""
        self._must_not_be_cancelled()
        self._must_be_here()
        if self.status is OrderStatus.TO_CHECK:
            return False
        self._become(OrderStatus.TO_CHECK, ChangeKind.TAKEN_BACK, by=by, at=at)
        self.holds_stock = False
        return True

    def change_recipient(self, recipient: Recipient, *, by: Speaker, at: datetime) -> bool:
        """Another name, phone or address. False when it is the same."""
        self._must_not_be_cancelled()
        self._must_be_here()
        if self.recipient is None:
            raise RecipientHidden(self.id, self.number)
        if recipient == self.recipient:
            return False
        self.recipient, self.phone_tail = recipient, read_phone(recipient.phone).tail
        self.asked_at = self.answered_at = None
        self.answer = ""
        self._remember(ChangeKind.ADDRESS_EDITED, by=by, at=at)
        return True

    def ask_buyer(self, code: str, *, by: Speaker, at: datetime) -> None:
        """The buyer is asked about the recipient; `code` leads the buyer back to this order. Asking again waits anew."""
        self._must_not_be_cancelled()
        self._must_be_here()
        if self.recipient is None:
            raise RecipientHidden(self.id, self.number)
        self.ask_code = self.ask_code or code
        self.asked_at, self.answered_at, self.answer = at, None, ""
        self._remember(ChangeKind.BUYER_ASKED, by=by, at=at)

    def hear_answer(self, text: str, *, by: Speaker, at: datetime) -> None:
        """What the buyer says to the question; several messages are one answer."""
        said = f"{self.answer}\n{text}" if self.answer else text
        self.answer, self.answered_at = said[-LONGEST_ANSWER:], at
        self._remember(ChangeKind.BUYER_ANSWERED, by=by, at=at)

    def cancel(self, *, by: Speaker, at: datetime, at_source: bool = False) -> bool:
        """No parcel will be sent. False when it was cancelled before."""
        if self.status is OrderStatus.CANCELLED:
            self.cancelled_at_source = self.cancelled_at_source or at_source
            return False
        self._must_be_here()
        kind = ChangeKind.CANCELLED_AT_SOURCE if at_source else ChangeKind.CANCELLED
        self._become(OrderStatus.CANCELLED, kind, by=by, at=at)
        self.cancelled_at_source, self.holds_stock = at_source, False
        return True

    def restore(self, *, by: Speaker, at: datetime) -> bool:
        """The cancelling was a slip: it is to be checked again. False when it is not cancelled."""
        if self.status is not OrderStatus.CANCELLED:
            return False
        if self.cancelled_at_source:
            raise CancelledAtSource(self.id, self.number)
        self._must_be_remembered()
        self._become(OrderStatus.TO_CHECK, ChangeKind.RESTORED, by=by, at=at)
        return True

    def ship(self, *, by: Speaker, at: datetime, at_source: bool = False) -> bool:
        """The parcel of a confirmed order has left; what was shipped elsewhere was checked there. False when it had left before."""
        self._must_not_be_cancelled()
        if self.status in LEFT:
            return False
        if self.status is OrderStatus.TO_CHECK and not at_source:
            raise NotConfirmedYet(order_id=self.id, order_number=self.number)
        self._become(
            OrderStatus.SHIPPED, ChangeKind.SHIPPED_AT_SOURCE if at_source else ChangeKind.SHIPPED, by=by, at=at
        )
        self.holds_stock = False
        return True

    def call_back(self, *, by: Speaker, at: datetime) -> bool:
        """The tracking number was entered by mistake: the parcel is still here. False when it never left."""
        if self.status is not OrderStatus.SHIPPED:
            return False
        self._must_be_remembered()
        self._become(OrderStatus.TO_DISPATCH, ChangeKind.CALLED_BACK, by=by, at=at)
        self.holds_stock = bool(self.wanted)
        return True

    def deliver(self, *, by: Speaker, at: datetime) -> bool:
        """The parcel has arrived. False when there is nothing on its way."""
        if self.status is not OrderStatus.SHIPPED:
            return False
        self._become(OrderStatus.DELIVERED, ChangeKind.DELIVERED, by=by, at=at)
        return True

    def close(self, *, by: Speaker, at: datetime) -> bool:
        """Nobody will come back to it: it arrived a while ago, or was heard of no more. False when there is nothing to close."""
        if self.status not in LEFT or self.status is OrderStatus.CLOSED:
            return False
        self.status = OrderStatus.CLOSED
        self._remember(ChangeKind.CLOSED, by=by, at=at)
        return True

    def forget_person(self, *, by: Speaker, at: datetime) -> bool:
        """Who bought goes, with all words about it; goods, money and dates stay. False when that was done before."""
        if self.status in OPEN:
            raise RecipientStillNeeded(self.id, self.number)
        if self.forgotten_at is not None:
            return False
        self.recipient = self.buyer_id = self.ask_code = None
        self.phone_tail = self.note = self.remark = self.answer = ""
        for change in self.history:
            if change.kind is ChangeKind.BUYER_ANSWERED:
                change.by_id, change.by_name = 0, ""
        self.forgotten_at = at
        self._remember(ChangeKind.FORGOTTEN, by=by, at=at)
        return True

    def _must_be_remembered(self) -> None:
        if self.forgotten_at is not None:
            raise RecipientForgotten(self.id, self.number)

    def _must_not_be_cancelled(self) -> None:
        if self.status is OrderStatus.CANCELLED:
            raise OrderCancelled(self.id, self.number)

    def _must_be_here(self) -> None:
        if self.status in LEFT:
            raise OrderHasLeft(self.id, self.number, self.status)

    def _become(self, status: OrderStatus, kind: ChangeKind, *, by: Speaker, at: datetime) -> None:
        self.status = status
        self.settled_at = None if status.is_open else at
        self._remember(kind, by=by, at=at)

    def _remember(self, kind: ChangeKind, *, by: Speaker, at: datetime) -> None:
        self.history.append(next_change(self.history, kind, by=by, at=at))
