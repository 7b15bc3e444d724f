"""`python -m tests.simulation --seeds 200`: days one after the other on all cores; a broken promise is told with its story."""

# ruff: noqa: T201 - a command that prints what it finds

import argparse
import os
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import logs
from tests.databases import sqlite_template
from tests.simulation.day import Day, simulate
from tests.simulation.plants import PLANTS

STORY_LINES = 40
DAYS_A_PROCESS = 250
"""Then it is replaced, and its memory with it."""
LINE_EVERY = 10
QUIET = partial(logs.set_up, "CRITICAL", as_json=True)


def main() -> int:
    asked = _asked()
    with TemporaryDirectory() as folder:
        template = sqlite_template(Path(folder))
        seeds = [asked.seed] if asked.seed is not None else range(asked.first, asked.first + asked.seeds)
        day = partial(simulate, template=template, plant=asked.plant)
        if len(seeds) == 1:
            QUIET()
            return _watch(map(day, seeds), 1, asked)
        workers = min(len(seeds), asked.workers)
        with get_context("spawn").Pool(workers, QUIET, maxtasksperchild=DAYS_A_PROCESS) as pool:
            return _watch(pool.imap(day, seeds), len(seeds), asked)


@dataclass
class Sums:
    """Of all days so far."""

    began: float = field(default_factory=time.monotonic)
    days: int = 0
    hours: float = 0
    kills: int = 0
    faults: int = 0
    updates: int = 0
    broken: list[int] = field(default_factory=list)

    def add(self, day: Day) -> None:
        self.days += 1
        self.hours += day.virtual_seconds / 3600
        self.kills += day.kills
        self.faults += day.faults
        self.updates += day.updates
        if day.broken:
            self.broken.append(day.seed)

    def line(self, of: int) -> str:
        what = f"{self.hours:.0f} h, {self.updates} updates, {self.kills} deaths, {self.faults} faults"
        rate = self.days / (time.monotonic() - self.began)
        return f"{self.days}/{of} days, {what}, {len(self.broken)} broken, {rate:.2f} seeds/s"


def _watch(days: Iterable[Day], of: int, asked: argparse.Namespace) -> int:
    sums = Sums()
    for day in days:
        sums.add(day)
        if day.broken or asked.seed is not None:
            _tell(day, asked.plant, whole=asked.story)
        if sums.days % LINE_EVERY == 0 or sums.days == of:
            print(sums.line(of), flush=True)
    if sums.broken:
        print(f"broken: {' '.join(map(str, sums.broken))}")
    return 1 if sums.broken else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, help="only this one, with its last events")
    parser.add_argument("--plant", default=os.environ.get("PLANT", ""), choices=sorted(PLANTS))
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--story", action="store_true", help="the whole story")
    return parser.parse_args()


def _tell(day: Day, plant: str, *, whole: bool) -> None:
    planted = f" --plant {plant}" if plant else ""
    print("\n".join(day.lines if whole else day.lines[-STORY_LINES:]))
    print(f"seed {day.seed}: trace {day.trace}, {day.kills} deaths, {day.faults} faults, {day.updates} updates")
    for broken in day.broken:
        print(f"  BROKEN {broken}")
    if day.broken:
        print(f"  again: python -m tests.simulation --seed {day.seed}{planted}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
