"""The house's own Python, read as text, for the tests that look at how it is written."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "services", "documents", "storage", "shop", "playground")


Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class Module:
    """One file: its name from the root, its lines, its tree."""

    name: str
    lines: int
    tree: ast.Module

    def functions(self) -> Iterator[tuple[str, Function]]:
        """With their full names, such as `bot/app.py: App.run`."""
        yield from _functions(self.tree, f"{self.name}: ")


@cache
def modules() -> tuple[Module, ...]:
    paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(str(path.relative_to(ROOT)), len(text.splitlines()), ast.parse(text))


def _functions(node: ast.AST, path: str) -> Iterator[tuple[str, Function]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield path + child.name, child
        inner = f"{path}{child.name}." if isinstance(child, ast.ClassDef | Function) else path
        yield from _functions(child, inner)


@cache
def import_everything() -> None:
    """So that every subclass and every registration is there."""
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__") and ".migrations" not in module.name:
                importlib.import_module(module.name)


def all_subclasses(base: type[T]) -> Iterator[type[T]]:
    for each in base.__subclasses__():
        yield each
        yield from all_subclasses(each)
