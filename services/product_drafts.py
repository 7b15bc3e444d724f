"""Drafting a product: begin, answer, add photos, go back, keep for later, publish."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services import catalog
from shop.drafts.draft import Draft, DraftKind
from shop.drafts.product import DraftPhoto, ProductAnswers
from shop.drafts.product_gaps import Gap
from shop.drafts.product_refusals import SamePhotoTwice
from shop.drafts.product_words import hear, open_with, tell
from shop.errors import NotFound, ShopError
from shop.products import Product
from shop.reading import ProductFacts, read, read_product
from storage.answers import keeps
from storage.news import CardKind
from storage.work import Work

keeps(ProductAnswers)
Change = Callable[[ProductAnswers], ProductAnswers]


@dataclass(frozen=True)
class FetchDraftPhoto:
    """Wanted: the content of a photo of a draft, to keep it and to know it again."""

    draft_id: int
    file_id: str
    unique_id: str


def begin_product(work: Work, line: str = "") -> Draft:
    """A new draft, perhaps with a line about the goods; what was open waits."""
    return work.drafts.start(DraftKind.PRODUCT, open_with(work.shop.currency, line))


def waiting_products(work: Work) -> Sequence[Draft]:
    """Drafts of products that the speaker left, newest first."""
    return work.drafts.waiting(DraftKind.PRODUCT)


def hear_words(work: Work, draft_id: int, text: str) -> Draft:
    """The answer to the pending question, or to any other."""
    return _change(work, draft_id, lambda answers: hear(answers, text))


def skip(work: Work, draft_id: int) -> Draft:
    return _change(work, draft_id, ProductAnswers.skip)


def go_back(work: Work, draft_id: int) -> Draft:
    return _change(work, draft_id, ProductAnswers.back)


def ask_again(work: Work, draft_id: int, gap: Gap) -> Draft:
    """The merchant wants to change this answer."""
    return _change(work, draft_id, lambda answers: answers.revisit(gap))


def remove_last_photo(work: Work, draft_id: int) -> Draft:
    return _change(work, draft_id, ProductAnswers.without_last_photo)


def take_chart_as_photo(work: Work, draft_id: int) -> Draft:
    """The picture taken for the size chart shows the product."""
    return _change(work, draft_id, ProductAnswers.chart_is_a_photo)


def add_photo(work: Work, draft_id: int, photo: DraftPhoto, caption: str = "") -> list[ShopError]:
    """The photo joins the draft, its caption answers questions. What cannot be taken is refused without losing the rest.

    Of an album the same refusal is given once.
    """
    refused: list[ShopError] = []
    facts = read_product(caption)
    is_chart = bool(facts.size_chart) or caption.strip().rstrip(":：") in ("尺码表", "size chart")

    def change(answers: ProductAnswers) -> ProductAnswers:
        answers = _attempt(refused, answers, lambda known: known.add_photo(photo, is_size_chart=is_chart))
        if isinstance(read(caption), ProductFacts):
            answers = _attempt(refused, answers, lambda known: tell(known, caption))
        return answers

    draft = _change(work, draft_id, change)
    if photo in (*draft.answers.photos, draft.answers.size_chart_photo):
        work.errands.leave(FetchDraftPhoto(draft_id, photo.source, photo.unique_id))
    marks = [f"refused:{draft_id}:{photo.album}:{type(error).__name__}" for error in refused]
    return [error for error, mark in zip(refused, marks, strict=True) if not photo.album or work.first_time(mark)]


def know_photo(work: Work, draft_id: int, unique_id: str, content_hash: str) -> None:
    """A photo has been fetched. One with the content of another leaves the draft, and its sender is told."""
    try:
        draft = work.drafts.get(draft_id, DraftKind.PRODUCT)
    except NotFound:
        work.catalog.know_photo(unique_id, content_hash)
        return
    try:
        draft.answers = draft.answers.learn_content(unique_id, content_hash)
    except SamePhotoTwice as refusal:
        draft.answers = draft.answers.without_photo(unique_id)
        work.tell(work.speaker.person_id, refusal.template(), error=refusal)
    work.session.flush()
    work.touch(CardKind.PRODUCT_DRAFT.of(draft_id))


def go_on(work: Work, draft_id: int) -> Draft:
    """A draft that waited is open again."""
    return _change(work, draft_id, lambda answers: answers)


def keep_for_later(work: Work, draft_id: int) -> None:
    if work.drafts.get(draft_id, DraftKind.PRODUCT).is_open:
        work.drafts.leave_open()


def throw_away(work: Work, draft_id: int) -> None:
    work.drafts.drop(work.drafts.get(draft_id, DraftKind.PRODUCT))


def publish(work: Work, draft_id: int) -> Product:
    """The product goes on sale with its stock in the ledger; raises StillMissing."""
    draft = work.drafts.get(draft_id, DraftKind.PRODUCT)
    product = catalog.add_product(work, draft.answers.finish())
    work.drafts.drop(draft)
    return product


def _change(work: Work, draft_id: int, change: Change) -> Draft:
    """Whoever works on a draft has it open."""
    draft = work.drafts.get(draft_id, DraftKind.PRODUCT)
    if draft.kind is not DraftKind.PRODUCT:
        raise NotFound("draft", draft_id)
    work.drafts.reopen(draft)
    draft.answers = change(draft.answers)
    work.session.flush()
    return draft


def _attempt(refused: list[ShopError], answers: ProductAnswers, change: Change) -> ProductAnswers:
    try:
        return change(answers)
    except ShopError as refusal:
        refused.append(refusal)
        return answers
