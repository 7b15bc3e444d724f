"""What comes back from reading a sheet and from taking its orders in: reported by the errands, chunk by chunk."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.order_sheet_reading import OrderChunk, SheetReading
from services import orders
from shop.errors import ShopError
from shop.order_columns import Layout
from shop.order_imports import ImportState, OrderImport, Refusal, Sheet, sheet_of
from shop.row_problems import RowProblem
from shop.sheets import FileKind, SheetNotReadable
from shop.speakers import Permission
from storage.news import CardKind, CardRef, Level
from storage.work import Work

MOST_PROBLEMS_KEPT = 500
FEWEST_COLUMNS = 2
CHUNKS_A_STEP = 5
"""Progress is shown in steps of so many chunks."""


@dataclass(frozen=True, kw_only=True)
class SheetToRead:
    """Which file, how its columns were confirmed, and what counts where it does not say."""

    file_id: str
    layout: Layout | None
    zone: str
    currency: str


def sheet_to_read(work: Work, import_id: int) -> SheetToRead | None:
    """None when nobody waits for it any more. Whatever an interrupted reading left is cleared away."""
    wanted = _at_stage(work, import_id, ImportState.READING)
    if wanted is None:
        return None
    work.order_imports.clear(import_id)
    wanted.count_anew()
    layout = wanted.sheet.layout if wanted.sheet else None
    return SheetToRead(file_id=wanted.file_id, layout=layout, zone=work.shop.time_zone, currency=work.shop.currency)


def sheet_refused(work: Work, import_id: int, refusal: ShopError) -> None:
    """The sheet was not read; the card says why."""
    if refused := _at_stage(work, import_id, ImportState.READING):
        refused.refuse(Refusal(name=type(refusal).__name__, facts=dict(vars(refusal))), at=work.now)
        work.order_imports.clear(import_id)
        _changed(work, refused)


def columns_found(work: Work, import_id: int, reading: SheetReading) -> None:
    """A sheet that no platform made: its columns are to be confirmed, as they were last time if there was one.

    With a single column it is some other text: an order has at least a number and an article.
    """
    if len(reading.guess.header) < FEWEST_COLUMNS:
        sheet_refused(work, import_id, SheetNotReadable(FileKind.UNKNOWN))
        return
    if asked := _at_stage(work, import_id, ImportState.READING):
        asked.understood(_as_before(work, sheet_of(reading.guess, reading.examples)))
        _changed(work, asked)


def put_chunks(work: Work, import_id: int, position: int, chunks: Sequence[OrderChunk]) -> bool:
    """Some of the orders of the sheet, counted, from that position on; False when nobody waits for them any more."""
    waiting = _at_stage(work, import_id, ImportState.READING)
    if waiting is None:
        return False
    for place, chunk in enumerate(chunks, position):
        known = work.orders.known_numbers(chunk.source, chunk.index.numbers)
        for number, state in zip(chunk.index.numbers, chunk.index.states, strict=True):
            waiting.count(state, known=number in known)
        work.order_imports.add_chunk(import_id, place, chunk.index, chunk.orders)
    return True


def sheet_ready(work: Work, import_id: int, reading: SheetReading) -> None:
    """All of the sheet is here; the merchant looks at it before anything is taken in."""
    ready = _at_stage(work, import_id, ImportState.READING)
    if ready is None:
        return
    if ready.sheet is None:
        ready.understood(sheet_of(reading.guess, reading.examples))
    left_out = sum(not one.harmless for one in reading.problems)
    work.order_imports.add_problems(import_id, _worst_first(reading.problems)[:MOST_PROBLEMS_KEPT])
    ready.ready(left_out=left_out, remarks=len(reading.problems) - left_out)
    _changed(work, ready)


def take_chunk(work: Work, import_id: int) -> bool:
    """The next orders are taken in, together with the mark that they are: killed here, none is lost and none comes twice."""
    running = _at_stage(work, import_id, ImportState.IMPORTING)
    chunk = work.order_imports.next_chunk(import_id) if running else None
    if running is None or chunk is None:
        return False
    shown = chunk.position % CHUNKS_A_STEP == 0
    outcomes = orders.accept_orders(work, chunk.orders, refresh=shown)
    for outcome in outcomes:
        running.took_one(outcome)
    work.order_imports.took(chunk, outcomes)
    if shown:
        _changed(work, running)
    return True


def finish_import(work: Work, import_id: int) -> None:
    """Every order is in: those who check orders are told once, however many there are."""
    finished = _at_stage(work, import_id, ImportState.IMPORTING)
    if finished is None:
        return
    finished.finish(at=work.now)
    orders.lists_changed(work)
    _changed(work, finished)
    if finished.took_new:
        work.wake(_card(finished), to=Permission.CHECK_ORDERS, level=Level.P2, key=f"import:{import_id}:done")


def import_interrupted(work: Work, import_id: int) -> None:
    """Something of ours failed again and again: what is in stays in, and the rest can be tried once more."""
    if running := _at_stage(work, import_id, ImportState.IMPORTING):
        running.stop()
        orders.lists_changed(work)
        _changed(work, running)


def _at_stage(work: Work, import_id: int, stage: ImportState) -> OrderImport | None:
    """None when the merchant has decided otherwise meanwhile, or the shop is gone."""
    found = work.order_imports.find(import_id)
    return found if found and found.state is stage else None


def _as_before(work: Work, sheet: Sheet) -> Sheet:
    before = work.order_imports.find_confirmed(sheet.key)
    return sheet.with_columns_of(before.sheet) if before and before.sheet else sheet


def _worst_first(problems: Sequence[RowProblem]) -> list[RowProblem]:
    return sorted(problems, key=lambda one: (one.harmless, one.row))


def _changed(work: Work, order_import: OrderImport) -> None:
    work.flush()
    work.touch(_card(order_import))


def _card(order_import: OrderImport) -> CardRef:
    return CardKind.ORDER_IMPORT.of(order_import.id)
