"""The child process that reads one order sheet: a question and the file on stdin, the answer line by line on stdout."""

import json
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from documents.child_limits import OUT_OF_MEMORY, limit_this_process
from documents.order_sheets import read_rows_of
from shop.column_guesses import LayoutGuess, guess_layout
from shop.errors import ShopError
from shop.incoming import IncomingOrder
from shop.order_columns import Layout, OrderField
from shop.order_rows import RowOrder, read_orders
from shop.sheet_states import SheetState
from shop.sheets import SheetRow

CHUNK = 100
_EXAMPLES = 3


def answer(question: Mapping[str, Any], content: bytes) -> Iterator[str]:
    """First what the sheet is; then, if its layout is beyond doubt, every chunk of orders as two lines, and the problems."""
    rows = read_rows_of(content)
    guess = guess_layout(rows)
    confirmed = question["layout"]
    layout = layout_from(confirmed) if confirmed else guess.layout
    read = None
    if confirmed or guess.known:
        read = read_orders(rows, layout, zone=question["zone"], currency=question["currency"])
    yield _json({"sheet": _sheet(guess, layout, rows)})
    if read:
        yield _json({"problems": read.problems})
        for start in range(0, len(read.orders), CHUNK):
            yield from _chunk(read.orders[start : start + CHUNK])


def _sheet(guess: LayoutGuess, layout: Layout, rows: tuple[SheetRow, ...]) -> dict[str, Any]:
    below = [row.cells for row in rows if row.number > layout.header_row]
    return {
        "layout": layout,
        "known": guess.known,
        "header": guess.header,
        "doubtful": sorted(guess.doubtful),
        "examples": below[:_EXAMPLES],
        "rows": len(below),
    }


def _chunk(orders: tuple[RowOrder, ...]) -> tuple[str, str]:
    """Which orders, for those who only count them; then the orders themselves, to be kept as they are."""
    index = {
        "numbers": [one.order.number for one in orders],
        "rows": [one.row for one in orders],
        "states": [_state(one.order) for one in orders],
    }
    return _json(index), _json([one.order for one in orders])


def _state(order: IncomingOrder) -> SheetState:
    if order.cancelled:
        return SheetState.CANCELLED
    return SheetState.SHIPPED if order.shipped else SheetState.OPEN


def layout_from(written: Mapping[str, Any]) -> Layout:
    """A layout out of its JSON."""
    columns = {OrderField(name): tuple(map(tuple, ways)) for name, ways in written["columns"].items()}
    return Layout(
        source=written["source"],
        header_row=written["header_row"],
        columns=columns,
        items=tuple(written["items"]),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value):
        return vars(value)
    raise TypeError(type(value).__name__)


def main() -> int:
    """0 with an answer or a refusal, OUT_OF_MEMORY, or 1 and the place of our mistake without anything that was read."""
    limit_this_process()
    try:
        question, _, content = sys.stdin.buffer.read().partition(b"\n")
        lines = list(answer(json.loads(question), content))
    except ShopError as refusal:
        lines = [_json({"refused": type(refusal).__name__, "facts": asdict(refusal)})]  # type: ignore[call-overload]
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception as mistake:  # noqa: BLE001  a traceback would quote the buyer's cells
        place = traceback.extract_tb(mistake.__traceback__)[-1]
        sys.stderr.write(f"{type(mistake).__name__} at {Path(place.filename).name}:{place.lineno}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
