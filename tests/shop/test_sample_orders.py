"""Made-up orders are the same for the same number, and not all of them are in order."""

from datetime import UTC, datetime, timedelta

from shop.addresses import Flaw, check_recipient
from shop.recipients import read_recipient
from shop.sample_orders import Goods, sample_incoming

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
GOODS = (
    Goods(title="轻羽跑鞋", spec="海盐蓝 42", sku="R1-42", unit_price=45_900),
    Goods(title="纯棉T恤", spec="墨绿 L", sku="T1-L", unit_price=9_900),
)


def made(seed: int) -> object:
    return sample_incoming(seed, now=NOW, goods=GOODS, dispatch_within=timedelta(hours=48))


def test_the_same_number_makes_the_same_order() -> None:
    assert made(5) == made(5)
    assert made(5) != made(6)


def test_among_many_some_have_each_kind_of_trouble_and_most_have_none() -> None:
    orders = [sample_incoming(n, now=NOW, goods=GOODS, dispatch_within=timedelta(hours=48)) for n in range(200)]
    checks = [check_recipient(read_recipient(order.recipient)) for order in orders if order.recipient]
    flaws = {finding.flaw for check in checks for finding in check.flaws}
    assert flaws == {Flaw.PHONE_MISSING, Flaw.PHONE_WRONG, Flaw.DISTRICT_UNKNOWN}
    assert sum(check.is_fine for check in checks) > 120
    known = {article.title for article in GOODS}
    assert 5 < sum(any(line.title not in known for line in order.lines) for order in orders) < 60
    assert len({order.number for order in orders}) == len(orders)


def test_a_shop_without_goods_still_gets_orders() -> None:
    order = sample_incoming(1, now=NOW, goods=(), dispatch_within=timedelta(hours=48))
    assert order.lines
    assert order.dispatch_by == (order.placed_at or NOW) + timedelta(hours=48)
