"""The same work written the usual way: aiogram and python-telegram-bot with an async ORM, commit and answer inside the handler."""

import asyncio
import gc
import json
import logging
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Message
from jinja2 import Environment, FileSystemLoader, Template
from sqlalchemy import BigInteger, String, Text, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest, RequestData

from benchmarks.figures import Figure
from benchmarks.null_telegram import ME, NullTelegram, message
from benchmarks.pipeline import CHATS, FIRST_CHAT, UPDATES, Bench, _app, _hire_everybody, _pipeline, _updates

ROUNDS = 3
THEIR_UPDATES = 300
GOAL = 1.5
TOKEN = "123456789:benchmark"


class Base(DeclarativeBase):
    """The tables of a bot of a hundred lines."""


class QuickReply(Base):
    """A canned answer; each chat has its own."""

    __tablename__ = "quick_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    title: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)


class Shop:
    """What both bots do with a message; `says` gives what is to be answered, after the commit."""

    def __init__(self, folder: Path, name: str) -> None:
        self.engine = create_async_engine(f"sqlite+aiosqlite:///{folder / name}")
        self.session = async_sessionmaker(self.engine, expire_on_commit=False)
        (folder / "one.html").write_text(_CARD, encoding="utf-8")
        self.card: Template = Environment(loader=FileSystemLoader(folder), autoescape=True).get_template("one.html")

    async def open(self) -> None:
        async with self.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        async with self.session() as session, session.begin():
            session.add_all(QuickReply(chat_id=FIRST_CHAT + n, title="在的", text="您好") for n in range(CHATS))

    async def says(self, session: AsyncSession, chat_id: int, words: str) -> str:
        """Read one entity, change it, render a template."""
        reply = (await session.scalars(select(QuickReply).where(QuickReply.chat_id == chat_id))).one()
        reply.text = words
        await session.commit()
        return self.card.render(reply=reply)


_CARD = """\
💬 <b>{{ reply.title }}</b>

{{ reply.text }}
"""


class NullRequest(BaseRequest):
    """python-telegram-bot's way out: answers at once, with JSON, like a Telegram without a network."""

    def __init__(self) -> None:
        self.sent = 0

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        del method
        values = request_data.json_parameters if request_data else {}
        return 200, json.dumps({"ok": True, "result": self._result(url.rpartition("/")[2], values)}).encode()

    def _result(self, name: str, values: dict[str, str]) -> Any:
        if name != "sendMessage":
            return ME if name == "getMe" else True
        self.sent += 1
        chat = {"id": int(values["chat_id"]), "type": "private"}
        return {"message_id": 1_000_000 + self.sent, "date": 0, "chat": chat, "from": ME, "text": values["text"]}


def measure() -> list[Figure]:
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> list[Figure]:
    names = ("aiogram with an async ORM", "python-telegram-bot with an async ORM")
    shops = [Shop(folder, f"{n}.db") for n in range(2)]
    for shop in shops:
        await shop.open()
    async with _ours(folder) as ours:
        speeds = await _rounds(
            [(UPDATES, ours), (THEIR_UPDATES, _aiogram(shops[0])), (THEIR_UPDATES, await _telegram_bot(shops[1]))]
        )
    for shop in shops:
        await shop.engine.dispose()
    mine, *theirs = speeds
    return [
        figure
        for name, speed in zip(names, theirs, strict=True)
        for figure in (
            Figure(f"{name}, not durable", f"{speed:,.0f} updates/s"),
            Figure("the whole pipeline beside it", f"{mine / speed:.2f} x", f">= {GOAL} x", mine / speed >= GOAL),
        )
    ]


@asynccontextmanager
async def _ours(folder: Path) -> AsyncIterator[Bench]:
    """The whole pipeline, durable."""
    bot = Bot(TOKEN, session=NullTelegram())
    app = _app(bot, folder)
    app.desk.open()
    sending = asyncio.ensure_future(app.delivery.run())
    await app.intake.take([message(n, FIRST_CHAT - 1 + n, "hello") for n in range(1, CHATS + 1)])
    await app.handling.settled()
    await app.desk.do(_hire_everybody)
    yield _pipeline(app, bot)
    sending.cancel()
    app.desk.close()


async def _rounds(benches: list[tuple[int, Bench]]) -> list[float]:
    """Updates a second, medians of rounds that take turns; the first of each only warms up."""
    rounds: list[list[float]] = [[] for _ in benches]
    for number in range(ROUNDS + 1):
        for (updates, bench), found in zip(benches, rounds, strict=True):
            gc.collect()
            began = time.perf_counter()
            await bench(50 + number)
            found.append(updates / (time.perf_counter() - began))
    return [median(each[1:]) for each in rounds]


def _aiogram(shop: Shop) -> Bench:
    bot, dispatcher = Bot(TOKEN, session=NullTelegram()), Dispatcher()

    @dispatcher.message()
    async def change_one(message: Message) -> None:
        async with shop.session() as session:
            words = await shop.says(session, message.chat.id, f"{message.text} {message.message_id}")
        await message.answer(words, parse_mode="HTML")

    async def run(number: int) -> None:
        for update in _updates(number)[:THEIR_UPDATES]:
            await dispatcher.feed_raw_update(bot, update)

    return run


async def _telegram_bot(shop: Shop) -> Bench:
    request = NullRequest()
    application = Application.builder().token(TOKEN).request(request).get_updates_request(NullRequest()).build()

    async def change_one(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        async with shop.session() as session:
            message = update.message
            words = await shop.says(session, message.chat_id, f"{message.text} {message.message_id}")
        await message.reply_text(words, parse_mode="HTML")

    application.add_handler(MessageHandler(filters.TEXT, change_one))
    await application.initialize()

    async def run(number: int) -> None:
        before = request.sent
        for raw in _updates(number)[:THEIR_UPDATES]:
            await application.process_update(Update.de_json(raw, application.bot))
        assert request.sent == before + THEIR_UPDATES

    return run
