"""`python -m tests.reliability --kills 300`: the real bot killed again and again, on both databases; what it cost is told at the end."""

# ruff: noqa: T201 - a command that prints what it finds

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.databases import Postgres, sqlite_copy, sqlite_template
from tests.reliability.findings import Kind
from tests.reliability.lives import Toll, bots_of
from tests.reliability.peer_kills import PEERS, lose
from tests.reliability.processes import Zygote, zygote

KILLS_A_ROUND = 30
DATABASES = ("sqlite", "postgresql")
_Fresh = Callable[[Path], AbstractContextManager[str]]


def main() -> int:
    asked = _asked()
    if asked.peers:
        return _kill_peers(asked.kills, asked.seed)
    failed = False
    with zygote() as warm:
        for database in DATABASES if asked.database == "both" else (asked.database,):
            failed |= _kill(warm, database, asked.kills, asked.seed)
    return 1 if failed else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability")
    parser.add_argument("--kills", type=int, default=300, help="on each database")
    parser.add_argument("--database", default="both", choices=[*DATABASES, "both"])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--peers", action="store_true", help="not our bot, but those of the tutorials, for comparison")
    return parser.parse_args()


def _kill_peers(kills: int, seed: int) -> int:
    """For the record: nothing here is a promise of ours."""
    for peer in PEERS:
        with TemporaryDirectory() as folder:
            loss = asyncio.run(lose(peer, kills, Path(folder), Random(seed)))
        print(f"{peer}: {kills} kills, {loss.updates} updates, {loss.lost} lost", flush=True)
    return 0


def _kill(warm: Zygote, database: str, kills: int, seed: int) -> bool:
    """Rounds in a fresh shop each. True when something was not as we promise."""
    total, wrong, began = Toll(), Counter[str](), time.monotonic()
    with _databases(database) as fresh:
        for number, first in enumerate(range(0, kills, KILLS_A_ROUND)):
            with TemporaryDirectory() as folder, fresh(Path(folder)) as url:
                toll = asyncio.run(_round(warm, url, Path(folder), min(KILLS_A_ROUND, kills - first), seed + number))
            total += toll
            for each in toll.found:
                wrong[each.kind] += each.count
                print(f"  {each.kind} (seed {seed + number}): {each.words}")
            for broken in toll.broken:
                wrong["broken"] += 1
                print(f"  (seed {seed + number}) {broken}")
            _say(f"{database} {total.kills}/{kills} kills", total, wrong)
    print(f"{database}: {(time.monotonic() - began) / kills:.2f} s a kill", flush=True)
    return wrong.total() > 0


async def _round(warm: Zygote, url: str, folder: Path, kills: int, seed: int) -> Toll:
    async with bots_of(warm, url, folder, seed) as bots:
        await bots.live_and_die(kills)
        return await bots.come_to_rest()


def _say(title: str, total: Toll, wrong: Counter[str]) -> None:
    told = ", ".join(f"{wrong[kind]} {kind}" for kind in (*Kind, "broken"))
    print(
        f"{title} and {total.leaves} × SIGTERM, {total.updates} updates: {told}; "
        f"{total.repeats} messages repeated, at most {total.most_repeats} at a kill",
        flush=True,
    )


@contextmanager
def _databases(kind: str) -> Iterator[_Fresh]:
    """Gives a maker of empty databases."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if kind == "sqlite":
            template = sqlite_template(Path(folder))

            @contextmanager
            def copied(into: Path) -> Iterator[str]:
                yield sqlite_copy(template, into)

            yield copied
            return
        server = Postgres(Path(folder))
        try:
            yield lambda _: server.fresh()
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
