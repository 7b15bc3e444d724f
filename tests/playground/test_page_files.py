"""What can be said of the page's files without a browser."""

import json
import re
from pathlib import Path

import pytest

from playground import page

MODULES = sorted(page.STATIC.glob("*.js"))
SOURCES = sorted([*page.STATIC.iterdir(), page.HERE / "shell.html"])
SENTENCE = re.compile(r'\bt\(\s*"((?:[^"\\]|\\.)*)"')
SPEC = "http://www.w3.org/2000/svg"

WORDS: dict[str, str] = json.loads((page.STATIC / "words.zh-CN.json").read_text(encoding="utf-8"))


def spoken() -> set[str]:
    """Every sentence that the modules hand to t(), also by way of the tables of roles, actions and faults."""
    texts = [module.read_text(encoding="utf-8") for module in MODULES]
    tables = [
        table for text in texts for table in re.findall(r"const (?:ROLES|ACTIONS|KINDS) = \{(.*?)\};", text, re.DOTALL)
    ]
    named = {words for table in tables for words in re.findall(r':\s*"([^"]+)"', table)}
    return {words for text in texts for words in SENTENCE.findall(text)} | named


def test_every_sentence_of_the_page_has_its_chinese() -> None:
    assert spoken() - WORDS.keys() == set()


def test_no_chinese_sentence_is_left_over() -> None:
    assert WORDS.keys() - spoken() == set()


def test_the_facts_in_a_sentence_are_the_same_in_both_languages() -> None:
    facts = re.compile(r"\{\w+\}")
    differing = [key for key, words in WORDS.items() if sorted(facts.findall(key)) != sorted(facts.findall(words))]
    assert differing == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_nothing_is_loaded_from_elsewhere(source: Path) -> None:
    text = source.read_text(encoding="utf-8").replace(SPEC, "")
    assert re.findall(r"(?:src|href|url|from|import|fetch)\W{1,3}(?:https?:)?//\w", text) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_text_never_becomes_markup(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_module_is_short_and_says_what_it_is_for(module: Path) -> None:
    lines = module.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 250
    assert lines[0].startswith("// ")
