"""Who gets the parcel: name, phone and address, split into parts and still as the buyer meant them."""

import re
from dataclasses import dataclass, fields, replace

from shop.divisions import Place, Reading, atlas, read_place, read_unknown
from shop.divisions.atlas import OUTER_PROVINCES
from shop.incoming import IncomingRecipient
from shop.phones import mask_name, mask_phone, read_outer_phone, read_phone

CHINA = "CN"
_CHINA_WORDS = frozenset({"cn", "chn", "china", "中国", "中国大陆", "中华人民共和国", "p.r. china", "prc"})
_OUTER_COUNTRIES = {
    "hk": "香港特别行政区", "hong kong": "香港特别行政区", "香港": "香港特别行政区", "中国香港": "香港特别行政区",
    "mo": "澳门特别行政区", "macao": "澳门特别行政区", "macau": "澳门特别行政区", "澳门": "澳门特别行政区", "中国澳门": "澳门特别行政区",
    "tw": "台湾省", "taiwan": "台湾省", "台湾": "台湾省", "中国台湾": "台湾省",
}  # fmt: skip
_POSTCODE = re.compile(r"[(（\[]?(?:邮编[:：]?)?\s*(?<!\d)(\d{6})(?!\d)\s*[)）\]]?\s*$")
_NO_NAMES = frozenset({"", "县", "其他", "其它", "其他区", "-", "/"})
_NO_POSTCODE = frozenset({"000000", "0"})
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
_CHINESE_SIGN = re.compile(r"[一-鿿]")


@dataclass(frozen=True)
class Recipient:
    """`country` is CN or what the source wrote for another one; names of divisions are today's full ones where they were understood."""

    name: str = ""
    phone: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    postcode: str = ""
    country: str = CHINA

    @property
    def place(self) -> Place:
        return Place(self.province, self.city, self.district)

    @property
    def is_chinese(self) -> bool:
        return self.country == CHINA

    @property
    def is_outer(self) -> bool:
        """Hong Kong, Macao or Taiwan: other phones, no districts to insist on."""
        return self.is_chinese and self.province in OUTER_PROVINCES

    @property
    def address(self) -> str:
        """The address in one line, as on a label."""
        if self.is_chinese:
            return f"{self.place.joined()}{self.street}"
        parts = (self.street, self.district, self.city, self.province, self.postcode, self.country)
        return ", ".join(part for part in parts if part)

    @property
    def masked(self) -> "Recipient":
        """For groups and screens that others see."""
        return replace(
            self, name=mask_name(self.name), phone=mask_phone(self.phone), street="****" if self.street else ""
        )

    def corrected(self, other: "Recipient") -> "Recipient":
        """This recipient with every part that `other` names; a new province or city throws out what lay below the old one."""
        named = {
            field.name: value
            for field in fields(other)
            if (value := getattr(other, field.name)) and field.name != "country"
        }
        base = self
        if other.place != Place() and not _lies_within(other.place, self.place):
            base = replace(self, province="", city="", district="", street="", postcode="")
        return replace(base, **named)


def _lies_within(new: Place, old: Place) -> bool:
    """Whether the new names only fill or change the parts below those that both know."""
    return not (new.province and new.province != old.province) and not (new.city and new.city != old.city)


def read_recipient(written: IncomingRecipient) -> Recipient:
    """Divisions into their parts, phones and blanks into their plain form; nothing that was written is thrown away."""
    country = _read_country(written)
    if country != CHINA:
        return _read_foreign(written, country)
    written = _with_outer_province(written)
    reading = _read_parts(written)
    street, postcode = _split_postcode(reading.rest, written.postcode)
    place = reading.place
    return Recipient(
        name=_clean(written.name),
        phone=_plain_phone(written.phone, is_outer=place.province in OUTER_PROVINCES),
        province=place.province,
        city=place.city,
        district=place.district,
        street=street,
        postcode=postcode,
    )


def _read_country(written: IncomingRecipient) -> str:
    country = _clean(written.country)
    if country.lower() in _CHINA_WORDS or country.lower() in _OUTER_COUNTRIES:
        return CHINA
    address = f"{written.province}{written.city}{written.district}{written.street}"
    if not country and (not address.strip() or _CHINESE_SIGN.search(address) or "*" in address):
        return CHINA
    return country


def _read_foreign(written: IncomingRecipient, country: str) -> Recipient:
    parts = {field.name: _clean(getattr(written, field.name)) for field in fields(written)}
    phone = read_phone(written.phone, is_chinese=False).written
    return Recipient(**{**parts, "country": country, "phone": phone})


def _with_outer_province(written: IncomingRecipient) -> IncomingRecipient:
    province = _OUTER_COUNTRIES.get(_clean(written.country).lower())
    return replace(written, province=province) if province and not written.province else written


def _read_parts(written: IncomingRecipient) -> Reading:
    """The parts that the source keeps apart one after the other, then whatever the street line still says about the place."""
    place, leftovers = Place(), ""
    for level, text in (
        ("province", _by_letters(written.province)),
        ("city", written.city),
        ("district", written.district),
    ):
        place, leftover = _read_part(place, level, _clean(text))
        leftovers += leftover
    reading = read_place(leftovers + _clean(written.street), _trusted(place))
    return read_unknown(Reading(_filled(place, reading.place), reading.rest))


def _read_part(place: Place, level: str, text: str) -> tuple[Place, str]:
    """The place with this part, and what stands in the part beyond a name."""
    if text in _NO_NAMES:
        return place, ""
    reading = read_place(text, _trusted(place))
    filled = _filled(place, reading.place)
    if reading.rest and not getattr(filled, level):
        return replace(filled, **{level: reading.rest}), ""
    return filled, reading.rest


def _filled(place: Place, found: Place) -> Place:
    return Place(place.province or found.province, place.city or found.city, place.district or found.district)


def _trusted(place: Place) -> Place:
    """As much of the place as the atlas knows; below an unknown name nothing can be told."""
    province = atlas().find_province(place.province)
    if province is None:
        return Place()
    if place.city and not province.find_city(place.city):
        return Place(place.province)
    return place


def _by_letters(text: str) -> str:
    """BJ, CN-BJ -> 北京市."""
    letters = _clean(text).upper().removeprefix("CN-")
    return next((province.name for province in atlas().provinces if province.letters == letters), text)


def _plain_phone(text: str, *, is_outer: bool) -> str:
    phone = read_outer_phone(text) if is_outer else read_phone(text)
    return phone.written


def _split_postcode(street: str, postcode: str) -> tuple[str, str]:
    found = _POSTCODE.search(street)
    if found and (found[0].strip().startswith(("(", "（", "[", "邮")) or found[1] == postcode):
        street, postcode = street[: found.start()].rstrip(" ,，"), postcode or found[1]
    code = _clean(postcode)
    return street, "" if code in _NO_POSTCODE else code


def _clean(text: str) -> str:
    """Full-width digits and letters to plain ones, any run of blanks to one."""
    return " ".join(text.translate(_PLAIN).split()).lstrip("'")
