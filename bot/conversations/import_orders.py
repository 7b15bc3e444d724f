"""Bringing in orders from a sheet that was dropped into the chat."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.buttons.imports import ImportButton, ImportVerb
from bot.filters import Commands, Is, May
from bot.replies import Say, Show
from services import order_imports
from services.order_imports import DroppedFile
from shop.column_guesses import ASKED_FOR
from shop.drafts.draft import Draft, DraftKind
from shop.speakers import Permission
from storage.news import CardKind
from storage.work import Work

sheets = Router(name="sheets")
"""Stands before every conversation that takes files."""
router = Router(name="import_orders")
CHECKS = May(Permission.CHECK_ORDERS)
_SHEETS = (".csv", ".tsv", ".xls", ".xlsx", ".xlsm")
_NO_SHEETS = ("image/", "video/", "audio/")


class HoldsSheet(Filter):
    """The message carries a file that may be a sheet: what it is, is told by its content. Gives `file`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        document = message.document
        if document is None or (document.mime_type or "").startswith(_NO_SHEETS):
            return False
        return {
            "file": DroppedFile(
                file_id=document.file_id,
                mark=document.file_unique_id,
                name=document.file_name,
                size=document.file_size,
            )
        }


class NamedLikeSheet(Filter):
    """By its name the file is a sheet, and it is no reply: whatever is being written, buyers must never get other buyers' orders.

    In an album that belongs to a product the product is asked first.
    """

    async def __call__(self, message: Message, open_draft: Draft | None = None) -> bool:
        name = (message.document.file_name if message.document else None) or ""
        answering = open_draft is not None and open_draft.kind is DraftKind.ANSWER_BUYER
        alone = message.media_group_id is None or answering
        return name.lower().endswith(_SHEETS) and message.reply_to_message is None and alone


@router.message(Commands("import"), CHECKS)
async def explain_import(_: Message) -> Say:
    return Say("imports/how.html")


@sheets.message(NamedLikeSheet(), HoldsSheet(), Is(Permission.STAFF), CHECKS)
@router.message(HoldsSheet(), Is(Permission.STAFF), CHECKS)
async def begin_import(_: Message, work: Work, file: DroppedFile) -> Show:
    return Show(CardKind.ORDER_IMPORT.of(order_imports.begin_import(work, file).id), view="")


@router.callback_query(ImportButton.where(ImportVerb.TURN), CHECKS)
async def turn_to(_: CallbackQuery, button: ImportButton) -> Show:
    return Show(CardKind.ORDER_IMPORT.of(button.id), view=button.arg)


@router.callback_query(ImportButton.where(ImportVerb.COLUMN), CHECKS)
async def choose_column(_: CallbackQuery, work: Work, button: ImportButton) -> Show:
    if 0 <= button.field < len(ASKED_FOR):
        order_imports.choose_column(work, button.id, ASKED_FOR[button.field], button.column)
    return Show(CardKind.ORDER_IMPORT.of(button.id), view="fields-1")


@router.callback_query(ImportButton.where(ImportVerb.CONFIRM), CHECKS)
async def confirm_columns(_: CallbackQuery, work: Work, button: ImportButton) -> Show:
    order_imports.confirm_columns(work, button.id)
    return Show(CardKind.ORDER_IMPORT.of(button.id), view="")


@router.callback_query(ImportButton.where(ImportVerb.CHANGE), CHECKS)
async def ask_columns_again(_: CallbackQuery, work: Work, button: ImportButton) -> Show:
    order_imports.ask_columns_again(work, button.id)
    return Show(CardKind.ORDER_IMPORT.of(button.id), view="fields-1")


@router.callback_query(ImportButton.where(ImportVerb.START), CHECKS)
async def start_import(_: CallbackQuery, work: Work, button: ImportButton) -> Show:
    order_imports.start_import(work, button.id)
    return Show(CardKind.ORDER_IMPORT.of(button.id), view="")


@router.callback_query(ImportButton.where(ImportVerb.STOP), CHECKS)
async def stop_import(_: CallbackQuery, work: Work, button: ImportButton) -> Show:
    order_imports.stop_import(work, button.id)
    return Show(CardKind.ORDER_IMPORT.of(button.id), view="")


@router.callback_query(ImportButton.where(ImportVerb.CANCEL), CHECKS)
async def cancel_import(_: CallbackQuery, work: Work, button: ImportButton) -> Show:
    order_imports.cancel_import(work, button.id)
    return Show(CardKind.ORDER_IMPORT.of(button.id), view="")
