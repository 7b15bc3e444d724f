"""One, two and four workers on one PostgreSQL: real processes over loopback HTTP, and what they do together."""

import asyncio
import os
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.processes import (
    PATIENCE_SECONDS,
    Crowd,
    bot_without_pace,
    idle_seconds,
    processor_seconds,
    settings,
    telegram,
)
from playground.server import serving
from storage.database import open_engine
from storage.schema import upgrade
from tests.databases import Postgres

WORKERS = (1, 2, 4)
CHATS = 100
UPDATES = 2000
ROUNDS = 3


@dataclass(frozen=True)
class Speed:
    """Updates a second, and how many of the processor cores were busy: with the workers, and with all else of this machine."""

    rate: float
    workers_busy: float
    all_busy: float


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = Postgres(folder)
        try:
            speeds = {count: _speed(server, folder, count) for count in WORKERS}
        finally:
            server.stop()
    return [_figure(count, speed, speeds[1]) for count, speed in speeds.items()]


def _speed(server: Postgres, folder: Path, count: int) -> Speed:
    with server.empty() as url:
        engine = open_engine(url)
        upgrade(engine)
        engine.dispose()
        return asyncio.run(_measure(url, folder, count))


async def _measure(url: str, folder: Path, count: int) -> Speed:
    local = telegram()
    async with serving(local) as address:
        wanted = settings(address, local.token, url, folder)
        with ExitStack() as running:
            workers = [running.enter_context(bot_without_pace(wanted)) for _ in range(count)]
            crowd = Crowd(local, CHATS)
            await crowd.all_ask()
            await _until_ready([worker.pid for worker in workers])
            rounds = [await _burst(crowd, [worker.pid for worker in workers]) for _ in range(ROUNDS + 1)]
    return sorted(rounds[1:], key=lambda speed: speed.rate)[ROUNDS // 2]


async def _until_ready(process_ids: list[int]) -> None:
    """Whoever has nothing to do has started."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            before = _seconds_of(process_ids)
            await asyncio.sleep(2)
            if _seconds_of(process_ids) - before < 0.3 * len(process_ids):
                return


async def _burst(crowd: Crowd, process_ids: list[int]) -> Speed:
    """Many updates at once, as after an hour without a network, until the last is answered."""
    began, busy, idle = time.perf_counter(), _seconds_of(process_ids), idle_seconds()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.gather(*(crowd.asks(number) for number in range(UPDATES)))
    seconds = time.perf_counter() - began
    all_busy = (os.cpu_count() or 1) - (idle_seconds() - idle) / seconds
    return Speed(UPDATES / seconds, (_seconds_of(process_ids) - busy) / seconds, all_busy)


def _seconds_of(process_ids: list[int]) -> float:
    return sum(processor_seconds(each) for each in process_ids)


def _figure(count: int, speed: Speed, one: Speed) -> Figure:
    name = "1 worker on PostgreSQL" if count == 1 else f"{count} workers on PostgreSQL"
    rate = f"{speed.rate:,.0f} updates/s, {speed.rate / one.rate:.2f} x one"
    cores = f"{speed.workers_busy:.1f} cores busy with workers, {speed.all_busy:.1f} of {os.cpu_count()} in all"
    return Figure(name, f"{rate}; {cores}")
