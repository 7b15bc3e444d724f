"""What the house stands on: only what it uses, and every one with its reason on record."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator

from tests.house.source import PACKAGES, ROOT, Module, modules

IMPORTED_AS = {
    "charset-normalizer": "charset_normalizer",
    "pillow": "PIL",
    "prometheus-client": "prometheus_client",
    "pydantic-settings": "pydantic_settings",
}
BEHIND = {"psycopg": "SQLAlchemy loads it by the address of the database", "tzdata": "zoneinfo reads it"}
"""Used without an import."""
BROUGHT = {
    "pydantic": "aiogram",
    "pydantic_core": "pydantic",
    "aiohttp": "aiogram",
    "markupsafe": "jinja2",
    "multidict": "aiohttp",
    "yarl": "aiohttp",
}
"""Imported, and a part of what somebody else's promise is made of."""


def _direct(extra: str | None = None) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return {re.split(r"[\[<>=~ ]", line)[0] for line in lines} - {"zhanggui"}


def _imported() -> set[str]:
    names = {name for each in modules() for name in _imports(each)}
    return names - set(sys.stdlib_module_names) - set(PACKAGES)


def _imports(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name.partition(".")[0] for each in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name.partition(".")[0]


def test_everything_that_is_installed_to_run_is_used() -> None:
    assert {name for name in _direct() - BEHIND.keys() if IMPORTED_AS.get(name, name) not in _imported()} == set()


def test_everything_that_is_used_is_installed_to_run() -> None:
    known = {IMPORTED_AS.get(name, name) for name in _direct()}
    assert _imported() - known == BROUGHT.keys()


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    told = {name.strip() for row in re.findall(r"^\| ([a-z][^|]*) \|", page, re.MULTILINE) for name in row.split(",")}
    assert told == _direct() | _direct("test") | _direct("dev")


def test_the_locks_name_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
