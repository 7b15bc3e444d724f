"""What a new product's draft says no to. `written` is what the merchant wrote."""

from dataclasses import dataclass

from shop.drafts.product_gaps import Gap
from shop.errors import ShopError


@dataclass
class NotACategory(ShopError):
    written: str


@dataclass
class NotAPrice(ShopError):
    """No number, more than one, or smaller parts than the currency knows."""

    written: str


@dataclass
class PriceOutOfRange(ShopError):
    """`most` in minor units."""

    written: str
    most: int


@dataclass
class OtherCurrency(ShopError):
    written: str
    currency: str


@dataclass
class SalePriceAboveListPrice(ShopError):
    """Both in minor units."""

    sale_price: int
    list_price: int
    currency: str


@dataclass
class NotSizes(ShopError):
    written: str


@dataclass
class NotStock(ShopError):
    written: str
    size: str


@dataclass
class SizeTwice(ShopError):
    """`pieces` are those that the draft has for it already; None when the size stands twice in one message."""

    size: str
    pieces: int | None = None


@dataclass
class TooManyVariants(ShopError):
    count: int
    most: int


@dataclass
class WordsTooLong(ShopError):
    gap: Gap
    most: int


@dataclass
class SamePhotoTwice(ShopError):
    """`place` of the photo that is there already, counted from 1."""

    place: int


@dataclass
class TooManyPhotos(ShopError):
    most: int


@dataclass
class PhotosExpected(ShopError):
    have: int
    need: int


@dataclass
class DocumentInAlbum(ShopError):
    """A file came in an album, where only photos are looked at."""

    name: str


@dataclass
class PhotoSentAsFile(ShopError):
    name: str


@dataclass
class VoiceNotUnderstood(ShopError):
    """Voice messages are not listened to. `asked` is what was to be answered; None on the review card."""

    asked: Gap | None


@dataclass
class OnlyTextAndPhotos(ShopError):
    """A video, a sticker, a place: nothing of a product can be taken from it."""


@dataclass
class CannotSkip(ShopError):
    gap: Gap


@dataclass
class NothingUnderstood(ShopError):
    """On the review card: the words change nothing about the product."""

    written: str


@dataclass
class StillMissing(ShopError):
    """A product cannot go on sale yet."""

    gaps: tuple[Gap, ...]
