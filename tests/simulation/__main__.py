"""`python -m tests.simulation --seeds 200`: days one after the other on all cores; a broken promise is told with its story."""

# ruff: noqa: T201 - a command that prints what it finds

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import logs
from tests.databases import sqlite_template
from tests.simulation.day import Day, simulate
from tests.simulation.plants import PLANTS

STORY_LINES = 40


def main() -> int:
    asked = _asked()
    with TemporaryDirectory() as folder:
        template = sqlite_template(Path(folder))
        seeds = [asked.seed] if asked.seed is not None else range(asked.first, asked.first + asked.seeds)
        began, kills, faults, failed, hours = time.monotonic(), 0, 0, 0, 0.0
        workers = 1 if len(seeds) == 1 else asked.workers
        with ProcessPoolExecutor(workers, initializer=_quiet) as pool:
            days = pool.map(partial(simulate, template=template, plant=asked.plant), seeds)
            for count, day in enumerate(days, 1):
                kills, faults, failed = kills + day.kills, faults + day.faults, failed + bool(day.broken)
                hours += day.virtual_seconds / 3600
                if day.broken or asked.seed is not None:
                    _tell(day, asked.plant, whole=asked.story)
                rate = count / (time.monotonic() - began)
                if count % 10 == 0 or count == len(seeds):
                    line = f"{count}/{len(seeds)} days, {hours:.0f} h, {kills} kills, {faults} faults, {failed} broken"
                    print(f"{line}, {rate:.2f} seeds/s", flush=True)
    return 1 if failed else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, help="only this one, with its last events")
    parser.add_argument("--plant", default=os.environ.get("PLANT", ""), choices=sorted(PLANTS))
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--story", action="store_true", help="the whole story")
    return parser.parse_args()


def _quiet() -> None:
    logs.set_up("CRITICAL", as_json=True)


def _tell(day: Day, plant: str, *, whole: bool) -> None:
    planted = f" --plant {plant}" if plant else ""
    print("\n".join(day.lines if whole else day.lines[-STORY_LINES:]))
    print(f"seed {day.seed}: trace {day.trace}, {day.kills} kills, {day.faults} faults, {day.updates} updates")
    for broken in day.broken:
        print(f"  BROKEN {broken}")
    if day.broken:
        print(f"  again: python -m tests.simulation --seed {day.seed}{planted}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
