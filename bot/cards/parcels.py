"""The card of one parcel: its number, where it is, how long it has stood still, and what can be done."""

from bot.buttons.orders import OrderButton, OrderVerb
from bot.buttons.parcels import ParcelButton, ParcelsButton, ParcelsVerb, ParcelVerb
from bot.cards import Card, card
from bot.cards.carrier_names import carrier_rows, name_of
from bot.formats import names
from bot.labels import L, Label
from bot.replies import Button, CopyText, Keyboard, Show
from shop.carriers import Carrier
from shop.drafts.draft import Draft
from shop.parcels import Parcel, ParcelState
from storage.news import CardKind
from storage.work import Work

names(
    {
        ParcelState.CREATED: "Announced",
        ParcelState.PICKED_UP: "Picked up",
        ParcelState.IN_TRANSIT: "On its way",
        ParcelState.OUT_FOR_DELIVERY: "Out for delivery",
        ParcelState.AWAITING_PICKUP: "Waits to be collected",
        ParcelState.DELIVERED: "Arrived",
        ParcelState.DELIVERY_FAILED: "Delivery failed",
        ParcelState.EXCEPTION: "Something is wrong",
        ParcelState.RETURNING: "On its way back",
        ParcelState.RETURNED: "Came back",
        ParcelState.CUSTOMS: "At the customs",
        ParcelState.CANCELLED: "Cancelled by the carrier",
        ParcelState.EXPIRED: "No news",
        ParcelState.UNKNOWN: "No movement yet",
    }
)
CHOOSING = "carrier:"


@card(CardKind.PARCEL)
def parcel_card(work: Work, parcel_id: int, view: str) -> Card:
    """Faces: as it stands, `mistake` (asks once more), `number` (asks for the right one), `carrier:<number>`."""
    parcel = work.parcels.get(parcel_id)
    face = "" if parcel.finished_at is not None else view.partition(":")[0]
    number = view.removeprefix(CHOOSING) if face == "carrier" else ""
    facts = {
        "parcel": parcel,
        "carrier": name_of(parcel.carrier_id),
        "order": work.orders.get(parcel.order_id),
        "stands_still": parcel.stands_still(work.now, work.shop.parcel_patience),
        "face": face,
        "number": number,
    }
    return Card("parcels/card.html", facts, _keyboard(parcel, face, number))


def result(work: Work, outcome: Parcel | Draft) -> Show:
    """The parcel that has left under the number that was typed, or the card that asks whose number it is."""
    match outcome:
        case Parcel() as parcel:
            return Show(CardKind.PARCEL.of(parcel.id), view="")
        case draft:
            order_id, answers = draft.subject_id or 0, draft.answers
            there = work.parcels.id_of_order(order_id) if answers.corrects else None
            card_shown = CardKind.ORDER.of(order_id) if there is None else CardKind.PARCEL.of(there)
            return Show(card_shown, view=f"{CHOOSING}{answers.number}")


def _keyboard(parcel: Parcel, face: str, number: str) -> Keyboard:
    back = (_press(parcel, L("Back"), ParcelVerb.STOP),)
    match face:
        case "mistake":
            undo = _press(parcel, L("Not shipped: order waits again"), ParcelVerb.CALL_BACK, style="danger")
            return (undo,), back
        case "number":
            return (back,)
        case "carrier":
            return (*carrier_rows(number, lambda name, each: _choose(parcel, name, each)), back)
    return _actions(parcel)


def _actions(parcel: Parcel) -> Keyboard:
    copy = Button(L("Copy the number"), CopyText(parcel.tracking_number))
    order = Button(L("Open the order"), OrderButton(verb=OrderVerb.OPEN, id=parcel.order_id))
    every = Button(L("All parcels"), ParcelsButton(verb=ParcelsVerb.TURN))
    if parcel.finished_at is not None:
        return (copy, order), (every,)
    slips = (
        _press(parcel, L("Correct the number"), ParcelVerb.CORRECT),
        _press(parcel, L("Entered by mistake"), ParcelVerb.MISTAKE),
    )
    return (copy, order), slips, (every,)


def _press(parcel: Parcel, label: Label, verb: ParcelVerb, *, style: str | None = None) -> Button:
    return Button(label, ParcelButton(verb=verb, id=parcel.id, revision=parcel.revision), style=style)


def _choose(parcel: Parcel, name: Label, carrier: Carrier) -> Button:
    press = ParcelButton(verb=ParcelVerb.CARRIER, id=parcel.id, revision=parcel.revision, arg=carrier.id)
    return Button(name, press)
