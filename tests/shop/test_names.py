import pytest

from shop.names import NameMissing, NameTooLong, clean_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("老王潮鞋", "老王潮鞋"),
        ("  老王   潮鞋  ", "老王 潮鞋"),
        ("老王\n潮鞋\t店", "老王 潮鞋 店"),
        ("老\u200b王\u200d潮\ufeff鞋\u2060", "老王潮鞋"),
        ("\u202eevil\u202c", "evil"),
        ("Kicks\x00\x1b &amp; <Co>", "Kicks &amp; <Co>"),
        ("👟 鞋铺", "👟 鞋铺"),
        ("cafe\u0301", "café"),
        ("\u3000老王\u3000", "老王"),
        ("7", "7"),
    ],
)
def test_a_name_is_kept_on_one_line_without_anything_invisible(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u200d", "\u3164\u3164", "\u2800", "\n\t", "\u0301", "\ud800"])
def test_a_name_of_which_nothing_can_be_seen_is_missing(typed: str) -> None:
    with pytest.raises(NameMissing):
        clean_name(typed)


def test_forty_characters_are_a_name_and_forty_one_are_not() -> None:
    assert clean_name("鞋" * 40) == "鞋" * 40
    with pytest.raises(NameTooLong) as refusal:
        clean_name("鞋" * 41)
    assert (refusal.value.length, refusal.value.longest) == (41, 40)


def test_invisible_characters_do_not_count() -> None:
    assert clean_name("鞋" * 40 + "\u200b" * 10) == "鞋" * 40
