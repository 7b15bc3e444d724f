"""An exchange on a small screen: its newest words, or all of them page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shop.questions import QuestionLine

ROOM = 1600
"""Characters of one page; even if each of them counts double, Telegram's 4096 are not reached."""
LONGEST_GLANCE = 600
MOST_LINES = 5
_AROUND_A_LINE = 24


@dataclass(frozen=True)
class Excerpt:
    """A line or a part of it; `goes_on` when there is more of it."""

    line: QuestionLine
    text: str
    goes_on: bool = False


def newest(lines: Sequence[QuestionLine]) -> tuple[list[Excerpt], bool]:
    """What fits on a card, oldest first, and whether anything was left out."""
    shown: list[Excerpt] = []
    room = ROOM
    for line in reversed(lines[-MOST_LINES:]):
        text = line.text[:LONGEST_GLANCE]
        room -= _width(line, text)
        if room < 0 and shown:
            break
        shown.insert(0, Excerpt(line, text, goes_on=len(line.text) > LONGEST_GLANCE))
    return shown, len(shown) < len(lines) or any(excerpt.goes_on for excerpt in shown)


def pages(lines: Sequence[QuestionLine]) -> list[list[Excerpt]]:
    """Every word of the exchange; a long line goes on, on the next page."""
    made: list[list[Excerpt]] = [[]]
    room = ROOM
    for excerpt in _pieces(lines):
        width = _width(excerpt.line, excerpt.text)
        if width > room and made[-1]:
            made.append([])
            room = ROOM
        made[-1].append(excerpt)
        room -= width
    return made


def _pieces(lines: Sequence[QuestionLine]) -> Iterator[Excerpt]:
    for line in lines:
        longest = ROOM - _width(line, "")
        starts = range(0, len(line.text), longest) if line.text else [0]
        for start in starts:
            text = line.text[start : start + longest]
            yield Excerpt(line, text, goes_on=start + longest < len(line.text))


def _width(line: QuestionLine, text: str) -> int:
    return len(text) + len(line.by_name) + len(line.file_name) + _AROUND_A_LINE
