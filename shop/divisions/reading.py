"""Takes province, city and district off the front of an address, however they are written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from shop.divisions.atlas import CITY_PROVINCES, atlas
from shop.divisions.places import LONGEST_NAME, Known, Level, Place, known_places

_FILLER = re.compile(
    r"^(?:[\s,，、/|;；:：·.。\-]|中国(?=.)|中华人民共和国|市辖区|(?:省|自治区)直辖县级行政(?:区划|单位)|直辖县级行政区划|县(?=\s|[一-鿿]{2,6}县))+"
)
_SHORT_NAME_OF_SOMETHING_ELSE = re.compile(
    r"^(?:[东西南北中一二三四五]{0,2})(?:路|街|大道|大街|道|巷|弄|胡同|村|镇|乡|里|桥|广场|小区|花园|大厦|医院|学)"
)
_UNKNOWN_PROVINCE = re.compile(r"^[一-鿿]{2,3}省")
_UNKNOWN_CITY = re.compile(r"^[一-鿿]{2,5}?(?:市(?![场政民区])|自治州|地区|盟)")
_UNKNOWN_DISTRICT = re.compile(r"^[一-鿿]{2,7}?(?:自治县|自治旗|区|县(?!道)|旗(?!舰)|市(?![场政民]))")
_ZONE = re.compile(
    r"^[^\W\d_路街道号]{0,10}?(?:技术(?:产业)?开发区|经济开发区|产业开发区|开发区|高新区|经开区|新区|工业园区|产业园区|示范区|管理区|保税区|度假区|风景区)"
)
_NOT_A_DISTRICT = re.compile(r"(?:[小社校厂院街片营景库]区|[路街道镇乡村巷号弄].*)$")
_UNKNOWN = {
    Level.PROVINCE: (_UNKNOWN_PROVINCE,),
    Level.CITY: (_UNKNOWN_CITY,),
    Level.DISTRICT: (_ZONE, _UNKNOWN_DISTRICT),
}


@dataclass(frozen=True)
class Reading:
    """`place` in full names where they are known, as written where not; `rest` is what comes after."""

    place: Place
    rest: str


def read_place(text: str, place: Place = Place()) -> Reading:  # noqa: B008 - frozen, so sharing it is safe
    """Read as far as the names are known, starting from what is already known of the place."""
    rest = _skip(text)
    while meanings := _longest_prefix(rest, place):
        name, meaning = meanings
        place = _joined(place, name, meaning)
        rest = _skip(rest[len(name) :])
    return Reading(_with_own_city(place), rest)


def read_unknown(reading: Reading) -> Reading:
    """Names that look like a division but are none: they stay as written, so that somebody can be asked about them."""
    place, rest = reading.place, reading.rest
    for level, patterns in _UNKNOWN.items():
        if not _is_settled(place, level) and (name := _name_at_the_front(rest, patterns)):
            place, rest = _continue(_put(place, level, name), rest[len(name) :])
    return Reading(place, rest)


def is_zone(name: str) -> bool:
    """Development zones are no divisions, nobody lists them all, and couriers know them."""
    found = _ZONE.match(name)
    return found is not None and found[0] == name


def _name_at_the_front(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    for pattern in patterns:
        found = pattern.match(text)
        if found and (pattern is _ZONE or not _NOT_A_DISTRICT.search(found[0])):
            return found[0]
    return ""


def _continue(place: Place, text: str) -> tuple[Place, str]:
    """After an unknown name the following ones may be known again."""
    trusted = place if atlas().find_province(place.province) else Place()
    if trusted.city and not atlas().find_city(place.province, place.city):
        trusted = replace(trusted, city="")
    reading = read_place(text, trusted)
    found = reading.place
    return Place(
        place.province or found.province, place.city or found.city, place.district or found.district
    ), reading.rest


def _is_settled(place: Place, level: Level) -> bool:
    match level:
        case Level.PROVINCE:
            return bool(place.province or place.city or place.district)
        case Level.CITY:
            return bool(place.city or place.district)
        case Level.DISTRICT:
            city = atlas().find_city(place.province, place.city)
            return bool(place.district) or not place.city or (city is not None and not city.districts)


def _put(place: Place, level: Level, name: str) -> Place:
    return replace(place, **{level.name.lower(): name})


def _skip(text: str) -> str:
    return _FILLER.sub("", text)


def _longest_prefix(text: str, place: Place) -> tuple[str, Known] | None:
    names = known_places()
    for length in range(min(LONGEST_NAME, len(text)), 1, -1):
        if meanings := names.get(text[:length]):
            fitting = [known for known in meanings if _fits(place, known, text[length:])]
            if chosen := _choose(place, fitting):
                return text[:length], chosen
    return None


def _fits(place: Place, known: Known, following: str) -> bool:
    if not known.is_full and (_is_known_already(place, known.level) or _SHORT_NAME_OF_SOMETHING_ELSE.match(following)):
        return False
    target = known.place
    return (
        place.province in ("", target.province)
        and (not place.city or known.level is Level.PROVINCE or place.city in (target.city, known.old_city))
        and (not place.district or target.district in ("", place.district))
    )


def _is_known_already(place: Place, level: Level) -> bool:
    return bool((place.province, place.city, place.district)[level - 1])


def _choose(place: Place, fitting: Iterable[Known]) -> Known | None:
    """The only meaning, or the widest; several places of one name in different cities leave the city open."""
    meanings = list(fitting)
    if not meanings:
        return None
    first = meanings[0]
    rivals = [known for known in meanings if (known.level, known.is_retired) == (first.level, first.is_retired)]
    if len(rivals) == 1:
        return first
    if first.is_full and first.level is Level.DISTRICT:
        return replace(first, place=Place(place.province, place.city, first.place.district))
    return None


def _joined(place: Place, name: str, known: Known) -> Place:
    """A retired name stays as written; what lies above it is today's."""
    target = known.place
    if known.is_retired:
        target = _put(target, known.level, name)
    return Place(target.province or place.province, target.city or place.city, target.district or place.district)


def _with_own_city(place: Place) -> Place:
    if place.province in CITY_PROVINCES and not place.city:
        return replace(place, city=place.province)
    return place
