"""Sheets are read in a process of its own, which may neither run on nor grow without end, nor take the bot along."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from documents.child import ChildBroke, ChildDied, run_in_child
from documents.order_sheet_reading import SheetReading, read_order_sheet
from shop.order_columns import Layout, OrderField
from shop.row_problems import Trouble
from shop.sheets import FileKind, SheetEmpty, SheetNotReadable, SheetTooHeavy, SheetTooLarge
from tests.documents.sheet_files import HEADER, workbook

pytestmark = pytest.mark.processes
OWN = Layout(source="sheet", header_row=1, columns={OrderField.NUMBER: ((0,),), OrderField.TITLE: ((1,),)})


async def reading_of(content: bytes, layout: Layout | None = None) -> object:
    return await read_order_sheet(content, zone="Asia/Shanghai", currency="CNY", layout=layout)


async def test_an_unknown_sheet_comes_back_with_a_guess_and_nothing_else() -> None:
    reading = await reading_of(workbook(("订单号", "商品名", "数量"), ("A1", "鞋", "1")))
    assert isinstance(reading, SheetReading)
    assert not reading.guess.known
    assert reading.guess.doubtful == {OrderField.TITLE}
    assert reading.guess.header == ("订单号", "商品名", "数量")
    assert reading.examples == (("A1", "鞋", "1"),)
    assert reading.row_count == 1
    assert reading.chunks == ()


async def test_a_confirmed_layout_gives_the_orders_in_chunks_of_a_hundred() -> None:
    rows = [(f"A{n}", "鞋", "1") for n in range(250)]
    reading = await reading_of(workbook(HEADER, *rows, ("", "", "1")), OWN)
    assert isinstance(reading, SheetReading)
    assert [len(chunk.index.numbers) for chunk in reading.chunks] == [100, 100, 50]
    assert reading.chunks[2].index.numbers[-1] == "A249"
    assert reading.chunks[2].index.rows[-1] == 251
    assert json.loads(reading.chunks[2].orders)[-1]["number"] == "A249"
    assert [(one.row, one.trouble) for one in reading.problems] == [(252, Trouble.NO_NUMBER)]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", SheetEmpty()),
        (b"<html></html>", SheetNotReadable(FileKind.WEB_PAGE)),
        (b"a" * 6_000_000, SheetTooLarge(6_000_000)),
    ],
)
async def test_a_refusal_comes_back_whole(content: bytes, refusal: object) -> None:
    assert await reading_of(content) == refusal


async def test_line_breaks_of_every_kind_inside_cells_do_not_disturb_the_answer() -> None:
    reading = await reading_of(workbook(HEADER, ("A1", "a\u2028b\nc\x85d", "1")), OWN)
    assert isinstance(reading, SheetReading)
    assert json.loads(reading.chunks[0].orders)[0]["lines"][0]["title"] == "a\u2028b\nc\x85d"


async def test_the_child_starts_fast_because_it_brings_nothing_heavy() -> None:
    heavy = "{'aiogram', 'sqlalchemy', 'pydantic', 'openpyxl', 'asyncio'}"
    program = f"import sys, documents.order_sheet_child; print(*sorted({heavy} & set(sys.modules)))"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert (await child.communicate())[0].split() == []


async def test_our_own_mistake_is_told_by_its_place_and_without_a_cell() -> None:
    question = {"zone": "No/Where", "currency": "CNY", "layout": {"columns": 7}}
    said = json.dumps(question).encode() + "\n订单号,商品\n机密,鞋\n".encode()
    with pytest.raises(ChildBroke) as caught:
        await run_in_child("documents.order_sheet_child", said)
    assert "order_sheet_child.py" in str(caught.value)
    assert "机密" not in str(caught.value)


async def test_a_child_that_takes_too_long_is_ended() -> None:
    with pytest.raises(ChildDied):
        await run_in_child("http.server", b"", seconds=0.5)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit the memory of a process")
async def test_a_child_that_wants_too_much_memory_does_not_get_it() -> None:
    with pytest.raises(ChildDied):
        await run_in_child("tests.documents.greedy_child", b"")


async def test_a_child_that_died_is_told_as_a_sheet_too_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    async def die(*_: object) -> bytes:
        raise ChildDied

    monkeypatch.setattr("documents.order_sheet_reading.run_in_child", die)
    assert await reading_of(workbook(HEADER)) == SheetTooHeavy()
