"""The catalogue: put products on sale, pause them, find them."""

from collections.abc import Iterator

from shop.product_names import find_in_title
from shop.products import NewProduct, Product, ProductPhoto, ProductStatus, Variant
from shop.stock import StockChange, StockReason
from shop.variant_specs import find_variant
from storage.news import CardKind
from storage.work import Work


def add_product(work: Work, new: NewProduct) -> Product:
    """Put a product on sale, with its opening stock in the ledger."""
    product = _made_of(work, new)
    product.move_to(ProductStatus.ON_SALE, at=work.now)
    work.catalog.add(product)
    for variant in product.variants:
        _record_opening(work, variant)
    work.touch(CardKind.PRODUCTS.of(work.shop_id))
    work.touch(CardKind.HOME.of(work.shop_id))
    return product


def _made_of(work: Work, new: NewProduct) -> Product:
    return Product(
        shop_id=work.shop_id,
        category=new.category,
        brand=new.brand,
        model=new.model,
        currency=work.shop.currency,
        sale_price=new.sale_price,
        list_price=new.list_price,
        fabric=new.fabric,
        size_chart=new.size_chart,
        size_chart_source=new.size_chart_source,
        created_by=work.speaker.person_id,
        created_at=work.now,
        changed_at=work.now,
        variants=list(_variants(work, new)),
        photos=list(_photos(new)),
    )


def pause_product(work: Work, product_id: int) -> Product:
    """Nobody can order it for now; its stock stays."""
    return _move(work, product_id, ProductStatus.PAUSED)


def resume_product(work: Work, product_id: int) -> Product:
    return _move(work, product_id, ProductStatus.ON_SALE)


def retire_product(work: Work, product_id: int) -> Product:
    """It is not sold any more and leaves the list; orders keep it."""
    return _move(work, product_id, ProductStatus.RETIRED)


def match_variant(work: Work, *, sku: str, title: str, spec: str) -> Variant | None:
    """What an order line means: by article number, else by the product in its title and the colour and size in its spec."""
    if (by_code := work.catalog.find_by_code(sku.strip())) is not None:
        return by_code
    name = find_in_title(title, work.catalog.names) or find_in_title(f"{title} {spec}", work.catalog.names)
    return None if name is None else find_variant(work.catalog.get(name.id).variants, spec or title)


def _move(work: Work, product_id: int, status: ProductStatus) -> Product:
    product = work.catalog.get(product_id)
    if product.move_to(status, at=work.now):
        work.session.flush()
        work.touch(CardKind.PRODUCT.of(product.id))
        work.touch(CardKind.PRODUCTS.of(work.shop_id))
        work.touch(CardKind.HOME.of(work.shop_id))
    return product


def _variants(work: Work, new: NewProduct) -> Iterator[Variant]:
    for position, each in enumerate(new.variants):
        yield Variant(
            shop_id=work.shop_id,
            position=position,
            colour=each.colour,
            size=each.size,
            sku=each.sku,
            barcode=each.barcode,
            on_hand=each.on_hand,
        )


def _photos(new: NewProduct) -> Iterator[ProductPhoto]:
    for position, each in enumerate(new.photos):
        yield ProductPhoto(
            position=position, source=each.source, unique_id=each.unique_id, content_hash=each.content_hash
        )


def _record_opening(work: Work, variant: Variant) -> None:
    change = StockChange(
        shop_id=work.shop_id,
        variant_id=variant.id,
        reason=StockReason.OPENING,
        on_hand=variant.on_hand,
        reserved=0,
        person_id=work.speaker.person_id,
        at=work.now,
    )
    work.catalog.record(change)
