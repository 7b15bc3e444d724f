"""The world outside the shop: buttons on the page's strip, registered by whoever starts the playground."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Control:
    """Something that happens when its button is pressed, such as an order that arrives; `run` says what happened."""

    name: str
    label: str
    label_en: str
    run: Callable[[], Awaitable[str]]

    def as_json(self) -> dict[str, str]:
        return {"name": self.name, "label": self.label, "label_en": self.label_en}
