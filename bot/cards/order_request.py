"""What a buyer is asked about an order, in words that the merchant can copy: at most 256 signs with the link."""

from bot.identity import start_link
from bot.labels import L, Label
from shop.addresses import AddressCheck, Finding, Flaw
from shop.orders import Order

ASK_LINK = "ask-"
MOST_ASKED = 3
LONGEST_NAME = 12
_WHERE = L("province and city are missing in the address")
_STREET = L("street and house number are not complete")
_ASKS = {
    Flaw.NAME_MISSING: L("the recipient's name is missing"),
    Flaw.NAME_WRONG: L("the recipient's name is missing"),
    Flaw.PHONE_MISSING: L("the phone number is missing"),
    Flaw.PHONE_WRONG: L("the phone number has a digit too few or too many"),
    Flaw.PROVINCE_MISSING: _WHERE,
    Flaw.CITY_MISSING: _WHERE,
    Flaw.DISTRICT_MISSING: L("the district is missing in the address"),
    Flaw.STREET_MISSING: _STREET,
    Flaw.STREET_VAGUE: _STREET,
}


def buyer_request(order: Order, check: AddressCheck) -> Label:
    """No personal part of the recipient is repeated: somebody else might read it."""
    asked = list(dict.fromkeys(_ask(finding) for finding in check.flaws))[:MOST_ASKED]
    what = _joined(asked or [L("please check name, phone and address")])
    return L(
        "Hello! Your order {number}: {what}. Please reply with the right one, or tell us here: {link}",
        number=order.number,
        what=what,
        link=start_link(f"{ASK_LINK}{order.ask_code}"),
    )


def _ask(finding: Finding) -> Label:
    place = L("we cannot find {place} in the address", place=finding.written[:LONGEST_NAME])
    return _ASKS.get(finding.flaw, place)


def _joined(words: list[Label]) -> Label:
    joined = words[0]
    for word in words[1:]:
        joined = L("{one}; {other}", one=joined, other=word)
    return joined
