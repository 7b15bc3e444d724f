"""The carriers a shop ships with, and whose a tracking number may be."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from shop.errors import ShopError

OTHER = "other"
COMMON = ("sf", "zto", "yto", "sto", "yunda", "jt", "jd", "ems", "chinapost", "deppon")
MOST_CHOICES = 9
_KIND_OF_FIRM = re.compile(r"(快递包裹|快递|速递|物流|速运|快运|快件|公司|express)+$", re.IGNORECASE)


@dataclass
class UnknownCarrier(ShopError):
    """No carrier goes by that name."""

    text: str


@dataclass
class CarrierUnclear(ShopError):
    """Several carriers could have issued the number, or none that we know: a person has to choose."""

    tracking_number: str


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """A firm that carries parcels. `prefix`: the letters that mark its numbers beyond doubt."""

    id: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    prefix: str | None
    patterns: tuple[str, ...]
    example: str | None
    phone_tail_required: bool

    def fits(self, tracking_number: str) -> bool:
        return any(re.fullmatch(pattern, tracking_number) for pattern in self.patterns)

    def marks(self, tracking_number: str) -> bool:
        return self.prefix is not None and tracking_number.startswith(self.prefix)


@dataclass(frozen=True, kw_only=True)
class Guess:
    """Whose a number may be, likeliest first. `odd_for`: the letters are this carrier's, the length is not."""

    candidates: tuple[Carrier, ...]
    odd_for: Carrier | None = None
    digits_alone: bool = False

    @property
    def certain(self) -> Carrier | None:
        """The only one that it can be. Digits alone never prove a rare carrier."""
        if len(self.candidates) != 1 or self.odd_for is not None:
            return None
        only = self.candidates[0]
        return only if not self.digits_alone or only.id in COMMON else None

    @property
    def choices(self) -> tuple[Carrier, ...]:
        """What to offer when it is not certain: those that fit, else the common ones; "another carrier" closes the list."""
        offered = self.candidates if len(self.candidates) > 1 else (*self.candidates, *map(get_carrier, COMMON))
        return (*dict.fromkeys(offered[:MOST_CHOICES]), get_carrier(OTHER))


@cache
def carriers() -> dict[str, Carrier]:
    """All carriers by id, the commonest first."""
    sheet = json.loads(files("shop").joinpath("data/carriers.json").read_text(encoding="utf-8"))
    return {row["id"]: _carrier(row) for row in sheet["carriers"]}


def get_carrier(carrier_id: str) -> Carrier:
    known = carriers().get(carrier_id)
    if known is None:
        raise UnknownCarrier(text=carrier_id)
    return known


def guess_carriers(tracking_number: str) -> Guess:
    """A number in its normal form -> whose it may be. Digits alone may be several carriers': then a person chooses."""
    marked = next((each for each in carriers().values() if each.marks(tracking_number)), None)
    fitting = tuple(each for each in carriers().values() if each.fits(tracking_number))
    if marked is None:
        return Guess(candidates=fitting, digits_alone=tracking_number.isdigit())
    if marked in fitting:
        return Guess(candidates=(marked,))
    return Guess(candidates=(marked,), odd_for=marked)


def settle_carrier(tracking_number: str, chosen_id: str | None = None) -> Carrier:
    """Whose the number is: whom a person has chosen, else whose it must be; raises CarrierUnclear."""
    carrier = get_carrier(chosen_id) if chosen_id else guess_carriers(tracking_number).certain
    if carrier is None:
        raise CarrierUnclear(tracking_number=tracking_number)
    return carrier


def must_agree(tracking_number: str, named_id: str | None) -> None:
    """A carrier named in a line is a slip when the number's letters are another's; raises CarrierUnclear."""
    certain = guess_carriers(tracking_number).certain
    if named_id and certain is not None and certain.prefix is not None and certain.id != named_id:
        raise CarrierUnclear(tracking_number=tracking_number)


def find_carrier(word: str) -> Carrier | None:
    """The carrier a merchant or a sheet names: 顺丰, SF, 圆通快递, ZTO Express ..."""
    spoken = _plain(word)
    if not spoken:
        return None
    return _by_name().get(spoken) or _by_name().get(_KIND_OF_FIRM.sub("", spoken))


@cache
def _by_name() -> dict[str, Carrier]:
    """Every spelling; an exact name goes before one without its kind of firm, a common carrier before a rare one."""
    names: dict[str, Carrier] = {}
    for spell in (_plain, lambda name: _KIND_OF_FIRM.sub("", _plain(name))):
        for carrier in carriers().values():
            for name in (carrier.id, carrier.name, carrier.name_en, *carrier.aliases):
                names.setdefault(spell(name), carrier)
    names.pop("", None)
    return names


def _plain(word: str) -> str:
    return re.sub(r"[\s_\-.]+", "", unicodedata.normalize("NFKC", word)).casefold()


def _carrier(row: dict[str, str | list[str] | bool | None]) -> Carrier:
    names = {key: row[key] for key in ("id", "name", "name_en", "prefix", "example", "phone_tail_required")}
    lists = {key: tuple(row[key] or ()) for key in ("aliases", "patterns")}  # type: ignore[arg-type]
    return Carrier(**names, **lists)  # type: ignore[arg-type]
