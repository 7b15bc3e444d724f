"""Whatever a button claims to carry: it is one of ours, within what any database counts, or it is nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

import bot.routers  # noqa: F401 - with all kinds of buttons
from bot.callbacks import _BUTTONS, _MOST_DIGITS, LiveButton, read_button, whole

ANYTHING = st.text(st.characters(codec=None), max_size=64)
PARTS = st.one_of(
    ANYTHING, st.integers().map(str), st.sampled_from(["", "0", "-1", "1e3", "１２", "٣", "o", "\ud83d", " 1"])
)
SHAPED = st.builds(
    lambda prefix, parts: ":".join([prefix, *parts]), st.sampled_from(sorted(_BUTTONS)), st.lists(PARTS, max_size=6)
)


@given(st.one_of(ANYTHING, SHAPED))
@settings(max_examples=1_000, deadline=None)
def test_any_text_is_a_button_of_ours_or_none(text: str) -> None:
    button = read_button(text)
    if button is not None:
        assert isinstance(button, LiveButton)
        assert 0 <= button.id < 10**_MOST_DIGITS
        assert 0 <= button.revision < 10**_MOST_DIGITS
        assert read_button(button.pack()) == button


@given(st.one_of(ANYTHING, st.integers().map(str)))
@settings(max_examples=500, deadline=None)
def test_any_argument_is_a_number_within_bounds(text: str) -> None:
    assert abs(whole(text)) < 10**_MOST_DIGITS
