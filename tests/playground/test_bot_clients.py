"""Two clients that were not written for us, against the Bot API over HTTP: aiogram and python-telegram-bot."""

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
import telegram as second_client
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import BufferedInputFile, Message, MessageOriginUser, ReactionTypeEmoji
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from PIL import Image

from playground.chats import Chat
from playground.phone import Phone
from playground.telegram import Telegram
from tests.playground.local import MERCHANT

FORUM = -1001000000002


@pytest.fixture
async def bot(local: Telegram, address: str) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(address))
    async with Bot(local.token, session=session) as opened:
        yield opened


def picture(side: int = 600) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (side, side // 2), (180, 50, 40)).save(written, "PNG")
    return written.getvalue()


async def test_aiogram_sends_reads_and_downloads(local: Telegram, bot: Bot) -> None:
    assert (await bot.get_me()).username == "zhanggui_bot"
    sent = await bot.send_message(MERCHANT, "<b>订单</b> 17", parse_mode="HTML")
    assert sent.html_text == "<b>订单</b> 17"
    photo = await bot.send_photo(MERCHANT, BufferedInputFile(picture(), "a.png"), caption="实拍")
    assert photo.photo is not None
    content = await bot.download(photo.photo[-1].file_id)
    assert content is not None
    assert content.read() == picture()
    Phone(local, local.people[MERCHANT]).say("在吗")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "在吗"


async def test_aiogram_raises_the_errors_that_telegram_means(local: Telegram, bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(4711, "?")
    Phone(local, local.people[MERCHANT]).block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(MERCHANT, "?")
    local.faults.plan("429", "getMe", retry_after=7)
    with pytest.raises(TelegramRetryAfter) as refused:
        await bot.get_me()
    assert refused.value.retry_after == 7


async def test_python_telegram_bot_sends_reads_and_downloads(local: Telegram, address: str) -> None:
    bot = second_client.Bot(local.token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot")
    async with bot:
        buttons = second_client.InlineKeyboardMarkup([[second_client.InlineKeyboardButton("确认", callback_data="ok")]])
        card = await bot.send_message(MERCHANT, "订单 17", reply_markup=buttons)
        document = await bot.send_document(MERCHANT, b"a,b\n", filename="orders.csv")
        assert document.document is not None
        kept = await bot.get_file(document.document.file_id)
        assert bytes(await kept.download_as_bytearray()) == b"a,b\n"
        tap = Phone(local, local.people[MERCHANT]).tap(card.message_id, "ok")
        (update,) = await bot.get_updates()
        assert update.callback_query is not None
        await update.callback_query.answer("可以打包了", show_alert=True)
        assert tap.answer == {"text": "可以打包了", "show_alert": True, "url": None}
        with pytest.raises(second_client.error.BadRequest, match=r"(?i)message is not modified"):
            await bot.edit_message_text("订单 17", MERCHANT, card.message_id, reply_markup=buttons)


async def test_aiogram_runs_a_forum_and_repeats_messages(local: Telegram, bot: Bot) -> None:
    local.add_chat(Chat(FORUM, "supergroup", "店务", is_forum=True, members=[MERCHANT]))
    topic = await bot.create_forum_topic(FORUM, "订单")
    card = await bot.send_message(FORUM, "订单 17", message_thread_id=topic.message_thread_id)
    assert await bot.pin_chat_message(FORUM, card.message_id)
    forwarded = await bot.forward_message(MERCHANT, FORUM, card.message_id)
    assert isinstance(forwarded.forward_origin, MessageOriginUser)
    copied = await bot.copy_message(MERCHANT, FORUM, card.message_id)
    assert await bot.set_message_reaction(MERCHANT, copied.message_id, [ReactionTypeEmoji(emoji="👀")])
    assert (await bot.create_chat_invite_link(FORUM)).invite_link.startswith("https://t.me/+")
    pinned = (await bot.get_updates())[-1].message
    assert pinned is not None
    assert isinstance(pinned.pinned_message, Message)
    assert pinned.pinned_message.text == "订单 17"


async def test_aiogram_learns_that_another_poller_has_come(bot: Bot) -> None:
    first = asyncio.ensure_future(bot.get_updates(timeout=20))
    while not first.done():
        await bot.get_updates()
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first


async def test_aiogram_answers_through_a_webhook(local: Telegram, bot: Bot) -> None:
    dispatcher, done = Dispatcher(), asyncio.Event()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(f"收到：{message.text}")
        done.set()

    site = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token="s3cr3t").register(
        site, path="/hook"
    )
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cr3t")
    Phone(local, local.people[MERCHANT]).say("在吗")
    await asyncio.wait_for(done.wait(), 5)
    assert [message["text"] for message in local.chats[MERCHANT].messages.values()] == ["在吗", "收到：在吗"]
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    await runner.cleanup()


async def test_python_telegram_bot_repeats_pins_reacts_and_sets_webhooks(local: Telegram, address: str) -> None:
    bot = second_client.Bot(local.token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot")
    question = Phone(local, local.people[MERCHANT]).say("有货吗")["message_id"]
    async with bot:
        forwarded = await bot.forward_message(MERCHANT, MERCHANT, question)
        assert isinstance(forwarded.forward_origin, second_client.MessageOriginUser)
        assert forwarded.forward_origin.sender_user.id == MERCHANT
        assert (await bot.copy_message(MERCHANT, MERCHANT, question)).message_id == forwarded.message_id + 1
        assert await bot.pin_chat_message(MERCHANT, question)
        assert await bot.set_message_reaction(MERCHANT, question, "👍")
        await bot.get_updates(allowed_updates=["message_reaction"])
        Phone(local, local.people[MERCHANT]).react(forwarded.message_id, "🔥")
        reaction = (await bot.get_updates())[-1].message_reaction
        assert reaction is not None
        assert reaction.new_reaction == (second_client.ReactionTypeEmoji("🔥"),)
        assert isinstance(await bot.get_chat_menu_button(MERCHANT), second_client.MenuButtonDefault)
        with pytest.raises(second_client.error.BadRequest, match=r"(?i)an https url must be provided"):
            await bot.set_webhook("http://example.org/hook")
        await bot.set_webhook("http://127.0.0.1:9/hook", max_connections=1, drop_pending_updates=True)
        info = await bot.get_webhook_info()
        assert (info.max_connections, info.pending_update_count) == (1, 0)
        with pytest.raises(second_client.error.Conflict, match="webhook is active"):
            await bot.get_updates()
