"""Products to look at: the list, one with its shelf, pausing and resuming it."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.buttons.products import ProductButton, ProductsButton, ProductsVerb, ProductVerb
from bot.filters import Commands, May
from bot.replies import Photos, Remove, Replies, Show, Toast
from services import catalog, shelf
from shop.products import Product
from shop.speakers import Permission
from storage.news import Attachment, CardKind
from storage.work import Work

router = Router(name="products")
CATALOGUE = May(Permission.CATALOGUE)


@router.message(Commands("products"), CATALOGUE)
async def list_products(_: Message, work: Work) -> Show:
    return Show(CardKind.PRODUCTS.of(work.shop_id), view="page-1")


@router.callback_query(ProductsButton.where(ProductsVerb.PAGE), CATALOGUE)
async def turn_page(_: CallbackQuery, work: Work, button: ProductsButton) -> Show:
    return Show(CardKind.PRODUCTS.of(work.shop_id), view=button.arg)


@router.callback_query(ProductsButton.where(ProductsVerb.CLOSE), CATALOGUE)
async def close_list(_: CallbackQuery, work: Work) -> Remove:
    return Remove(CardKind.PRODUCTS.of(work.shop_id))


@router.callback_query(ProductButton.where(ProductVerb.OPEN), CATALOGUE)
async def open_product(_: CallbackQuery, work: Work, button: ProductButton) -> Show:
    shelf.stop_asking_pieces(work)
    return Show(CardKind.PRODUCT.of(button.id), view="")


@router.callback_query(ProductButton.where(ProductVerb.CLOSE), CATALOGUE)
async def close_product(_: CallbackQuery, work: Work, button: ProductButton) -> Remove:
    shelf.stop_asking_pieces(work)
    return Remove(CardKind.PRODUCT.of(button.id))


@router.callback_query(ProductButton.where(ProductVerb.PAUSE), CATALOGUE)
async def pause(_: CallbackQuery, work: Work, button: ProductButton) -> Replies:
    return [Toast("products/toast_paused.html"), _show(catalog.pause_product(work, button.id))]


@router.callback_query(ProductButton.where(ProductVerb.RESUME), CATALOGUE)
async def resume(_: CallbackQuery, work: Work, button: ProductButton) -> Replies:
    return [Toast("products/toast_resumed.html"), _show(catalog.resume_product(work, button.id))]


@router.callback_query(ProductButton.where(ProductVerb.RETIRE), CATALOGUE)
async def ask_before_retiring(_: CallbackQuery, button: ProductButton) -> Show:
    return Show(CardKind.PRODUCT.of(button.id), view="retire")


@router.callback_query(ProductButton.where(ProductVerb.RETIRE_NOW), CATALOGUE)
async def retire(_: CallbackQuery, work: Work, button: ProductButton) -> Replies:
    return [Toast("products/toast_retired.html"), _show(catalog.retire_product(work, button.id))]


@router.callback_query(ProductButton.where(ProductVerb.PHOTOS), CATALOGUE)
async def show_photos(_: CallbackQuery, work: Work, button: ProductButton) -> Replies:
    product = work.catalog.get(button.id)
    sources = [photo.source for photo in product.photos] + [product.size_chart_source]
    shown = tuple(Attachment(source) for source in sources if source)
    if not shown:
        return _show(product)
    return Photos(shown, caption="products/photos.html", facts={"product": product})


def _show(product: Product) -> Show:
    return Show(CardKind.PRODUCT.of(product.id), view="")
