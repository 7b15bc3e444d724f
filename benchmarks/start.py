"""How long `python -m bot` takes to its first answer beyond what its Telegram library takes, and what the other commands take."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from benchmarks.figures import Figure
from benchmarks.processes import process, resident_megabytes, settings

ROOT = Path(__file__).parent.parent
TOKEN = "123456789:AAbenchmarkbenchmarkbenchmarkbench"
PERSON = 1001
ROUNDS = 5
COMMANDS = ("migrate", "doctor", "backup")
GOAL_BEYOND_SECONDS = 1.5
GOAL_COMMAND_SECONDS = 1.0
GOAL_MEGABYTES = 260
YARDSTICK_SECONDS = 3.2
"""`import aiogram` on the machine for which the goals were set."""
PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.02


def measure() -> list[Figure]:
    rounds = [(_importing(), *_starting()) for _ in range(ROUNDS)]
    importing, starting = median(each[0] for each in rounds), median(each[1] for each in rounds)
    beyond = median(whole - library for library, whole, _ in rounds)
    megabytes = median(each[2] for each in rounds)
    return [
        Figure("import aiogram, and nothing else", f"{importing:.1f} s"),
        Figure("start to first answer", f"{starting:.1f} s"),
        _timed_figure("beyond the import", beyond, GOAL_BEYOND_SECONDS, importing),
        Figure("memory after the start", f"{megabytes:.0f} MB", f"< {GOAL_MEGABYTES} MB", megabytes < GOAL_MEGABYTES),
        *_commands(importing),
    ]


def _importing() -> float:
    return _seconds([sys.executable, "-c", "import aiogram"], {})


def _starting() -> tuple[float, float]:
    """Seconds until the first answer, and megabytes that are then held."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder, _telegram(port):
        phone = f"http://127.0.0.1:{port}/phones/api/{PERSON}/chats/{PERSON}/messages"
        _post(phone, {"text": "/start"})
        wanted = settings(f"http://127.0.0.1:{port}", TOKEN, _database(folder), Path(folder))
        began = time.perf_counter()
        with process([sys.executable, "-m", "bot"], os.environ | wanted) as bot:
            _wait(lambda: any(not message.get("out") for message in _get(phone)))
            return time.perf_counter() - began, resident_megabytes(bot.pid)


def _commands(importing: float) -> list[Figure]:
    """Each on a database of its own that is there already, but for the first."""
    times: dict[str, list[float]] = {command: [] for command in COMMANDS}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            wanted = settings("http://127.0.0.1:9", "", _database(folder), Path(folder))
            del wanted["ZHANGGUI_BOT_TOKEN"]
            for command in COMMANDS:
                where = [str(Path(folder) / "shop.tar")] if command == "backup" else []
                times[command].append(_seconds([sys.executable, "-m", "bot", command, *where], wanted))
    return [
        _timed_figure(f"`python -m bot {command}`", median(seconds), GOAL_COMMAND_SECONDS, importing)
        for command, seconds in times.items()
    ]


def _timed_figure(name: str, seconds: float, goal: float, importing: float) -> Figure:
    """The goals are those of a machine that imports aiogram in YARDSTICK_SECONDS: on another they stretch with that."""
    share = seconds / importing
    return Figure(
        name,
        f"{seconds:.2f} s, {share:.2f} of the import",
        f"<= {goal / YARDSTICK_SECONDS:.2f} of it ({goal} s where it takes {YARDSTICK_SECONDS} s)",
        share <= goal / YARDSTICK_SECONDS,
    )


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=os.environ | environment, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - began


def _database(folder: str) -> str:
    return f"sqlite:///{Path(folder) / 'shop.db'}"


@contextmanager
def _telegram(port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "playground", "--port", str(port), "--token", TOKEN, "--private", str(PERSON)]
    with process(command, os.environ):
        _wait(lambda: bool(_get(f"http://127.0.0.1:{port}/phones/api/phones")))
        yield


def _wait(for_this: Callable[[], bool]) -> None:
    until = time.perf_counter() + PATIENCE_SECONDS
    while not for_this():
        if time.perf_counter() > until:
            raise TimeoutError
        time.sleep(POLL_SECONDS)


def _get(address: str) -> Any:
    try:
        with urlopen(address) as answer:
            return json.load(answer)
    except URLError:
        return []


def _post(address: str, content: dict[str, Any]) -> None:
    request = Request(address, json.dumps(content).encode(), {"Content-Type": "application/json"})
    with urlopen(request):
        pass


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
