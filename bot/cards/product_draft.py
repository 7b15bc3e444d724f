"""The living card of a product that is being drafted: what is known, what is missing, what is asked now."""

from collections.abc import Sequence
from itertools import groupby

from bot.buttons.products import DraftVerb, ProductDraftButton
from bot.cards import Card, card
from bot.formats import names
from bot.labels import L, Label, plain, sized
from bot.replies import Button, Row
from shop.drafts.draft import Draft, DraftKind
from shop.drafts.product import ProductAnswers
from shop.drafts.product_gaps import Gap, asked_of
from shop.products import ONE_SIZE, Category, NewVariant
from shop.reading.said import SizeStock
from storage.news import CardKind
from storage.work import Work

names(
    {
        Category.SHOES: "Shoes",
        Category.APPAREL: "Apparel",
        Category.ACCESSORIES: "Accessories",
        Gap.CATEGORY: "Category",
        Gap.BRAND: "Brand",
        Gap.MODEL: "Model",
        Gap.COLOUR: "Colour",
        Gap.SIZES: "Sizes",
        Gap.STOCK: "Stock",
        Gap.LIST_PRICE: "List price",
        Gap.SALE_PRICE: "Sale price",
        Gap.PHOTOS: "Photos",
        Gap.FABRIC: "Fabric",
        Gap.SIZE_CHART: "Size chart",
    }
)
_GAP_LABELS = {
    Gap.CATEGORY: L("Category"),
    Gap.BRAND: L("Brand"),
    Gap.MODEL: L("Model"),
    Gap.COLOUR: L("Colour"),
    Gap.SIZES: L("Sizes"),
    Gap.STOCK: L("Stock"),
    Gap.LIST_PRICE: L("List price"),
    Gap.SALE_PRICE: L("Sale price"),
    Gap.PHOTOS: L("Photos"),
    Gap.FABRIC: L("Fabric"),
    Gap.SIZE_CHART: L("Size chart"),
}
_CATEGORIES = ((L("Shoes"), "shoes"), (L("Apparel"), "apparel"), (L("Accessories"), "accessories"))
_SIZE_RUNS = {
    Category.SHOES: ("36-40", "39-44", "40-45"),
    Category.APPAREL: ("S-L", "S-XL", "M-XXL"),
    Category.ACCESSORIES: (ONE_SIZE, "S-L"),
}
_COUNTS = ("5", "10", "20")
_MOST_BRANDS = 4
_IN_A_ROW = 3
_MOST_ROWS = 6


@card(CardKind.PRODUCT_DRAFT)
def product_draft_card(work: Work, draft_id: int, view: str) -> Card:
    """Faces: the question or the review; `edit` to choose an answer to change; `leave` to choose what becomes of the draft."""
    draft = work.drafts.get(draft_id, DraftKind.PRODUCT)
    answers: ProductAnswers = draft.answers
    face = "waiting" if not draft.is_open else view if view in ("edit", "leave") else ""
    facts = {
        "answers": answers,
        "face": face,
        "shelf": shelf_rows(answers.variants(), answers.sizes),
        "gaps": answers.gaps(),
        "asked": answers.asked,
    }
    return Card("products/draft.html", facts, tuple(_keyboard(work, draft, answers, face)))


def shelf_rows(variants: Sequence[NewVariant], rows: Sequence[SizeStock]) -> list[tuple[str, str]]:
    """Colour by colour: its sizes with their pieces, such as 42×10 43×8; colours that are stocked alike share a line."""
    unknown = {row.size for row in rows if row.pieces is None}
    lines = [
        (colour, " ".join(f"{each.size}×{'?' if each.size in unknown else each.on_hand}" for each in some))
        for colour, some in groupby(variants, key=lambda each: each.colour)
    ]
    if len({sizes for _, sizes in lines}) == 1:
        return [("", lines[0][1])]
    return lines[:_MOST_ROWS]


def _keyboard(work: Work, draft: Draft, answers: ProductAnswers, face: str) -> list[Row]:
    match face:
        case "waiting":
            return [_one(draft, L("Continue"), DraftVerb.GO_ON), _one(draft, L("Throw away"), DraftVerb.THROW_AWAY)]
        case "leave":
            keep = _button(draft, L("Keep for later"), DraftVerb.KEEP)
            drop = _button(draft, L("Throw away"), DraftVerb.THROW_AWAY, style="danger")
            return [(keep,), (drop,), _one(draft, L("Back"), DraftVerb.GO_ON)]
        case "edit":
            return [*_questions(draft, answers), _one(draft, L("Back"), DraftVerb.GO_ON)]
    if answers.asked is None:
        publish = _button(draft, L("Put on sale"), DraftVerb.PUBLISH, style="success")
        return [(publish,), *_chart_row(draft, answers), *_questions(draft, answers), _end(draft)]
    return [*_choices(work, draft, answers), *_chart_row(draft, answers), *_ways(draft, answers), _end(draft)]


def _choices(work: Work, draft: Draft, answers: ProductAnswers) -> list[Row]:
    """Answers that one tap can give."""
    match answers.asked:
        case Gap.CATEGORY:
            return [tuple(_button(draft, label, DraftVerb.SAY, arg) for label, arg in _CATEGORIES)]
        case Gap.BRAND:
            brands = list(dict.fromkeys(name.brand for name in reversed(work.catalog.names)))[:_MOST_BRANDS]
            brands = [brand for brand in brands if ":" not in brand and len(brand.encode()) <= 30]  # noqa: PLR2004 - buttons carry 64 bytes
            return _in_rows([_button(draft, plain(brand), DraftVerb.SAY, brand) for brand in brands], 2)
        case Gap.SIZES if answers.category:
            runs = _SIZE_RUNS[answers.category]
            return [tuple(_button(draft, sized(run.replace("-", "–")), DraftVerb.SAY, run) for run in runs)]
        case Gap.STOCK:
            return [tuple(_button(draft, L("{n} each", n=count), DraftVerb.SAY, count) for count in _COUNTS)]
        case Gap.PHOTOS if answers.photos:
            return [_one(draft, L("Remove the last photo"), DraftVerb.REMOVE_PHOTO)]
    return []


def _chart_row(draft: Draft, answers: ProductAnswers) -> list[Row]:
    if answers.size_chart_photo is None:
        return []
    return [_one(draft, L("The size chart picture is a product photo"), DraftVerb.CHART_IS_PHOTO)]


def _ways(draft: Draft, answers: ProductAnswers) -> list[Row]:
    row: list[Button] = []
    if answers.asked is not Gap.CATEGORY:
        row.append(_button(draft, L("Back"), DraftVerb.BACK))
    if answers.may_skip:
        changing = answers.revisiting is not None and not answers.is_open(answers.revisiting)
        row.append(_button(draft, L("Leave it as it is") if changing else L("Skip"), DraftVerb.SKIP))
    known = [gap for gap in asked_of(answers.rules) if not answers.is_open(gap)]
    if known:
        row.append(_button(draft, L("Change an answer"), DraftVerb.EDIT))
    return [tuple(row)]


def _questions(draft: Draft, answers: ProductAnswers) -> list[Row]:
    """Every question as a button that asks it again."""
    buttons = [_button(draft, _GAP_LABELS[gap], DraftVerb.ASK, gap.value) for gap in asked_of(answers.rules)]
    return _in_rows(buttons, _IN_A_ROW)


def _end(draft: Draft) -> Row:
    return _one(draft, L("Cancel"), DraftVerb.LEAVE)


def _in_rows(buttons: list[Button], length: int) -> list[Row]:
    return [tuple(buttons[start : start + length]) for start in range(0, len(buttons), length)]


def _one(draft: Draft, label: Label, verb: DraftVerb) -> Row:
    return (_button(draft, label, verb),)


def _button(draft: Draft, label: Label, verb: DraftVerb, arg: str = "", *, style: str | None = None) -> Button:
    press = ProductDraftButton(id=draft.id, revision=draft.revision, verb=verb, arg=arg)
    return Button(label, press, style=style)
