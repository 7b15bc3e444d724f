"""Finding a product by what people call it: AJ1, 耐克 AJ1, air jordan 1 低帮, or the title that a marketplace gave it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from shop.pinyin import lazy_pinyin
from shop.reading.cleaning import clean
from shop.reading.vocabulary import BRANDS, COLOUR_TRANSLATIONS

_SHORT_NAMES = {
    "aj": "air jordan",
    "af": "air force",
    "空军一号": "air force 1",
    "空军": "air force",
    "am": "air max",
    "ub": "ultraboost",
    "椰子": "yeezy",
    "飞马": "pegasus",
    "贝壳头": "superstar",
    "乔": "jordan",
}
_ALIASES = {alias.lower(): brand.lower() for brand, aliases in BRANDS.items() for alias in aliases}
_PART = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[\u4e00-\u9fff]+")
_ALIKE = 84
_CLEARLY_AHEAD = 6


@dataclass(frozen=True)
class ProductName:
    """A product's id, and what it is called."""

    id: int
    brand: str
    model: str

    @property
    def title(self) -> str:
        """Brand and model, the brand once."""
        if self.model.lower().startswith(self.brand.lower()):
            return self.model
        return f"{self.brand} {self.model}"

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(name_words(self.title))


@lru_cache(maxsize=20_000)
def name_words(text: str) -> tuple[str, ...]:
    """The words of a name in one spelling: AJ1 -> air, jordan, 1; 耐克 -> nike."""
    written = clean(text).lower()
    if written in _ALIASES:
        return tuple(_ALIASES[written].split())
    for alias, brand in _ALIASES.items():
        if not alias.isascii():
            written = written.replace(alias, f" {brand} ")
    words: list[str] = []
    for part in _PART.findall(written):
        words += (_SHORT_NAMES.get(part) or _ALIASES.get(part) or part).split()
    return tuple(words)


def find_products(said: str, names: Sequence[ProductName]) -> list[ProductName]:
    """Those that can be meant, best first; several when the words do not decide between them."""
    wanted = name_words(said)
    if not wanted:
        return []
    holding = [name for name in names if _holds(name, wanted)]
    if holding:
        return holding
    ranked = sorted(((_likeness(wanted, name), name) for name in names), key=lambda pair: -pair[0])
    best = [(score, name) for score, name in ranked if score >= _ALIKE]
    return [name for score, name in best if score >= best[0][0] - _CLEARLY_AHEAD]


def find_in_title(title: str, names: Iterable[ProductName]) -> ProductName | None:
    """The product that a marketplace's long title speaks of: all its words are in it, and no other's more of them."""
    said = frozenset(name_words(title))
    glued = "".join(name_words(title))
    inside = [name for name in names if name.words and all(word in said or _is_in(word, glued) for word in name.words)]
    if not inside:
        return None
    most = max(_weight(name) for name in inside)
    best = [name for name in inside if _weight(name) == most]
    return best[0] if len(best) == 1 else None


class Titles:
    """Finds products in many titles: only names whose rarest word stands in the title are looked at closely."""

    def __init__(self, names: Sequence[ProductName]) -> None:
        self._by_word: dict[str, list[ProductName]] = {}
        self._anywhere: list[ProductName] = []
        often = Counter(word for name in names for word in name.words if word.isascii())
        for name in names:
            key = min((word for word in name.words if word in often), key=often.__getitem__, default=None)
            (self._anywhere if key is None else self._by_word.setdefault(key, [])).append(name)

    def find(self, title: str) -> ProductName | None:
        likely = [name for word in set(name_words(title)) for name in self._by_word.get(word, ())]
        return find_in_title(title, (*likely, *self._anywhere))


def same_colour_words(one: str, other: str) -> bool:
    """黑色, 黑 and Black are the same colour."""
    return _colour_key(one) == _colour_key(other)


def _colour_key(colour: str) -> str:
    written = clean(colour).lower()
    for word, meant in COLOUR_TRANSLATIONS.items():
        written = written.replace(word, meant)
    return re.sub(r"[\s/+-]|色", "", written)


def _weight(name: ProductName) -> int:
    return sum(map(len, name.words))


def _is_in(word: str, glued: str) -> bool:
    """A Chinese word may stand anywhere in a run of Chinese; a number or Latin word must stand alone."""
    return not word.isascii() and word in glued


def _holds(name: ProductName, wanted: Sequence[str]) -> bool:
    """Every word that was said is one of the name's, or begins one."""
    return all(word in name.words or any(_begins(own, word) for own in name.words) for word in wanted)


def _begins(own: str, word: str) -> bool:
    return not word[0].isdigit() and (own.startswith(word) if word.isascii() else word in own)


def _likeness(wanted: Sequence[str], name: ProductName) -> float:
    """By letters or by sound, whichever is nearer; a number that is not in the name makes it another product."""
    if any(word[0].isdigit() and word not in name.words for word in wanted):
        return 0.0
    by_letters = sum(max(fuzz.ratio(word, own) for own in name.words) for word in wanted) / len(wanted)
    said, known = "".join(wanted), "".join(name_words(name.title))
    return max(by_letters, 0 if said.isascii() else fuzz.partial_ratio(_sound(said), _sound(known)))


@lru_cache(maxsize=20_000)
def _sound(text: str) -> str:
    return "".join(lazy_pinyin(text)).replace(" ", "")
