"""Whether province, city and district exist and belong together."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from shop.address_flaws import Finding, Flaw
from shop.divisions import City, Known, Level, Place, Province, atlas, is_zone, known_places, short_name
from shop.divisions.atlas import OUTER_PROVINCES
from shop.pinyin import lazy_pinyin

SAME = 100.0
ALIKE = 60.0
"""One character wrong in three scores 67, two wrong 33."""


def check_place(place: Place) -> list[Finding]:
    """The first thing that is wrong; below an unknown name nothing is said, because nothing is known."""
    if not place.province:
        return [Finding(Flaw.PROVINCE_MISSING)]
    province = atlas().find_province(place.province)
    if province is None:
        names = [known.name for known in atlas().provinces]
        return [Finding(Flaw.PROVINCE_UNKNOWN, place.province, closest(place.province, names))]
    if province.name in OUTER_PROVINCES:
        return []
    return _check_city(province, place)


def _check_city(province: Province, place: Place) -> list[Finding]:
    city = province.find_city(place.city)
    if city is None and place.city:
        return _explain_city(province, place)
    if city is None or not city.name:
        return _check_without_city(province, place)
    return _check_district(province, city, place)


def _check_without_city(province: Province, place: Place) -> list[Finding]:
    """Some districts lie directly under their province; else the city is missing."""
    direct = province.find_city("")
    if direct and place.district in direct.districts:
        return []
    cities = [city.name for city in province.cities if place.district and place.district in city.districts]
    return [Finding(Flaw.CITY_MISSING, suggestion=cities[0] if len(cities) == 1 else "", within=province.name)]


def _explain_city(province: Province, place: Place) -> list[Finding]:
    meanings = [known for known in _meanings(place.city) if known.level is Level.CITY or known.place.city == ""]
    here = [known for known in meanings if known.place.province == province.name]
    if retired := [known for known in here if known.is_retired]:
        now = retired[0].place.city
        return [
            Finding(Flaw.CITY_RETIRED, place.city, now, province.name),
            *_check_in_renamed_city(province, now, place),
        ]
    elsewhere = [known.place.joined() for known in meanings if known.place.province != province.name]
    if elsewhere:
        return [Finding(Flaw.CITY_ELSEWHERE, place.city, elsewhere[0] if len(elsewhere) == 1 else "", province.name)]
    names = [city.name for city in province.cities if city.name]
    return [Finding(Flaw.CITY_UNKNOWN, place.city, closest(place.city, names), province.name)]


def _check_in_renamed_city(province: Province, city_name: str, place: Place) -> list[Finding]:
    city = province.find_city(city_name)
    return _check_district(province, city, place) if city else []


def _check_district(province: Province, city: City, place: Place) -> list[Finding]:
    within = Place(province.name, city.name).joined()
    if not place.district:
        return [Finding(Flaw.DISTRICT_MISSING, within=within)] if city.districts else []
    if place.district in (*city.districts, *city.zones) or is_zone(place.district) or _is_town(city, place.district):
        return []
    meanings = [known for known in _meanings(place.district) if known.level is Level.DISTRICT]
    for known in meanings:
        if (
            known.is_retired
            and known.place.province == province.name
            and city.name in (known.old_city, known.place.city)
        ):
            return [Finding(Flaw.DISTRICT_RETIRED, place.district, known.place.district, within)]
    return _explain_district(city, place.district, within, [known for known in meanings if not known.is_retired])


def _explain_district(city: City, written: str, within: str, elsewhere: list[Known]) -> list[Finding]:
    alike = closest(written, city.districts)
    if elsewhere and not alike:
        places = [known.place.joined() for known in elsewhere]
        return [Finding(Flaw.DISTRICT_ELSEWHERE, written, places[0] if len(places) == 1 else "", within)]
    if not city.districts and not elsewhere:
        return []
    return [Finding(Flaw.DISTRICT_UNKNOWN, written, alike, within)]


def _is_town(city: City, written: str) -> bool:
    return (
        short_name(written) in {short_name(town.removesuffix("街道").removesuffix("镇")) for town in city.towns}
        or written in city.towns
    )


def _meanings(name: str) -> tuple[Known, ...]:
    return known_places().get(name, ())


def closest(written: str, names: Iterable[str]) -> str:
    """The one name that is nearly the same, by its characters or by its sound; empty if none or several are equally near."""
    scored = sorted(((_likeness(written, name), name) for name in names), reverse=True)
    if not scored or scored[0][0] < ALIKE:
        return ""
    if len(scored) > 1 and scored[1][0] >= scored[0][0]:
        return ""
    return scored[0][1]


def _likeness(written: str, name: str) -> float:
    """Characters decide, the sound breaks ties: 究江区 is 鸠江区 rather than 镜湖区."""
    characters = fuzz.ratio(written, name)
    if characters == 0:
        return 0.0
    sound = fuzz.ratio("".join(lazy_pinyin(written)), "".join(lazy_pinyin(name)))
    return max(characters, SAME if sound == SAME else 0.0) + sound / SAME
