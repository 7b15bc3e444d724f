"""A process that has imported everything and waits: each order to start forks off a bot, so that the imports are paid once.

Run as a script. It reads orders, one JSON object a line: `{"start": {settings}, "output": file}` is answered with the process
id, `{"wait": id}` with the exit status.
"""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bot.app
import bot.starting
from bot.__main__ import main
from bot.pace import Pace
from bot.routers import dispatcher
from storage.database import open_engine

HASTE_SECONDS = 0.05


def serve() -> None:
    dispatcher()
    for driver in ("sqlite://", "postgresql://"):
        open_engine(driver)
    _say("warm")
    for line in sys.stdin:
        order = json.loads(line)
        if "start" in order:
            _say(_start(order))
        else:
            _say(os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1]))


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
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    setattr(bot.app, "Pace", lambda: Pace(unlimited=True))  # noqa: B010 - so that more is under way at every kill
    serve()
