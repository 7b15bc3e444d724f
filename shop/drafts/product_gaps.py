"""What is asked about a new product, in this order, and what may be skipped."""

from enum import StrEnum

from shop.products import CategoryRules, Demand


class Gap(StrEnum):
    CATEGORY = "category"
    BRAND = "brand"
    MODEL = "model"
    COLOUR = "colour"
    SIZES = "sizes"
    STOCK = "stock"
    LIST_PRICE = "list_price"
    SALE_PRICE = "sale_price"
    PHOTOS = "photos"
    FABRIC = "fabric"
    SIZE_CHART = "size_chart"


def asked_of(rules: CategoryRules) -> tuple[Gap, ...]:
    """The questions that goods of such a category raise."""
    demanded = {Gap.FABRIC: Demand.FABRIC in rules.demands, Gap.SIZE_CHART: Demand.SIZE_CHART in rules.demands}
    return tuple(gap for gap in Gap if demanded.get(gap, True))


def may_be_skipped(gap: Gap, rules: CategoryRules) -> bool:
    match gap:
        case Gap.LIST_PRICE:
            return True
        case Gap.SIZES:
            return rules.sizes_optional
        case Gap.COLOUR:
            return rules.colour_optional
        case _:
            return False
