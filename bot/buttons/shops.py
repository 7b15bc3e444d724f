"""Buttons of the settings card."""

from enum import StrEnum
from typing import ClassVar

from bot.callbacks import LiveButton
from shop.shop_rules import ShopRule
from storage.news import CardKind


class ShopVerb(StrEnum):
    OPEN = "o"
    ASK = "a"
    SET = "s"
    BACK = "b"
    LANGUAGE = "l"
    LEAVE = "v"
    LEAVE_NOW = "y"
    CLOSE = "c"


class ShopButton(LiveButton, prefix="s"):
    """`arg` is the rule for ASK, `rule.value` for SET, the language for LANGUAGE."""

    card: ClassVar[CardKind | None] = CardKind.SHOP
    verb: ShopVerb

    @property
    def rule(self) -> ShopRule | None:
        """None when the button does not name one, as a forged one would not."""
        word = self.arg.partition(".")[0]
        return ShopRule(word) if word in list(ShopRule) else None

    @property
    def value(self) -> str:
        return self.arg.partition(".")[2]
