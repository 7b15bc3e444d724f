"""Cuts a cleaned line about goods into marked pieces: sizes, counts, prices, colours, bare numbers and words."""

import re
from dataclasses import dataclass
from enum import StrEnum

from shop.reading.numerals import ARABIC, CHINESE, NUMBER
from shop.reading.vocabulary import CHINESE_COLOUR, ENGLISH_COLOUR, PIECE_UNIT

HAN = "\u4e00-\u9fff"
_LETTER_SIZE = r"(?:[2-9]?x{1,4}[sl]|[2-9]xl|[sml])"
_REGION_SIZE = r"(?:us|uk|eu|jp|cm|w)\s?\d{1,2}(?:\.5|⅓|⅔)?"
_CHEST_SIZE = r"\d{3}/\d{2,3}[abcy]?"
_ONE_SIZE = r"均码|通码|one\s?size|free\s?size|(?-i:\bFREE\b)"
_NUMBER_SIZE = r"\d{2,3}(?:\.5|⅓|⅔)?"
_OTHER_SIZE = (
    rf"[加特]?[大中小]号|[大中小](?![{HAN}])|\d{{1,3}}号|\d{{1,3}}(?:cm|ml|寸)(?![a-z])|\d{{2}}[a-g](?![a-z\d])"
)
NAMED_SIZE = rf"(?:{_CHEST_SIZE}|{_REGION_SIZE}|{_LETTER_SIZE}|{_ONE_SIZE})"
SIZE = rf"(?:{NAMED_SIZE}|{_NUMBER_SIZE})"
_NOT_IN_WORD = r"(?<![a-z\d.])"
_WORD_ENDS = r"(?![a-z\d.⅓⅔])"
_SIZE_SIGN = r"\s?[码碼号]?"

_CURRENCY_BEFORE = r"(?:[¥$€£]|(?:rmb|cny|usd|eur|gbp|hkd)\b)"
_CURRENCY_AFTER = r"(?:元|圆|块钱?|人民币|(?:rmb|cny|usd|eur|gbp|hkd)(?![a-z])|[美欧日]元|美金|港币|英镑|[¥€£])"
_SPOKEN_TAIL = rf"(?:(?:{CHINESE}|\d{{1,2}})(?![\d.]|\s?{PIECE_UNIT})(?:毛\d?[{HAN}]?|角)?)?"
SPOKEN_PRICE = rf"(?:{NUMBER})\s?[元块]{_SPOKEN_TAIL}"
MARKED_PRICE = rf"(?:{_CURRENCY_BEFORE}\s?(?:{ARABIC})(?:\s?元)?|(?:{NUMBER})\s?{_CURRENCY_AFTER})"
_ANY_PRICE = rf"(?:{SPOKEN_PRICE}|{MARKED_PRICE}|{NUMBER})"
_IS = r"\s?[:=是为]?\s?"
_LIST_LABEL = r"(?:原价|吊牌价?|划线价|市场价|专柜价|定价|list(?:\s?price)?|rrp|msrp|was)"
_SALE_LABEL = (
    r"(?:售价|现价|卖价|活动价|到手价?|特价|折后价?|零售价|价格|单价|价钱|只要|只卖|卖|价"
    r"|sale(?:\s?price)?|selling(?:\s?price)?|price|now|for)"
)
_PER_SIZE = r"(?:各色各码|各码|各色|每个?尺码|每个?码|每[种款色个]|各个?|每|均(?!码)为?|都是)"
_COUNT = rf"(?:{NUMBER})\s?{PIECE_UNIT}?"
_CHINESE_COUNT_END = rf"(?=$|[^{HAN}]|各|每|原|售|现|卖|价|共)"


class Kind(StrEnum):
    LIST_PRICE = "list_price"
    SALE_PRICE = "sale_price"
    MONEY = "money"
    EACH = "each"
    TOTAL = "total"
    PAIR = "pair"
    RANGE = "range"
    SIZE = "size"
    COUNT = "count"
    COLOUR = "colour"
    NUMBER = "number"
    WORD = "word"
    BREAK = "break"


@dataclass(frozen=True)
class Token:
    kind: Kind
    text: str
    parts: tuple[str, ...] = ()


_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (Kind.BREAK, r"\n+"),
    (Kind.WORD, rf"{_NOT_IN_WORD}(?:over|above|under|below)\s(?:{ARABIC}){_WORD_ENDS}"),
    (Kind.LIST_PRICE, rf"{_NOT_IN_WORD}{_LIST_LABEL}{_IS}({_ANY_PRICE})"),
    (Kind.EACH, rf"{_PER_SIZE}\s?[有x:]?\s?({NUMBER})\s?{PIECE_UNIT}?(?![{HAN}]?[码])"),
    (Kind.EACH, rf"{_NOT_IN_WORD}({NUMBER})\s?{PIECE_UNIT}?\s?(?:of\s)?each\b"),
    (Kind.EACH, rf"\beach\s?[:x]?\s?({NUMBER})"),
    (Kind.EACH, rf"(?:库存|现货|数量|stock|qty)\s?[:是为]?\s?(?:{_PER_SIZE})?\s?({NUMBER})\s?{PIECE_UNIT}?(?![\d码])"),
    (Kind.TOTAL, rf"(?:一共|总共|合计|共|total)\s?[:]?\s?({NUMBER})\s?{PIECE_UNIT}?"),
    (Kind.SALE_PRICE, rf"{_NOT_IN_WORD}{_SALE_LABEL}{_IS}({_ANY_PRICE})"),
    (Kind.PAIR, rf"{_NOT_IN_WORD}({SIZE}){_SIZE_SIGN}\s?[:=x*]\s?(-?{ARABIC}|{CHINESE})\s?{PIECE_UNIT}?(?![\d.⅓⅔])"),
    (Kind.PAIR, rf"{_NOT_IN_WORD}({SIZE}){_SIZE_SIGN}\s?\(\s?({NUMBER})\s?{PIECE_UNIT}?\s?\)"),
    (Kind.PAIR, rf"{_NOT_IN_WORD}({SIZE})(?:{_SIZE_SIGN}\s|[码碼号])\s?(?:有|剩|还有)?({NUMBER})\s?{PIECE_UNIT}"),
    (Kind.PAIR, rf"{_NOT_IN_WORD}({NAMED_SIZE})\s?({NUMBER})\s?{PIECE_UNIT}"),
    (Kind.RANGE, rf"{_NOT_IN_WORD}({SIZE}){_SIZE_SIGN}\s?(?:-|到|至|to)\s?({SIZE}){_SIZE_SIGN}{_WORD_ENDS}"),
    (Kind.PAIR, rf"{_NOT_IN_WORD}({SIZE})-(\d)(?![\d.-]|[a-z])"),
    (Kind.MONEY, rf"{_NOT_IN_WORD}(?:{SPOKEN_PRICE}(?!\w)|{MARKED_PRICE})"),
    (Kind.COUNT, rf"{_NOT_IN_WORD}({ARABIC})\s?{PIECE_UNIT}"),
    (Kind.COUNT, rf"({CHINESE})\s?{PIECE_UNIT}{_CHINESE_COUNT_END}"),
    (Kind.SIZE, rf"{_NOT_IN_WORD}({SIZE})[码碼]"),
    (Kind.SIZE, rf"{_NOT_IN_WORD}({_CHEST_SIZE}|{_REGION_SIZE}|{_LETTER_SIZE}){_WORD_ENDS}"),
    (Kind.SIZE, rf"({_ONE_SIZE})"),
    (Kind.COLOUR, rf"(?<![{HAN}])({CHINESE_COLOUR}(?:配{CHINESE_COLOUR})?色?)(?=$|[^{HAN}]|[各每原售现价和的卖])"),
    (Kind.COLOUR, rf"({CHINESE_COLOUR}色)(?=$|[^{HAN}]|[各每原售现价和的卖])"),
    (Kind.COLOUR, rf"(?<![a-z])({ENGLISH_COLOUR})(?![a-z])"),
    (Kind.NUMBER, rf"{_NOT_IN_WORD}({_NUMBER_SIZE}|{ARABIC}){_WORD_ENDS}"),
    (Kind.NUMBER, rf"(?<![{HAN}])({CHINESE})(?<=..)(?![{HAN}])"),
    (Kind.WORD, r"361[°度]|[a-z\d][a-z\d'’&.+_°⅓⅔-]*(?<![.-])"),
    (Kind.WORD, rf"[{HAN}]"),
    (Kind.BREAK, r"[^\s\w]"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_OTHER_SIZES = re.compile(rf"{_NOT_IN_WORD}({_OTHER_SIZE})", re.IGNORECASE)


def tokens_of(text: str) -> list[Token]:
    """All tokens of a cleaned text; Chinese signs that mean nothing else become one word with what they touch: T恤."""
    found: list[Token] = []
    at, word_end = 0, -1
    while at < len(text):
        token, end = _token_at(text, at)
        if token is None:
            at += 1
            continue
        if token.kind is Kind.WORD and word_end == at and (_is_han(token.text) or _is_han(found[-1].text)):
            found[-1] = Token(Kind.WORD, found[-1].text + token.text)
        else:
            found.append(token)
        word_end = end if token.kind is Kind.WORD else -1
        at = end
    return found


def other_sizes(text: str) -> list[str]:
    """Size labels that only count as sizes when sizes were asked for: 大号, 120cm, 75B."""
    return _OTHER_SIZES.findall(text)


def _token_at(text: str, at: int) -> tuple[Token | None, int]:
    for kind, pattern in _COMPILED:
        if (match := pattern.match(text, at)) and match.end() > at:
            return Token(kind, match[0], match.groups()), match.end()
    return None, at


def _is_han(text: str) -> bool:
    return "\u4e00" <= text[-1] <= "\u9fff"
