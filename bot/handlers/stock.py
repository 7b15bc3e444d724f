"""Stock: asking what is left, and putting goods on the shelf by a line, a reply or a tap."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.products import ProductButton, ProductVerb
from bot.filters import Drafting, Has, Is, May, NoCommand, OnCard, Says
from bot.labels import plain
from bot.replies import Button, Replies, Reply, Row, Say, Show, Toast
from services import shelf
from shop.drafts.draft import Draft, DraftKind
from shop.products import Product, Variant
from shop.reading import Price, Quantity, Sizes, StockEntry, StockQuery, Words
from shop.speakers import Permission
from storage.news import CardKind
from storage.work import Work

router = Router(name="stock")
CATALOGUE = May(Permission.CATALOGUE)


@router.message(OnCard(CardKind.PRODUCT), Has("text"), NoCommand(), CATALOGUE)
async def change_by_reply(message: Message, work: Work, subject_id: int) -> Replies:
    return _back(work, shelf.type_stock(work, subject_id, message.text or ""))


@router.message(Says(StockQuery), Has("text"), Is(Permission.STAFF))
async def tell_what_is_left(_: Message, work: Work, said: StockQuery) -> Replies:
    works_here = work.speaker.may(Permission.CATALOGUE)
    if not said.name and works_here:
        return [Show(CardKind.PRODUCTS.of(work.shop_id), view="page-1"), *_pending(work)]
    found = shelf.look_up(work, said)
    rows: list[Row] = [(_open(product),) for product, _ in found] if works_here else []
    return [Say("products/left.html", keyboard=tuple(rows), found=_counted(found)), *_pending(work)]


@router.message(Says(StockEntry), Has("text"), CATALOGUE)
async def change_by_line(_: Message, work: Work, said: StockEntry) -> Replies:
    return _back(work, shelf.enter_stock(work, said))


@router.message(Drafting(DraftKind.RESTOCK), Says(Words, Price, Quantity, Sizes), Has("text"), NoCommand(), CATALOGUE)
async def type_pieces(message: Message, work: Work, draft: Draft) -> Show:
    variant_id: int = draft.answers.variant_id
    product = shelf.type_pieces(work, draft, message.text or "")
    return Show(CardKind.PRODUCT.of(product.id), view=f"variant-{variant_id}")


@router.callback_query(ProductButton.where(ProductVerb.SHELF), CATALOGUE)
async def open_shelf(_: CallbackQuery, work: Work, button: ProductButton) -> Show:
    shelf.stop_asking_pieces(work)
    return Show(CardKind.PRODUCT.of(button.id), view=f"shelf-{button.arg}")


@router.callback_query(ProductButton.where(ProductVerb.VARIANT), CATALOGUE)
async def open_variant(_: CallbackQuery, work: Work, button: ProductButton) -> Show:
    product = shelf.ask_pieces(work, button.numbers[0])
    return Show(CardKind.PRODUCT.of(product.id), view=f"variant-{button.numbers[0]}")


@router.callback_query(ProductButton.where(ProductVerb.ADD), CATALOGUE)
async def change_by_tap(_: CallbackQuery, work: Work, button: ProductButton) -> Replies:
    variant_id, pieces = button.numbers
    product = shelf.put_on_shelf(work, variant_id, pieces)
    toast = Toast("products/toast_stock.html", pieces=pieces)
    return [toast, Show(CardKind.PRODUCT.of(product.id), view=f"variant-{variant_id}")]


def _back(work: Work, product: Product) -> Replies:
    return [Show(CardKind.PRODUCT.of(product.id), view=""), *_pending(work)]


def _pending(work: Work) -> list[Reply]:
    """The question that was asked before is shown again below the answer."""
    draft = work.drafts.find_open()
    if draft is not None and draft.kind is DraftKind.PRODUCT:
        return [Show(CardKind.PRODUCT_DRAFT.of(draft.id), view="")]
    if draft is not None and draft.kind is DraftKind.ANSWER_BUYER:
        return [Show(CardKind.QUESTION.of(draft.subject_id or 0), view="answering")]
    return []


def _counted(found: list[tuple[Product, list[Variant]]]) -> list[tuple[Product, list[Variant], int]]:
    return [(product, variants, sum(each.available for each in variants)) for product, variants in found]


def _open(product: Product) -> Button:
    return Button(plain(product.title), ProductButton(id=product.id, verb=ProductVerb.OPEN))
