"""What of an exchange fits on a card, and the whole of it page by page."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from shop.exchange import LONGEST_GLANCE, MOST_LINES, ROOM, newest, pages
from shop.questions import QuestionLine, Side

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def said(text: str) -> QuestionLine:
    return QuestionLine(side=Side.BUYER, by_id=7, by_name="小美", said_at=NOON, text=text)


def test_a_short_exchange_is_shown_whole() -> None:
    lines = [said("在吗"), said("43 码还有吗？")]
    shown, left_out = newest(lines)
    assert [excerpt.text for excerpt in shown] == ["在吗", "43 码还有吗？"]
    assert not left_out


def test_a_long_line_is_cut_and_this_is_known() -> None:
    shown, left_out = newest([said("长" * (LONGEST_GLANCE + 1))])
    assert (len(shown[0].text), shown[0].goes_on, left_out) == (LONGEST_GLANCE, True, True)


def test_of_many_lines_the_newest_are_shown() -> None:
    shown, left_out = newest([said(str(n)) for n in range(20)])
    assert [excerpt.text for excerpt in shown] == [str(n) for n in range(20 - MOST_LINES, 20)]
    assert left_out


def test_the_newest_line_is_shown_however_long_the_others_are() -> None:
    shown, left_out = newest([said("长" * 600) for _ in range(5)] + [said("新")])
    assert shown[-1].text == "新"
    assert sum(len(excerpt.text) for excerpt in shown) <= ROOM
    assert left_out


@given(st.lists(st.text(max_size=4096), max_size=12))
def test_the_pages_hold_every_word_once_and_none_is_too_long(texts: list[str]) -> None:
    made = pages([said(text) for text in texts])
    assert "".join(excerpt.text for page in made for excerpt in page) == "".join(texts)
    assert all(sum(len(excerpt.text) for excerpt in page) <= ROOM for page in made)
