"""The errands of an order sheet: fetching and reading it, and taking its orders in while everybody else is answered."""

import asyncio
from functools import partial

from bot.errands import Outside, errand
from bot.errands.fetch_file import fetch
from documents.order_sheet_reading import SheetReading, read_order_sheet
from services import sheet_reports
from services.order_imports import ReadOrderSheet, TakeInOrders
from shop.divisions.places import known_places
from shop.errors import ShopError
from shop.sheets import SheetOutOfReach
from storage.tasks import Job
from storage.work import Work

PUT_AT_ONCE = 5
"""Chunks in one piece of work at the desk; taking orders in is heavier and goes one by one."""


def _out_of_reach(work: Work, wish: ReadOrderSheet) -> None:
    sheet_reports.sheet_refused(work, wish.import_id, SheetOutOfReach())


@errand(ReadOrderSheet, give_up=_out_of_reach)
async def read_sheet(outside: Outside, wish: ReadOrderSheet) -> Job[None]:
    """Nothing of the file is kept on our side: it stays with Telegram until it is read."""
    sheet = await outside.do(partial(sheet_reports.sheet_to_read, import_id=wish.import_id))
    if sheet is None:
        return _nothing_more
    content = await fetch(outside, sheet.file_id)
    read = await read_order_sheet(content, zone=sheet.zone, currency=sheet.currency, layout=sheet.layout)
    match read:
        case ShopError():
            return partial(sheet_reports.sheet_refused, import_id=wish.import_id, refusal=read)
        case SheetReading() if sheet.layout is None and not read.guess.known:
            return partial(sheet_reports.columns_found, import_id=wish.import_id, reading=read)
    for start in range(0, len(read.chunks), PUT_AT_ONCE):
        chunks = read.chunks[start : start + PUT_AT_ONCE]
        if not await outside.do(
            partial(sheet_reports.put_chunks, import_id=wish.import_id, position=start, chunks=chunks)
        ):
            break
    return partial(sheet_reports.sheet_ready, import_id=wish.import_id, reading=read)


def _interrupted(work: Work, wish: TakeInOrders) -> None:
    sheet_reports.import_interrupted(work, wish.import_id)


@errand(TakeInOrders, give_up=_interrupted)
async def take_in(outside: Outside, wish: TakeInOrders) -> Job[None]:
    """One chunk is one piece of work at the desk, so that others are served in between; a restart goes on with the next one."""
    await asyncio.to_thread(known_places)  # a large table that the desk should not have to wait for
    while await outside.do(partial(sheet_reports.take_chunk, import_id=wish.import_id)):
        pass
    return partial(sheet_reports.finish_import, import_id=wish.import_id)


def _nothing_more(_: Work) -> None:
    """The merchant does not want it any more."""
