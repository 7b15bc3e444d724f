"""Carriers: what they are called, whose a number may be, and when a person has to choose."""

import pytest

from shop.carriers import (
    COMMON,
    MOST_CHOICES,
    OTHER,
    CarrierUnclear,
    UnknownCarrier,
    carriers,
    find_carrier,
    get_carrier,
    guess_carriers,
    must_agree,
    settle_carrier,
)


@pytest.mark.parametrize(
    ("word", "carrier_id"),
    [
        ("顺丰", "sf"),
        ("顺丰速运", "sf"),
        ("SF", "sf"),
        ("sf express", "sf"),
        ("圆通快递", "yto"),
        ("圆通", "yto"),
        ("ＹＴＯ", "yto"),
        ("中通", "zto"),
        ("申通物流", "sto"),
        ("韵达", "yunda"),
        ("极兔", "jt"),
        ("京东", "jd"),
        ("EMS", "ems"),
        ("德邦", "deppon"),
    ],
)
def test_a_carrier_is_found_by_any_of_its_names(word: str, carrier_id: str) -> None:
    found = find_carrier(word)
    assert found is not None
    assert found.id == carrier_id


@pytest.mark.parametrize("word", ["", " ", "快递", "李静", "351531001", "SF1234567890123"])
def test_other_words_are_no_carrier(word: str) -> None:
    assert find_carrier(word) is None


def test_every_example_is_one_of_its_own_carrier() -> None:
    for carrier in carriers().values():
        if carrier.example is not None:
            assert carrier in guess_carriers(carrier.example).candidates, carrier.id


def test_every_carrier_fits_onto_a_button() -> None:
    for carrier in carriers().values():
        assert len(carrier.id) <= 16
        assert carrier.name
        assert carrier.name_en
    assert set(COMMON) | {OTHER} <= carriers().keys()


@pytest.mark.parametrize(
    ("number", "carrier_id"),
    [
        ("SF1234567890123", "sf"),
        ("YT1234567890123", "yto"),
        ("JT1234567890123", "jt"),
        ("JDVA12345678901", "jd"),
        ("DPK123456789012", "deppon"),
        ("1Z999AA10123456784", "ups"),
        ("773412345678901", "sto"),
        ("312345678901234", "yunda"),
    ],
)
def test_letters_and_shape_tell_the_carrier(number: str, carrier_id: str) -> None:
    assert settle_carrier(number).id == carrier_id


@pytest.mark.parametrize("number", ["73123456789012", "886123456789012", "98123456789012", "1234567890", "SF12345678"])
def test_when_it_is_not_certain_a_person_chooses(number: str) -> None:
    with pytest.raises(CarrierUnclear):
        settle_carrier(number)
    choices = guess_carriers(number).choices
    assert 1 < len(choices) <= MOST_CHOICES + 1
    assert len(set(choices)) == len(choices)
    assert choices[-1].id == OTHER
    assert settle_carrier(number, "zto").id == "zto"


def test_letters_with_an_odd_length_are_offered_first() -> None:
    guess = guess_carriers("SF12345678")
    assert guess.odd_for is get_carrier("sf")
    assert guess.choices[0] is get_carrier("sf")


def test_a_named_carrier_must_agree_with_the_letters() -> None:
    must_agree("SF1234567890123", "sf")
    must_agree("SF1234567890123", None)
    must_agree("886123456789012", "yto")
    with pytest.raises(CarrierUnclear):
        must_agree("SF1234567890123", "yto")


def test_what_a_person_has_chosen_counts_whatever_the_letters_say() -> None:
    assert settle_carrier("SF1234567890123", "yto").id == "yto"


def test_a_carrier_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownCarrier):
        settle_carrier("886123456789012", "pigeons")
