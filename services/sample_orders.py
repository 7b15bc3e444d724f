"""Orders that arrive by themselves, to try the shop out."""

from collections.abc import Iterator

from services.orders import accept_order
from shop.incoming import IncomingOrder
from shop.products import ProductStatus
from shop.sample_orders import Goods, sample_incoming
from storage.work import Work

MOST_PRODUCTS = 20


def let_order_arrive(work: Work) -> IncomingOrder:
    """The next made-up order, of the shop's own goods; now and then something is wrong with it."""
    seed = work.shop_id * 1_000 + sum(work.orders.counts().values())
    within = work.shop.dispatch_within
    incoming = sample_incoming(seed, now=work.now, goods=list(_goods(work)), dispatch_within=within)
    accept_order(work, incoming)
    return incoming


def _goods(work: Work) -> Iterator[Goods]:
    for row in work.catalog.page(offset=0, limit=MOST_PRODUCTS):
        if row.status is ProductStatus.ON_SALE:
            product = work.catalog.get(row.id)
            for variant in product.variants:
                yield Goods(title=product.title, spec=variant.label, sku=variant.sku, unit_price=product.sale_price)
