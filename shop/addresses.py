"""What looks wrong about a recipient: name, phone, address, in the order in which people check them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from shop.address_flaws import Finding, Flaw, Part
from shop.divisions import read_place
from shop.phones import Phone, PhoneKind, read_outer_phone, read_phone
from shop.place_checks import check_place
from shop.recipients import Recipient

SHORTEST_STREET = 3
_LETTER = re.compile(r"[^\W\d_]")
_DOOR = re.compile(r"\d|[号楼栋幢座室单元村组屯庄店铺院校学厂城园苑府湾座里弄巷公司站所馆厦店部]")


@dataclass(frozen=True)
class AddressCheck:
    """All findings; `is_fine` when nobody has to be asked."""

    findings: tuple[Finding, ...] = ()

    @property
    def flaws(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.is_hint)

    @property
    def is_fine(self) -> bool:
        return not self.flaws

    def of(self, part: Part) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.part == part)

    @property
    def suggested(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.suggestion)


def check_recipient(recipient: Recipient | None) -> AddressCheck:
    """A marketplace that keeps the recipient to itself leaves nothing to check."""
    if recipient is None:
        return AddressCheck()
    return AddressCheck((*_check_name(recipient.name), *_check_phone(recipient), *_check_address(recipient)))


def apply_suggestions(recipient: Recipient) -> Recipient:
    """Puts what was probably meant in the place of what was written; repeated, because a corrected city shows its districts."""
    for _ in range(3):
        corrected = recipient
        for finding in check_recipient(recipient).suggested:
            corrected = _with_suggestion(corrected, finding)
        if corrected == recipient:
            break
        recipient = corrected
    return recipient


def _with_suggestion(recipient: Recipient, finding: Finding) -> Recipient:
    match finding.flaw.split("_"):
        case ("city" | "district", "elsewhere"):
            place = read_place(finding.suggestion).place
            district = place.district or recipient.district
            return replace(recipient, province=place.province, city=place.city, district=district)
        case ("city", "retired"):
            return replace(recipient, city=finding.suggestion)
        case (("province" | "city" | "district") as part, _):
            return replace(recipient, **{part: finding.suggestion})
        case _:
            return recipient


def _check_name(name: str) -> Iterator[Finding]:
    if not name:
        yield Finding(Flaw.NAME_MISSING)
    elif "*" in name:
        yield Finding(Flaw.NAME_MASKED, name)
    elif not _LETTER.search(name):
        yield Finding(Flaw.NAME_WRONG, name)


def _check_phone(recipient: Recipient) -> Iterator[Finding]:
    match _phone_of(recipient).kind:
        case PhoneKind.MISSING:
            yield Finding(Flaw.PHONE_MISSING)
        case PhoneKind.WRONG:
            yield Finding(Flaw.PHONE_WRONG, recipient.phone)
        case PhoneKind.MASKED:
            yield Finding(Flaw.PHONE_MASKED, recipient.phone)
        case PhoneKind.RELAY:
            yield Finding(Flaw.PHONE_RELAYED, recipient.phone)
        case _:
            return


def _phone_of(recipient: Recipient) -> Phone:
    if recipient.is_outer:
        return read_outer_phone(recipient.phone)
    return read_phone(recipient.phone, is_chinese=recipient.is_chinese)


def _check_address(recipient: Recipient) -> Iterator[Finding]:
    if recipient.is_chinese:
        yield from check_place(recipient.place)
    if not recipient.street:
        yield Finding(Flaw.STREET_MISSING)
    elif "**" in recipient.street:
        yield Finding(Flaw.STREET_MASKED)
    elif recipient.is_chinese and not _is_findable(recipient.street):
        yield Finding(Flaw.STREET_VAGUE, recipient.street)


def _is_findable(street: str) -> bool:
    """A courier needs more than a road: a number, a building, a village, a shop."""
    return len(street) >= SHORTEST_STREET and _DOOR.search(street) is not None


__all__ = ["AddressCheck", "Finding", "Flaw", "Part", "apply_suggestions", "check_recipient"]
