"""Adding a product in the chat: one living card, answers in any order, photos as an album, clear words for what cannot be."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from shop.products import ProductStatus
from shop.stock import StockReason
from storage.work import Work
from tests.bot.question_chats import member, open_shop, picture
from tests.chat import ChatDriver, House, words

T = TypeVar("T")
LINE = "Nike Air Jordan 1 黑红 42 43 44 各10双 原价1299 售价899"
CHART = "42 = 26.5cm，43 = 27cm，44 = 27.5cm"


@pytest.fixture
def owner(house: House) -> ChatDriver:
    open_shop(house)
    return member(house, 1001)


@pytest.fixture
def english(house: House) -> ChatDriver:
    open_shop(house)
    return member(house, 1001, "en")


def pictures(count: int, *, first: int = 0) -> list[bytes]:
    return [picture(10 + 15 * (first + n)) for n in range(count)]


def in_shop(house: House, job: Callable[[Work], T]) -> T:
    """Look into the books of the shop."""

    def entered(work: Work) -> T:
        work.enter(speaker=work.speaker, shop=work.people.find_shop(1))
        return job(work)

    return house.app.desk.do_now(entered)


def draft_cards(chat: ChatDriver) -> list[str]:
    return [words(message) for message in chat.heard if "新商品" in words(message)]


async def ready(chat: ChatDriver) -> None:
    """A draft with everything but the tap on the last button."""
    await chat.says("/newproduct")
    await chat.taps("运动鞋")
    await chat.says(LINE)
    await chat.sends_photos(*pictures(3))
    await chat.says(CHART)


async def test_an_answer_out_of_order_is_kept_and_only_the_gap_is_asked(owner: ChatDriver) -> None:
    await owner.says("/newproduct")
    assert "什么类目" in owner.card
    await owner.taps("运动鞋")
    assert "什么品牌" in owner.card
    await owner.says(LINE)
    assert "照片 0/3" in owner.card
    assert "42×10 43×10 44×10" in owner.card
    assert "¥899" in owner.card
    assert len(draft_cards(owner)) == 1


async def test_step_by_step_by_buttons_and_words(owner: ChatDriver) -> None:
    await owner.says("/newproduct")
    for step in ("服饰", "优衣库", "圆领T恤", "白色、黑色"):
        await (owner.taps if step == "服饰" else owner.says)(step)
    assert "有哪些尺码" in owner.card
    await owner.taps("S–XL")
    await owner.taps("各10")
    assert "S×10 M×10 L×10 XL×10" in owner.card
    await owner.taps("跳过")
    await owner.says("七十九块")
    assert "¥79" in owner.card
    await owner.sends_photos(*pictures(3))
    assert "面料成分是什么" in owner.card
    await owner.says("棉 95%，氨纶 5%")
    assert "尺码表是怎样的" in owner.card
    await owner.sends_photos(picture(200))
    assert "资料齐了" in owner.card
    await owner.taps("上架")
    assert owner.toast == "已上架：Uniqlo 圆领T恤"


async def test_publishing_puts_it_on_sale_with_its_stock_in_the_ledger(house: House, owner: ChatDriver) -> None:
    await ready(owner)
    await owner.taps("上架")
    assert "Nike Air Jordan 1 · 在售" in owner.card
    assert draft_cards(owner) == []

    def look(work: Work) -> tuple[object, ...]:
        product = work.catalog.get(1)
        ledger = [work.catalog.ledger(variant.id)[0] for variant in product.variants]
        hashes = {photo.content_hash for photo in product.photos}
        return product.status, [(line.reason, line.on_hand, line.person_id) for line in ledger], len(hashes - {""})

    opening = (StockReason.OPENING, 10, 1001)
    assert in_shop(house, look) == (ProductStatus.ON_SALE, [opening] * 3, 3)


async def test_the_photos_of_a_product_are_shown_as_an_album(owner: ChatDriver) -> None:
    await ready(owner)
    await owner.taps("上架")
    await owner.taps("照片")
    assert [message for message in owner.heard if "photo" in message][-3:] == owner.heard[-3:]


async def test_a_line_begins_a_draft_by_itself(owner: ChatDriver) -> None:
    await owner.says(LINE)
    assert "照片 0/3" in owner.card
    assert "运动鞋 · 黑红" in owner.card


async def test_photos_with_a_caption_begin_a_draft(owner: ChatDriver) -> None:
    await owner.sends_photos(*pictures(3), caption=LINE)
    assert "照片 3 张" in owner.card
    assert "尺码表是怎样的" in owner.card
    assert len(draft_cards(owner)) == 1


async def test_photos_without_words_begin_a_draft_too(owner: ChatDriver) -> None:
    await owner.sends_photos(*pictures(2))
    assert "照片 2/3" in owner.card
    assert "什么类目" in owner.card


async def test_an_album_is_one_card_that_counts(owner: ChatDriver) -> None:
    await owner.says("/newproduct")
    await owner.taps("运动鞋")
    await owner.says(LINE)
    await owner.sends_photos(*pictures(5))
    assert "照片 5 张" in owner.card
    assert len(draft_cards(owner)) == 1


async def test_the_draft_survives_a_restart(house: House, owner: ChatDriver) -> None:
    await owner.says("/newproduct")
    await owner.taps("运动鞋")
    await owner.says("Nike Dunk")
    await house.restart()
    await owner.says("黑白 42 43 各5双 699")
    assert "照片 0/3" in owner.card
    assert "42×5 43×5" in owner.card


async def test_a_question_in_the_middle_is_answered_and_the_pending_one_shown_again(owner: ChatDriver) -> None:
    await ready(owner)
    await owner.taps("上架")
    await owner.says("/newproduct")
    await owner.taps("运动鞋")
    await owner.says("还剩几双 AJ1?")
    said = [words(message) for message in owner.heard[-2:]]
    assert "Nike Air Jordan 1 · 还有 30" in said[0]
    assert "什么品牌" in said[1]
    assert len(draft_cards(owner)) == 1


async def test_back_asks_again_and_skip_only_where_optional(owner: ChatDriver) -> None:
    await owner.says("/newproduct")
    await owner.taps("运动鞋")
    await owner.says("Nike")
    assert "跳过" not in owner.buttons
    await owner.taps("返回")
    assert "什么品牌" in owner.card
    assert "不改了" in owner.buttons
    await owner.says("阿迪")
    await owner.says("Samba")
    assert "adidas Samba" in owner.card


async def test_cancel_keeps_the_draft_or_throws_it_away(owner: ChatDriver) -> None:
    await owner.says("/newproduct")
    await owner.taps("运动鞋")
    await owner.says("Nike")
    await owner.taps("取消")
    assert "这份草稿怎么处理" in owner.card
    await owner.taps("先放着")
    assert "先放着，随时可以继续" in owner.card
    await owner.says("/newproduct")
    assert "继续：Nike" in owner.buttons
    await owner.taps("继续：Nike")
    assert "型号或名称是什么" in owner.card
    await owner.taps("取消")
    await owner.taps("删除草稿")
    assert draft_cards(owner) == []
    await owner.says("/newproduct")
    assert "什么类目" in owner.card


async def test_the_command_cancel_keeps_the_draft(owner: ChatDriver) -> None:
    await owner.says(LINE)
    await owner.says("/cancel")
    assert any("先放着，随时可以继续" in card for card in draft_cards(owner))
    await owner.says("/newproduct")
    assert "继续：Nike Air Jordan 1" in owner.buttons


async def test_any_answer_is_changed_from_the_review_card(owner: ChatDriver) -> None:
    await ready(owner)
    assert "资料齐了" in owner.card
    await owner.taps("售价")
    await owner.says("799")
    assert "¥799" in owner.card
    await owner.taps("尺码")
    await owner.says("40-41 各3")
    assert "40×3 41×3" in owner.card
    await owner.says("售价 699")
    assert "¥699" in owner.card
    await owner.taps("照片")
    await owner.taps("删掉最后一张")
    assert "照片 2/3" in owner.card
    await owner.sends_photos(*pictures(1, first=9))
    await owner.taps("不改了")
    assert "资料齐了" in owner.card


async def test_two_taps_on_publish_make_one_product(house: House, owner: ChatDriver) -> None:
    await ready(owner)
    message, button = owner._find_button("上架", None)
    await owner.presses(message["message_id"], button["callback_data"])
    await owner.presses(message["message_id"], button["callback_data"])
    assert in_shop(house, lambda work: work.catalog.count()) == 1
    assert owner.toast == "这一步之前已经完成或删除了。要做的事：/home"


async def test_a_size_chart_is_heard_whenever_it_comes(owner: ChatDriver) -> None:
    await owner.says("42 = 26.5 cm，43 = 27 cm")
    assert owner.last.startswith("没太明白")
    await owner.says("/newproduct")
    await owner.says("42 = 26.5 cm，43 = 27 cm")
    assert "尺码表：42 = 26.5 cm" in owner.card
    await owner.says("Nike Dunk 黑 42 43 各2双 原价899")
    assert "42×2 43×2" in owner.card
    assert "\n¥899\n" in owner.card
    assert "尺码表" not in owner.card.partition("还差")[2]


async def test_an_old_button_shows_the_present_state(owner: ChatDriver) -> None:
    await owner.says("/newproduct")
    old, button = owner._find_button("运动鞋", None)
    await owner.taps("服饰")
    await owner.presses(old["message_id"], button["callback_data"])
    assert "已经有变化" in (owner.toast or "")
    assert "服饰" in owner.card


# Clear words for what cannot be


@pytest.mark.parametrize(
    ("before", "text", "answer"),
    [
        ("Nike Dunk 黑 42 各2双", "便宜点", "“便宜点”不是价格"),
        ("Nike Dunk 黑 42 各2双 原价 899", "1299", "售价 ¥1,299 高于原价 ¥899"),
        ("Nike Dunk 黑", "42 42 43 各5", "尺码 42 写了两次"),
        ("Nike Dunk 黑", "不知道", "没看到尺码"),
        ("Nike Dunk 黑 42 43", "很多", "没看到数量"),
        ("Nike Dunk 黑 42 各2双", "$99", "别的币种"),
    ],
)
async def test_words_that_cannot_be_are_refused_with_an_example(
    owner: ChatDriver, before: str, text: str, answer: str
) -> None:
    await owner.says("/newproduct")
    await owner.taps("运动鞋")
    await owner.says(before)
    await owner.says(text)
    assert answer in owner.last
    assert "例如" in owner.last or "请" in owner.last


async def test_the_same_photo_twice_is_refused(owner: ChatDriver) -> None:
    await owner.says(LINE)
    await owner.sends_photos(picture(50))
    await owner.sends_photos(picture(50))
    assert any("这张照片已经有了（第 1 张）" in words(message) for message in owner.heard)
    assert "照片 1/3" in owner.card


async def test_the_same_content_under_another_id_is_refused_too(house: House, owner: ChatDriver) -> None:
    await owner.says(LINE)
    await owner.sends_photos(picture(50))
    house.telegram.files._photos.clear()
    await owner.sends_photos(picture(50))
    assert any("这张照片已经有了（第 1 张）" in words(message) for message in owner.heard)
    assert "照片 1/3" in owner.card


async def test_eleven_photos_are_one_too_many_and_it_is_said_once(owner: ChatDriver) -> None:
    await owner.says(LINE)
    await owner.sends_photos(*pictures(8))
    await owner.sends_photos(*pictures(5, first=8))
    refusals = [message for message in owner.heard if "照片最多 10 张" in words(message)]
    assert len(refusals) == 1
    assert "照片 10 张" in owner.card


async def test_an_album_with_a_document_in_it_is_explained_once(owner: ChatDriver) -> None:
    await owner.says(LINE)
    files = [
        {
            "document": {
                "file_id": f"f{n}",
                "file_unique_id": f"u{n}",
                "file_name": f"鞋{n}.jpg",
                "mime_type": "image/jpeg",
            }
        }
        for n in range(2)
    ]
    owner.phone.send_mixed(files)
    await owner.house.settle()
    refusals = [words(message) for message in owner.heard if "我只收照片" in words(message)]
    assert len(refusals) == 1
    assert "鞋0.jpg" in refusals[0]


async def test_the_photos_of_such_an_album_are_kept(owner: ChatDriver) -> None:
    await owner.says(LINE)
    photo = owner.house.telegram.files.keep_photo(picture())[-1].as_photo_size()
    file = {"file_id": "f1", "file_unique_id": "u1", "file_name": "说明书.pdf", "mime_type": "application/pdf"}
    owner.phone.send_mixed([{"photo": [photo]}, {"document": file}])
    await owner.house.settle()
    assert "照片 1/3" in owner.card
    assert any("说明书.pdf" in words(message) for message in owner.heard)


async def test_a_photo_sent_as_a_file_is_explained(owner: ChatDriver) -> None:
    await owner.says(LINE)
    await owner.sends_document("正面.jpg", picture())
    assert "以文件发来" in owner.last


async def test_a_voice_message_is_asked_to_be_typed(owner: ChatDriver) -> None:
    await owner.says(LINE)
    await owner.sends({"voice": {"file_id": "v", "file_unique_id": "v1", "duration": 3}})
    assert "听不了语音" in owner.last
    assert "照片" in owner.last


async def test_a_sticker_is_no_product(owner: ChatDriver) -> None:
    await owner.says(LINE)
    await owner.sends(
        {
            "sticker": {
                "file_id": "s",
                "file_unique_id": "s1",
                "type": "regular",
                "width": 9,
                "height": 9,
                "is_animated": False,
                "is_video": False,
            }
        }
    )
    assert "只收文字和照片" in owner.last


async def test_a_line_or_caption_with_a_minus_is_refused(owner: ChatDriver) -> None:
    await owner.says("Nike Dunk 黑 42 各2双 售价 -5")
    assert "不是价格" in owner.last
    await owner.sends_photos(*pictures(2), caption="Nike Dunk 黑 42 各2双 售价 -5")
    assert any("不是价格" in words(message) for message in owner.heard)
    assert "¥5" not in owner.card


async def test_a_wrong_caption_does_not_cost_the_photo(owner: ChatDriver) -> None:
    await owner.sends_photos(*pictures(2), caption="Nike Dunk 黑 42 各2双 原价 899 售价 1299")
    assert any("高于原价" in words(message) for message in owner.heard)
    assert "照片 2/3" in owner.card


async def test_commands_work_at_every_step(owner: ChatDriver) -> None:
    await owner.says(LINE)
    await owner.says("/products")
    assert "商品" in owner.card
    await owner.says("/help")
    assert "/newproduct" in owner.last


# Who may


async def test_staff_without_the_catalogue_are_told_so(house: House, owner: ChatDriver) -> None:
    packer = member(house, 1003)
    await packer.says("/newproduct")
    assert "没有这项权限" in packer.last


async def test_a_draft_is_nobody_elses_business(house: House, owner: ChatDriver) -> None:
    await owner.says("/newproduct")
    _, button = owner._find_button("运动鞋", None)
    packer = member(house, 1003)
    await packer.says("/home")
    await packer.presses(packer.last_message["message_id"], button["callback_data"])
    assert "没有这项权限" in (packer.toast or "")


async def test_english_is_complete(english: ChatDriver) -> None:
    await english.says("/newproduct")
    await english.taps("Shoes")
    await english.says("Nike Air Jordan 1 black/red 42 43 44 10 each, list 1299, sale 899")
    assert "Photos 0/3" in english.card
    assert "Missing:" in english.card


async def test_the_one_size_is_said_in_the_readers_language(english: ChatDriver) -> None:
    await english.says("/newproduct")
    await english.taps("Accessories")
    await english.says("MLB NY cap black")
    assert "one size" in english.buttons
    await english.taps("one size")
    await english.taps("10 each")
    assert "one size×10" in english.card
    assert "均码" not in english.card
