"""A stock aiogram bot: it answers, and writes down what it has answered. Arguments: address, token, database."""

import asyncio
import sqlite3
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message, Update

address, token, database = sys.argv[1:]
books = sqlite3.connect(database, isolation_level=None)
dispatcher = Dispatcher()


@dispatcher.message()
async def hear(message: Message, event_update: Update) -> None:
    await message.answer("收到")
    books.execute("INSERT OR IGNORE INTO handled VALUES (?)", [event_update.update_id])


bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
asyncio.run(dispatcher.start_polling(bot))
