"""Adding a product: answers by text, photos and buttons, in any order, around one living card."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.buttons.products import DraftVerb, ProductDraftButton
from bot.filters import Commands, Drafting, Has, May, NoCommand, Says
from bot.hearing import Hearing
from bot.labels import L, Label
from bot.replies import Button, Refuse, Remove, Replies, Reply, Row, Say, Show, Toast
from services import product_drafts
from shop.drafts.draft import Draft, DraftKind
from shop.drafts.product import DraftPhoto
from shop.drafts.product_gaps import Gap
from shop.drafts.product_refusals import DocumentInAlbum, OnlyTextAndPhotos, PhotoSentAsFile, VoiceNotUnderstood
from shop.errors import NotFound, ShopError
from shop.products import Product
from shop.reading import ProductFacts, StockEntry, StockQuery, TrackingLines
from shop.speakers import Permission
from storage.news import CardKind
from storage.work import Work

router = Router(name="add_product")
lines = Router(name="product_lines")
"""Lines and photos that begin a product by themselves; asked after the conversations."""
CATALOGUE = May(Permission.CATALOGUE)
DRAFTING = Drafting(DraftKind.PRODUCT)
_MOST_WAITING = 5


class MeantForDraft(Filter):
    """The message is no reply to the card of something else, and no question or number that others understand better."""

    async def __call__(self, message: Message, work: Work, hearing: Hearing) -> bool:
        replied = message.reply_to_message
        card = work.cards.at_message(message.chat.id, replied.message_id) if replied else None
        if card is not None and card.ref.kind is not CardKind.PRODUCT_DRAFT:
            return False
        return not isinstance(hearing.said, StockQuery | StockEntry | TrackingLines)


class ImageOrAlbumFile(Filter):
    """A document that was meant as a photo: an image, or anything in an album."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        file = message.document
        if file is None:
            return False
        is_image = (file.mime_type or "").startswith("image/")
        if not is_image and message.media_group_id is None:
            return False
        return {"refusal": (DocumentInAlbum if message.media_group_id else PhotoSentAsFile)(file.file_name or "")}


class BeginsProduct(Filter):
    """A photo with words about goods, or without any words."""

    async def __call__(self, message: Message, work: Work, hearing: Hearing) -> bool:
        if not work.speaker.may(Permission.CATALOGUE) or message.reply_to_message is not None:
            return False
        return not message.caption or isinstance(hearing.said, ProductFacts)


@router.message(Commands("newproduct"), CATALOGUE)
async def begin(_: Message, work: Work) -> Replies:
    waiting = product_drafts.waiting_products(work)
    if not waiting and work.drafts.find_open() is None:
        return _show(product_drafts.begin_product(work))
    return _begin_or_go_on(work)


@router.callback_query(ProductDraftButton.where(DraftVerb.NEW), CATALOGUE)
async def begin_new(_: CallbackQuery, work: Work) -> Show:
    return _show(product_drafts.begin_product(work))


@router.message(DRAFTING, MeantForDraft(), Has("photo"), CATALOGUE)
async def add_photo(message: Message, work: Work, draft: Draft) -> Replies:
    before = {photo.album for photo in draft.answers.photos}
    refused = product_drafts.add_photo(work, draft.id, photo_of(message), message.caption or "")
    return [*_refusals(refused), _show(draft, in_place=message.media_group_id in before)]


@router.message(DRAFTING, MeantForDraft(), ImageOrAlbumFile(), CATALOGUE)
async def refuse_file(message: Message, work: Work, draft: Draft, refusal: ShopError) -> Replies:
    mark = f"refused:{draft.id}:{message.media_group_id}:file"
    return Refuse(refusal) if message.media_group_id is None or work.first_time(mark) else None


@router.message(DRAFTING, Has("voice", "audio", "video_note"), CATALOGUE)
async def refuse_voice(_: Message, draft: Draft) -> Replies:
    raise VoiceNotUnderstood(draft.answers.asked)


@router.message(DRAFTING, Has("video", "animation", "sticker", "location", "contact", "live_photo"), CATALOGUE)
async def refuse_other_content(_: Message) -> Replies:
    raise OnlyTextAndPhotos


@router.message(DRAFTING, MeantForDraft(), Has("text"), NoCommand(), CATALOGUE)
async def hear_answer(message: Message, work: Work, draft: Draft) -> Show:
    return _show(product_drafts.hear_words(work, draft.id, message.text or ""))


@lines.message(Says(ProductFacts), Has("text"), CATALOGUE)
async def begin_with_line(message: Message, work: Work) -> Show:
    return _show(product_drafts.begin_product(work, message.text or ""))


@lines.message(Has("photo"), BeginsProduct(), CATALOGUE)
async def begin_with_photo(message: Message, work: Work) -> Replies:
    draft = product_drafts.begin_product(work)
    refused = product_drafts.add_photo(work, draft.id, photo_of(message), message.caption or "")
    return [*_refusals(refused), _show(draft)]


@router.callback_query(ProductDraftButton.where(DraftVerb.SAY), CATALOGUE)
async def choose(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Show:
    return _show(product_drafts.hear_words(work, button.id, button.arg))


@router.callback_query(ProductDraftButton.where(DraftVerb.SKIP), CATALOGUE)
async def skip(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Show:
    return _show(product_drafts.skip(work, button.id))


@router.callback_query(ProductDraftButton.where(DraftVerb.BACK), CATALOGUE)
async def go_back(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Show:
    return _show(product_drafts.go_back(work, button.id))


@router.callback_query(ProductDraftButton.where(DraftVerb.EDIT), CATALOGUE)
async def choose_what_to_change(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Show:
    return _show(product_drafts.go_on(work, button.id), "edit")


@router.callback_query(ProductDraftButton.where(DraftVerb.ASK), CATALOGUE)
async def ask_again(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Show:
    if button.arg not in list(Gap):
        raise NotFound("question", 0)
    return _show(product_drafts.ask_again(work, button.id, Gap(button.arg)))


@router.callback_query(ProductDraftButton.where(DraftVerb.REMOVE_PHOTO), CATALOGUE)
async def remove_photo(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Show:
    return _show(product_drafts.remove_last_photo(work, button.id))


@router.callback_query(ProductDraftButton.where(DraftVerb.CHART_IS_PHOTO), CATALOGUE)
async def take_chart_as_photo(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Show:
    return _show(product_drafts.take_chart_as_photo(work, button.id))


@router.callback_query(ProductDraftButton.where(DraftVerb.PUBLISH), CATALOGUE)
async def publish(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Replies:
    product = product_drafts.publish(work, button.id)
    return [Toast("products/toast_on_sale.html", title=product.title), _gone(button.id), _show_product(product)]


@router.callback_query(ProductDraftButton.where(DraftVerb.LEAVE), CATALOGUE)
async def ask_what_becomes_of_it(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Show:
    return _show(product_drafts.go_on(work, button.id), "leave")


@router.callback_query(ProductDraftButton.where(DraftVerb.KEEP), CATALOGUE)
async def keep_for_later(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Replies:
    product_drafts.keep_for_later(work, button.id)
    return [Toast("products/toast_kept.html"), Show(CardKind.PRODUCT_DRAFT.of(button.id), view="")]


@router.callback_query(ProductDraftButton.where(DraftVerb.THROW_AWAY), CATALOGUE)
async def throw_away(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Replies:
    product_drafts.throw_away(work, button.id)
    return [Toast("products/toast_thrown_away.html"), _gone(button.id)]


@router.callback_query(ProductDraftButton.where(DraftVerb.GO_ON), CATALOGUE)
async def go_on(_: CallbackQuery, work: Work, button: ProductDraftButton) -> Show:
    return _show(product_drafts.go_on(work, button.id))


def photo_of(message: Message) -> DraftPhoto:
    """The largest size of the message's photo."""
    best = max(message.photo or [], key=lambda size: size.width * size.height)
    return DraftPhoto(source=best.file_id, unique_id=best.file_unique_id, album=message.media_group_id or "")


def _show(draft: Draft, view: str = "", *, in_place: bool = False) -> Show:
    """Further photos of one album change the card where it stands."""
    return Show(CardKind.PRODUCT_DRAFT.of(draft.id), view=view, anew=False if in_place else None)


def _show_product(product: Product) -> Show:
    return Show(CardKind.PRODUCT.of(product.id), view="")


def _gone(draft_id: int) -> Remove:
    return Remove(CardKind.PRODUCT_DRAFT.of(draft_id))


def _refusals(refused: list[ShopError]) -> list[Reply]:
    return [Refuse(each) for each in refused]


def _begin_or_go_on(work: Work) -> Replies:
    """Drafts that wait are offered before another one is begun."""
    opened = work.drafts.find_open()
    drafts = [opened] if opened is not None and opened.kind is DraftKind.PRODUCT else []
    drafts += product_drafts.waiting_products(work)[:_MOST_WAITING]
    if not drafts:
        return _show(product_drafts.begin_product(work))
    rows: list[Row] = [(_go_on_button(draft),) for draft in drafts]
    new = Button(L("Begin a new one"), ProductDraftButton(verb=DraftVerb.NEW), style="success")
    return Say("products/drafts_waiting.html", keyboard=(*rows, (new,)), count=len(drafts))


def _go_on_button(draft: Draft) -> Button:
    title: str = draft.answers.title
    label: Label = L("Go on: {title}", title=title) if title else L("Go on with the draft")
    return Button(label, ProductDraftButton(id=draft.id, verb=DraftVerb.GO_ON))
