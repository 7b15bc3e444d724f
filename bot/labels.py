"""Words on buttons and in menus: English in the code, translated when they are shown."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Label:
    """A text that is yet to be translated; `{name}` places take the facts."""

    text: str
    facts: tuple[tuple[str, object], ...] = field(default=())


@dataclass(frozen=True)
class ProperName(Label):
    """A name that Chinese and the rest of the world say differently, such as a carrier's."""

    chinese: str = ""


def L(text: str, **facts: object) -> Label:  # noqa: N802 - as short as gettext's own `_`, and extracted like it
    return Label(text, tuple(facts.items()))


def plain(text: str) -> Label:
    """A text that is the merchant's own and is not translated, such as a product's name."""
    return Label("{text}", (("text", text),))
