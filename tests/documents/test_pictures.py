"""Pictures of the sample shop; those of people are never decoded."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from documents.pictures import _FONT, SIDE, Subject, product_pictures
from shop.sample_shop import SAMPLE_PRODUCTS, Look

SHOE = Subject(title="逐风 缓震跑鞋 K1", colour_name="海盐蓝", look=Look.SHOE, main="#3f7fb5", accent="#f2b84b")


@pytest.mark.parametrize("look", Look)
def test_everything_that_can_be_drawn_is_shown_from_three_angles(look: Look) -> None:
    pictures = product_pictures(
        Subject(title="周末 帆布袋 B1", colour_name="本白", look=look, main="#d9d0bd", accent="#c0583c")
    )
    assert len(set(pictures)) == 3
    for picture in pictures:
        image = Image.open(io.BytesIO(picture))
        assert (image.format, image.size) == ("JPEG", (SIDE, SIDE))
        assert len(picture) < 60_000


def test_the_same_subject_gives_the_same_pictures() -> None:
    assert product_pictures(SHOE) == product_pictures(SHOE)


def test_another_colour_gives_other_pictures() -> None:
    black = Subject(title=SHOE.title, colour_name="炭黑", look=Look.SHOE, main="#45474d", accent="#e4572e")
    assert not set(product_pictures(SHOE)) & set(product_pictures(black))


def test_the_font_has_every_character_of_the_sample_shop() -> None:
    font = ImageFont.truetype(str(_FONT), 30)
    missing = bytes(font.getmask("\U0010ffff"))
    words = "".join(product.title + "".join(colour.name for colour in product.colours) for product in SAMPLE_PRODUCTS)
    assert [sign for sign in words if not sign.isspace() and bytes(font.getmask(sign)) == missing] == []


def test_no_picture_of_other_people_is_ever_decoded() -> None:
    """It may claim any number of pixels: it is passed on by the name that Telegram gave it, and kept as the bytes it is."""
    home = Path(__file__).parents[2]
    packages = ("bot", "services", "documents", "storage", "shop")
    decoding = [
        str(module.relative_to(home))
        for package in packages
        for module in (home / package).rglob("*.py")
        if any(word in module.read_text() for word in ("Image.open", "ImageFile", "cv2", "frombytes"))
    ]
    assert decoding == []
