"""Carriers in words and on buttons: whose a tracking number may be, two in a row."""

from collections.abc import Callable

from bot.labels import Label, ProperName
from bot.replies import Button, Keyboard
from shop.carriers import Carrier, get_carrier, guess_carriers

IN_A_ROW = 2


def carrier_rows(number: str, button: Callable[[Label, Carrier], Button]) -> Keyboard:
    """A button for each carrier that may have issued the number; "another carrier" closes the list."""
    buttons = [button(name_of(each.id), each) for each in guess_carriers(number).choices]
    return tuple(tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW))


def name_of(carrier_id: str) -> Label:
    carrier = get_carrier(carrier_id)
    return ProperName(carrier.name_en, chinese=carrier.name)
