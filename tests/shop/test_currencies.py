import pytest

from shop.currencies import CURRENCIES, CurrencyUnknown, find_currency


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("CNY", "CNY"),
        ("rmb", "CNY"),
        ("人民币", "CNY"),
        ("￥", "CNY"),
        ("元", "CNY"),
        ("美元", "USD"),
        ("us dollar", "USD"),
        ("港币 ", "HKD"),
        ("€", "EUR"),
    ],
)
def test_a_currency_is_found_by_code_sign_or_name(typed: str, code: str) -> None:
    assert find_currency(typed) == code


def test_a_slip_gets_the_currency_suggested() -> None:
    with pytest.raises(CurrencyUnknown) as refusal:
        find_currency("Dolar")
    assert refusal.value.suggestions == ("USD",)


@pytest.mark.parametrize("typed", ["", "贝壳", "12", "XXX"])
def test_nonsense_is_answered_with_the_usual_ones(typed: str) -> None:
    with pytest.raises(CurrencyUnknown) as refusal:
        find_currency(typed)
    assert "CNY" in refusal.value.suggestions


def test_no_word_stands_for_two_currencies() -> None:
    words = [word.casefold() for code, names in CURRENCIES.items() for word in (code, *names)]
    assert len(words) == len(set(words))
