"""The faces of an import that ask which column of a home-made sheet is what."""

from dataclasses import dataclass

from bot.buttons.imports import ImportButton, ImportVerb
from bot.callbacks import whole
from bot.cards import Card
from bot.cards.import_words import FIELDS
from bot.labels import L, Label, plain
from bot.replies import Button, Row
from shop.column_guesses import ASKED_FOR, MUST_HAVE
from shop.order_columns import OrderField
from shop.order_imports import OrderImport, Sheet

FIELDS_A_PAGE = 10
COLUMNS_A_PAGE = 10
_LONGEST_LABEL = 30


@dataclass(frozen=True)
class Column:
    """One of our fields: the column of the sheet that holds it, and the first thing that stands there."""

    field: OrderField
    name: str
    example: str
    doubtful: bool


def columns_card(shown: OrderImport, view: str) -> Card:
    """Faces: `fields-<page>`, and `column-<field>-<page>` to choose one column."""
    assert shown.sheet is not None  # noqa: S101 - columns are asked of a sheet that was read
    face, *numbers = view.split("-")
    first, second = ([whole(number) for number in numbers] + [1, 1])[:2]
    if face == "column" and first < len(ASKED_FOR):
        return _choice(shown, shown.sheet, first, second)
    return _overview(shown, shown.sheet, first if face == "fields" else 1)


def _overview(shown: OrderImport, sheet: Sheet, page: int) -> Card:
    found = [_column(sheet, field) for field in ASKED_FOR if field in sheet.layout.columns]
    last = -(-len(ASKED_FOR) // FIELDS_A_PAGE)
    page = min(max(page, 1), last)
    start = (page - 1) * FIELDS_A_PAGE
    fields = [_field_key(shown, sheet, at) for at in range(start, min(start + FIELDS_A_PAGE, len(ASKED_FOR)))]
    turn = L("More fields") if page == 1 else L("First fields")
    other = _key(shown, turn, ImportVerb.TURN, f"fields-{2 if page == 1 else 1}")
    confirm = ImportButton(verb=ImportVerb.CONFIRM, id=shown.id, revision=shown.revision)
    ends = (
        Button(L("Columns are right"), confirm, style="success" if not sheet.missing else None),
        _key(shown, L("Cancel"), ImportVerb.CANCEL),
    )
    facts = {"it": shown, "columns": found, "missing": sheet.missing, "rows": sheet.examples}
    return Card("imports/columns.html", facts, (*_pairs(fields), (other,), ends))


def _choice(shown: OrderImport, sheet: Sheet, place: int, page: int) -> Card:
    field = ASKED_FOR[place]
    last = -(-len(sheet.header) // COLUMNS_A_PAGE)
    page = min(max(page, 1), last)
    start = (page - 1) * COLUMNS_A_PAGE
    columns = [
        _column_key(shown, sheet, place, at) for at in range(start, min(start + COLUMNS_A_PAGE, len(sheet.header)))
    ]
    before = (_key(shown, plain("‹"), ImportVerb.TURN, f"column-{place}-{page - 1}"),) if page > 1 else ()
    after = (_key(shown, plain("›"), ImportVerb.TURN, f"column-{place}-{page + 1}"),) if page < last else ()
    nowhere = () if field in MUST_HAVE else (_key(shown, L("Not in this sheet"), ImportVerb.COLUMN, f"{place}-none"),)
    back = (_key(shown, L("Back"), ImportVerb.TURN, "fields-1"),)
    facts = {"it": shown, "column": _column(sheet, field)}
    return Card("imports/column.html", facts, (*_pairs(columns), before + after, nowhere, back))


def _column(sheet: Sheet, field: OrderField) -> Column:
    """Several columns that make up one field are shown together."""
    places = sheet.column_of(field)
    name = " + ".join(sheet.header[at] for at in places if at < len(sheet.header))
    texts = (_text(row, places) for row in sheet.examples)
    example = next(filter(None, texts), "")
    return Column(field=field, name=name, example=example, doubtful=field in sheet.doubtful)


def _text(row: tuple[str, ...], places: tuple[int, ...]) -> str:
    return " ".join(row[at] for at in places if at < len(row) and row[at])


def _field_key(shown: OrderImport, sheet: Sheet, place: int) -> Button:
    field = ASKED_FOR[place]
    name = _column(sheet, field).name[:_LONGEST_LABEL]
    label = L("{field}: {column}", field=FIELDS[field], column=name) if name else L("{field}: –", field=FIELDS[field])
    return _key(shown, label, ImportVerb.TURN, f"column-{place}-1")


def _column_key(shown: OrderImport, sheet: Sheet, place: int, column: int) -> Button:
    chosen = sheet.column_of(ASKED_FOR[place]) == (column,)
    example = next((row[column] for row in sheet.examples if column < len(row) and row[column]), "")
    words = f"{sheet.header[column] or column + 1} · {example}" if example else f"{sheet.header[column] or column + 1}"
    label = plain(("✓ " if chosen else "") + words[:_LONGEST_LABEL])
    return _key(shown, label, ImportVerb.COLUMN, f"{place}-{column}")


def _pairs(keys: list[Button]) -> tuple[Row, ...]:
    return tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))


def _key(shown: OrderImport, label: Label, verb: ImportVerb, arg: str = "") -> Button:
    return Button(label, ImportButton(verb=verb, id=shown.id, arg=arg))
