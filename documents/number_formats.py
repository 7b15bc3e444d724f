"""Numbers in workbooks as people see them: days out of day counts, and no tails of binary fractions."""

import re
from datetime import datetime, timedelta

_DAY_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_LETTERS_OF_DAYS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|General|E[+-]')
_LETTERS_OF_DAYS = re.compile(r"[ymdhs年月日时分]", re.IGNORECASE)
_START = datetime(1899, 12, 30)  # noqa: DTZ001  a cell says nothing of time zones
_DAYS_1904 = 1462
_LAST_DAY = 2_958_465
_SECONDS_A_DAY = 86_400
_WHOLE = re.compile(r"-?\d+")
_SURE_DIGITS = 15


class Styles:
    """Which cell styles show a day or a time; reads the part with the styles."""

    def __init__(self) -> None:
        self._custom: dict[str, str] = {}
        self._in_cells = False
        self._days: list[bool] = []

    def shows_day(self, style: str) -> bool:
        return style.isascii() and style.isdigit() and int(style) < len(self._days) and self._days[int(style)]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "numFmt":
                self._custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            case "cellXfs":
                self._in_cells = True
            case "xf" if self._in_cells:
                self._days.append(self._is_day(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def text(self, text: str) -> None:
        """Styles have no text."""

    def _is_day(self, format_id: str) -> bool:
        if code := self._custom.get(format_id):
            return _LETTERS_OF_DAYS.search(_NOT_LETTERS_OF_DAYS.sub("", code.split(";")[0])) is not None
        return format_id.isascii() and format_id.isdigit() and int(format_id) in _DAY_FORMATS


def shown_number(text: str, *, day: bool, starts_1904: bool) -> str:
    """The number as text: long digits stay as written, fractions lose what binary arithmetic added."""
    if _WHOLE.fullmatch(text) and not day:
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    if day and 0 <= number < _LAST_DAY:
        return _day(number + (_DAYS_1904 if starts_1904 else 0))
    if abs(number) >= 10**_SURE_DIGITS:
        return text
    return f"{number:.{_SURE_DIGITS}g}" if number != int(number) else str(int(number))


def _day(number: float) -> str:
    moment = _START + timedelta(seconds=round(number * _SECONDS_A_DAY))
    if number < 1:
        return moment.strftime("%H:%M:%S")
    return moment.strftime("%Y-%m-%d %H:%M:%S" if moment.time() != moment.min.time() else "%Y-%m-%d")
