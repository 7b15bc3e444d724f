"""Whatever must have a counterpart elsewhere has it: refusals their words, cards their builders, buttons their place."""

from collections.abc import Iterator
from enum import StrEnum

from bot import cards
from bot.callbacks import LiveButton
from bot.rendering import HERE
from shop.errors import ShopError
from storage.news import CardKind
from tests.house.source import all_subclasses, import_everything

LARGE = 10**12
LONGEST_CALLBACK = 64
OF_THE_HOUSE = {"errors/broken.html", "errors/outdated.html"}
"""Said without a refusal: something broke, or a button was old."""


def _refusals() -> set[type[ShopError]]:
    import_everything()
    return set(all_subclasses(ShopError))


def _buttons() -> Iterator[type[LiveButton]]:
    import_everything()
    return (each for each in all_subclasses(LiveButton) if each.__module__.startswith("bot."))


def test_every_refusal_has_its_words() -> None:
    there = {f"errors/{path.name}" for path in (HERE / "templates" / "errors").glob("*.html")}
    assert {each.__name__: each.template() for each in _refusals() if each.template() not in there} == {}


def test_no_words_are_kept_for_a_refusal_that_nobody_makes() -> None:
    there = {f"errors/{path.name}" for path in (HERE / "templates" / "errors").glob("*.html")}
    assert there - {each.template() for each in _refusals()} == OF_THE_HOUSE


def test_no_two_refusals_share_their_words() -> None:
    templates = [each.template() for each in _refusals()]
    assert len(templates) == len(set(templates))


def test_every_kind_of_card_can_be_built() -> None:
    import_everything()
    assert [kind for kind in CardKind if kind not in cards._BUILDERS] == []


def test_every_button_fits_into_telegrams_64_bytes() -> None:
    too_long = {}
    for button in _buttons():
        for verb in _verbs(button):
            packed = button(id=LARGE, revision=LARGE, verb=verb).pack()
            if len(packed.encode()) > LONGEST_CALLBACK:
                too_long[packed] = len(packed)
    assert too_long == {}


def test_every_button_leaves_room_for_a_long_argument() -> None:
    """An argument is a place, a page, a code: a dozen characters beside realistic ids."""
    packed = [
        button(id=10**9, revision=10**6, arg="x" * 24, verb=verb).pack()
        for button in _buttons()
        for verb in _verbs(button)
    ]
    assert max(map(len, packed)) <= LONGEST_CALLBACK


def test_every_prefix_is_one_kinds_own() -> None:
    prefixes = [each.__prefix__ for each in _buttons()]
    assert len(prefixes) == len(set(prefixes))
    assert all(1 <= len(prefix) <= 3 for prefix in prefixes)


def test_every_verb_of_a_button_is_short_and_one_of_its_kind() -> None:
    for button in _buttons():
        verbs = [verb.value for verb in _verbs(button)]
        assert verbs, button
        assert all(len(verb) <= 3 for verb in verbs), button


def _verbs(button: type[LiveButton]) -> list[StrEnum]:
    kind = button.model_fields["verb"].annotation
    assert isinstance(kind, type)
    assert issubclass(kind, StrEnum)
    return list(kind)
