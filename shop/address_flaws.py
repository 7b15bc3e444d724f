"""The things that may look wrong about a recipient."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The three things that are checked first."""

    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"


class Flaw(StrEnum):
    NAME_MISSING = "name_missing"
    NAME_WRONG = "name_wrong"
    NAME_MASKED = "name_masked"
    PHONE_MISSING = "phone_missing"
    PHONE_WRONG = "phone_wrong"
    PHONE_MASKED = "phone_masked"
    PHONE_RELAYED = "phone_relayed"
    PROVINCE_MISSING = "province_missing"
    PROVINCE_UNKNOWN = "province_unknown"
    CITY_MISSING = "city_missing"
    CITY_UNKNOWN = "city_unknown"
    CITY_ELSEWHERE = "city_elsewhere"
    CITY_RETIRED = "city_retired"
    DISTRICT_MISSING = "district_missing"
    DISTRICT_UNKNOWN = "district_unknown"
    DISTRICT_ELSEWHERE = "district_elsewhere"
    DISTRICT_RETIRED = "district_retired"
    STREET_MISSING = "street_missing"
    STREET_VAGUE = "street_vague"
    STREET_MASKED = "street_masked"


# Worth a word, but nobody has to be asked: the parcel arrives all the same.
HINTS = frozenset(
    {
        Flaw.NAME_MASKED, Flaw.PHONE_MASKED, Flaw.PHONE_RELAYED, Flaw.STREET_MASKED, Flaw.CITY_RETIRED, Flaw.DISTRICT_RETIRED,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing that looks wrong: what was `written`, the place it was looked for `within`, and what was probably meant."""

    flaw: Flaw
    written: str = ""
    suggestion: str = ""
    within: str = ""

    @property
    def is_hint(self) -> bool:
        return self.flaw in HINTS

    @property
    def part(self) -> Part:
        match self.flaw.split("_")[0]:
            case "name":
                return Part.NAME
            case "phone":
                return Part.PHONE
            case _:
                return Part.ADDRESS
