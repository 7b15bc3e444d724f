"""The provinces, cities and districts of China, read once when first asked for."""

from shop.divisions.atlas import Atlas, City, Province, Retired, atlas
from shop.divisions.names import short_name
from shop.divisions.places import Known, Level, Place, known_places
from shop.divisions.reading import Reading, is_zone, read_place, read_unknown

__all__ = [
    "Atlas",
    "City",
    "Known",
    "Level",
    "Place",
    "Province",
    "Reading",
    "Retired",
    "atlas",
    "is_zone",
    "known_places",
    "read_place",
    "read_unknown",
    "short_name",
]
