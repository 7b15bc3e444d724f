"""Words: Jinja templates with autoescape and strict names, in Chinese and English."""

import re
from collections.abc import Mapping, MutableMapping
from datetime import datetime
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot import formats
from bot.labels import Label, ProperName
from shop.shops import Shop
from storage.people import Place

HERE = Path(__file__).parent
LANGUAGES = ("zh_CN", "en")
SOURCE_LANGUAGE = "en"

_GAPS = re.compile(r"\n{3,}")


class Catalogue(NullTranslations):
    """The messages of one language, from its .po files: one file a noun."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.messages: dict[str, tuple[str, ...]] = {}
        for path in sorted((HERE / "locales" / language).glob("*.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale=language):
                    if message.id and message.string:
                        self._add(message.id, message.string)

    def _add(self, source: str | tuple[str, ...] | list[str], words: str | tuple[str, ...] | list[str]) -> None:
        key = source if isinstance(source, str) else source[0]
        forms = (words,) if isinstance(words, str) else tuple(words)
        if any(forms):
            self.messages[key] = forms

    def gettext(self, message: str) -> str:
        forms = self.messages.get(message)
        return forms[0] if forms else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        forms = self.messages.get(msgid1)
        if forms:  # Chinese has one form
            return forms[0]
        return msgid1 if n == 1 else msgid2


@cache
def catalogue(language: str) -> Catalogue:
    return Catalogue(language)


class _Environment(Environment):
    """What all templates know is complete before the first is loaded: a plain dictionary of it is read faster than a chain."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


@cache
def environment(language: str) -> Environment:
    """One environment a language; templates are compiled once."""
    env = _Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        cache_size=-1,
    )
    words = catalogue(language)
    env.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.policies["ext.i18n.trimmed"] = True
    env.globals["language"] = language
    formats.install(env, words.gettext)
    env.filters["words"] = lambda words: label(words, language)
    return env


def render(template: str, language: str, facts: Mapping[str, Any], *, shop: Shop | Place | None, now: datetime) -> str:
    """The words of a situation, as Telegram HTML."""
    text = _template(template, language).render(facts, shop=shop, now=now).strip()
    return _GAPS.sub("\n\n", text) if "\n\n\n" in text else text


@cache
def _template(name: str, language: str) -> Template:
    return environment(language).get_template(name)


def label(words: Label, language: str) -> str:
    """The words on a button; facts may be words themselves."""
    if isinstance(words, ProperName):
        return words.text if language == SOURCE_LANGUAGE else words.chinese
    text = catalogue(language).gettext(words.text)
    facts = {name: label(fact, language) if isinstance(fact, Label) else fact for name, fact in words.facts}
    return text.format(**facts) if facts else text
