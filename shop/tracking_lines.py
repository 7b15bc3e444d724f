"""Several shipments in one message: "订单号 单号" lines, with the carrier named or not."""

import re
import unicodedata
from dataclasses import dataclass

from shop.carriers import find_carrier, guess_carriers
from shop.tracking_numbers import looks_like_number

MOST_LINES = 200
_SEPARATORS = re.compile(r"\s*(?:->|=>|→|[,;|:、])\s*|\s+")
_PREFIX_APART = re.compile(r"\b(SF|YT|JT|JD|DPK)\s+(?=V?[A-Z]?\d)", re.IGNORECASE)
_ANNOUNCEMENT = re.compile(r"^(订单号?|订单编号|order|单号|物流单号|快递单号|运单号|tracking|no\.?|#)$", re.IGNORECASE)
_GLUED_CARRIER = re.compile(r"^([\u4e00-\u9fff&]{2,6})([0-9A-Za-z]{8,})$")


@dataclass(frozen=True, kw_only=True)
class TrackingLine:
    """One line as it was read. `order_number` is empty when the line holds nothing but a tracking number."""

    text: str
    order_number: str
    tracking_number: str
    carrier_id: str | None = None


def read_lines(text: str) -> tuple[TrackingLine, ...]:
    """Every line with a digit (headings have none); what is missing in a line is left empty, so that it can be said."""
    return tuple(read_line(line) for line in text.splitlines() if re.search(r"\d", line))[:MOST_LINES]


def read_line(line: str) -> TrackingLine:
    words = _words(line)
    named = {word: carrier for word in words if (carrier := find_carrier(word)) is not None and not _is_number(word)}
    carrier = next(iter(named.values()), None)
    rest = [word for word in words if word not in named]
    order_number, tracking_number = _told_apart(rest)
    return TrackingLine(
        text=line.strip(),
        order_number=order_number,
        tracking_number=tracking_number,
        carrier_id=carrier.id if carrier else None,
    )


def _words(line: str) -> list[str]:
    words: list[str] = []
    plain = _PREFIX_APART.sub(r"\1", unicodedata.normalize("NFKC", line).strip())
    for word in _SEPARATORS.split(plain):
        glued = _GLUED_CARRIER.match(word)
        parts = [glued[1], glued[2]] if glued and find_carrier(glued[1]) else [word]
        words += [part for part in parts if part and not _ANNOUNCEMENT.match(part)]
    return words


def _told_apart(words: list[str]) -> tuple[str, str]:
    """The order's number comes first, unless only the first word is marked as a carrier's; a number may have gaps."""
    match words:
        case []:
            return "", ""
        case [only]:
            return "", only
        case [first, *rest] if _is_marked(first) and not _is_marked("".join(rest)):
            return "".join(rest), first
        case [first, *rest] if _is_marked("".join(words)) and not looks_like_number(first):
            return "", "".join([first, *rest])
        case [first, *rest]:
            return first, "".join(rest)
    return "", ""


def _is_marked(word: str) -> bool:
    """Letters and length are those of one carrier."""
    certain = guess_carriers(word.upper()).certain
    return certain is not None and certain.marks(word.upper())


def _is_number(word: str) -> bool:
    return sum(sign.isdigit() for sign in word) > len(word) // 2
