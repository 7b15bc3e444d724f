"""Orders and parcels for the tests of services."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services import orders
from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from storage.news import CardKind, Wake
from storage.work import Work
from tests.books import Books

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
SF, YT = "SF1234567890123", "YT1234567890123"
PAIR = IncomingLine(title="Nike Air Jordan 1", spec="黑红 42", quantity=2, unit_price=89_900)
LI = IncomingRecipient(name="李静", phone="13800005678", street="北京市海淀区中关村大街1号")
ORDER = IncomingOrder(source="taobao", number="1", lines=(PAIR,), recipient=LI, dispatch_by=NOW + timedelta(days=30))


def arrives(books: Books, shop_id: int, number: str, *, confirmed: bool = True, due_in: float | None = None) -> int:
    """The order's id. `due_in` hours from now."""
    incoming = replace(ORDER, number=number)
    if due_in is not None:
        incoming = replace(incoming, dispatch_by=books.clock() + timedelta(hours=due_in))

    def job(work: Work) -> int:
        orders.accept_order(work, incoming)
        order = work.orders.find_by_number(number)
        assert order is not None
        if confirmed:
            orders.confirm_address(work, order.id)
        return order.id

    return books.do(job, shop=shop_id)


def woken(work: Work) -> list[CardKind]:
    """Which cards this work wakes people with."""
    return [news.card.kind for news, _ in work.news if isinstance(news, Wake)]
