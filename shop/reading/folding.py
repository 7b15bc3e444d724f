"""Puts the marked pieces of a line together: rows of sizes, colours, prices, and the words that are left."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from shop.reading.number_runs import Surroundings, sort_numbers
from shop.reading.numerals import read_number, read_whole
from shop.reading.prices import read_price
from shop.reading.said import Price, SizeStock
from shop.reading.sizes import family, size_label, size_value, span
from shop.reading.tokens import Kind, Token
from shop.reading.vocabulary import NUMBERED_MODELS

_RUN = (Kind.NUMBER, Kind.SIZE, Kind.RANGE)
_COUNTS = (Kind.EACH, Kind.COUNT, Kind.TOTAL)
_LINE_END = "\n"
_NOISE_WORDS = "码 尺码 颜色 色 的 和 有 及 与 还有 现货 新品 上架 上新 新增 添加 发布 商品 我要上架 上架商品 帮我上架 我要卖 价格 元 各 每 库存 尺寸 到 and in size sizes"
_NOISE = frozenset(_NOISE_WORDS.split())
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


@dataclass
class _Row:
    size: str
    pieces: int | None
    colours: tuple[str, ...]


@dataclass
class Fold:
    """What has been gathered so far. `group` are the colours that the sizes which follow belong to."""

    sizes_asked: bool = False
    words: list[str] = field(default_factory=list)
    colours: list[str] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)
    each: int | None = None
    list_price: Price | None = None
    sale_price: Price | None = None
    bare_prices: list[Decimal] = field(default_factory=list)
    _group_used: bool = False
    _sizes_closed: bool = False

    def take(self, tokens: Sequence[Token]) -> None:
        at = 0
        while at < len(tokens):
            if tokens[at].kind in _RUN:
                end = _run_end(tokens, at)
                self._take_run(tokens, at, end)
                at = end
            else:
                self._take_one(tokens, at)
                at += 1

    def size_rows(self) -> tuple[SizeStock, ...]:
        """Rows for every colour carry no colour; a row of some colours is repeated for each of them."""
        found: list[SizeStock] = []
        for row in self.rows:
            everywhere = not row.colours or set(row.colours) == set(self.colours)
            found += [SizeStock(row.size, row.pieces, colour) for colour in ([""] if everywhere else row.colours)]
        return tuple(found)

    def _take_one(self, tokens: Sequence[Token], at: int) -> None:
        token = tokens[at]
        takers: dict[Kind, Callable[[Token], None]] = {
            Kind.LIST_PRICE: self._take_list_price,
            Kind.SALE_PRICE: self._take_sale_price,
            Kind.MONEY: self._take_money,
            Kind.EACH: self._take_each,
            Kind.TOTAL: self._take_count,
            Kind.COUNT: self._take_count,
            Kind.PAIR: self._take_pair,
            Kind.WORD: self._take_word,
        }
        if token.kind is Kind.COLOUR:
            self._take_colour(token, tokens[at + 1 : at + 2])
        elif taker := takers.get(token.kind):
            taker(token)

    def _take_list_price(self, token: Token) -> None:
        self.list_price = read_price(token.parts[0]) or self.list_price

    def _take_sale_price(self, token: Token) -> None:
        self.sale_price = read_price(token.parts[0]) or self.sale_price

    def _take_money(self, token: Token) -> None:
        price = read_price(token.text)
        if price is not None and self.sale_price is None:
            self.sale_price = price
        elif price is not None and self.list_price is None:
            self.list_price, self.sale_price = _higher_first(price, self.sale_price)

    def _take_each(self, token: Token) -> None:
        pieces = read_whole(token.parts[0])
        waiting = [row for row in self.rows if row.pieces is None]
        for row in waiting:
            row.pieces = pieces
        if not waiting:
            self.each = pieces
        self._sizes_closed = True

    def _take_count(self, token: Token) -> None:
        """A count without 各 belongs to the one size it can belong to, otherwise it is asked for."""
        pieces = read_whole(token.parts[0])
        waiting = [row for row in self.rows if row.pieces is None]
        if len(waiting) == 1:
            waiting[0].pieces = pieces
        elif not self.rows:
            self.each = pieces
        self._sizes_closed = True

    def _take_pair(self, token: Token) -> None:
        size, pieces = size_label(token.parts[0]), read_whole(token.parts[1].lstrip("-"))
        if size_value(size) is not None and family(size) is None:
            self.words.append(token.text)
            return
        if pieces is not None and token.parts[1].startswith("-"):
            pieces = -pieces
        self._add_rows([size], pieces)
        self._sizes_closed = True

    def _take_word(self, token: Token) -> None:
        if token.text.lower() not in _NOISE:
            self.words.append(token.text)

    def _take_colour(self, token: Token, following: Sequence[Token]) -> None:
        """An English colour before another word is part of a name: Black Cat."""
        latin = bool(_LATIN.match(token.text))
        if latin and following and following[0].kind is Kind.WORD and _LATIN.match(following[0].text):
            self.words.append(token.text)
            return
        if self._group_used:
            self.group, self._group_used = [], False
        if not any(same_colour(token.text, known) for known in self.group):
            self.group.append(token.text)
        if not any(same_colour(token.text, known) for known in self.colours):
            self.colours.append(token.text)
        self._sizes_closed = False

    def _take_run(self, tokens: Sequence[Token], start: int, end: int) -> None:
        run = [token for token in tokens[start:end] if token.kind in _RUN]
        counted = end < len(tokens) and tokens[end].kind in _COUNTS
        if any(token.kind is not Kind.NUMBER for token in run) and self._takes_named(run, counted=counted):
            return
        around = self._around(tokens, start, end, counted=counted)
        found = sort_numbers([token.text for token in run if token.kind is Kind.NUMBER], around)
        self.words += found.name
        self.bare_prices += found.prices
        self._add_rows([size_label(size) for size in found.sizes], None)

    def _takes_named(self, run: Sequence[Token], *, counted: bool) -> bool:
        """Sizes that say so themselves: 42码, 42-45, S M L, EU42. A lone letter may be part of a name."""
        letters = [token for token in run if re.fullmatch("[SMLsml]", token.text)]
        if len(run) == 1 and letters and not (counted or self.sizes_asked or self.group):
            self.words.append(run[0].text)
            return True
        for token in run:
            self._take_named(token)
        return True

    def _take_named(self, token: Token) -> None:
        sizes = span(*token.parts) if token.kind is Kind.RANGE else [size_label(token.parts[0])]
        if sizes is None:
            self._take_odd_range(token)
        elif token.kind is Kind.NUMBER and (family(sizes[0]) is None or self._is_other_scale(sizes[0])):
            self.bare_prices += [number] if (number := read_number(token.text)) is not None else []
        else:
            self._add_rows(sizes, None)

    def _is_other_scale(self, size: str) -> bool:
        known = [row.size for row in self.rows]
        return bool(known) and all(family(row) != family(size) for row in known)

    def _take_odd_range(self, token: Token) -> None:
        """42-10 counts down, so it is a size and its pieces."""
        size, pieces = size_label(token.parts[0]), read_whole(token.parts[1])
        if pieces is not None and family(size) is not None and pieces < (size_value(size) or 0):
            self._add_rows([size], pieces)
            self._sizes_closed = True
        else:
            self.words.append(token.text)

    def _around(self, tokens: Sequence[Token], start: int, end: int, *, counted: bool) -> Surroundings:
        before = tokens[start - 1] if start else None
        after_word = before is not None and before.kind is Kind.WORD and bool(self.words)
        last = self.words[-1].lower() if self.words else ""
        return Surroundings(
            after_word=after_word,
            numbered_model=last in NUMBERED_MODELS,
            counted=counted,
            at_end=not any(token.kind is not Kind.BREAK for token in tokens[end:]),
            sizes_known=self._sizes_closed and bool(self.rows),
            sizes_asked=self.sizes_asked,
        )

    def _add_rows(self, sizes: Sequence[str], pieces: int | None) -> None:
        if sizes:
            self.rows += [_Row(size, pieces, tuple(self.group)) for size in sizes]
            self._group_used, self._sizes_closed = True, False


def same_colour(one: str, other: str) -> bool:
    return one.removesuffix("色").lower() == other.removesuffix("色").lower()


def _run_end(tokens: Sequence[Token], start: int) -> int:
    """Where the sizes and numbers that start here end; commas and slashes between them do not part them, a new line does."""
    end = start + 1
    for at in range(start + 1, len(tokens)):
        token = tokens[at]
        if token.kind in _RUN:
            end = at + 1
        elif token.kind is not Kind.BREAK or _LINE_END in token.text:
            break
    return end


def _higher_first(one: Price, other: Price | None) -> tuple[Price, Price]:
    if other is None or one.amount >= other.amount:
        return one, other or one
    return other, one
