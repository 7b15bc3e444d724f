"""A shop's canned answers: short texts with a few blanks that are filled in once, never read again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from shop.errors import ShopError

LONGEST_TITLE = 30
LONGEST_TEXT = 1000
MOST_REPLIES = 50
LONGEST_FILLING = 100
LONGEST_RESULT = 3500
_BLANK = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")


class Blank(StrEnum):
    """What may stand in braces."""

    BUYER = "buyer"
    SHOP = "shop"
    ORDER = "order"
    TRACKING = "tracking"


_CHINESE_BLANKS = {
    "买家": Blank.BUYER,
    "店铺": Blank.SHOP,
    "订单": Blank.ORDER,
    "订单号": Blank.ORDER,
    "单号": Blank.TRACKING,
    "物流单号": Blank.TRACKING,
}


@dataclass
class UnknownBlank(ShopError):
    """Braces around a word that we cannot fill in; `known` are those that we can."""

    name: str
    known: tuple[str, ...] = tuple(Blank)


@dataclass
class NothingToFillIn(ShopError):
    """The reply speaks of something that this question has not, such as a tracking number before the parcel."""

    title: str
    blank: Blank


@dataclass
class QuickReplyTitleUnfit(ShopError):
    """No title, or more than fits on a button."""

    length: int
    longest: int = LONGEST_TITLE


@dataclass
class QuickReplyTextUnfit(ShopError):
    """No text, or too much of it."""

    length: int
    longest: int = LONGEST_TEXT


@dataclass
class QuickReplyTitleTaken(ShopError):
    """Two buttons with the same words could not be told apart."""

    title: str


@dataclass
class TooManyQuickReplies(ShopError):
    most: int = MOST_REPLIES


@dataclass(eq=False, kw_only=True)
class QuickReply:
    """One canned answer; `title` is the button, `text` what the buyer reads."""

    id: int = field(init=False)
    shop_id: int
    title: str
    text: str
    position: int
    revision: int = field(init=False)

    def retitle(self, title: str, among: Sequence["QuickReply"]) -> None:
        self.title = fit_title(title, [reply.title for reply in among if reply is not self])

    def rewrite(self, text: str) -> None:
        self.text = fit_text(text)

    def fill_in(self, facts: Mapping[Blank, str]) -> str:
        """The words for one buyer, in a single pass: braces inside a buyer's name stay what they are."""

        def filling(match: re.Match[str]) -> str:
            blank = _blank(match[1])
            found = facts.get(blank, "").strip()
            if not found:
                raise NothingToFillIn(self.title, blank)
            return found[:LONGEST_FILLING]

        return _BLANK.sub(filling, self.text)[:LONGEST_RESULT]


def fit_title(title: str, taken: Sequence[str]) -> str:
    """The title in one line, or why it will not do."""
    title = " ".join(title.split())
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise QuickReplyTitleUnfit(len(title))
    if title.casefold() in {other.casefold() for other in taken}:
        raise QuickReplyTitleTaken(title)
    return title


def fit_text(text: str) -> str:
    """The text with known blanks only, or why it will not do."""
    text = text.strip()
    if not 1 <= len(text) <= LONGEST_TEXT:
        raise QuickReplyTextUnfit(len(text))
    for name in _BLANK.findall(text):
        _blank(name)
    return text


def new_quick_reply(title: str, text: str, among: Sequence[QuickReply], *, shop_id: int) -> QuickReply:
    """One more canned answer, after those that are there."""
    if len(among) >= MOST_REPLIES:
        raise TooManyQuickReplies
    title = fit_title(title, [reply.title for reply in among])
    position = max((reply.position for reply in among), default=0) + 1
    return QuickReply(shop_id=shop_id, title=title, text=fit_text(text), position=position)


def move_up(reply: QuickReply, among: Sequence[QuickReply]) -> None:
    """One place nearer to the thumb; the first one stays where it is."""
    above = [other for other in among if other.position < reply.position]
    if above:
        neighbour = max(above, key=lambda other: other.position)
        reply.position, neighbour.position = neighbour.position, reply.position


def quick_replies_for_a_new_shop(language: str) -> tuple[tuple[str, str], ...]:
    """Title and text of the answers that every shop gives, for the merchant to change."""
    return _STARTERS_ZH if language.startswith("zh") else _STARTERS_EN


def _blank(name: str) -> Blank:
    word = name.strip()
    if word in _CHINESE_BLANKS:
        return _CHINESE_BLANKS[word]
    try:
        return Blank(word.lower())
    except ValueError:
        raise UnknownBlank(word) from None


_STARTERS_ZH = (
    ("在的", "{买家} 您好，在的，请问有什么可以帮您？"),
    ("何时发货", "{买家} 您好，付款后 48 小时内发货，发出后会把单号告诉您。"),
    ("已发货", "您好，订单 {订单} 已发货，物流单号 {单号}，请留意查收。"),
    ("尺码建议", "您好，按平时运动鞋的尺码选就可以；脚宽或脚背高建议大半码。"),
    ("退换货", "您好，签收后 7 天内、不影响二次销售可以退换。请把订单号和商品照片发给我们。"),
    ("感谢", "谢谢您光临{店铺}，祝您生活愉快！"),
)
_STARTERS_EN = (
    ("Hello", "Hello {buyer}, we are here. How can we help?"),
    ("When do you ship?", "Hello {buyer}, we ship within 48 hours of payment and send you the tracking number."),
    ("Shipped", "Hello, order {order} has been shipped. Tracking number: {tracking}."),
    ("Which size?", "Hello, your usual trainer size fits. With a wide foot, take half a size up."),
    ("Returns", "Hello, you can return it within 7 days if it is unworn. Please send the order number and a photo."),
    ("Thank you", "Thank you for shopping at {shop}. Have a lovely day!"),
)
