"""Orders for the tests of chats: a shop with shoes on its shelf, and orders that arrive."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services import orders
from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from shop.speakers import CLOCK
from storage.work import Work
from tests.bot.question_chats import open_shop
from tests.chat import House
from tests.services.shelves import put_on_sale, shoes

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SHOP_ID = 1
LI = IncomingRecipient(name="李静", phone="13800005678", street="北京市海淀区中关村大街1号")
PAIR = IncomingLine(title="Nike Air Jordan 1", spec="黑红 42", quantity=2, unit_price=89_900)
ORDER = IncomingOrder(
    source="taobao",
    number="351531001",
    lines=(PAIR,),
    recipient=LI,
    note="尽快发货，谢谢",
    total=179_800,
    dispatch_by=NOW + timedelta(hours=5),
)


def open_shoe_shop(house: House) -> None:
    """Ten pairs of Air Jordan 1 in 黑红 42, ten in 43."""
    open_shop(house)
    house.app.desk.do_now(lambda work: put_on_sale(_in_shop(work), shoes()))


async def arrives(house: House, incoming: IncomingOrder = ORDER) -> None:
    house.app.desk.do_now(lambda work: orders.accept_order(_in_shop(work), incoming))
    await house.settle()


def to(recipient: IncomingRecipient, number: str = "351531001") -> IncomingOrder:
    return replace(ORDER, recipient=recipient, number=number)


def stock(house: House, variant_id: int = 1) -> tuple[int, int]:
    """On hand and reserved."""

    def look(work: Work) -> tuple[int, int]:
        variant = _in_shop(work).catalog.get_variant(variant_id)
        return variant.on_hand, variant.reserved

    return house.app.desk.do_now(look)


def _in_shop(work: Work) -> Work:
    work.enter(speaker=CLOCK, shop=work.people.find_shop(SHOP_ID))
    return work
