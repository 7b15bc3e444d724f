"""The sample shop: opened with one tap, filled with goods and orders, thrown away with another tap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services import catalog, orders
from services.posts import enter_shop, go_on_elsewhere, leave_post
from services.shops import found_shop
from shop.errors import ShopError
from shop.products import NewPhoto, NewProduct, NewVariant
from shop.sample_shop import HURRIED, SAMPLE_NAMES, SAMPLE_PRODUCTS, SAMPLE_SOURCE, SampleProduct, sample_orders
from shop.shops import Shop
from storage.news import CardKind
from storage.work import Work


@dataclass(frozen=True)
class DrawPictures:
    """Wanted: the product pictures of the sample shop, which takes too long to be done at the desk."""


@dataclass
class NotASample(ShopError):
    """Only a sample shop can be thrown away."""

    shop_name: str


def try_sample_shop(work: Work) -> Shop:
    """The speaker's sample shop; whoever has one already goes there."""
    for post in work.shops.posts(work.speaker.person_id):
        if post.is_sample and (there := work.people.find_shop(post.shop_id)) is not None:
            enter_shop(work, there, post.role)
            return there
    shop = found_shop(work, SAMPLE_NAMES[work.speaker.language], is_sample=True)
    work.errands.leave(DrawPictures())
    return shop


def fill_sample_shop(work: Work, pictures: Sequence[Sequence[str]]) -> None:
    """Goods with their pictures (hashes, product by product), and orders. A shop thrown away meanwhile stays away."""
    if not work.in_shop or not work.shop.is_sample or work.shops.priced_products():
        return
    for number, sample in enumerate(SAMPLE_PRODUCTS):
        catalog.add_product(work, _new_product(sample, pictures[number] if pictures else ()))
    work.session.flush()
    orders.accept_orders(work, list(sample_orders(work.now)))
    hurried = work.orders.find_by_number(list(sample_orders(work.now))[HURRIED].number, source=SAMPLE_SOURCE)
    if hurried is not None:
        orders.confirm_address(work, hurried.id)
    work.touch(CardKind.HOME.of(work.shop_id))


def throw_away_sample_shop(work: Work) -> list[int]:
    """The shop with everything in it, for everybody; gives whom it concerned. The speaker goes on elsewhere."""
    if not work.shop.is_sample:
        raise NotASample(work.shop.name)
    people = [each.person_id for each in work.members.colleagues()]
    work.shops.throw_away()
    work.enter(speaker=work.speaker, shop=None)
    for person_id in people:
        person = work.people.find(person_id)
        if person is not None:
            leave_post(work, person)
    work.session.flush()
    go_on_elsewhere(work)
    return people


def _new_product(sample: SampleProduct, hashes: Sequence[str]) -> NewProduct:
    return NewProduct(
        category=sample.category,
        brand=sample.brand,
        model=sample.model,
        variants=tuple(_variants(sample)),
        photos=tuple(
            NewPhoto(source=f"stored:{name}/{number}.jpg", content_hash=name)
            for number, name in enumerate(hashes, start=1)
        ),
        sale_price=sample.sale_price,
        list_price=sample.list_price,
        fabric=sample.fabric,
        size_chart=sample.size_chart,
    )


def _variants(sample: SampleProduct) -> Iterator[NewVariant]:
    for colour in sample.colours:
        for size, pieces in zip(sample.sizes, colour.stock, strict=True):
            yield NewVariant(colour=colour.name, size=size, on_hand=pieces)
