"""Goods for tests: a shop with shoes on its shelf."""

from services import catalog
from shop.products import Category, NewPhoto, NewProduct, NewVariant
from storage.work import Work

PHOTOS = tuple(NewPhoto(f"photo-{n}", f"unique-{n}", f"hash-{n}") for n in range(3))


def shoes(
    brand: str = "Nike",
    model: str = "Air Jordan 1",
    *,
    colours: tuple[str, ...] = ("黑红",),
    sizes: tuple[str, ...] = ("42", "43"),
    each: int = 10,
    sku: str = "",
) -> NewProduct:
    return NewProduct(
        category=Category.SHOES,
        brand=brand,
        model=model,
        variants=tuple(
            NewVariant(colour, size, each, sku=f"{sku}-{colour}-{size}" if sku else "")
            for colour in colours
            for size in sizes
        ),
        photos=PHOTOS,
        sale_price=89_900,
        list_price=129_900,
        size_chart="42 = 265 mm",
    )


def put_on_sale(work: Work, product: NewProduct | None = None) -> tuple[int, list[int]]:
    """The product's id and the ids of its variants."""
    added = catalog.add_product(work, product or shoes())
    return added.id, [variant.id for variant in added.variants]
