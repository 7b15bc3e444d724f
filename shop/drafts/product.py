"""The draft of a new product: what is known, what is missing, and how answers join it in any order."""

from dataclasses import dataclass, replace

from shop.drafts.product_gaps import Gap, asked_of, may_be_skipped
from shop.drafts.product_refusals import CannotSkip, SamePhotoTwice, StillMissing, TooManyPhotos
from shop.products import CATEGORIES, ONE_SIZE, Category, CategoryRules, NewPhoto, NewProduct, NewVariant
from shop.reading.said import SizeStock
from shop.reading.sizes import sort_key

_ANY_CATEGORY = CategoryRules()


@dataclass(frozen=True, kw_only=True)
class DraftPhoto:
    """`unique_id` stays the same when a photo is sent again; `content_hash` is known once the file has been fetched."""

    source: str
    unique_id: str
    album: str = ""
    content_hash: str = ""

    def is_same(self, other: "DraftPhoto") -> bool:
        same_content = bool(self.content_hash) and self.content_hash == other.content_hash
        return self.unique_id == other.unique_id or same_content


@dataclass(frozen=True, kw_only=True)
class ProductAnswers:
    """Prices in minor units. `each` waits for the sizes it belongs to. `revisiting` is an answer that is being changed."""

    currency: str = "CNY"
    category: Category | None = None
    brand: str = ""
    model: str = ""
    colours: tuple[str, ...] = ()
    sizes: tuple[SizeStock, ...] = ()
    each: int | None = None
    list_price: int | None = None
    sale_price: int | None = None
    photos: tuple[DraftPhoto, ...] = ()
    fabric: str = ""
    size_chart: str = ""
    size_chart_photo: DraftPhoto | None = None
    skipped: tuple[Gap, ...] = ()
    revisiting: Gap | None = None

    @property
    def rules(self) -> CategoryRules:
        return CATEGORIES[self.category] if self.category else _ANY_CATEGORY

    @property
    def title(self) -> str:
        return self.model if self.model.lower().startswith(self.brand.lower()) else f"{self.brand} {self.model}".strip()

    @property
    def pieces(self) -> int:
        return sum(variant.on_hand for variant in self.variants())

    def is_open(self, gap: Gap) -> bool:
        """Nothing is known about it yet, or not enough."""
        match gap:
            case Gap.STOCK:
                return not self.sizes or any(row.pieces is None for row in self.sizes)
            case Gap.PHOTOS:
                return len(self.photos) < self.rules.min_photos
            case Gap.SIZE_CHART:
                return not self.size_chart and self.size_chart_photo is None
            case Gap.COLOUR:
                return not self.colours and gap not in self.skipped
            case Gap.LIST_PRICE:
                return self.list_price is None and gap not in self.skipped
            case _:
                return not getattr(self, gap.value)

    def gaps(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in asked_of(self.rules) if self.is_open(gap))

    def first_gap(self) -> Gap | None:
        return next(iter(self.gaps()), None)

    @property
    def asked(self) -> Gap | None:
        """What the merchant is to answer now; None when only the review is left."""
        return self.revisiting or self.first_gap()

    @property
    def may_skip(self) -> bool:
        """An answer that is being changed may also stay as it is."""
        if self.revisiting is not None and not self.is_open(self.revisiting):
            return True
        return self.asked is not None and may_be_skipped(self.asked, self.rules)

    def skip(self) -> "ProductAnswers":
        if self.revisiting is not None and not self.is_open(self.revisiting):
            return replace(self, revisiting=None)
        if self.asked is None or not may_be_skipped(self.asked, self.rules):
            raise CannotSkip(self.asked or Gap.CATEGORY)
        if self.asked is Gap.SIZES:
            return replace(self, sizes=(SizeStock(ONE_SIZE, self.each),), revisiting=None)
        return replace(self, skipped=(*self.skipped, self.asked), revisiting=None)

    def back(self) -> "ProductAnswers":
        """Ask the question before this one again; what was answered stays until it is answered anew."""
        order = asked_of(self.rules)
        here = order.index(self.asked) if self.asked in order else len(order)
        return replace(self, revisiting=order[here - 1]) if here else self

    def revisit(self, gap: Gap) -> "ProductAnswers":
        return replace(self, revisiting=gap)

    def choose_category(self, category: Category) -> "ProductAnswers":
        revisiting = None if self.revisiting is Gap.CATEGORY else self.revisiting
        return replace(self, category=category, revisiting=revisiting)

    def add_photo(self, photo: DraftPhoto, *, is_size_chart: bool = False) -> "ProductAnswers":
        """A single photo that comes when the size chart was asked for is the chart; one of an album never is."""
        if is_size_chart or (self.asked is Gap.SIZE_CHART and not photo.album):
            revisiting = None if self.revisiting is Gap.SIZE_CHART else self.revisiting
            return replace(self, size_chart_photo=photo, size_chart="", revisiting=revisiting)
        for place, known in enumerate(self.photos, start=1):
            if known.is_same(photo):
                raise SamePhotoTwice(place)
        if len(self.photos) >= self.rules.max_photos:
            raise TooManyPhotos(self.rules.max_photos)
        return replace(self, photos=(*self.photos, photo))

    def without_last_photo(self) -> "ProductAnswers":
        return replace(self, photos=self.photos[:-1])

    def chart_is_a_photo(self) -> "ProductAnswers":
        """What was taken for the size chart shows the product."""
        if self.size_chart_photo is None:
            return self
        return replace(self, size_chart_photo=None).add_photo(replace(self.size_chart_photo, album="product"))

    def learn_content(self, unique_id: str, content_hash: str) -> "ProductAnswers":
        """The file is here: raises SamePhotoTwice when another photo of the draft has the same content."""
        for place, photo in enumerate(self.photos, start=1):
            if photo.unique_id != unique_id and photo.content_hash == content_hash:
                raise SamePhotoTwice(place)
        photos = (replace(p, content_hash=content_hash) if p.unique_id == unique_id else p for p in self.photos)
        return replace(self, photos=tuple(photos))

    def without_photo(self, unique_id: str) -> "ProductAnswers":
        return replace(self, photos=tuple(photo for photo in self.photos if photo.unique_id != unique_id))

    def variants(self) -> tuple[NewVariant, ...]:
        """Every colour in every size; a row for one colour wins over a row for all of them."""
        found: list[NewVariant] = []
        for colour in self.colours or ("",):
            rows = {row.size: row for row in self.sizes if not row.colour}
            rows |= {row.size: row for row in self.sizes if row.colour == colour}
            found += [NewVariant(colour, size, rows[size].pieces or 0) for size in sorted(rows, key=sort_key)]
        return tuple(found)

    def finish(self) -> NewProduct:
        """The product as it goes on sale; raises StillMissing."""
        missing = self.gaps()
        if missing or self.category is None or self.sale_price is None:
            raise StillMissing(missing)
        return NewProduct(
            category=self.category,
            brand=self.brand,
            model=self.model,
            variants=self.variants(),
            photos=tuple(NewPhoto(photo.source, photo.unique_id, photo.content_hash) for photo in self.photos),
            sale_price=self.sale_price,
            list_price=self.list_price,
            fabric=self.fabric,
            size_chart=self.size_chart,
            size_chart_source=self.size_chart_photo.source if self.size_chart_photo else "",
        )
