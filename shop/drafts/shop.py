"""What is being said about a shop: the name of a new one, or one rule of this one."""

from dataclasses import dataclass

from shop.shop_rules import ShopRule


@dataclass(frozen=True)
class NewShopAnswers:
    """The name is all that is asked; with it the shop is open."""


@dataclass(frozen=True)
class RuleAnswers:
    """A rule is waiting for its new value. `paused` is the draft that was open before and is taken up again afterwards."""

    rule: ShopRule
    paused: int | None = None
