"""A process that has imported and done everything once, and waits: each order to start forks off a bot, so that this is paid once.

Run as a script. It reads orders, one JSON object a line: `{"start": {settings}, "output": file}` is answered with the process
id, `{"wait": id}` with the exit status.
"""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from aiogram import Bot

import bot.app
import bot.starting
from bot.__main__ import main
from bot.app import App
from bot.pace import Pace
from bot.settings import Settings
from playground.session import InProcessSession
from storage.database import open_engine
from tests.databases import sqlite_template
from tests.reliability.world import World

REHEARSED = 40
ANSWERS = os.dup(sys.stdout.fileno())


def serve() -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_rehearse(Path(folder)))
    _say("warm")
    for line in sys.stdin:
        order = json.loads(line)
        if "start" in order:
            _say(_start(order))
        else:
            _say(os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1]))


async def _rehearse(folder: Path) -> None:
    """A little life without a process of its own: templates are compiled, mappers and drivers are there."""
    Settings()
    open_engine("postgresql://")
    world = World(f"sqlite:///{sqlite_template(folder)}", folder, Random(0))
    world.open_shop()
    telegram = Bot(world.telegram.token, session=InProcessSession(world.telegram))
    app = App(
        telegram, world.url, clock=lambda: datetime(2026, 3, 2, tzinfo=UTC), files=folder, pace=Pace(unlimited=True)
    )
    await app.introduce()
    for _ in range(REHEARSED):
        world.somebody_writes()
        await app.settle()
    await app.tick()
    app.desk.close()


def _start(order: dict[str, Any]) -> int:
    process_id = os.fork()
    if process_id == 0:
        _become_a_bot(order)
    return process_id


def _become_a_bot(order: dict[str, Any]) -> None:
    status = 70
    try:
        log = os.open(Path(order["output"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ.update(order["start"])
        sys.argv = ["zhanggui"]
        status = main()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _say(words: object) -> None:
    os.write(ANSWERS, f"{words}\n".encode())


if __name__ == "__main__":
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what the rehearsal says is no answer
    setattr(bot.app, "Pace", lambda: Pace(unlimited=True))  # noqa: B010 - so that more is under way at every kill
    serve()
