"""One way to write: full width, zero width, odd dashes, keycap digits and vulgar fractions are evened out."""

import re
import unicodedata

THIRDS = {"⅓": "1/3", "⅔": "2/3"}
_FRACTION_MARKS = {"1/3": "⅓", "2/3": "⅔", "1/2": ".5"}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－~～∼〜"), "-")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u00ad\ufeff\ufe0e\ufe0f\u20e3]")
_MIXED_SIZE = re.compile(r"(?<=\d)\s+(1/3|2/3|1/2)(?!\d)")
_PICTURES = re.compile(r"[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff]")


def clean(text: str) -> str:
    """The same words in one spelling; lines stay lines."""
    kept = _INVISIBLE.sub("", text).translate(_DASHES).replace("½", ".5")
    for mark in THIRDS:
        kept = kept.replace(mark, f"\0{mark}\0")
    kept = "".join(part if part in THIRDS else unicodedata.normalize("NFKC", part) for part in kept.split("\0"))
    kept = _MIXED_SIZE.sub(lambda found: _FRACTION_MARKS[found[1]], kept)
    kept = _PICTURES.sub(" ", kept).replace("×", "x").translate(_DASHES)
    lines = (re.sub(r"[ \t\u3000\xa0]+", " ", line).strip() for line in kept.splitlines())
    return "\n".join(line for line in lines if line)
