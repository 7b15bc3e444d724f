"""How the answers of a draft are kept: any known frozen dataclass as JSON, with its name."""

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Dialect, Text, TypeDecorator

SHAPES: dict[str, type] = {}
"""Every kind of answers by its name; `keeps` adds to it."""


def keeps(*shapes: type) -> None:
    """Make these frozen dataclasses storable as answers."""
    SHAPES.update({shape.__name__: shape for shape in shapes})


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(SHAPES[name])


class Answers(TypeDecorator[Any]):
    """One of SHAPES."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        name = type(value).__name__
        return json.dumps([name, _adapter(name).dump_python(value, mode="json")], ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        name, answers = json.loads(value)
        return _adapter(name).validate_python(answers, strict=False)
