"""Whatever people type, reading it never breaks, and a draft either takes it or says what it expects."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from shop.drafts.product import DraftPhoto, ProductAnswers
from shop.drafts.product_gaps import Gap
from shop.drafts.product_words import hear
from shop.errors import ShopError
from shop.reading import read, read_price, read_product, read_quantity, read_sizes
from shop.variant_specs import find_variant

PIECES = [
    *(
        [
            "Nike",
            "耐克",
            "AJ1",
            "Air",
            "Jordan",
            "Dunk",
            "574",
            "黑红",
            "黑色",
            "白/灰",
            "black",
            "42",
            "43",
            "42.5",
            "42⅔",
            "36-40",
            "S",
            "M",
            "XL",
            "均码",
            "170/92A",
            "US8",
            "100",
            "250",
            "各10双",
        ]
    ),
    *(
        [
            "42:10",
            "43x8",
            "S(5)",
            "每码10",
            "10each",
            "原价1299",
            "售价899",
            "¥899",
            "$9",
            "八百九十九块",
            "九块九毛五",
            "1.5万",
            "0",
            "-5",
            "+10",
            "补货",
            "还剩几双",
            "有货吗",
        ]
    ),
    *(
        [
            "共30双",
            "库存10",
            "面料:棉",
            "品牌:",
            "颜色：",
            "尺码表",
            "棉80%",
            "跳过",
            "没有",
            ",",
            "、",
            "：",
            "(",
            ")",
            "/",
            "-",
            "~",
            "\n",
            "👟",
            "4️⃣",
            "\u200b",
            "²",
            "٣",
            "零",
            "万",
            "十十",
        ]
    ),
]
LINES = st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join) | st.text(max_size=60)


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_reading_never_breaks(text: str) -> None:
    for reading in (read, read_price, read_product, read_quantity, read_sizes):
        reading(text)
    find_variant([], text)


@given(st.lists(LINES, max_size=5), st.sampled_from([None, *Gap]))
@settings(max_examples=150, deadline=None)
def test_a_draft_takes_words_or_refuses_them(lines: list[str], asked: Gap | None) -> None:
    draft = ProductAnswers(photos=(DraftPhoto(source="f", unique_id="u"),), revisiting=asked)
    for line in lines:
        with contextlib.suppress(ShopError):
            draft = hear(draft, line)
        with contextlib.suppress(ShopError):
            draft = draft.back().skip()
        draft.gaps()
        draft.variants()
        assert draft.list_price is None or draft.sale_price is None or draft.sale_price <= draft.list_price
