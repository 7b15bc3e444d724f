"""Correcting a recipient in a few words."""

import pytest

from shop.addresses import Flaw
from shop.drafts.address import AddressDraft, AddressUnclear, named_in
from shop.recipients import Recipient

BEFORE = Recipient("李静", "1380000567", "北京市", "北京市", "海定区", "中关村大街1号")


def flaws(draft: AddressDraft) -> list[Flaw]:
    return [finding.flaw for finding in draft.check.findings]


def test_a_phone_alone_corrects_the_phone_alone() -> None:
    draft = AddressDraft(BEFORE, BEFORE).with_words("13800005678")
    assert draft.is_changed
    assert flaws(draft) == [Flaw.DISTRICT_UNKNOWN]
    assert draft.with_suggestions().recipient == Recipient(
        "李静", "13800005678", "北京市", "北京市", "海淀区", "中关村大街1号"
    )


def test_half_an_address_says_what_is_missing() -> None:
    assert flaws(AddressDraft(BEFORE, BEFORE).with_words("13800005678 芜湖市鸠江区")) == [Flaw.STREET_MISSING]
    assert flaws(AddressDraft(BEFORE, BEFORE).with_words("13800005678 安徽省长江路1号")) == [Flaw.CITY_MISSING]


def test_several_messages_add_up() -> None:
    draft = AddressDraft(BEFORE, BEFORE).with_words("芜湖市鸠江区").with_words("长江路1号").with_words("13800005678")
    assert flaws(draft) == []
    assert draft.recipient.address == "安徽省芜湖市鸠江区长江路1号"


@pytest.mark.parametrize("text", ["好的", "谢谢", "？", "", "ok thanks"])
def test_other_words_are_no_address(text: str) -> None:
    assert named_in(text) is None
    with pytest.raises(AddressUnclear):
        AddressDraft(BEFORE, BEFORE).with_words(text)
