"""Words on buttons and in menus: English in the code, translated when they are shown."""

from dataclasses import dataclass, field

from shop.products import ONE_SIZE


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


def sized(text: str) -> Label:
    """Goods as they are named here, such as 黑红 42; the one size that fits everybody is said in the reader's language."""
    if not text.endswith(ONE_SIZE):
        return plain(text)
    return Label("{goods}{size}", (("goods", text.removesuffix(ONE_SIZE)), ("size", L("one size"))))


def plain(text: str) -> Label:
    """A text that is the merchant's own and is not translated, such as a product's name."""
    return Label("{text}", (("text", text),))
