"""Buttons below orders, the list of orders, and a recipient that is being corrected."""

from enum import StrEnum
from typing import ClassVar

from bot.callbacks import LiveButton
from storage.news import CardKind


class OrderVerb(StrEnum):
    OPEN = "o"
    CONFIRM = "c"
    TAKE_BACK = "b"
    CORRECT = "r"
    EDIT = "e"
    ASK = "a"
    TAKE_ANSWER = "w"
    CANCEL = "x"
    CANCEL_NOW = "n"
    RESTORE = "u"
    FORGET = "f"
    FORGET_NOW = "g"


class OrderButton(LiveButton, prefix="o"):
    card: ClassVar[CardKind | None] = CardKind.ORDER
    verb: OrderVerb


class OrdersVerb(StrEnum):
    OPEN = "o"
    TURN = "t"


class OrdersButton(LiveButton, prefix="ol"):
    """`arg` is the face of the list that TURN leads to, such as `to_check-2`."""

    verb: OrdersVerb


class AddressVerb(StrEnum):
    CORRECT = "r"
    SAVE = "s"
    DROP = "d"


class AddressButton(LiveButton, prefix="oa"):
    """`id` is the draft that holds the correction."""

    card: ClassVar[CardKind | None] = CardKind.ADDRESS_DRAFT
    verb: AddressVerb
