"""Every spelling of every division, and which places it may mean."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from shop.divisions.atlas import City, Province, Retired, atlas
from shop.divisions.names import spellings


class Level(IntEnum):
    PROVINCE = 1
    CITY = 2
    DISTRICT = 3


@dataclass(frozen=True)
class Place:
    """Province, city and district; each may be empty. A place directly under its province has a district and no city."""

    province: str = ""
    city: str = ""
    district: str = ""

    def joined(self) -> str:
        """The names in a row; a city that is its own province is named once."""
        city = "" if self.city == self.province else self.city
        return f"{self.province}{city}{self.district}"


@dataclass(frozen=True)
class Known:
    """One meaning of a spelling. `is_full` tells the full name from the short one; a retired name knows its `old_city`."""

    place: Place
    level: Level
    is_full: bool = True
    is_retired: bool = False
    old_city: str = ""


Meanings = Mapping[str, tuple[Known, ...]]
LONGEST_NAME = 20


@cache
def known_places() -> Meanings:
    """Spelling -> its meanings, those in use before retired ones, wide ones before narrow ones."""
    found: dict[str, list[Known]] = defaultdict(list)
    for name, meaning in _all_meanings():
        if meaning not in found[name]:
            found[name].append(meaning)
    return {name: tuple(sorted(meanings, key=_order)) for name, meanings in found.items()}


def _order(meaning: Known) -> tuple[bool, int]:
    return meaning.is_retired, meaning.level


def _all_meanings() -> Iterator[tuple[str, Known]]:
    for province in atlas().provinces:
        yield from _spelled(province.name, Place(province.name), Level.PROVINCE)
        for city in province.cities:
            yield from _in_city(province, city)
    for retired in atlas().retired:
        yield from _retired(retired)


def _in_city(province: Province, city: City) -> Iterator[tuple[str, Known]]:
    if city.name:
        yield from _spelled(city.name, Place(province.name, city.name), Level.CITY)
    for name in city.districts:
        yield from _spelled(name, Place(province.name, city.name, name), Level.DISTRICT)
    for name in city.zones:
        yield name, Known(Place(province.name, city.name, name), Level.DISTRICT)


def _spelled(name: str, place: Place, level: Level) -> Iterator[tuple[str, Known]]:
    for spelling in spellings(name):
        yield spelling, Known(place, level, is_full=spelling == name)


def _retired(row: Retired) -> Iterator[tuple[str, Known]]:
    level = Level.DISTRICT if row.district else Level.CITY
    place = Place(row.province, row.city, row.district)
    yield row.old_name, Known(place, level, is_retired=True, old_city=row.old_city)
