from datetime import UTC, datetime, timedelta

from shop.products import CATEGORIES, Category, Demand
from shop.sample_shop import SAMPLE_PRODUCTS, sample_orders
from shop.shops import WARN_AT

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def test_every_category_is_represented() -> None:
    assert {product.category for product in SAMPLE_PRODUCTS} == set(Category)


def test_every_sample_product_has_what_its_category_demands() -> None:
    for product in SAMPLE_PRODUCTS:
        demands = CATEGORIES[product.category].demands
        assert product.fabric or Demand.FABRIC not in demands
        assert product.size_chart or Demand.SIZE_CHART not in demands


def test_every_size_has_its_stock_and_no_price_is_above_the_list_price() -> None:
    for product in SAMPLE_PRODUCTS:
        assert all(len(colour.stock) == len(product.sizes) for colour in product.colours)
        assert product.sale_price < product.list_price


def test_some_stock_is_one_sale_from_the_warning_line_and_some_is_far() -> None:
    stock = [pieces for product in SAMPLE_PRODUCTS for colour in product.colours for pieces in colour.stock]
    assert WARN_AT + 1 in stock
    assert 0 in stock
    assert max(stock) > 4 * WARN_AT


def test_every_line_of_a_sample_order_names_a_variant_of_the_sample_shop() -> None:
    variants = {
        (product.title, f"{colour.name} {size}", product.sale_price)
        for product in SAMPLE_PRODUCTS
        for colour in product.colours
        for size in product.sizes
    }
    for order in sample_orders(NOON):
        assert {(line.title, line.spec, line.unit_price) for line in order.lines} <= variants


def test_sample_orders_have_numbers_of_their_own_and_are_due_soon() -> None:
    orders = list(sample_orders(NOON))
    assert len({order.number for order in orders}) == len(orders)
    for order in orders:
        assert order.placed_at is not None
        assert order.dispatch_by is not None
        assert order.placed_at <= NOON < order.dispatch_by <= NOON + timedelta(hours=48)
