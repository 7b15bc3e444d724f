"""Canned answers: limits, blanks filled in once, order on the card."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.quick_replies import (
    LONGEST_RESULT,
    Blank,
    NothingToFillIn,
    QuickReply,
    QuickReplyTextUnfit,
    QuickReplyTitleTaken,
    QuickReplyTitleUnfit,
    TooManyQuickReplies,
    UnknownBlank,
    fit_text,
    move_up,
    new_quick_reply,
    quick_replies_for_a_new_shop,
)

FACTS = {Blank.BUYER: "小美", Blank.SHOP: "林家鞋铺", Blank.ORDER: "A1001", Blank.TRACKING: "SF1234567890123"}


def reply(text: str = "您好", title: str = "在的", position: int = 1) -> QuickReply:
    return QuickReply(shop_id=1, title=title, text=text, position=position)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{buyer} 您好", "小美 您好"),
        ("{BUYER}, {shop}: {order} / {tracking}", "小美, 林家鞋铺: A1001 / SF1234567890123"),
        ("｛买家｝您好，{ 订单号 } 的单号是 {物流单号}", "小美您好，A1001 的单号是 SF1234567890123"),
        ("没有占位", "没有占位"),
        ("孤单的 { 和 } 是普通字", None),
        ("半个 { 括号", "半个 { 括号"),
        ("{{buyer}}", "{小美}"),
    ],
)
def test_blanks_are_filled_in(text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(UnknownBlank):
            fit_text(text)
    else:
        assert reply(fit_text(text)).fill_in(FACTS) == expected


def test_fillings_are_never_read_again() -> None:
    tricky = FACTS | {Blank.BUYER: "{tracking}{{ 7 * 7 }}{买家}"}
    assert reply("{buyer} 您好").fill_in(tricky) == "{tracking}{{ 7 * 7 }}{买家} 您好"


def test_a_long_name_is_cut_and_the_result_is_bounded() -> None:
    longest = reply("{buyer}" * 142).fill_in(FACTS | {Blank.BUYER: "a" * 100_000})
    assert len(longest) == LONGEST_RESULT
    assert reply("{buyer}").fill_in({Blank.BUYER: "a" * 500}) == "a" * 100


@pytest.mark.parametrize("facts", [{}, {Blank.TRACKING: " "}])
def test_a_reply_without_its_fact_is_not_sent_with_a_hole(facts: dict[Blank, str]) -> None:
    with pytest.raises(NothingToFillIn) as refusal:
        reply("单号 {tracking}", title="已发货").fill_in(facts)
    assert (refusal.value.title, refusal.value.blank) == ("已发货", Blank.TRACKING)


@pytest.mark.parametrize("text", ["{name}", "{buyer.id}", "{buyer!r:>999999999}", "{}", "{0}", "您好 {买 家}"])
def test_unknown_blanks_are_refused_with_the_list(text: str) -> None:
    with pytest.raises(UnknownBlank) as refusal:
        new_quick_reply("标题", text, [], shop_id=1)
    assert refusal.value.known == ("buyer", "shop", "order", "tracking")


@given(st.text(alphabet="{}｛｝% buyershoptracking买家_.!:09", max_size=300), st.text(max_size=300))
def test_whatever_is_written_is_refused_or_filled_in_within_bounds(text: str, name: str) -> None:
    facts = FACTS | {Blank.BUYER: name}
    try:
        written = reply(fit_text(text)).fill_in(facts)
    except (UnknownBlank, QuickReplyTextUnfit, NothingToFillIn):
        return
    assert len(written) <= LONGEST_RESULT


@given(st.text(alphabet="{}｛｝% buyer买家_.!:09", max_size=300), st.text(alphabet="{}｛｝% buyershop\\1", max_size=60))
@settings(max_examples=500)
def test_what_is_filled_in_comes_out_as_it_is_whatever_stands_around_it(text: str, name: str) -> None:
    """One pass: a name that looks like a blank, a group or a piece of Jinja is a name."""
    name, marker = f"<{name}>", "\ue000"
    try:
        around = reply(fit_text(text)).fill_in({Blank.BUYER: marker})
    except (UnknownBlank, QuickReplyTextUnfit, NothingToFillIn):
        return
    assert reply(fit_text(text)).fill_in({Blank.BUYER: name}) == around.replace(marker, name)[:LONGEST_RESULT]


@pytest.mark.parametrize("title", ["", "   ", "长" * 31])
def test_a_title_must_fit_a_button(title: str) -> None:
    with pytest.raises(QuickReplyTitleUnfit):
        new_quick_reply(title, "您好", [], shop_id=1)


@pytest.mark.parametrize("text", ["", " \n ", "长" * 1001])
def test_a_text_must_be_there_and_short_enough(text: str) -> None:
    with pytest.raises(QuickReplyTextUnfit):
        new_quick_reply("标题", text, [], shop_id=1)


def test_the_limits_themselves_are_allowed() -> None:
    added = new_quick_reply("长" * 30, "长" * 1000, [], shop_id=1)
    assert (len(added.title), len(added.text), added.position) == (30, 1000, 1)


def test_a_title_becomes_one_line() -> None:
    assert new_quick_reply(" 何时\n发货 ", "您好", [], shop_id=1).title == "何时 发货"


def test_two_replies_cannot_share_a_title() -> None:
    with pytest.raises(QuickReplyTitleTaken):
        new_quick_reply("hello", "您好", [reply(title="Hello")], shop_id=1)


def test_a_reply_keeps_its_own_title() -> None:
    mine, other = reply(title="在的"), reply(title="感谢")
    mine.retitle("在的", [mine, other])
    with pytest.raises(QuickReplyTitleTaken):
        mine.retitle("感谢", [mine, other])


def test_the_fifty_first_is_refused() -> None:
    fifty = [reply(title=str(n), position=n) for n in range(50)]
    with pytest.raises(TooManyQuickReplies):
        new_quick_reply("再一个", "您好", fifty, shop_id=1)


def test_a_new_reply_comes_last() -> None:
    assert new_quick_reply("新", "您好", [reply(position=3), reply(title="b", position=7)], shop_id=1).position == 8


def test_moving_up_changes_places_with_the_neighbour() -> None:
    first, second, third = (reply(title=str(n), position=n * 10) for n in (1, 2, 3))
    move_up(third, [first, second, third])
    assert (first.position, third.position, second.position) == (10, 20, 30)
    move_up(first, [first, second, third])
    assert first.position == 10


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_replies_of_a_new_shop_keep_every_limit(language: str) -> None:
    made: list[QuickReply] = []
    for title, text in quick_replies_for_a_new_shop(language):
        made.append(new_quick_reply(title, text, made, shop_id=1))
    assert len(made) == 6
    assert all("{" not in one.fill_in(FACTS) for one in made)
