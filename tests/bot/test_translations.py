"""Every sentence that people may read is there in Chinese, said in one way only, with the same facts in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from bot.rendering import HERE

Source = tuple[str, ...]
"""The English: one form, or singular and plural."""
LOCALE = HERE / "locales" / "zh_CN"
IN_TEMPLATE, IN_LABEL = re.compile(r"%\((\w+)\)s"), re.compile(r"\{(\w+)\}")
_JINJA = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "encoding": "utf-8"}
_PURE = re.compile(r"[^A-Za-z]*(\{\w+\}[^A-Za-z]*)*")
"""Signs and facts only: the same in every language."""


def in_templates() -> Iterator[tuple[Path, Source]]:
    for path in sorted((HERE / "templates").rglob("*.html")):
        with path.open("rb") as file:
            for _, _, words, _ in babel_extract(file, ("gettext", "ngettext"), [], _JINJA):
                forms = (words,) if isinstance(words, str) else tuple(form for form in words or () if form)
                yield path, tuple(form.replace("%", "%%") if "%(" not in form else form for form in forms)


def in_code() -> Iterator[tuple[Path, Source]]:
    for path in sorted(HERE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield from ((path, (words,)) for words in _words_of(node.func.id, node.args))


def _words_of(function: str, arguments: list[ast.expr]) -> Iterator[str]:
    match function, arguments:
        case "L" | "gettext", [ast.Constant(value=str(words)), *_]:
            yield words
        case "names", [ast.Dict(values=values)]:
            yield from (
                value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)
            )


def catalogue() -> Iterator[tuple[Path, Source, str]]:
    for path in sorted(LOCALE.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_CN"):
                if message.id:
                    source = (message.id,) if isinstance(message.id, str) else tuple(message.id)
                    yield (
                        path,
                        source,
                        message.string if isinstance(message.string, str) else (message.string or ("",))[0],
                    )


def test_every_sentence_is_there_in_chinese() -> None:
    known = {source[0] for _, source, words in catalogue() if words}
    used = [*in_templates(), *in_code()]
    missing = {
        source[0]: path.name for path, source in used if source[0] not in known and not _PURE.fullmatch(source[0])
    }
    assert missing == {}


def test_no_sentence_is_said_in_two_ways() -> None:
    said: dict[str, set[str]] = {}
    for _, source, words in catalogue():
        said.setdefault(source[0], set()).add(words)
    assert {source: words for source, words in said.items() if len(words) > 1} == {}


def test_every_translation_states_the_same_facts() -> None:
    labels = {source[0] for _, source in in_code()}
    wrong = {}
    for _, source, words in catalogue():
        place = IN_LABEL if source[0] in labels else IN_TEMPLATE
        there, wanted = set(place.findall(words)), set(place.findall(source[-1]))
        if there != wanted:
            wrong[source[0]] = there ^ wanted
    assert wrong == {}


def test_every_translation_is_marked_up_like_its_source() -> None:
    tag = re.compile(r"</?\w+>")
    wrong = {
        source[-1]: words
        for _, source, words in catalogue()
        if sorted(tag.findall(source[-1])) != sorted(tag.findall(words))
    }
    assert wrong == {}


def test_no_translation_is_left_over() -> None:
    used = {source[0] for _, source in [*in_templates(), *in_code()]}
    assert [f"{path.name}: {source[0]}" for path, source, _ in catalogue() if source[0] not in used] == []


def test_the_english_can_be_read_by_who_reads_english() -> None:
    """Only a whole address stands there as merchants paste it."""
    chinese = re.compile(r"[\u3400-\u9fff]+")
    odd = {form for _, source in [*in_templates(), *in_code()] for form in source if chinese.search(form)}
    assert {form for form in odd if "王小明 13800001000" not in form} == set()
