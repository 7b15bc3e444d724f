"""The text of a cell without what spreadsheets wrap around it."""

import re

_AS_TEXT = re.compile(r'=\s*"((?:[^"]|"")*)"')
_GUARD = re.compile(r"'(?=[\d=+\-@])")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u2060\ufeff]")
_BLANKS = " \t\n\u00a0\u3000"


def clean_cell(text: str) -> str:
    """="0012" and '0012 are how exports keep zeros; blanks around and signs that cannot be seen go too."""
    text = text.strip(_BLANKS)
    if text.isascii() and text.isalnum():
        return text
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip(_BLANKS)
    if found := _AS_TEXT.fullmatch(text):
        text = found[1].replace('""', '"').strip(_BLANKS)
    return text[1:] if _GUARD.match(text) else text
