"""The division data as values; the file is opened when somebody asks for the first time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("divisions.json")
CITY_PROVINCES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
OUTER_PROVINCES = frozenset({"台湾省", "香港特别行政区", "澳门特别行政区"})


@dataclass(frozen=True)
class City:
    """A city with its districts. `zones` are development zones that people write like districts; a city without districts has `towns`."""

    name: str
    districts: tuple[str, ...]
    zones: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Province:
    """A province; `letters` are its ISO 3166-2 code, as foreign shop systems write it."""

    name: str
    letters: str
    cities: tuple[City, ...]

    def find_city(self, name: str) -> City | None:
        return next((city for city in self.cities if city.name == name), None)


@dataclass(frozen=True)
class Retired:
    """A name that is no longer in use: `old_name` in `old_city` is today's `city` and `district`."""

    province: str
    old_city: str
    old_name: str
    city: str
    district: str


@dataclass(frozen=True)
class Atlas:
    provinces: tuple[Province, ...]
    retired: tuple[Retired, ...]

    def find_province(self, name: str) -> Province | None:
        return next((province for province in self.provinces if province.name == name), None)

    def cities_of(self, province_name: str) -> Iterator[City]:
        province = self.find_province(province_name)
        return iter(province.cities if province else ())

    def find_city(self, province_name: str, city_name: str) -> City | None:
        province = self.find_province(province_name)
        return province.find_city(city_name) if province else None


@cache
def atlas() -> Atlas:
    """All divisions."""
    content = json.loads(_FILE.read_text(encoding="utf-8"))
    provinces = tuple(
        Province(name, letters, tuple(City(city, *map(tuple, parts)) for city, *parts in cities))
        for name, letters, cities in content["provinces"]
    )
    return Atlas(provinces, tuple(Retired(*row) for row in content["retired"]))
