"""Parcels on their way: what carriers report, and when one stands still."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from shop.errors import ShopError
from shop.speakers import Speaker

MOST_WORDS = 300


class ParcelState(StrEnum):
    """One vocabulary for what all carriers report."""

    CREATED = "created"
    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    AWAITING_PICKUP = "awaiting_pickup"
    DELIVERED = "delivered"
    DELIVERY_FAILED = "delivery_failed"
    EXCEPTION = "exception"
    RETURNING = "returning"
    RETURNED = "returned"
    CUSTOMS = "customs"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


FINISHED = frozenset({ParcelState.DELIVERED, ParcelState.RETURNED, ParcelState.CANCELLED})
NO_MOVEMENT = frozenset({ParcelState.UNKNOWN, ParcelState.EXPIRED})
_DECISIVE = frozenset({ParcelState.DELIVERED, ParcelState.RETURNING, ParcelState.RETURNED})
_PROGRESS = (
    ParcelState.UNKNOWN,
    ParcelState.EXPIRED,
    ParcelState.CREATED,
    ParcelState.CANCELLED,
    ParcelState.PICKED_UP,
    ParcelState.IN_TRANSIT,
    ParcelState.CUSTOMS,
    ParcelState.OUT_FOR_DELIVERY,
    ParcelState.DELIVERY_FAILED,
    ParcelState.AWAITING_PICKUP,
    ParcelState.EXCEPTION,
    ParcelState.DELIVERED,
    ParcelState.RETURNING,
    ParcelState.RETURNED,
)
_ON_THE_WAY = frozenset(_PROGRESS[: _PROGRESS.index(ParcelState.EXCEPTION)])


@dataclass
class TrackingNumberTaken(ShopError):
    """The number belongs to another parcel of this shop; the facts name the place."""

    tracking_number: str
    order_id: int
    order_number: str
    shipped_at: datetime
    parcel_id: int


@dataclass
class AlreadyShipped(ShopError):
    """The order is on its way under another number."""

    order_id: int
    order_number: str
    tracking_number: str
    parcel_id: int


@dataclass
class OrderNumberUnknown(ShopError):
    """No order has this number; empty when a line names none."""

    order_number: str


@dataclass
class ParcelFinished(ShopError):
    """The parcel has arrived, so its number stays as it is."""

    parcel_id: int
    tracking_number: str


@dataclass(frozen=True, kw_only=True)
class Movement:
    """What a carrier reports: `words` and `place` are the carrier's own."""

    happened_at: datetime
    state: ParcelState
    words: str = ""
    place: str = ""

    @property
    def mark(self) -> tuple[datetime, ParcelState, str]:
        """What makes two reports the same: carriers repeat themselves with other seconds and blanks."""
        said = "".join((self.words or self.place).split())[:MOST_WORDS]
        return self.happened_at.replace(second=0, microsecond=0), self.state, said


@dataclass(eq=False, kw_only=True)
class ParcelEvent:
    """A movement on record."""

    id: int = field(init=False)
    parcel_id: int = field(init=False)
    happened_at: datetime
    state: ParcelState
    words: str
    place: str
    learned_at: datetime

    @property
    def movement(self) -> Movement:
        return Movement(happened_at=self.happened_at, state=self.state, words=self.words, place=self.place)

    @property
    def counts_at(self) -> datetime:
        """A carrier's clock may run ahead; a movement of tomorrow would hide a standstill."""
        return min(self.happened_at, self.learned_at)

    @property
    def order(self) -> tuple[datetime, int]:
        """By its own time; of two at the same time the one further along counts."""
        return self.counts_at, _PROGRESS.index(self.state)


@dataclass(eq=False, kw_only=True)
class Parcel:
    """One tracking number of one order. `quiet_since`: the last movement, or when the number was entered."""

    id: int = field(init=False)
    shop_id: int
    order_id: int
    tracking_number: str
    carrier_id: str
    shipped_at: datetime
    numbered_at: datetime
    numbered_by: int
    state: ParcelState = ParcelState.UNKNOWN
    last_moved_at: datetime | None = None
    quiet_since: datetime
    stall_told_for: datetime | None = None
    finished_at: datetime | None = None
    events: list[ParcelEvent] = field(default_factory=list)
    revision: int = field(init=False)

    @property
    def latest(self) -> ParcelEvent | None:
        return max(self.events, key=lambda event: event.order, default=None)

    @property
    def is_delivered(self) -> bool:
        return self.state is ParcelState.DELIVERED

    def learn(self, movement: Movement, *, at: datetime) -> bool:
        """Merge one report; False when it says nothing new. Reports come twice, late and out of order."""
        known = {event.movement.mark for event in self.events}
        if movement.state in NO_MOVEMENT or movement.mark in known:
            return False
        self.events.append(
            ParcelEvent(
                happened_at=movement.happened_at,
                state=movement.state,
                words=movement.words[:MOST_WORDS],
                place=movement.place[:MOST_WORDS],
                learned_at=at,
            )
        )
        self._settle()
        return True

    def stands_still(self, now: datetime, patience: timedelta) -> bool:
        return self.finished_at is None and now - self.quiet_since >= patience

    def correct(self, *, tracking_number: str, carrier_id: str, by: Speaker, at: datetime) -> None:
        """The number was mistyped. What was reported under the wrong number belonged to somebody else's parcel."""
        if (tracking_number, carrier_id) == (self.tracking_number, self.carrier_id):
            return
        if self.finished_at is not None:
            raise ParcelFinished(parcel_id=self.id, tracking_number=self.tracking_number)
        self.events.clear()
        self.tracking_number, self.carrier_id = tracking_number, carrier_id
        self.numbered_at, self.numbered_by = at, by.person_id
        self._settle()

    def _settle(self) -> None:
        """The latest event tells the state, but once delivered or on its way back a parcel is not "in transit" again."""
        latest = self.latest
        decisive = max((e for e in self.events if e.state in _DECISIVE), key=lambda event: event.order, default=None)
        telling = decisive if decisive and latest and latest.state in _ON_THE_WAY else latest
        self.state = telling.state if telling else ParcelState.UNKNOWN
        self.last_moved_at = latest.counts_at if latest else None
        self.quiet_since = max(self.last_moved_at or self.numbered_at, self.numbered_at)
        self.finished_at = telling.counts_at if telling and telling.state in FINISHED else None


def dispatched(
    *, shop_id: int, order_id: int, tracking_number: str, carrier_id: str, by: Speaker, at: datetime
) -> Parcel:
    """A parcel that has just been handed to its carrier."""
    return Parcel(
        shop_id=shop_id,
        order_id=order_id,
        tracking_number=tracking_number,
        carrier_id=carrier_id,
        shipped_at=at,
        numbered_at=at,
        numbered_by=by.person_id,
        quiet_since=at,
    )
