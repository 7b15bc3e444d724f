"""The draft of a product: answers in any order, several at once, back, skip, and clear refusals."""

from dataclasses import replace
from functools import reduce

import pytest
from pydantic import TypeAdapter

from shop.drafts.product import DraftPhoto, ProductAnswers
from shop.drafts.product_gaps import Gap
from shop.drafts.product_refusals import (
    CannotSkip,
    NotACategory,
    NotAPrice,
    NothingUnderstood,
    NotSizes,
    NotStock,
    OtherCurrency,
    PhotosExpected,
    PriceOutOfRange,
    SalePriceAboveListPrice,
    SamePhotoTwice,
    SizeTwice,
    StillMissing,
    TooManyPhotos,
    TooManyVariants,
    WordsTooLong,
)
from shop.drafts.product_words import hear, open_with
from shop.errors import ShopError
from shop.products import Category, NewVariant
from shop.stock import PiecesUnfit

LINE = "Nike Air Jordan 1 黑红 42 43 44 各10双 原价1299 售价899"
FRESH = ProductAnswers()


def photo(number: int, *, album: str = "", content: str = "") -> DraftPhoto:
    return DraftPhoto(source=f"file-{number}", unique_id=f"unique-{number}", album=album, content_hash=content)


def told(*texts: str, start: ProductAnswers = FRESH) -> ProductAnswers:
    return reduce(hear, texts, start)


def with_photos(answers: ProductAnswers, count: int = 3) -> ProductAnswers:
    return reduce(lambda draft, number: draft.add_photo(photo(number, album="a")), range(count), answers)


@pytest.fixture
def whole() -> ProductAnswers:
    """Everything known but the size chart's words are the last."""
    return hear(with_photos(told("运动鞋", LINE)), "42 = 26.5cm 43 = 27cm 44 = 27.5cm")


def test_step_by_step_each_answer_leads_to_the_next_question() -> None:
    steps = [
        ("运动鞋", Gap.BRAND),
        ("耐克", Gap.MODEL),
        ("Air Jordan 1", Gap.COLOUR),
        ("黑红", Gap.SIZES),
        ("42 43 44", Gap.STOCK),
        ("10", Gap.LIST_PRICE),
        ("1299", Gap.SALE_PRICE),
        ("899", Gap.PHOTOS),
    ]
    draft = FRESH
    assert draft.asked is Gap.CATEGORY
    for text, following in steps:
        draft = hear(draft, text)
        assert draft.asked is following, text
    assert (draft.brand, draft.model, draft.list_price, draft.sale_price) == ("Nike", "Air Jordan 1", 129_900, 89_900)
    assert draft.variants() == tuple(NewVariant("黑红", size, 10) for size in ("42", "43", "44"))


def test_one_line_answers_everything_but_photos_and_chart() -> None:
    draft = told("运动鞋", LINE)
    assert draft.gaps() == (Gap.PHOTOS, Gap.SIZE_CHART)
    assert draft.pieces == 30


def test_a_line_opens_a_draft_by_itself() -> None:
    draft = open_with("CNY", LINE)
    assert draft.category is Category.SHOES
    assert draft.first_gap() is Gap.PHOTOS


@pytest.mark.parametrize("price", ["售价 -5", "原价 1299 售价 -5", "¥-5"])
def test_no_line_with_a_minus_opens_a_draft(price: str) -> None:
    with pytest.raises(NotAPrice):
        open_with("CNY", f"Nike Dunk 黑 42 各2双 {price}")


def test_two_numbers_that_fit_what_is_known_are_both_prices() -> None:
    draft = told("运动鞋", "Nike Dunk", "黑 42 各2双", "1299", "1299 899")
    assert (draft.list_price, draft.sale_price) == (129_900, 89_900)


def test_answers_come_in_any_order() -> None:
    lines = ["售价 899", "黑红 42 43 44 各10双", "Nike Air Jordan 1 原价1299"]
    forth = told("运动鞋", *lines)
    back = told("运动鞋", *reversed(lines))
    assert replace(forth, each=None) == replace(back, each=None) == replace(told("运动鞋", LINE), each=None)


def test_an_answer_out_of_order_is_kept_and_only_the_gap_is_asked() -> None:
    draft = told("运动鞋", "黑色 42 43 44 各10双 899")
    assert draft.asked is Gap.BRAND
    assert (draft.colours, draft.sale_price, draft.pieces) == (("黑色",), 89_900, 30)


def test_apparel_asks_for_its_fabric_and_accessories_for_less() -> None:
    assert Gap.FABRIC in told("服饰").gaps()
    accessories = told("配饰").gaps()
    assert Gap.FABRIC not in accessories
    assert Gap.SIZE_CHART not in accessories


def test_counts_may_be_given_size_by_size_or_in_their_order() -> None:
    draft = told("运动鞋", "Nike", "Dunk", "黑白", "42 43 44")
    assert [v.on_hand for v in hear(draft, "10 8 6").variants()] == [10, 8, 6]
    assert [v.on_hand for v in hear(draft, "42:10 43:8 44:0").variants()] == [10, 8, 0]
    partly = hear(draft, "43:8")
    assert partly.asked is Gap.STOCK
    assert [v.on_hand for v in hear(partly, "各5").variants()] == [5, 8, 5]


def test_a_number_is_a_model_when_the_model_is_asked_for() -> None:
    draft = told("运动鞋", "NB", "574")
    assert (draft.brand, draft.model, draft.sale_price) == ("New Balance", "574", None)


def test_unknown_brands_and_colours_are_taken_as_written() -> None:
    draft = told("运动鞋", "山野工坊", "行者 3", "芝加哥、熊猫")
    assert (draft.brand, draft.model, draft.colours) == ("山野工坊", "行者 3", ("芝加哥", "熊猫"))


def test_every_colour_comes_in_every_size_unless_told_otherwise() -> None:
    draft = told("服饰", "优衣库 T恤 黑色 白色 S M 各5件 99", "黑色 S:2")
    assert [(v.colour, v.size, v.on_hand) for v in draft.variants()] == [
        ("黑色", "S", 2),
        ("黑色", "M", 5),
        ("白色", "S", 5),
        ("白色", "M", 5),
    ]


def test_sizes_of_a_later_message_are_added_and_known_ones_corrected() -> None:
    draft = told("运动鞋", LINE, "45 46 各3")
    assert [v.size for v in draft.variants()] == ["42", "43", "44", "45", "46"]
    assert hear(draft, "44:7").variants()[2].on_hand == 7


def test_the_same_draft_survives_being_stored(whole: ProductAnswers) -> None:
    shape = TypeAdapter(ProductAnswers)
    assert shape.validate_json(shape.dump_json(whole)) == whole


def test_a_finished_draft_is_a_product(whole: ProductAnswers) -> None:
    product = whole.finish()
    assert (product.category, product.brand, product.model) == (Category.SHOES, "Nike", "Air Jordan 1")
    assert len(product.photos) == 3
    assert product.size_chart.startswith("42 = 26.5cm")
    assert [variant.on_hand for variant in product.variants] == [10, 10, 10]


def test_an_unfinished_draft_says_what_is_missing() -> None:
    with pytest.raises(StillMissing) as refusal:
        told("运动鞋", LINE).finish()
    assert refusal.value.gaps == (Gap.PHOTOS, Gap.SIZE_CHART)


# Going back, skipping, changing


def test_back_asks_again_and_keeps_what_was_said() -> None:
    draft = told("运动鞋", "Nike", "Dunk").back()
    assert (draft.asked, draft.model) == (Gap.MODEL, "Dunk")
    further = draft.back()
    assert further.asked is Gap.BRAND
    assert hear(further, "adidas").brand == "adidas"
    assert further.skip().asked is Gap.COLOUR


def test_back_at_the_first_question_stays_there() -> None:
    assert FRESH.back() == FRESH


def test_any_answer_can_be_changed_from_the_review(whole: ProductAnswers) -> None:
    assert whole.asked is None
    assert hear(whole.revisit(Gap.MODEL), "Air Jordan 4").model == "Air Jordan 4"
    assert hear(whole.revisit(Gap.COLOUR), "白蓝").colours == ("白蓝",)
    assert [v.size for v in hear(whole.revisit(Gap.SIZES), "40-41 各2").variants()] == ["40", "41"]
    assert hear(whole.revisit(Gap.SALE_PRICE), "799").sale_price == 79_900
    assert hear(whole.revisit(Gap.CATEGORY), "配饰").category is Category.ACCESSORIES
    assert hear(whole.revisit(Gap.SIZE_CHART), "按平时尺码").size_chart == "按平时尺码"


def test_a_fact_on_the_review_card_changes_just_that(whole: ProductAnswers) -> None:
    assert hear(whole, "售价 799").sale_price == 79_900
    assert hear(whole, "42:8").pieces == 28
    assert hear(whole, "颜色：白蓝").colours == ("白蓝",)
    with pytest.raises(NothingUnderstood):
        hear(whole, "好的谢谢")


def test_renaming_the_only_colour_keeps_its_stock() -> None:
    draft = told("运动鞋", "Nike Dunk", "黑红 42:3 43:4")
    assert hear(draft.revisit(Gap.COLOUR), "黑金").variants() == (
        NewVariant("黑金", "42", 3),
        NewVariant("黑金", "43", 4),
    )


def test_optional_answers_are_skipped_by_button_or_word() -> None:
    draft = told("运动鞋", "Nike Dunk", "黑 42 各2双")
    assert draft.asked is Gap.LIST_PRICE
    assert draft.skip().asked is Gap.SALE_PRICE
    assert hear(draft, "没有").asked is Gap.SALE_PRICE
    with pytest.raises(CannotSkip):
        draft.skip().skip()


def test_accessories_may_have_no_colour_and_one_size() -> None:
    draft = told("配饰", "Casio", "GA-2100").skip().skip()
    assert draft.asked is Gap.STOCK
    assert hear(draft, "5").variants() == (NewVariant("", "均码", 5),)


# Photos


def test_three_photos_are_enough_and_ten_are_the_most() -> None:
    draft = told("运动鞋", LINE)
    assert with_photos(draft, 2).asked is Gap.PHOTOS
    ten = with_photos(draft, 10)
    assert ten.asked is Gap.SIZE_CHART
    with pytest.raises(TooManyPhotos):
        ten.add_photo(photo(11, album="b"))


def test_the_same_photo_twice_is_refused_by_its_id_and_by_its_content() -> None:
    draft = with_photos(told("运动鞋", LINE), 2)
    with pytest.raises(SamePhotoTwice) as refusal:
        draft.add_photo(photo(1))
    assert refusal.value.place == 2
    fetched = draft.learn_content("unique-0", "abc")
    with pytest.raises(SamePhotoTwice) as refusal:
        fetched.learn_content("unique-1", "abc")
    assert refusal.value.place == 1
    assert fetched.learn_content("unique-0", "abc") == fetched
    assert len(fetched.without_photo("unique-1").photos) == 1


def test_a_single_photo_answers_the_question_for_the_size_chart() -> None:
    draft = with_photos(told("运动鞋", LINE)).add_photo(photo(8))
    assert draft.asked is None
    assert draft.size_chart_photo == photo(8)
    mended = draft.chart_is_a_photo()
    assert (mended.asked, len(mended.photos)) == (Gap.SIZE_CHART, 4)


def test_a_further_photo_of_an_album_is_never_the_size_chart() -> None:
    draft = with_photos(told("运动鞋", LINE), 5)
    assert (len(draft.photos), draft.size_chart_photo) == (5, None)


# Refusals


@pytest.mark.parametrize(
    ("texts", "refusal"),
    [
        (["你好"], NotACategory("你好")),
        (["运动鞋", "Nike Dunk", "黑", "不知道"], NotSizes("不知道")),
        (["运动鞋", "Nike Dunk", "黑", "42 43", "很多"], NotStock("很多", size="42")),
        (["运动鞋", "Nike Dunk", "黑 42 各2双", "便宜点"], NotAPrice("便宜点")),
        (["运动鞋", "Nike Dunk", "黑 42 各2双", "899.999"], NotAPrice("899.999")),
        (["运动鞋", "Nike Dunk", "黑 42 各2双", "0"], PriceOutOfRange("0", 1_000_000_000)),
        (["运动鞋", "Nike Dunk", "黑 42 各2双", "$99"], OtherCurrency("$ 99", "CNY")),
        (["运动鞋", "Nike Dunk", "黑 42 各2双", "899", "1299"], SalePriceAboveListPrice(129_900, 89_900, "CNY")),
        (["运动鞋", "Nike Dunk 黑 原价 899 售价 1299"], SalePriceAboveListPrice(129_900, 89_900, "CNY")),
        (["运动鞋", "Nike Dunk", "黑", "42 42 43"], SizeTwice("42")),
        (["运动鞋", "Nike Dunk", "黑", "42:10 42:8"], SizeTwice("42")),
        (["运动鞋", LINE, "44 45 各5"], SizeTwice("44", 10)),
        (["运动鞋", "Nike Dunk", "黑 42 各100000双"], PiecesUnfit("100000")),
        (["运动鞋", "Nike Dunk", "黑 42 各2双", "-5"], NotAPrice("-5")),
        (["运动鞋", "Nike Dunk 黑 42 各2双 售价 -5"], NotAPrice("Nike Dunk 黑 42 各2双 售价 -5")),
        (["运动鞋", "Nike Dunk 黑 42:-3 售价 899"], NotStock("Nike Dunk 黑 42:-3 售价 899", size="42")),
        (["运动鞋", "Nike Dunk", "黑 42 各2双", "1299", "89 9"], NotAPrice("89 9")),
        (["运动鞋", "Nike Dunk", "黑", "42:-3"], NotStock("42:-3", size="42")),
        (["运动鞋", "Nike Dunk", "黑", "42 43", "10 8 6"], NotStock("10 8 6", size="42")),
        (["运动鞋", "🔥"], NothingUnderstood("🔥")),
        (["运动鞋", "x" * 65], WordsTooLong(Gap.BRAND, 64)),
        (["运动鞋", LINE, "好看吧"], PhotosExpected(0, 3)),
    ],
)
def test_what_cannot_be_is_refused_with_its_facts(texts: list[str], refusal: ShopError) -> None:
    draft = told(*texts[:-1])
    with pytest.raises(type(refusal)) as said:
        hear(draft, texts[-1])
    assert said.value == refusal


def test_more_variants_than_anybody_sells_are_refused() -> None:
    colours = "、".join(f"色{n}" for n in range(20))
    draft = told("运动鞋", "Nike Dunk", f"颜色：{colours}")
    with pytest.raises(TooManyVariants):
        hear(draft, "30-46 各1")


def test_money_without_small_change_has_no_minor_digits() -> None:
    draft = told("运动鞋", "Nike Dunk", "黑 42 各2双", start=ProductAnswers(currency="JPY"))
    assert hear(draft, "12000").list_price == 12_000
    with pytest.raises(NotAPrice):
        hear(draft, "99.5")
