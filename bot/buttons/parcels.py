"""Buttons below parcels, the list of parcels, orders that are due, and a tracking number that is being entered."""

from enum import StrEnum
from typing import ClassVar

from bot.callbacks import LiveButton
from storage.news import CardKind


class ShipVerb(StrEnum):
    BEGIN = "b"
    STOP = "x"
    CARRIER = "c"
    CHOSEN = "o"


class ShipButton(LiveButton, prefix="sh"):
    """`id` is the order. `arg` is the carrier for CARRIER, the number and perhaps its carrier for CHOSEN."""

    card: ClassVar[CardKind | None] = CardKind.ORDER
    verb: ShipVerb


class ParcelVerb(StrEnum):
    OPEN = "o"
    CORRECT = "r"
    CARRIER = "c"
    STOP = "x"
    MISTAKE = "m"
    CALL_BACK = "n"


class ParcelButton(LiveButton, prefix="pa"):
    """`arg` is the carrier for CARRIER."""

    card: ClassVar[CardKind | None] = CardKind.PARCEL
    verb: ParcelVerb


class ParcelsVerb(StrEnum):
    TURN = "t"


class ParcelsButton(LiveButton, prefix="pal"):
    """`arg` is the face of the list."""

    verb: ParcelsVerb


class DueVerb(StrEnum):
    TURN = "t"


class DueButton(LiveButton, prefix="d"):
    """`arg` is the page."""

    verb: DueVerb
