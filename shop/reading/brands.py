"""Which brand a product's words begin with; small slips of the pen are forgiven, unknown brands are let be."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from shop.pinyin import lazy_pinyin
from shop.reading.vocabulary import BRANDS, MODEL_BRANDS

_ALIASES = {alias.lower(): brand for brand, aliases in BRANDS.items() for alias in (brand, *aliases)}
_LONGEST_ALIAS = max(len(alias.split()) for alias in _ALIASES)
_FORGIVING_FROM = 4
_TWO_SLIPS_FROM = 8
_SOUNDS = {
    "".join(lazy_pinyin(alias)): brand for alias, brand in _ALIASES.items() if len(alias) > 1 and not alias.isascii()
}


def split_brand(words: Sequence[str]) -> tuple[str, str]:
    """(brand, what is left of the name). The brand is empty when none is known."""
    for start in range(len(words)):
        for length in range(min(_LONGEST_ALIAS, len(words) - start), 0, -1):
            if brand := _ALIASES.get(" ".join(words[start : start + length]).lower()):
                return brand, " ".join([*words[:start], *words[start + length :]])
    if words and (found := _glued(words[0])):
        return found[0], " ".join(part for part in (found[1], *words[1:]) if part)
    if words and (brand := find_brand(words[0])):
        return brand, " ".join(words[1:])
    return "", " ".join(words)


def find_brand(written: str) -> str:
    """The known brand that this is, also with a slip or written by its sound; empty when it is none."""
    word = written.strip().lower()
    return _ALIASES.get(word) or _misspelled(word) or _sounds_like(word)


def brand_of_model(name: str) -> str:
    """The brand that makes this model, for models that everybody knows: AJ1 is Nike."""
    written = name.lower()
    return next((brand for model, brand in MODEL_BRANDS.items() if _begins(written, model)), "")


def _begins(written: str, model: str) -> bool:
    return written.startswith(model) and not written[len(model) : len(model) + 1].isalpha()


def _glued(word: str) -> tuple[str, str] | None:
    """耐克空军一号 -> Nike, 空军一号"""
    for alias, brand in _ALIASES.items():
        if not alias.isascii() and len(alias) > 1 and word.lower().startswith(alias) and len(word) > len(alias):
            return brand, word[len(alias) :]
    return None


def _misspelled(word: str) -> str:
    if len(word) < _FORGIVING_FROM or not word.isascii() or not word.isalpha():
        return ""
    near = (brand for alias, brand in _ALIASES.items() if alias.isascii() and _is_slip(word, alias))
    return next(near, "")


def _is_slip(word: str, alias: str) -> bool:
    """One slip in a longer word, only swapped letters in a word of four: Nkie is Nike, Nice is not."""
    if word[0] != alias[0] or len(alias) < _FORGIVING_FROM:
        return False
    if len(alias) == _FORGIVING_FROM:
        return len(word) == len(alias) and sorted(word) == sorted(alias)
    allowed = 2 if len(alias) >= _TWO_SLIPS_FROM else 1
    return OSA.distance(word, alias, score_cutoff=allowed) <= allowed


def _sounds_like(word: str) -> str:
    if len(word) < 2 or word.isascii():  # noqa: PLR2004 - one sign sounds like too much
        return ""
    return _SOUNDS.get("".join(lazy_pinyin(word)), "")
