"""Where Chinese stands in the code: in what merchants and buyers write, never in what the bot says."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Module, modules

CHINESE = re.compile(r"[\u3400-\u9fff]")
UNDERSTOOD = ("shop/", "documents/", "playground/", "bot/playing.py")
"""What is read, what is data or a sample, and the playground, which speaks two languages at once."""
GIVEN = {
    "bot/__main__.py: 掌柜: a shop's back office inside a Telegram chat",  # the product's name
    "bot/cards/home.py: 中文",  # a language names itself
    "bot/cards/shops.py: 中文",
    "services/product_drafts.py: 尺码表",  # read, not said
}


def test_what_the_bot_says_is_written_in_english_and_translated() -> None:
    found = {f"{each.name}: {words}" for each in modules() for words in _chinese(each) if not _understood(each)}
    assert found - GIVEN == set()


def test_nothing_is_excused_that_is_not_there() -> None:
    assert GIVEN - {f"{each.name}: {words}" for each in modules() for words in _chinese(each)} == set()


def test_names_are_written_in_letters_that_every_keyboard_has() -> None:
    odd = [name for each in modules() for name in _names(each) if not name.isascii()]
    assert odd == []


def _understood(module: Module) -> bool:
    return module.name.startswith(UNDERSTOOD)


def _chinese(module: Module) -> Iterator[str]:
    """The texts in the code that hold Chinese; docstrings are not texts."""
    told = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield from [node.value] if CHINESE.search(node.value) else []


def _names(module: Module) -> Iterator[str]:
    yield from (node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name))
    yield from (name for name, _ in module.functions())
