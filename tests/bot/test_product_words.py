"""Every refusal and every card of a product has words in both languages, within Telegram's limits."""

import re
from datetime import UTC, datetime

import pytest

import bot.cards.product_draft
import bot.cards.products
from bot.rendering import LANGUAGES, render
from services.shelf import NotStockNumber, ProductUnknown, WhichProduct, WhichVariant
from shop.drafts import product_refusals as refused
from shop.drafts.product import DraftPhoto, ProductAnswers
from shop.drafts.product_gaps import Gap
from shop.errors import ShopError
from shop.products import Category, ProductStatus, StatusRefused
from shop.reading import SizeStock
from shop.shops import Shop
from shop.stock import OutOfStock, PiecesUnfit

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LONG = "很便宜" * 600
TELEGRAM_LIMIT = 4096
REFUSALS: list[ShopError] = [
    refused.NotACategory("你好"),
    refused.NotAPrice(LONG),
    refused.PriceOutOfRange("0", 1_000_000_000),
    refused.OtherCurrency("$ 99", "CNY"),
    refused.SalePriceAboveListPrice(129_900, 89_900, "CNY"),
    refused.NotSizes(LONG),
    refused.NotStock(LONG, "42"),
    refused.SizeTwice("42"),
    refused.SizeTwice("42", 10),
    refused.TooManyVariants(400, 200),
    *(refused.WordsTooLong(gap, 64) for gap in Gap),
    refused.SamePhotoTwice(2),
    refused.TooManyPhotos(10),
    refused.PhotosExpected(1, 3),
    refused.DocumentInAlbum("鞋.jpg"),
    refused.PhotoSentAsFile("鞋.jpg"),
    refused.VoiceNotUnderstood(Gap.PHOTOS),
    refused.VoiceNotUnderstood(None),
    refused.OnlyTextAndPhotos(),
    *(refused.CannotSkip(gap) for gap in Gap),
    refused.NothingUnderstood(LONG),
    refused.StillMissing(tuple(Gap)),
    PiecesUnfit("100000"),
    OutOfStock("AJ1 黑红 42", 3, 2),
    OutOfStock("AJ1 黑红 42", 3, 0),
    OutOfStock("AJ1 黑红 42", 3, 2, by_order=True),
    *(StatusRefused("AJ1", now, ProductStatus.ON_SALE) for now in ProductStatus),
    ProductUnknown("椰子"),
    WhichProduct("AJ", ("AJ1", "AJ4")),
    WhichVariant("AJ1", "47", ("黑红 42", "黑红 43")),
    WhichVariant("AJ1", "", ("黑红 42", "黑红 43")),
    NotStockNumber("很多"),
]
EVERYTHING = ProductAnswers(
    category=Category.APPAREL,
    brand="B" * 64,
    model="型" * 128,
    colours=tuple(f"{n}色" * 8 for n in range(6)),
    sizes=tuple(SizeStock(f"尺码{n}", 99_999) for n in range(33)),
    list_price=1_000_000_000,
    sale_price=999_999_999,
    photos=tuple(DraftPhoto(source=f"f{n}", unique_id=f"u{n}") for n in range(10)),
    fabric="棉" * 200,
    size_chart="42 = 26.5 cm\n" * 70,
)


def rendered(template: str, language: str, **facts: object) -> str:
    shop = Shop(name="店", opened_at=NOW, link_code="x")
    return render(template, language, facts, shop=shop, now=NOW)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_every_refusal_has_words(refusal: ShopError, language: str) -> None:
    words = rendered(refusal.template(), language, error=refusal)
    assert words
    assert len(words) < 400
    if language == "zh_CN":
        assert not re.search(r"[a-z]{4,}", words.replace("/products", ""))
    else:
        assert "请" not in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("face", ["", "edit", "leave", "waiting"])
@pytest.mark.parametrize("answers", [ProductAnswers(), EVERYTHING])
def test_the_draft_card_stays_within_a_message(answers: ProductAnswers, face: str, language: str) -> None:
    facts = {
        "answers": answers,
        "face": face,
        "shelf": bot.cards.product_draft.shelf_rows(answers.variants(), answers.sizes),
        "gaps": answers.gaps(),
        "asked": answers.asked,
    }
    words = re.sub(r"<[^>]+>", "", rendered("products/draft.html", language, **facts))
    assert 0 < len(words) < TELEGRAM_LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gap", Gap)
def test_every_question_is_asked_with_an_example(gap: Gap, language: str) -> None:
    words = rendered("products/_question.html", language, asked=gap, answers=ProductAnswers())
    assert "<b>" in words
    assert "<i>" in words or gap is Gap.PHOTOS
    assert "%%" not in words
