"""Whole articles in one cell, as WooCommerce's exports keep them: "sku|pieces|total" or "name:Cap|sku:C1|quantity:2|total:9.90"."""

from shop.incoming import IncomingLine
from shop.order_cells import minor_units, pieces

_NAMES = {"item": "name", "product": "name", "qty": "quantity", "price": "total", "product_id": "sku", "id": "sku"}
_LONGEST_TITLE, _LONGEST_SKU = 500, 64
_BY_PLACE = ("sku", "quantity", "total")


def read_item(text: str, currency: str) -> IncomingLine | None:
    """None for an empty cell; ValueError when neither a name nor a SKU is in it."""
    if not text:
        return None
    parts = _parts(text)
    title, sku = parts.get("name", ""), parts.get("sku", "")
    if not title and not sku:
        raise ValueError(text)
    count = pieces(parts.get("quantity", "")) or 1
    total = minor_units(parts.get("total", ""), currency)
    unit_price = total // count if total is not None and total % count == 0 else None
    return IncomingLine(
        title=(title or sku)[:_LONGEST_TITLE], sku=sku[:_LONGEST_SKU], quantity=count, unit_price=unit_price
    )


def _parts(text: str) -> dict[str, str]:
    cells = [cell.strip() for cell in text.split("|")]
    if all(":" not in cell for cell in cells):
        return dict(zip(_BY_PLACE, cells, strict=False))
    named: dict[str, str] = {}
    for place, cell in enumerate(cells):
        name, colon, value = cell.partition(":")
        known = _NAMES.get(name.strip().casefold(), name.strip().casefold())
        if colon:
            named.setdefault(known, value.strip())
        elif place < len(_BY_PLACE):
            named.setdefault(_BY_PLACE[place], cell)
    return named
