"""A tracking number that is being entered for an order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TrackingDraft:
    """`number` waits for its carrier. `corrects`: the order has left, and its number was mistyped."""

    number: str = ""
    corrects: bool = False
