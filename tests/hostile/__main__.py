"""`python -m tests.hostile --updates 100000`: invented updates on all cores; whatever must never happen is told with its place."""

# ruff: noqa: T201 - a command that prints what it finds

import argparse
import asyncio
import gc
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import logs
from storage import database
from tests.databases import sqlite_template
from tests.hostile.fuzzing import BLOCK, Block, Finding
from tests.hostile.worlds import World, make_world

_WORLD: list[World] = []


def main() -> int:
    asked = _asked()
    blocks = [asked.block] if asked.block is not None else range(-(-asked.updates // BLOCK))
    began, done, findings = time.monotonic(), 0, 0
    kinds: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        template = sqlite_template(Path(folder))
        with ProcessPoolExecutor(min(asked.workers, len(blocks)), initializer=_begin, initargs=(template,)) as pool:
            for found, counted in pool.map(partial(_block, asked.seed), blocks):
                done, findings, kinds = done + counted.total(), findings + len(found), kinds + counted
                for each in found:
                    print(each, flush=True)
                rate = done / (time.monotonic() - began)
                if done % (BLOCK * 8) == 0 or asked.block is not None:
                    print(f"{done} updates, {rate:.0f}/s, {findings} findings", flush=True)
    print(f"{done} updates of {len(kinds)} kinds from seed {asked.seed}: {findings} findings", flush=True)
    return 1 if findings else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile")
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--block", type=int, help="only this one")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    return parser.parse_args()


def _begin(template: Path) -> None:
    logs.set_up("CRITICAL", as_json=True)
    database.SYNCHRONOUS = "OFF"
    folder = TemporaryDirectory()
    _WORLD.append(asyncio.run(make_world(template, Path(folder.name))))
    _KEPT.append(folder)


_KEPT: list[TemporaryDirectory[str]] = []


def _block(seed: int, number: int) -> tuple[list[Finding], Counter[str]]:
    block = Block(_WORLD[0], seed, number)
    gc.collect()
    gc.disable()  # a fifth of the time goes into looking for garbage
    asyncio.run(block.run(BLOCK))
    return block.findings, block.kinds


if __name__ == "__main__":
    sys.exit(main())
