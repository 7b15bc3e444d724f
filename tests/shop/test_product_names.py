"""Products are found by what people call them."""

import pytest

from shop.product_names import ProductName, find_in_title, find_products, same_colour_words

SHELF = [
    ProductName(1, "Nike", "Air Jordan 1"),
    ProductName(2, "Nike", "Air Jordan 4 Retro"),
    ProductName(3, "Nike", "Dunk Low 熊猫"),
    ProductName(4, "adidas", "Samba OG"),
    ProductName(5, "回力", "经典小白鞋 WB-1"),
    ProductName(6, "New Balance", "574"),
    ProductName(7, "逐风", "缓震跑鞋 K1"),
]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("AJ1", [1]),
        ("aj 1", [1]),
        ("Air Jordan 1", [1]),
        ("耐克 AJ4", [2]),
        ("AJ", [1, 2]),
        ("jordan", [1, 2]),
        ("熊猫", [3]),
        ("dunk", [3]),
        ("sambba", [4]),
        ("阿迪 samba", [4]),
        ("小白鞋", [5]),
        ("小百鞋", [5]),
        ("NB574", [6]),
        ("缓震跑鞋", [7]),
        ("AJ5", []),
        ("Yeezy", []),
        ("", []),
    ],
)
def test_a_product_is_found_by_what_people_call_it(said: str, found: list[int]) -> None:
    assert [name.id for name in find_products(said, SHELF)] == found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Nike Air Jordan 1 High 男子篮球鞋 2024新款", 1),
        ("耐克乔丹AJ4男鞋 Retro 复古", 2),
        ("回力经典小白鞋WB-1女款", 5),
        ("NewBalance 574", None),
        ("New Balance NB 574 男女同款", 6),
        ("", None),
        ("袜子", None),
    ],
)
def test_a_long_title_names_its_product(title: str, found: int | None) -> None:
    name = find_in_title(title, SHELF)
    assert (name.id if name else None) == found


def test_colours_are_the_same_in_both_languages() -> None:
    assert same_colour_words("黑色", "Black")
    assert same_colour_words("黑/红", "黑红")
    assert not same_colour_words("黑", "白")
