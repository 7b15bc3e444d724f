"""What a piece of work wants others to see: cards to refresh, cards to wake people with, words to send."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from shop.speakers import Permission


class CardKind(StrEnum):
    """The things that are shown as one living message per chat."""

    HOME = "home"
    SHOP = "shop"
    TEAM = "team"
    PRODUCT = "product"
    PRODUCTS = "products"
    PRODUCT_DRAFT = "product_draft"
    ORDER = "order"
    ORDERS = "orders"
    ADDRESS_DRAFT = "address_draft"
    DUE_ORDERS = "due_orders"
    ORDER_IMPORT = "order_import"
    PARCEL = "parcel"
    PARCELS = "parcels"
    QUESTION = "question"
    QUESTIONS = "questions"
    HELD_BACK = "held_back"
    QUICK_REPLIES = "quick_replies"

    def of(self, subject_id: int) -> "CardRef":
        return CardRef(self, subject_id)


@dataclass(frozen=True)
class CardRef:
    """Which card: its kind and the id of the thing it shows."""

    kind: CardKind
    subject_id: int


class Level(IntEnum):
    """How urgent a message is: taps are answered first, P2 and P3 make no sound."""

    TAP = -1
    REPLY = 0
    P0 = 1
    P1 = 2
    P2 = 3
    P3 = 4

    @property
    def silent(self) -> bool:
        return self >= Level.P2


@dataclass(frozen=True)
class Touch:
    """The thing has changed: refresh its card wherever it is shown."""

    card: CardRef


@dataclass(frozen=True, kw_only=True)
class Wake:
    """Show a card anew to the staff who hold a permission."""

    card: CardRef
    to: Permission
    level: Level
    view: str = ""


@dataclass(frozen=True)
class Attachment:
    """A photo or document: `source` is Telegram's id of it, or `stored:<hash>/<name>` for a file of our own store."""

    source: str
    is_photo: bool = True


@dataclass(frozen=True, kw_only=True)
class Tell:
    """Words, and perhaps pictures, for one person. `about`: the thing that a reply to them is meant for."""

    person_id: int
    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    level: Level = Level.P1
    attachments: tuple[Attachment, ...] = ()
    about: CardRef | None = None


News = Touch | Wake | Tell
