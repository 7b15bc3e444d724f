"""Tracking numbers written without a card: "订单号 单号" lines, and a single number whose order is asked for."""

from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from bot.cards.carrier_names import name_of
from bot.cards.parcel_list import which_order
from bot.cards.parcels import result
from bot.filters import Has, Is, NoCommand
from bot.hearing import Hearing
from bot.labels import Label
from bot.replies import Replies, Say, Show
from services import parcels, tracking
from services.parcels import LineResult
from shop.drafts.draft import Draft, DraftKind
from shop.parcels import Parcel
from shop.phones import PhoneKind, read_phone
from shop.reading import TrackingLines
from shop.speakers import Permission
from shop.tracking_lines import TrackingLine, read_lines
from shop.tracking_numbers import looks_like_number, normalise_number
from storage.news import CardKind
from storage.work import Work

several = Router(name="ship_lines")
"""Stands before a tracking number that is being entered: several lines are never one answer."""
single = Router(name="ship_line")
DISPATCH = Is(Permission.DISPATCH)
SHORTEST_ORDER_NUMBER = 6


class NamesSeveral(Filter):
    """Lines of which at least one holds an order and its number, or nothing but numbers. Gives `lines`."""

    async def __call__(self, message: Message, hearing: Hearing) -> bool | dict[str, Any]:
        lines = read_lines(message.text or "")
        if len(lines) < 2:  # noqa: PLR2004 - several
            return False
        ships = isinstance(hearing.said, TrackingLines) or any(_names_both(line) for line in lines)
        return {"lines": lines} if ships else False


class NamesOne(Filter):
    """One line: an order that we have and something behind it, or a number that can only be a tracking number. Gives `line`."""

    async def __call__(
        self, message: Message, work: Work, hearing: Hearing, open_draft: Draft | None = None
    ) -> bool | dict[str, Any]:
        text = message.text or ""
        lines = read_lines(text)
        if len(lines) != 1 or _is_phone(text) or (text.isdigit() and _edits_address(open_draft)):
            return False
        line = tracking.in_one_piece(work, lines[0])
        known_short = line.order_number.isdigit() and looks_like_number(line.tracking_number)
        if (known_short or len(line.order_number) >= SHORTEST_ORDER_NUMBER) and work.orders.find_by_number(
            line.order_number
        ):
            return {"line": line}
        alone = isinstance(hearing.said, TrackingLines) and not work.orders.search(text, most=1)
        return {"line": line} if alone else False


@dataclass(frozen=True)
class Shipped:
    """A parcel of the report."""

    line: TrackingLine
    parcel: Parcel
    carrier: Label


@several.message(Has("text"), NoCommand(), NamesSeveral(), DISPATCH)
async def ship_several(_: Message, work: Work, lines: tuple[TrackingLine, ...]) -> Say:
    results = parcels.ship_lines(work, lines)
    shipped = {each.parcel.id: _shipped(each.line, each.parcel) for each in results if each.parcel is not None}
    refused: list[LineResult] = [each for each in results if each.refusal is not None]
    return Say("parcels/lines.html", shipped=list(shipped.values()), refused=refused)


@single.message(Has("text"), NoCommand(), NamesOne(), DISPATCH)
async def ship_one(_: Message, work: Work, line: TrackingLine) -> Replies:
    if line.order_number:
        order = parcels.find_order(work, line.order_number)
        return result(work, tracking.enter_number(work, order.id, line))
    number = normalise_number(line.tracking_number)
    known = work.parcels.find_by_number(number)
    if known is not None:
        return Show(CardKind.PARCEL.of(known.id), view="")
    return Show(CardKind.PARCELS.of(work.shop_id), view=which_order(number, line.carrier_id))


def _shipped(line: TrackingLine, parcel: Parcel) -> Shipped:
    return Shipped(line, parcel, name_of(parcel.carrier_id))


def _names_both(line: TrackingLine) -> bool:
    has_order = any(sign.isdigit() for sign in line.order_number)
    return has_order and looks_like_number(line.tracking_number) and not _is_phone(line.tracking_number)


def _is_phone(text: str) -> bool:
    return read_phone(text).kind in (PhoneKind.MOBILE, PhoneKind.LANDLINE, PhoneKind.SERVICE)


def _edits_address(draft: Draft | None) -> bool:
    return draft is not None and draft.kind is DraftKind.EDIT_ADDRESS
