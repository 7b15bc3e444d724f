"""A stock python-telegram-bot bot: it answers, and writes down what it has answered. Arguments: address, token, database."""

import sqlite3
import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters

address, token, database = sys.argv[1:]
books = sqlite3.connect(database, isolation_level=None)


async def hear(update: Update, _: Any) -> None:
    assert update.message is not None
    await update.message.reply_text("收到")
    books.execute("INSERT OR IGNORE INTO handled VALUES (?)", [update.update_id])


application = Application.builder().token(token).base_url(f"{address}/bot").build()
application.add_handler(MessageHandler(filters.ALL, hear))
application.run_polling()
