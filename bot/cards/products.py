"""The card of a product with its shelf, and the list of all products."""

from collections.abc import Sequence
from itertools import groupby

from bot.buttons.products import DraftVerb, ProductButton, ProductDraftButton, ProductsButton, ProductsVerb, ProductVerb
from bot.callbacks import whole
from bot.cards import Card, card
from bot.formats import names
from bot.labels import L, Label, plain, sized
from bot.replies import Button, Row
from shop.products import Product, ProductStatus, Variant
from storage.news import CardKind
from storage.work import Work

names(
    {
        ProductStatus.DRAFT: "Draft",
        ProductStatus.IN_REVIEW: "In review",
        ProductStatus.REJECTED: "Rejected",
        ProductStatus.ON_SALE: "On sale",
        ProductStatus.PAUSED: "Paused",
        ProductStatus.RETIRED: "Taken off sale",
    }
)
A_PAGE = 6
_ON_A_SHELF_PAGE = 15
_IN_A_ROW = 3
_STEPS = (-1, 1, 5, 10)
_MOST_LOW = 8
_SOLD_OUT_MARK = "✕"


@card(CardKind.PRODUCT)
def product_card(work: Work, product_id: int, view: str) -> Card:
    """Faces: the product; `low` when stock is short; `shelf-<page>` to choose a variant; `variant-<id>`; `retire`."""
    product = work.catalog.get(product_id)
    face, _, arg = view.partition("-")
    chosen = [variant for variant in product.variants if str(variant.id) == arg] if face == "variant" else []
    if face == "variant" and not chosen:
        face = "shelf"
    low = [variant for variant in product.variants if variant.is_low(work.shop.warn_at)]
    facts = {
        "product": product,
        "face": face if face in ("low", "shelf", "variant", "retire") else "",
        "low": low,
        "chosen": chosen[0] if chosen else None,
        "shelf": _shelf(product, low),
    }
    return Card("products/card.html", facts, tuple(_keyboard(product, face, arg, chosen)))


@card(CardKind.PRODUCTS)
def products_card(work: Work, _shop_id: int, view: str) -> Card:
    """Faces: `page-<n>` of all products, and `low`: what is nearly sold out."""
    face, _, arg = view.partition("-")
    if face == "low":
        return _low_list(work)
    count = work.catalog.count()
    last = max(-(-count // A_PAGE), 1)
    page = min(max(whole(arg, 1), 1), last)
    rows = work.catalog.page(offset=(page - 1) * A_PAGE, limit=A_PAGE)
    opening: list[Row] = [(_open(row.id, _list_label(row.title, row.available, row.status)),) for row in rows]
    turning = tuple(
        Button(plain(sign), ProductsButton(verb=ProductsVerb.PAGE, arg=f"page-{target}"))
        for sign, target in (("‹", page - 1), ("›", page + 1))
        if 1 <= target <= last
    )
    facts = {"count": count, "page": page, "last": last, "rows": rows}
    return Card("products/list.html", facts, (*opening, turning, (_add(),), (_close_list(),)))


def _low_list(work: Work) -> Card:
    low = work.catalog.low()
    first = list(dict.fromkeys(each.product for each in low))[: A_PAGE - 1]
    opening: list[Row] = [(_open(product.id, plain(product.title)),) for product in first]
    everything = Button(L("All products"), ProductsButton(verb=ProductsVerb.PAGE, arg="page-1"))
    facts = {"low": low[:_MOST_LOW], "more": max(len(low) - _MOST_LOW, 0)}
    return Card("products/low.html", facts, (*opening, (everything,), (_close_list(),)))


def _shelf(product: Product, low: Sequence[Variant]) -> list[tuple[str, list[tuple[Variant, bool]]]]:
    """Colour by colour the variants, each with whether it is low."""
    grouped = groupby(product.variants, key=lambda variant: variant.colour)
    return [(colour, [(variant, variant in low) for variant in some]) for colour, some in grouped]


def _keyboard(product: Product, face: str, arg: str, chosen: list[Variant]) -> list[Row]:
    match face:
        case "variant" if chosen:
            return _variant_rows(product, chosen[0])
        case "shelf" | "variant":
            return _shelf_rows(product, whole(arg, 1) if face == "shelf" else 1)
        case "retire":
            sure = _button(product, L("Take it off sale for good"), ProductVerb.RETIRE_NOW, style="danger")
            return [(sure,), (_button(product, L("Back"), ProductVerb.OPEN),)]
    rows: list[Row] = []
    if product.status is not ProductStatus.RETIRED:
        rows = [(_button(product, L("Restock"), ProductVerb.SHELF, "1"), *_pause(product))]
    photos = (_button(product, L("Photos"), ProductVerb.PHOTOS),) if product.photos else ()
    retire = (
        (_button(product, L("Take off sale …"), ProductVerb.RETIRE),)
        if product.status is not ProductStatus.RETIRED
        else ()
    )
    everything = Button(L("All products"), ProductsButton(verb=ProductsVerb.PAGE, arg="page-1"))
    return [*rows, photos + retire, (everything, _button(product, L("Close"), ProductVerb.CLOSE))]


def _pause(product: Product) -> Row:
    match product.status:
        case ProductStatus.ON_SALE:
            return (_button(product, L("Pause"), ProductVerb.PAUSE),)
        case ProductStatus.PAUSED:
            return (_button(product, L("Resume"), ProductVerb.RESUME, style="success"),)
        case _:
            return ()


def _shelf_rows(product: Product, page: int) -> list[Row]:
    last = max(-(-len(product.variants) // _ON_A_SHELF_PAGE), 1)
    page = min(max(page, 1), last)
    some = product.variants[(page - 1) * _ON_A_SHELF_PAGE : page * _ON_A_SHELF_PAGE]
    buttons = [_button(product, _variant_label(variant), ProductVerb.VARIANT, str(variant.id)) for variant in some]
    rows: list[Row] = [tuple(buttons[at : at + _IN_A_ROW]) for at in range(0, len(buttons), _IN_A_ROW)]
    turning = tuple(
        _button(product, plain(sign), ProductVerb.SHELF, str(target))
        for sign, target in (("‹", page - 1), ("›", page + 1))
        if 1 <= target <= last
    )
    return [*rows, turning, (_button(product, L("Back"), ProductVerb.OPEN),)]


def _variant_rows(product: Product, variant: Variant) -> list[Row]:
    steps = tuple(
        _button(product, plain(f"{step:+d}".replace("-", "−")), ProductVerb.ADD, f"{variant.id}_{step}")
        for step in _STEPS
        if step > 0 or variant.available > 0
    )
    return [steps, (_button(product, L("Back"), ProductVerb.SHELF, "1"),)]


def _variant_label(variant: Variant) -> Label:
    return Label("{goods} · {n}", (("goods", sized(variant.label)), ("n", variant.available)))


def _list_label(title: str, available: int, status: ProductStatus) -> Label:
    mark = "⏸ " if status is ProductStatus.PAUSED else ""
    left = str(available) if available else _SOLD_OUT_MARK
    return plain(f"{mark}{title} · {left}")


def _open(product_id: int, label: Label) -> Button:
    return Button(label, ProductButton(id=product_id, verb=ProductVerb.OPEN))


def _add() -> Button:
    return Button(L("Add a product"), ProductDraftButton(verb=DraftVerb.NEW), style="success")


def _close_list() -> Button:
    return Button(L("Close"), ProductsButton(verb=ProductsVerb.CLOSE))


def _button(product: Product, label: Label, verb: ProductVerb, arg: str = "", *, style: str | None = None) -> Button:
    """Looking needs no revision, changing does."""
    looks = verb in (ProductVerb.OPEN, ProductVerb.SHELF, ProductVerb.VARIANT, ProductVerb.PHOTOS, ProductVerb.CLOSE)
    press = ProductButton(id=product.id, revision=0 if looks else product.revision, verb=verb, arg=arg)
    return Button(label, press, style=style)
