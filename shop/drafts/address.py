"""An order's recipient that is being corrected."""

from dataclasses import dataclass, replace

from shop.addresses import AddressCheck, apply_suggestions, check_recipient
from shop.errors import ShopError
from shop.pasted import read_pasted
from shop.recipients import Recipient, read_recipient


@dataclass
class AddressUnclear(ShopError):
    """Neither a name nor a phone nor an address was found in what was said."""

    said: str


@dataclass(frozen=True)
class AddressDraft:
    """`before` is what the order says, `recipient` what it will say."""

    before: Recipient
    recipient: Recipient

    @property
    def check(self) -> AddressCheck:
        return check_recipient(self.recipient)

    @property
    def is_changed(self) -> bool:
        return self.recipient != self.before

    def with_words(self, text: str) -> "AddressDraft":
        """What was typed corrects the parts that it names."""
        return replace(self, recipient=corrected(self.recipient, text))

    def with_suggestions(self) -> "AddressDraft":
        return replace(self, recipient=apply_suggestions(self.recipient))


def corrected(recipient: Recipient, text: str) -> Recipient:
    """The recipient with what the text says about name, phone and address."""
    found = named_in(text)
    if found is None:
        raise AddressUnclear(text.strip())
    return recipient.corrected(found)


def named_in(text: str) -> Recipient | None:
    """What the text says about a recipient; None when it speaks of something else."""
    found = read_recipient(read_pasted(text))
    return None if found == Recipient() else found
