"""The card of an order sheet on its way in: reading, preview, progress, result."""

from dataclasses import dataclass

from bot.buttons.imports import ImportButton, ImportVerb
from bot.buttons.orders import OrdersButton, OrdersVerb
from bot.callbacks import whole
from bot.cards import Card, card
from bot.cards.import_columns import columns_card
from bot.labels import L, Label, plain
from bot.replies import Button, Keyboard, Row
from services.sheet_reports import MOST_PROBLEMS_KEPT
from shop.incoming import IncomingOrder
from shop.order_arrivals import Accepted
from shop.order_imports import ImportState, OrderImport
from shop.sheet_states import SheetState
from shop.sheets import refusal_from
from storage.imports import Chunk
from storage.news import CardKind
from storage.work import Work

A_PAGE = 10
FIRST_PROBLEMS = 3
CHUNK = 100


@dataclass(frozen=True)
class Entry:
    """An order of the sheet: its row, its words while they are kept, and what it is to us or what became of it."""

    row: int
    number: str
    order: IncomingOrder | None
    state: SheetState
    known: bool
    outcome: Accepted | None


@card(CardKind.ORDER_IMPORT)
def import_card(work: Work, import_id: int, view: str) -> Card:
    """Faces: as it stands; `rows-<page>`, `problems-<page>`; while columns are asked for `fields-<page>`, `column-<field>-<page>`."""
    shown = work.order_imports.get(import_id)
    face, _, arg = view.partition("-")
    page = whole(arg, 1)
    match face, shown.state:
        case _, ImportState.COLUMNS:
            return columns_card(shown, view)
        case "rows", ImportState.PREVIEW | ImportState.DONE if shown.found:
            return _rows(work, shown, page)
        case "problems", ImportState.PREVIEW | ImportState.DONE if shown.left_out or shown.remarks:
            return _problems(work, shown, page)
    return _present(work, shown)


def _present(work: Work, shown: OrderImport) -> Card:
    facts: dict[str, object] = {"it": shown}
    if shown.state is ImportState.PREVIEW:
        first = work.order_imports.problems(shown.id, skip=0, most=FIRST_PROBLEMS)
        facts["problems"] = [problem for problem in first if not problem.harmless]
    if shown.refusal:
        facts["error"] = refusal_from(shown.refusal.name, shown.refusal.facts)
    return Card(f"imports/{shown.state}.html", facts, _keys(shown))


def _keys(shown: OrderImport) -> Keyboard:
    match shown.state:
        case ImportState.READING:
            return (_one(shown, L("Cancel"), ImportVerb.CANCEL),)
        case ImportState.PREVIEW:
            return _preview_keys(shown)
        case ImportState.IMPORTING:
            return (_one(shown, L("Stop"), ImportVerb.STOP),)
        case ImportState.STOPPED:
            leave = _one(shown, L("Leave the rest"), ImportVerb.CANCEL)
            return (_start(shown, L("Go on"), style="primary"), leave)
        case ImportState.DONE:
            return _done_keys(shown)
    return ()


def _preview_keys(shown: OrderImport) -> Keyboard:
    rows: list[Row] = []
    fresh = shown.found - shown.found_known
    if fresh:
        rows.append(_start(shown, L("Import {n} orders", n=fresh), style="success"))
    elif shown.found:
        rows.append(_start(shown, L("Bring {n} orders up to date", n=shown.found)))
    rows.append(_looks(shown))
    if shown.sheet and not shown.sheet.known:
        rows.append(_one(shown, L("Change columns"), ImportVerb.CHANGE))
    return (*rows, _one(shown, L("Cancel") if shown.found else L("Close"), ImportVerb.CANCEL))


def _start(shown: OrderImport, label: Label, *, style: str | None = None) -> Row:
    return (Button(label, ImportButton(verb=ImportVerb.START, id=shown.id, revision=shown.revision), style=style),)


def _done_keys(shown: OrderImport) -> Keyboard:
    check = Button(L("Check {n} orders", n=shown.took_new), OrdersButton(verb=OrdersVerb.OPEN), style="primary")
    return (((check,),) if shown.took_new else ()) + (_looks(shown),)


def _looks(shown: OrderImport) -> Row:
    keys: list[Button] = []
    if shown.found:
        keys.append(_button(shown, L("Row by row"), ImportVerb.TURN, arg="rows-1"))
    if shown.left_out or shown.remarks:
        label = L("Not read: {n}", n=shown.left_out) if shown.left_out else L("Remarks: {n}", n=shown.remarks)
        keys.append(_button(shown, label, ImportVerb.TURN, arg="problems-1"))
    return tuple(keys)


def _rows(work: Work, shown: OrderImport, page: int) -> Card:
    """Ten orders a page; a page never spans two chunks."""
    last = -(-shown.found // A_PAGE)
    page = min(max(page, 1), last)
    chunk = work.order_imports.chunk_at(shown.id, (page - 1) * A_PAGE // CHUNK)
    entries = _entries(work, shown, chunk, (page - 1) * A_PAGE % CHUNK) if chunk else []
    facts = {"it": shown, "entries": entries, "page": page, "last": last}
    return Card("imports/rows.html", facts, (_turns(shown, "rows", page, last), _back(shown)))


def _entries(work: Work, shown: OrderImport, chunk: Chunk, start: int) -> list[Entry]:
    index, places = chunk.index, range(start, min(start + A_PAGE, len(chunk.index.numbers)))
    source = shown.sheet.layout.source if shown.sheet else ""
    known = work.orders.known_numbers(source, [index.numbers[at] for at in places])
    return [
        Entry(
            row=index.rows[at],
            number=index.numbers[at],
            order=chunk.orders[at] if chunk.orders else None,
            state=index.states[at],
            known=index.numbers[at] in known,
            outcome=chunk.outcomes[at] if chunk.outcomes else None,
        )
        for at in places
    ]


def _problems(work: Work, shown: OrderImport, page: int) -> Card:
    every = min(shown.left_out + shown.remarks, MOST_PROBLEMS_KEPT)
    last = -(-every // A_PAGE)
    page = min(max(page, 1), last)
    problems = work.order_imports.problems(shown.id, skip=(page - 1) * A_PAGE, most=A_PAGE)
    facts = {"it": shown, "problems": problems, "page": page, "last": last}
    return Card("imports/problems.html", facts, (_turns(shown, "problems", page, last), _back(shown)))


def _turns(shown: OrderImport, face: str, page: int, last: int) -> Row:
    before = (_button(shown, plain("‹"), ImportVerb.TURN, arg=f"{face}-{page - 1}"),) if page > 1 else ()
    after = (_button(shown, plain("›"), ImportVerb.TURN, arg=f"{face}-{page + 1}"),) if page < last else ()
    return before + after


def _back(shown: OrderImport) -> Row:
    return _one(shown, L("Back"), ImportVerb.TURN)


def _one(shown: OrderImport, label: Label, verb: ImportVerb) -> Row:
    return (_button(shown, label, verb),)


def _button(shown: OrderImport, label: Label, verb: ImportVerb, *, arg: str = "") -> Button:
    return Button(label, ImportButton(verb=verb, id=shown.id, arg=arg))
