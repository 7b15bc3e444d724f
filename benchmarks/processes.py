"""Bots as processes of their own, and a crowd that writes to them through the local Telegram."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from playground.limits import Limits
from playground.phone import Phone
from playground.telegram import EVERYBODY, Telegram

PATIENCE_SECONDS = 120.0
FIRST_PERSON = 1001
WITHOUT_PACE = """
import sys
import bot.app
from bot.pace import Pace
bot.app.Pace = lambda: Pace(unlimited=True)
from bot.__main__ import main
sys.exit(main([]))
"""
"""The bot as it is, but for Telegram's limits: what it can do is measured, not what it may."""


def telegram() -> Telegram:
    """A stand-in that neither counts nor punishes."""
    return Telegram(limits=Limits.off())


def settings(address: str, token: str, database_url: str, folder: Path) -> dict[str, str]:
    return {
        "ZHANGGUI_BOT_TOKEN": token,
        "ZHANGGUI_API_URL": address,
        "ZHANGGUI_DATABASE_URL": database_url,
        "ZHANGGUI_FILES": str(folder / "files"),
    }


@contextmanager
def bot_without_pace(wanted: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    with process([sys.executable, "-c", WITHOUT_PACE], os.environ | wanted) as started:
        yield started


@contextmanager
def process(command: Sequence[str], environment: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Runs while inside, and is asked to leave afterwards."""
    started = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield started
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(PATIENCE_SECONDS)


def resident_megabytes(process_id: int) -> float:
    """What Linux says of a process."""
    status = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def processor_seconds(process_id: int) -> float:
    """What it has used so far, in its own name and in the system's."""
    stat = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def idle_seconds() -> float:
    """For how long the cores of this machine had nothing to do since it was started, all together."""
    idle, waiting = Path("/proc/stat").read_text(encoding="utf-8").split()[4:6]
    return (int(idle) + int(waiting)) / os.sysconf("SC_CLK_TCK")


@dataclass
class Crowd:
    """People who ask for help and look at the clock until it comes."""

    telegram: Telegram
    size: int
    waits: list[float] = field(default_factory=list)
    _asked: dict[int, deque[tuple[float, "asyncio.Future[None]"]]] = field(default_factory=lambda: defaultdict(deque))

    def __post_init__(self) -> None:
        people = range(FIRST_PERSON, FIRST_PERSON + self.size)
        self.phones = [Phone(self.telegram, self.telegram.add_person(each, f"路人{each}")) for each in people]
        self._listening = asyncio.ensure_future(self._listen())

    def asks(self, number: int) -> "asyncio.Future[None]":
        """Done when the answer is on the phone."""
        phone = self.phones[number % self.size]
        answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asked[phone.person.id].append((time.perf_counter(), answered))
        phone.say("/help")
        return answered

    async def all_ask(self) -> None:
        """Everybody once; the bot may only be starting."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.gather(*(self.asks(number) for number in range(self.size)))

    async def _listen(self) -> None:
        heard = self.telegram.listen(EVERYBODY)
        while True:
            event = await heard.get()
            waiting = self._asked[event.get("chat_id", 0)]
            if event["type"] == "message" and event["message"]["from"]["is_bot"] and waiting:
                asked_at, answered = waiting.popleft()
                self.waits.append(time.perf_counter() - asked_at)
                answered.set_result(None)


def milliseconds(waits: Sequence[float]) -> tuple[float, float]:
    """p50 and p99."""
    cut = quantiles(waits, n=100)
    return cut[49] * 1000, cut[98] * 1000
