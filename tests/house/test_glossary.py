"""The words on the page are the words in the code."""

import re

from tests.house.source import PACKAGES, ROOT


def test_every_word_of_the_glossary_is_in_the_code() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    told = {
        word
        for cell in re.findall(r"^\| [^|]+ \| ([^|]*`[^|]*) \|", page, re.MULTILINE)
        for quoted in re.findall(r"`([^`]+)`", cell)
        for word in re.findall(r"[A-Za-z_]\w*", quoted)
    }
    assert len(told) > 50
    assert told - _words_in_the_code() == set()


def _words_in_the_code() -> set[str]:
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {word for path in files for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
