"""Phone numbers as people and marketplaces write them."""

import pytest

from shop.phones import Phone, PhoneKind, mask_name, mask_phone, read_outer_phone, read_phone


@pytest.mark.parametrize(
    ("written", "kind", "number", "extension"),
    [
        ("13800001000", PhoneKind.MOBILE, "13800001000", ""),
        ("'13800001000", PhoneKind.MOBILE, "13800001000", ""),
        ("+86 138 0000 1000", PhoneKind.MOBILE, "13800001000", ""),
        ("0086-13800001000", PhoneKind.MOBILE, "13800001000", ""),
        ("8613800001000", PhoneKind.MOBILE, "13800001000", ""),
        ("138-0000-1000", PhoneKind.MOBILE, "13800001000", ""),
        ("１３８００００１０００", PhoneKind.MOBILE, "13800001000", ""),
        ("13800001000/0553-2345678", PhoneKind.MOBILE, "13800001000", ""),
        ("13800000000-1234", PhoneKind.RELAY, "13800000000", "1234"),
        ("13800000000转1234", PhoneKind.RELAY, "13800000000", "1234"),
        ("13800000000 转 1234", PhoneKind.RELAY, "13800000000", "1234"),
        ("13800000000，8888", PhoneKind.RELAY, "13800000000", "8888"),
        ("13800000000#123", PhoneKind.RELAY, "13800000000", "123"),
        ("13800000000 ext. 55", PhoneKind.RELAY, "13800000000", "55"),
        ("021-62345678", PhoneKind.LANDLINE, "021-62345678", ""),
        ("010 62345678", PhoneKind.LANDLINE, "01062345678", ""),
        ("021-62345678-801", PhoneKind.LANDLINE, "021-62345678", "801"),
        ("4008001234", PhoneKind.SERVICE, "4008001234", ""),
        ("400-800-1234", PhoneKind.SERVICE, "400-800-1234", ""),
        ("138****5678", PhoneKind.MASKED, "138****5678", ""),
        ("1*********8", PhoneKind.MASKED, "1*********8", ""),
        ("+1 555-010-0100", PhoneKind.FOREIGN, "+15550100100", ""),
        ("", PhoneKind.MISSING, "", ""),
        ("  '", PhoneKind.MISSING, "", ""),
        ("1380000100", PhoneKind.WRONG, "1380000100", ""),
        ("138 0000 10000", PhoneKind.WRONG, "138 0000 10000", ""),
        ("12345678901", PhoneKind.WRONG, "12345678901", ""),
        ("微信联系", PhoneKind.WRONG, "微信联系", ""),
        ("0553-1234567", PhoneKind.WRONG, "0553-1234567", ""),
    ],
)
def test_a_number_is_known_by_its_kind(written: str, kind: PhoneKind, number: str, extension: str) -> None:
    assert read_phone(written) == Phone(kind, number, extension)


@pytest.mark.parametrize("written", ["91234567", "+852 9123 4567", "853 6612 3456", "0912345678", "+886 912345678"])
def test_hong_kong_macao_and_taiwan_have_other_phones(written: str) -> None:
    assert read_outer_phone(written).kind is PhoneKind.OUTER
    assert read_outer_phone("13800001000").kind is PhoneKind.MOBILE


def test_outside_china_only_the_count_of_digits_is_looked_at() -> None:
    assert read_phone("(555) 010-0100", is_chinese=False).kind is PhoneKind.FOREIGN
    assert read_phone("call me", is_chinese=False).kind is PhoneKind.WRONG


def test_carriers_ask_for_the_tail_of_the_extension_if_there_is_one() -> None:
    assert read_phone("13800001234").tail == "1234"
    assert read_phone("13800000000-5678").tail == "5678"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("13800005678", "138****5678"),
        ("+86 138 0000 5678", "138****5678"),
        ("138****5678", "138****5678"),
        ("13800000000-1234", "138****0000-****"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_masked_phone_can_be_recognised_but_not_called(written: str, shown: str) -> None:
    assert mask_phone(written) == shown


def test_of_a_masked_name_the_first_sign_is_left() -> None:
    assert [mask_name(name) for name in ("王小明", " Ann Example", "", "王**")] == ["王**", "A**", "", "王**"]
