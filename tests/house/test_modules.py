"""How the house is written: short functions, short modules, one line that says what each is for, a merchant's words."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Function, Module, modules

MAX_MODULE, MAX_FUNCTION, MAX_HANDLER = 250, 25, 10
LONGER_MODULES: dict[str, int] = {}
"""Modules that are longer, with their length: it may only shrink."""
LONGER_FUNCTIONS: dict[str, int] = {}
"""Functions that are longer, with their length: it may only shrink."""
LONGER_HANDLERS: dict[str, int] = {}
"""Handlers of more than ten lines, with their length: it may only shrink."""
FORBIDDEN = re.compile(
    r"(?:^|_)(?:managers?|helpers?|utils?|processors?|data|info|dto|repository|use_case|interactor)(?:_|$)"
)
GIVEN = {
    "bot/middlewares.py: data",  # aiogram's name
    "bot/telegram_calls.py: build_form_data",  # aiogram's, too
    "bot/dispatching.py: data",
    "playground/phone.py: data",  # what Telegram calls it
    "playground/keyboards.py: MAX_DATA_BYTES",
    "playground/methods/webhooks.py: get_webhook_info",
    "shop/speakers.py: MANAGER",  # the role 店长
}
"""Words that others have chosen, or the trade."""


def test_every_module_says_in_one_line_what_it_is_for() -> None:
    silent = [
        each.name
        for each in modules()
        if not (words := ast.get_docstring(each.tree)) or not words.splitlines()[0].strip()
    ]
    assert silent == []


def test_no_module_is_long() -> None:
    assert {name: n for name, n in _modules() if n > LONGER_MODULES.get(name, MAX_MODULE)} == {}


def test_no_function_is_long() -> None:
    assert {name: n for name, n in _lengths() if n > LONGER_FUNCTIONS.get(name, MAX_FUNCTION)} == {}


def test_no_handler_is_long() -> None:
    lengths = dict(_handlers())
    assert len(lengths) > 50
    assert {name: n for name, n in lengths.items() if n > LONGER_HANDLERS.get(name, MAX_HANDLER)} == {}


def test_nothing_may_be_long_that_need_not() -> None:
    still_long = {
        *(name for name, n in _modules() if n > MAX_MODULE),
        *(name for name, n in _lengths() if n > MAX_FUNCTION),
        *(name for name, n in _handlers() if n > MAX_HANDLER),
    }
    assert {*LONGER_MODULES, *LONGER_FUNCTIONS, *LONGER_HANDLERS} - still_long == set()


def test_no_name_says_nothing() -> None:
    found = {f"{each.name}: {name}" for each in modules() for name in _named(each) if FORBIDDEN.search(_spaced(name))}
    assert found - GIVEN == set()


def test_no_module_is_named_for_nothing() -> None:
    assert [each.name for each in modules() if FORBIDDEN.search(each.name.rpartition("/")[2].removesuffix(".py"))] == []


def _written() -> Iterator[Module]:
    """What people have written: a migration that Alembic drew up is as long as the schema."""
    return (each for each in modules() if not each.name.startswith("storage/migrations/versions/"))


def _modules() -> Iterator[tuple[str, int]]:
    return ((each.name, each.lines) for each in _written())


def _lengths() -> Iterator[tuple[str, int]]:
    for each in _written():
        for name, function in each.functions():
            yield name, (function.end_lineno or function.lineno) - function.lineno + 1


def _handlers() -> Iterator[tuple[str, int]]:
    for module in modules():
        if module.name.startswith(("bot/handlers/", "bot/conversations/")):
            for name, each in module.functions():
                if each.decorator_list and isinstance(each, ast.AsyncFunctionDef):
                    yield name, _body(each)


def _body(function: Function) -> int:
    """Lines below the signature and the docstring."""
    first = function.body[1 if ast.get_docstring(function) and len(function.body) > 1 else 0]
    return (function.end_lineno or first.lineno) - first.lineno + 1


def _named(module: Module) -> Iterator[str]:
    """Every name that is given here."""
    for node in ast.walk(module.tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name


def _spaced(name: str) -> str:
    """OrderHelper -> order_helper."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
