"""The page in a real browser: two phones, driven by clicks and typing, and a small bot at the other end."""

import io
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from PIL import Image
from playwright.async_api import Browser, expect

from playground.controls import Control
from playground.limits import Limits
from playground.server import serving
from playground.telegram import Telegram
from tests.playground.browser import POCKET, chromium_address, connected, keep_picture, opener, type_of_opener
from tests.playground.echo_bot import EchoBot
from tests.playground.phone_page import PhonePage, PhonesPage, Sheet

__all__ = ["chromium_address"]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

MERCHANT, BUYER = 1001, 1002
KEYBOARD = [
    [{"text": "确认", "callback_data": "confirm", "style": "success"}, {"text": "缺货", "callback_data": "short"}],
    [{"text": "复制单号", "copy_text": {"text": "SF1234567890123"}}, {"text": "已发货", "disabled": True}],
    [
        {"text": "进店", "url": "https://t.me/zhanggui_bot?start=shop_7"},
        {"text": "取消订单", "callback_data": "cancel", "style": "danger"},
    ],
]


async def answer(bot: EchoBot, update: dict[str, Any]) -> None:
    """The script: echo, a card for "card", a question for "ask", an edit and toasts for taps."""
    if tap := update.get("callback_query"):
        await answer_tap(bot, tap)
        return
    message = update.get("message") or update.get("edited_message")
    if message is None:
        return
    chat, text = message["chat"]["id"], message.get("text", "")
    markup: dict[str, Any]
    match text:
        case "card":
            card = "<b>订单 17</b>\n<blockquote>AJ1 42 × 1</blockquote>"
            markup = {"inline_keyboard": KEYBOARD}
            await bot.call("sendMessage", chat_id=chat, text=card, parse_mode="HTML", reply_markup=markup)
        case "ask":
            markup = {"force_reply": True, "input_field_placeholder": "例如 899"}
            await bot.call("sendMessage", chat_id=chat, text="售价多少？", reply_markup=markup)
        case "keys":
            markup = {"keyboard": [["问价格", "问物流"]], "one_time_keyboard": True}
            await bot.call("sendMessage", chat_id=chat, text="选一个", reply_markup=markup)
        case _:
            await bot.call("sendMessage", chat_id=chat, text=f"收到：{echo_of(message)}")


def echo_of(message: dict[str, Any]) -> str:
    if "photo" in message:
        return f"照片 {message.get('caption', '')}"
    if "document" in message:
        return f"文件 {message['document']['file_name']} {message['document']['file_size']}"
    quoted = message.get("reply_to_message", {}).get("text")
    edited = "（改）" if "edit_date" in message else ""
    return f"{message.get('text', '?')}{edited}" + (f"（回复 {quoted}）" if quoted else "")


async def answer_tap(bot: EchoBot, tap: dict[str, Any]) -> None:
    message = tap["message"]
    match tap["data"]:
        case "confirm":
            place = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
            markup = {"inline_keyboard": KEYBOARD[1:]}
            await bot.call("editMessageText", **place, text="订单 17 已确认", reply_markup=markup)
            await bot.call("answerCallbackQuery", callback_query_id=tap["id"], text="可以打包了")
        case "short":
            await bot.call("answerCallbackQuery", callback_query_id=tap["id"], text="只剩 2 双", show_alert=True)
        case _:
            await bot.call("answerCallbackQuery", callback_query_id=tap["id"])


class Stage:
    """A local Telegram with its page, two people, a bot, and one control."""

    def __init__(self, telegram: Telegram, address: str, bot: EchoBot) -> None:
        self.telegram = telegram
        self.page_address = f"{address}/phones/"
        self.bot = bot


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def chromium(chromium_address: str) -> AsyncIterator[Browser]:
    """One connection for all tests here, in one event loop: each has windows of its own."""
    async with connected(chromium_address) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def open_page(chromium: Browser) -> AsyncIterator[type_of_opener]:
    async with opener(chromium) as open_address:
        yield open_address


@pytest_asyncio.fixture(loop_scope="module")
async def stage() -> AsyncIterator[Stage]:
    telegram = Telegram(limits=Limits.off())
    telegram.add_person(MERCHANT, "林老板", role="merchant").started = True
    telegram.add_person(BUYER, "小美", role="buyer").started = True

    async def order_arrives() -> str:
        await telegram.call("sendMessage", {"chat_id": MERCHANT, "text": "新订单 18"})
        return "来了一单：18"

    controls = [Control("order", "来一单", "An order arrives", order_arrives)]
    async with serving(telegram, controls=controls) as address, ClientSession() as session:
        bot = EchoBot(session, address, telegram.token, answer)
        await bot.call("setMyCommands", commands=COMMANDS)
        await bot.call("setMyDescription", description="在聊天里管好整个店")
        async with bot:
            yield Stage(telegram, address, bot)


COMMANDS = [{"command": "orders", "description": "待发货订单"}, {"command": "help", "description": "怎么用"}]


@pytest_asyncio.fixture(loop_scope="module")
async def table(stage: Stage, open_page: type_of_opener) -> PhonesPage:
    return PhonesPage(await open_page(stage.page_address))


@pytest_asyncio.fixture(loop_scope="module")
async def merchant(table: PhonesPage, stage: Stage) -> PhonePage:
    """A phone whose chat with the bot has begun."""
    stage.telegram.chats[MERCHANT].messages.clear()
    phone = await table.phone(MERCHANT)
    await phone.starts()
    await phone.sees("收到：/start")
    return phone


@pytest_asyncio.fixture(loop_scope="module")
async def buyer(table: PhonesPage) -> PhonePage:
    phone = await table.phone(BUYER)
    await phone.starts()
    await phone.sees("收到：/start")
    return phone


def photos(count: int) -> Sequence[Sheet]:
    return [Sheet(f"角度{number}.png", "image/png", drawn(number)) for number in range(1, count + 1)]


def drawn(number: int) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (400 + 60 * number, 500), (40 * number % 255, 90, 120)).save(written, "PNG")
    return written.getvalue()


async def test_an_empty_chat_introduces_the_bot_and_offers_to_start(table: PhonesPage) -> None:
    phone = await table.phone(BUYER)
    await expect(phone.root.get_by_test_id("messages")).to_contain_text("在聊天里管好整个店")
    await expect(phone.root.get_by_test_id("start")).to_have_text("开始")
    await expect(phone.input).to_be_hidden()
    await phone.starts()
    await expect(phone.outgoing.first).to_contain_text("/start")
    await expect(phone.input).to_be_visible()


async def test_what_is_typed_is_shown_as_written_and_answered(merchant: PhonePage) -> None:
    await merchant.says("<b>你好</b> <img src=x onerror=alert(1)>")
    bubble = await merchant.sees("收到：<b>你好</b> <img src=x onerror=alert(1)>")
    await expect(bubble.locator("b, img")).to_have_count(0)


async def test_shift_enter_writes_a_second_line(merchant: PhonePage) -> None:
    await merchant.input.press_sequentially("一")
    await merchant.input.press("Shift+Enter")
    await merchant.input.press_sequentially("二")
    await merchant.input.press("Enter")
    await expect(merchant.outgoing.last.get_by_test_id("text")).to_contain_text("一\n二")
    await expect(merchant.input).to_have_value("")


async def test_enter_that_ends_pinyin_typing_does_not_send(merchant: PhonePage) -> None:
    await merchant.input.fill("nihao")
    await merchant.input.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    await expect(merchant.input).to_have_value("nihao")
    await expect(merchant.outgoing).to_have_count(1)


async def test_an_own_message_is_edited_and_marked(merchant: PhonePage) -> None:
    await merchant.says("售价 899")
    await merchant.edits("售价 899", "售价 888")
    await merchant.sees("收到：售价 888（改）")
    bubble = merchant.outgoing.last
    await expect(bubble).to_contain_text("售价 888")
    await expect(bubble.get_by_test_id("edited")).to_be_visible()


async def test_a_tap_spins_then_toasts_and_the_card_changes_in_place(merchant: PhonePage) -> None:
    await merchant.says("card")
    card = await merchant.sees_card("订单 17")
    await expect(card.locator("strong")).to_have_text("订单 17")
    await expect(card.locator("blockquote")).to_have_text("AJ1 42 × 1")
    await merchant.taps("确认")
    assert await merchant.toast() == "可以打包了"
    await merchant.sees_card("订单 17 已确认")
    await expect(merchant.cards).to_have_count(1)
    await expect(merchant.cards.get_by_test_id("edited")).to_be_visible()
    await expect(merchant.key("确认")).to_have_count(0)


async def test_an_alert_waits_to_be_acknowledged(merchant: PhonePage) -> None:
    await merchant.says("card")
    await merchant.sees_card("订单 17")
    await merchant.taps("缺货")
    assert await merchant.alert() == "只剩 2 双"


async def test_a_tap_without_an_answer_yet_shows_a_spinner_and_is_not_sent_twice(
    merchant: PhonePage, stage: Stage
) -> None:
    await merchant.says("card")
    await merchant.sees_card("订单 17")
    fault = stage.telegram.faults.plan("slow", "answerCallbackQuery", seconds=1.5)
    await merchant.taps("缺货")
    await expect(merchant.key("缺货")).to_have_attribute("aria-busy", "true")
    await merchant.key("缺货").click()
    await merchant.alert()
    await expect(merchant.root.locator('[aria-busy="true"]')).to_have_count(0)
    assert len(stage.telegram.taps) == 1
    assert fault not in stage.telegram.faults.planned


async def test_buttons_have_colours_and_some_cannot_be_pressed(merchant: PhonePage) -> None:
    await merchant.says("card")
    await merchant.sees_card("订单 17")
    await expect(merchant.key("取消订单")).to_contain_class("danger")
    await expect(merchant.key("确认")).to_contain_class("success")
    await expect(merchant.key("已发货")).to_be_disabled()


async def test_a_copy_button_copies(merchant: PhonePage) -> None:
    await merchant.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await merchant.says("card")
    await merchant.sees_card("订单 17")
    await merchant.taps("复制单号")
    assert "SF1234567890123" in await merchant.toast()
    assert await merchant.page.evaluate("navigator.clipboard.readText()") == "SF1234567890123"


async def test_a_start_link_opens_the_shop_on_the_phone_that_taps_it_or_on_another(
    merchant: PhonePage, buyer: PhonePage
) -> None:
    await merchant.says("card")
    await merchant.sees_card("订单 17")
    await merchant.taps("进店")
    await merchant.sees("收到：/start shop_7")
    await merchant.chooses("订单 17", "phone")
    await buyer.sees("收到：/start shop_7")


async def test_a_reply_quotes_its_message_and_leads_back_to_it(merchant: PhonePage) -> None:
    await merchant.says("第一句")
    await merchant.sees("收到：第一句")
    await merchant.replies_to("收到：第一句", "好的")
    await merchant.sees("（回复 收到：第一句）")
    quoted = merchant.outgoing.last.get_by_test_id("quoted")
    await expect(quoted).to_contain_text("收到：第一句")
    await quoted.click()
    await expect(merchant.incoming.filter(has_text="收到：第一句").first).to_contain_class("lit")


async def test_a_question_that_wants_a_reply_opens_the_reply_bar_with_its_example(merchant: PhonePage) -> None:
    await merchant.says("ask")
    await expect(merchant.root.get_by_test_id("reply-bar")).to_contain_text("售价多少？")
    await expect(merchant.input).to_have_attribute("placeholder", "例如 899")
    await merchant.says("899")
    await merchant.sees("收到：899（回复 售价多少？）")
    await expect(merchant.root.get_by_test_id("reply-bar")).to_be_hidden()


async def test_a_keyboard_under_the_input_writes_its_words(merchant: PhonePage) -> None:
    await merchant.says("keys")
    await merchant.taps("问价格")
    await merchant.sees("收到：问价格")
    await expect(merchant.root.get_by_test_id("reply-keyboard")).to_be_hidden()


async def test_several_photos_from_the_picker_become_one_album(merchant: PhonePage) -> None:
    await merchant.sends_files(*photos(4), caption="四个角度")
    album = merchant.outgoing.last
    await expect(album.get_by_test_id("album")).to_have_attribute("data-count", "4")
    await expect(album).to_contain_text("四个角度")
    await merchant.sees("收到：照片")
    await album.get_by_test_id("photo").first.click()
    viewer = merchant.page.get_by_test_id("viewer")
    await expect(viewer).to_contain_text("1 / 4")
    await merchant.page.keyboard.press("ArrowRight")
    await expect(viewer).to_contain_text("2 / 4")
    await merchant.page.keyboard.press("Escape")
    await expect(viewer).to_have_count(0)


async def test_photos_can_be_sent_as_files(merchant: PhonePage) -> None:
    (photo,) = photos(1)
    await merchant.sends_files(photo, as_file=True)
    await merchant.sees(f"收到：文件 角度1.png {len(photo.content)}")


async def test_a_dropped_sheet_arrives_byte_for_byte_and_opens(merchant: PhonePage, stage: Stage) -> None:
    sheet = Sheet("订单.csv", "text/csv", "订单号,收件人\n1,张三\n".encode("gbk"))
    await merchant.drops_files(sheet, caption="今天的")
    await merchant.sees(f"收到：文件 订单.csv {len(sheet.content)}")
    document = merchant.outgoing.last.get_by_test_id("document")
    address = await document.get_by_role("link").first.get_attribute("href")
    reply = await merchant.page.request.get(stage.page_address.removesuffix("/phones/") + str(address))
    assert await reply.body() == sheet.content


async def test_files_that_are_refused_stay_in_the_sheet(merchant: PhonePage) -> None:
    await merchant.picks_files([Sheet("坏.png", "image/png", b"no picture")])
    await merchant.root.get_by_test_id("caption").fill("别丢了")
    await merchant.root.get_by_test_id("send-files").click()
    assert "没有发出去" in await merchant.toast()
    await expect(merchant.root.get_by_test_id("caption")).to_have_value("别丢了")
    await merchant.page.keyboard.press("Escape")
    await expect(merchant.input).to_have_value("别丢了")


async def test_a_slash_lists_the_commands_and_enter_sends_the_marked_one(merchant: PhonePage) -> None:
    await merchant.input.press_sequentially("/")
    commands = merchant.root.get_by_test_id("command")
    await expect(commands).to_have_count(2)
    await expect(commands.first).to_contain_text("待发货订单")
    await merchant.input.press("ArrowDown")
    await merchant.input.press("Enter")
    await merchant.sees("收到：/help")
    await merchant.root.get_by_test_id("commands-button").click()
    await commands.first.click()
    await merchant.sees("收到：/orders")


async def test_a_push_is_announced_and_counted_until_somebody_looks(
    table: PhonesPage, merchant: PhonePage, buyer: PhonePage, stage: Stage
) -> None:
    await merchant.input.click()
    await stage.bot.call("sendMessage", chat_id=BUYER, text="今天发货")
    await expect(buyer.banner).to_contain_text("今天发货")
    await expect(buyer.banner).to_have_attribute("data-silent", "false")
    await expect(buyer.badge).to_have_text("1")
    await expect(table.page).to_have_title("(1) 掌柜演练场")
    await stage.bot.call("sendMessage", chat_id=BUYER, text="已揽收", disable_notification=True)
    await expect(buyer.banner).to_have_attribute("data-silent", "true")
    await expect(buyer.badge).to_have_text("2")
    await expect(buyer.root.get_by_test_id("unread-line")).to_be_visible()
    await buyer.input.click()
    await expect(buyer.badge).to_be_hidden()
    await expect(table.page).to_have_title("掌柜演练场")


async def test_the_bots_doings_are_shown_under_its_name(merchant: PhonePage, stage: Stage) -> None:
    await stage.bot.call("sendChatAction", chat_id=MERCHANT, action="upload_document")
    await expect(merchant.root.get_by_test_id("state")).to_have_text("正在发送文件…")


async def test_a_deleted_message_goes_away(merchant: PhonePage, stage: Stage) -> None:
    sent = await stage.bot.call("sendMessage", chat_id=MERCHANT, text="一会儿就没")
    await merchant.sees("一会儿就没")
    await stage.bot.call("deleteMessage", chat_id=MERCHANT, message_id=sent["message_id"])
    await expect(merchant.messages.filter(has_text="一会儿就没")).to_have_count(0)


async def test_the_clock_moves_by_an_hour_and_by_a_day(table: PhonesPage, merchant: PhonePage, stage: Stage) -> None:
    before = stage.telegram.clock.offset.total_seconds()
    await merchant.says("昨天的话")
    await table.passes_an_hour()
    await table.passes_a_day()
    await expect(merchant.root.get_by_role("separator")).to_contain_text("昨天")
    assert stage.telegram.clock.offset.total_seconds() - before == 25 * 3600


async def test_a_control_of_the_strip_lets_something_happen(table: PhonesPage, merchant: PhonePage) -> None:
    await table.lets_happen("order")
    await expect(table.said).to_have_text("来了一单：18")
    await merchant.sees("新订单 18")


async def test_a_message_is_there_as_json(merchant: PhonePage) -> None:
    await merchant.says("看 JSON")
    await merchant.sees("收到：看 JSON")
    async with merchant.page.context.expect_page() as opened:
        await merchant.chooses("看 JSON", "braces")
    assert '"text": "收到：看 JSON"' in await (await opened.value).locator("body").inner_text()


async def test_a_blocked_bot_is_heard_again_after_unblocking(merchant: PhonePage, stage: Stage) -> None:
    await merchant.root.get_by_test_id("chat-menu").click()
    await merchant.root.get_by_role("menuitem", name="停用机器人").click()
    await expect(merchant.root.get_by_test_id("start")).to_have_text("重新启用机器人")
    assert stage.telegram.people[MERCHANT].blocked
    await merchant.starts()
    await merchant.says("又来了")
    await merchant.sees("收到：又来了")


async def test_typed_text_survives_a_reload_and_another_language(table: PhonesPage, merchant: PhonePage) -> None:
    await merchant.input.fill("写了一半")
    await table.page.reload()
    await expect(merchant.input).to_have_value("写了一半")
    await table.page.get_by_test_id("language").click()
    await expect(merchant.input).to_have_value("写了一半")
    await expect(merchant.root.get_by_role("button", name="Send", exact=True)).to_be_visible()


async def test_reading_above_is_not_disturbed_by_what_arrives_below(merchant: PhonePage, stage: Stage) -> None:
    for number in range(25):
        await stage.bot.call("sendMessage", chat_id=MERCHANT, text=f"第 {number} 句\n接着说")
    await merchant.sees("第 24 句")
    scroller = merchant.root.get_by_test_id("messages")
    await scroller.evaluate("element => element.scrollTo(0, 200)")
    await expect(merchant.root.get_by_role("button", name="回到最新消息")).to_be_visible()
    await stage.bot.call("sendMessage", chat_id=MERCHANT, text="最新的")
    await expect(merchant.badge).to_have_text("1")
    assert await scroller.evaluate("element => element.scrollTop") == 200
    await merchant.root.get_by_role("button", name="回到最新消息").click()
    await expect(merchant.badge).to_be_hidden()


async def test_the_stream_is_found_again_after_a_break(merchant: PhonePage, stage: Stage) -> None:
    await merchant.page.context.set_offline(offline=True)
    await stage.bot.call("sendMessage", chat_id=MERCHANT, text="断线时说的")
    await merchant.page.context.set_offline(offline=False)
    await merchant.sees("断线时说的")


async def test_everything_can_be_reached_by_keyboard(merchant: PhonePage) -> None:
    await merchant.says("card")
    await merchant.sees_card("订单 17")
    await merchant.key("缺货").focus()
    await merchant.page.keyboard.press("Enter")
    box = merchant.root.get_by_test_id("alert")
    await expect(box.get_by_role("button")).to_be_focused()
    await merchant.page.keyboard.press("Enter")
    await expect(box).to_be_hidden()
    await expect(merchant.key("缺货")).to_be_focused()


async def test_another_phone_can_be_laid_on_the_table(table: PhonesPage, stage: Stage) -> None:
    await table.page.get_by_test_id("people").locator("summary").click()
    await table.page.get_by_test_id("new-name").fill("小王")
    await table.page.get_by_test_id("new-name").press("Enter")
    phone = await table.phone(1003)
    await phone.starts()
    await phone.sees("收到：/start")
    assert stage.telegram.people[1003].first_name == "小王"


async def test_on_a_phones_width_tabs_choose_the_phone_and_the_strip_is_a_drawer(
    stage: Stage, open_page: type_of_opener
) -> None:
    page = await open_page(stage.page_address, viewport=POCKET, has_touch=True)
    table, tabs = PhonesPage(page), page.get_by_test_id("tab")
    merchant = await table.phone(MERCHANT)
    await merchant.starts()
    await merchant.says("card")
    await merchant.sees_card("订单 17")
    buyer = PhonePage(page, BUYER)
    await expect(buyer.root).to_be_hidden()
    await stage.bot.call("sendMessage", chat_id=BUYER, text="到货了")
    await expect(tabs.last).to_contain_text("1")
    await keep_picture(page, "page-pocket")
    await tabs.last.click()
    await buyer.sees("到货了")
    await expect(merchant.root).to_be_hidden()
    await expect(table.strip).not_to_be_in_viewport()
    await page.get_by_test_id("drawer").click()
    await expect(table.strip).to_be_in_viewport()
    await table.lets_happen("order")
    await expect(table.said).to_have_text("来了一单：18")
    assert await page.evaluate("document.documentElement.scrollWidth") == POCKET["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_both_phones_and_the_strip_fit_a_laptop(stage: Stage, open_page: type_of_opener, scheme: str) -> None:
    page = await open_page(stage.page_address, color_scheme=scheme)
    table = PhonesPage(page)
    merchant, buyer = await table.phone(MERCHANT), await table.phone(BUYER)
    await merchant.starts()
    await merchant.sends_files(*photos(3), caption="三个角度")
    await merchant.says("card")
    await merchant.sees_card("订单 17")
    for part in (merchant.root, buyer.root, table.strip):
        await expect(part).to_be_in_viewport(ratio=0.99)
    await keep_picture(page, f"page-laptop-{scheme}")


async def test_an_english_browser_gets_an_english_page(stage: Stage, open_page: type_of_opener) -> None:
    page = await open_page(stage.page_address, locale="en-GB")
    await expect(page).to_have_title("Zhanggui playground")
    await expect(page.get_by_test_id("next-day")).to_have_text("Next day")


async def test_nothing_is_fetched_from_elsewhere(chromium: Browser, stage: Stage) -> None:
    page = await chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(stage.page_address)
    await PhonesPage(page).phone(MERCHANT)
    home = stage.page_address.removesuffix("phones/")
    assert len(asked) > 10
    assert [address for address in asked if not address.startswith(home)] == []
