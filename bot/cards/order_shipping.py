"""The buttons below an order that lead to its parcel: ship it, choose the carrier, see where it is."""

from bot.buttons.parcels import ParcelButton, ParcelVerb, ShipButton, ShipVerb
from bot.cards.carrier_names import carrier_rows
from bot.labels import L, Label
from bot.replies import Button, Keyboard
from shop.carriers import Carrier
from shop.orders import Order


def shipping(order: Order) -> Button:
    return _press(order, L("Ship"), ShipVerb.BEGIN, style="primary")


def open_parcel(parcel_id: int) -> Button:
    return Button(L("Parcel"), ParcelButton(verb=ParcelVerb.OPEN, id=parcel_id), style="primary")


def shipping_rows(order: Order, face: str, number: str) -> Keyboard:
    """While the number is asked for; on the face `carrier`, whose it may be."""
    back = (_press(order, L("Back"), ShipVerb.STOP),)
    if face != "carrier":
        return (back,)
    return (*carrier_rows(number, lambda name, carrier: _choose(order, name, carrier)), back)


def _press(order: Order, label: Label, verb: ShipVerb, *, style: str | None = None) -> Button:
    return Button(label, ShipButton(verb=verb, id=order.id, revision=order.revision), style=style)


def _choose(order: Order, name: Label, carrier: Carrier) -> Button:
    return Button(name, ShipButton(verb=ShipVerb.CARRIER, id=order.id, revision=order.revision, arg=carrier.id))
