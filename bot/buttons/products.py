"""Buttons below products, the list of products, and a product that is being drafted."""

from enum import StrEnum
from typing import ClassVar

from bot.callbacks import LiveButton, whole
from storage.news import CardKind


class DraftVerb(StrEnum):
    SAY = "s"
    SKIP = "k"
    BACK = "b"
    EDIT = "e"
    ASK = "a"
    CHART_IS_PHOTO = "c"
    REMOVE_PHOTO = "m"
    PUBLISH = "p"
    LEAVE = "l"
    KEEP = "w"
    THROW_AWAY = "x"
    GO_ON = "g"
    NEW = "n"


class ProductDraftButton(LiveButton, prefix="pd"):
    """`id` is the draft. `arg` is what SAY says in the merchant's place, or the question that ASK asks again."""

    card: ClassVar[CardKind | None] = CardKind.PRODUCT_DRAFT
    verb: DraftVerb


class ProductVerb(StrEnum):
    OPEN = "o"
    SHELF = "s"
    VARIANT = "v"
    ADD = "a"
    PAUSE = "p"
    RESUME = "r"
    RETIRE = "t"
    RETIRE_NOW = "n"
    PHOTOS = "f"
    CLOSE = "c"


class ProductButton(LiveButton, prefix="p"):
    """`id` is the product. `arg`: the page of the SHELF, the VARIANT, or for ADD the variant and the pieces: 12_10."""

    card: ClassVar[CardKind | None] = CardKind.PRODUCT
    verb: ProductVerb

    @property
    def numbers(self) -> tuple[int, int]:
        """The variant and the pieces; zeros for nonsense."""
        variant, _, pieces = self.arg.partition("_")
        return whole(variant), whole(pieces)


class ProductsVerb(StrEnum):
    PAGE = "p"
    CLOSE = "c"


class ProductsButton(LiveButton, prefix="pl"):
    """`arg` is the face of the list: `page-2` or `low`."""

    verb: ProductsVerb
