"""Runs the local Telegram alone, for any bot in any language: `python -m playground --port 9100 --private 1001`."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence

from playground.chats import Chat
from playground.server import serving
from playground.telegram import Telegram

FIRST_NAMES = (("林老板", "merchant"), ("小美", "buyer"))
TOKEN = "123456789:AAPlaygroundPlaygroundPlaygroundABC"  # noqa: S105 - a Telegram of our own, of no worth elsewhere


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        asyncio.run(_run(options))
    except OSError as refused:
        sys.stderr.write(f"Cannot listen on {options.host}:{options.port}: {refused.strerror}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m playground", description="A Telegram on this machine, with phones")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--token", default=TOKEN, help="the bot's token; any of the usual form")
    parser.add_argument("--username", default="zhanggui_bot", help="the bot's @username")
    parser.add_argument("--name", default="掌柜", help="the bot's name")
    parser.add_argument("--private", type=int, action="append", metavar="ID", help="a person with a private chat")
    parser.add_argument("--supergroup", type=int, action="append", default=[], metavar="ID")
    parser.add_argument("--forum", type=int, action="append", default=[], metavar="ID")
    parser.add_argument("--channel", action="append", default=[], metavar="@NAME")
    return parser


def build_telegram(options: argparse.Namespace) -> Telegram:
    """The people and chats that were asked for; everybody is a member everywhere."""
    telegram = Telegram(options.token, username=options.username, first_name=options.name)
    for place, person_id in enumerate(options.private or (1001, 1002)):
        name, role = FIRST_NAMES[place] if place < len(FIRST_NAMES) else (f"用户 {person_id}", "")
        telegram.add_person(person_id, name, role=role).started = True
    everybody = list(telegram.people)
    for chat_id in options.supergroup:
        telegram.add_chat(Chat(chat_id, "supergroup", f"群 {chat_id}", members=everybody))
    for chat_id in options.forum:
        telegram.add_chat(Chat(chat_id, "supergroup", f"话题群 {chat_id}", is_forum=True, members=everybody))
    for place, name in enumerate(options.channel):
        chat_id = -1_009_000_000_001 - place
        telegram.add_chat(Chat(chat_id, "channel", name.lstrip("@"), username=name.lstrip("@"), members=everybody))
    return telegram


async def _run(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with serving(build_telegram(options), host=options.host, port=options.port) as address:
        sys.stdout.write(f"The phones: {address}/phones/\nThe Bot API: {address}/bot{options.token}/getMe\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
