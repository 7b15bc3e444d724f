"""Bringing in the orders of a sheet: what the merchant decides on the way, from the dropped file to the last order."""

from dataclasses import dataclass
from datetime import timedelta

from services.orders import lists_changed
from shop.order_columns import OrderField
from shop.order_imports import ImportState, OrderImport, file_name_of, must_be_small_enough
from storage.news import CardKind
from storage.work import Work

WAITS = timedelta(days=2)
"""After so long nobody is expected to come back to a preview."""
REMEMBERED = timedelta(days=7)
"""So long the rows that could not be read are kept."""


@dataclass(frozen=True)
class ReadOrderSheet:
    """An errand: fetch the sheet and read it."""

    import_id: int


@dataclass(frozen=True)
class TakeInOrders:
    """An errand: take in what was read, chunk by chunk."""

    import_id: int


@dataclass(frozen=True, kw_only=True)
class DroppedFile:
    """A file as Telegram announces it, before anything of it is fetched. `mark`: the same for the same file, whoever sends it."""

    file_id: str
    mark: str
    name: str | None
    size: int | None


def begin_import(work: Work, file: DroppedFile) -> OrderImport:
    """A sheet was dropped into the chat. The same file again, while it is under way, is the same import."""
    must_be_small_enough(file.size)
    if under_way := work.order_imports.find_under_way(file.mark):
        return under_way
    begun = work.order_imports.add(
        OrderImport(
            shop_id=work.shop_id,
            person_id=work.speaker.person_id,
            person_name=work.speaker.name,
            file_id=file.file_id,
            file_mark=file.mark,
            file_name=file_name_of(file.name),
            started_at=work.now,
        )
    )
    work.errands.leave(ReadOrderSheet(begun.id))
    return begun


def choose_column(work: Work, import_id: int, field: OrderField, column: int | None) -> OrderImport:
    """In which column of the sheet our field stands; None: in none."""
    chosen = work.order_imports.get(import_id)
    chosen.choose_column(field, column)
    return _changed(work, chosen)


def confirm_columns(work: Work, import_id: int) -> OrderImport:
    """The columns are right: the sheet is read with them."""
    confirmed = work.order_imports.get(import_id)
    confirmed.confirm_columns()
    work.errands.leave(ReadOrderSheet(import_id))
    return _changed(work, confirmed)


def ask_columns_again(work: Work, import_id: int) -> OrderImport:
    asked = work.order_imports.get(import_id)
    asked.ask_columns_again()
    return _changed(work, asked)


def start_import(work: Work, import_id: int) -> OrderImport:
    """Take them in; after a stop, the rest. Pressed twice it starts once."""
    started = work.order_imports.get(import_id)
    if started.state is not ImportState.IMPORTING:
        started.start()
        work.errands.leave(TakeInOrders(import_id))
        _changed(work, started)
    return started


def stop_import(work: Work, import_id: int) -> OrderImport:
    """What is in stays in."""
    stopped = work.order_imports.get(import_id)
    if stopped.state is not ImportState.DONE:
        stopped.stop()
        lists_changed(work)
        _changed(work, stopped)
    return stopped


def cancel_import(work: Work, import_id: int) -> OrderImport:
    """The rest of the sheet is forgotten."""
    cancelled = work.order_imports.get(import_id)
    if cancelled.state is not ImportState.CANCELLED:
        cancelled.cancel(at=work.now)
        work.order_imports.clear(import_id)
        _changed(work, cancelled)
    return cancelled


def forget_old_imports(work: Work) -> None:
    """Previews that nobody came back to, and the words of rows that were not read: buyers' data is not kept for nothing."""
    for left in work.order_imports.left_since(work.now - WAITS):
        cancel_import(work, left.id)
    work.order_imports.forget_problems(work.now - REMEMBERED)


def _changed(work: Work, order_import: OrderImport) -> OrderImport:
    work.flush()
    work.touch(CardKind.ORDER_IMPORT.of(order_import.id))
    return order_import
