"""Reading a merchant's order sheet from the event loop: the work is done by a child, here is what it found."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from documents.child import ChildDied, run_in_child
from documents.order_sheet_child import layout_from
from shop.column_guesses import LayoutGuess
from shop.errors import ShopError
from shop.order_columns import Layout, OrderField
from shop.row_problems import RowProblem, Trouble
from shop.sheet_states import ChunkIndex, SheetState
from shop.sheets import SheetTooHeavy, refusal_from

_CHILD = "documents.order_sheet_child"


@dataclass(frozen=True, kw_only=True)
class OrderChunk:
    """Up to a hundred orders: what is asked about each, and the orders themselves as JSON that is only opened when needed."""

    source: str
    index: ChunkIndex
    orders: str


@dataclass(frozen=True, kw_only=True)
class SheetReading:
    """What a sheet is and, if its layout is known or was given, all that it holds."""

    guess: LayoutGuess
    examples: tuple[tuple[str, ...], ...]
    row_count: int
    chunks: tuple[OrderChunk, ...] = ()
    problems: tuple[RowProblem, ...] = ()


async def read_order_sheet(
    content: bytes, *, zone: str, currency: str, layout: Layout | None = None
) -> SheetReading | ShopError:
    """`layout`: as a person confirmed it. Refusals are given back, not raised: they are what the person is told."""
    question = {"zone": zone, "currency": currency, "layout": layout and layout_to(layout)}
    try:
        answer = await run_in_child(_CHILD, json.dumps(question).encode() + b"\n" + content)
    except ChildDied:
        return SheetTooHeavy()
    first, *lines = answer.decode().rstrip("\n").split("\n")
    head = json.loads(first)
    return refusal_from(head["refused"], head["facts"]) if "refused" in head else _reading(head["sheet"], lines)


def layout_to(layout: Layout) -> dict[str, Any]:
    """The JSON of a layout."""
    columns = {str(name): ways for name, ways in layout.columns.items()}
    return {"source": layout.source, "header_row": layout.header_row, "columns": columns, "items": layout.items}


def _reading(sheet: Mapping[str, Any], lines: list[str]) -> SheetReading:
    problems = json.loads(lines[0])["problems"] if lines else ()
    layout = layout_from(sheet["layout"])
    return SheetReading(
        guess=LayoutGuess(
            layout=layout,
            header=tuple(sheet["header"]),
            known=sheet["known"],
            doubtful=frozenset(map(OrderField, sheet["doubtful"])),
        ),
        examples=tuple(map(tuple, sheet["examples"])),
        row_count=sheet["rows"],
        chunks=tuple(
            _chunk(layout.source, json.loads(index), orders)
            for index, orders in zip(lines[1::2], lines[2::2], strict=True)
        ),
        problems=tuple(
            RowProblem(row=one["row"], trouble=Trouble(one["trouble"]), text=one["text"]) for one in problems
        ),
    )


def _chunk(source: str, index: Mapping[str, Any], orders: str) -> OrderChunk:
    numbers, rows, states = index["numbers"], index["rows"], index["states"]
    return OrderChunk(
        source=source,
        index=ChunkIndex(numbers=tuple(numbers), rows=tuple(rows), states=tuple(map(SheetState, states))),
        orders=orders,
    )
