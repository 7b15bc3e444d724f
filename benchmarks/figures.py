"""A figure with its goal, and how a run is written down."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"


@dataclass(frozen=True)
class Figure:
    """`goal` is a sentence such as `>= 0.25`; None for what is only told."""

    name: str
    value: str
    goal: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        return "" if self.met is None else "yes" if self.met else "**no**"


def table(figures: Sequence[Figure]) -> str:
    rows = ["| figure | measured | goal | met |", "|---|---|---|---|"]
    rows += [f"| {figure.name} | {figure.value} | {figure.goal} | {figure.verdict} |" for figure in figures]
    return "\n".join(rows)


def machine() -> str:
    """What a reader has to know to compare."""
    return f"{os.cpu_count()} CPU cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def write_page(figures: Sequence[Figure]) -> None:
    PAGE.write_text(_PAGE.format(machine=machine(), table=table(figures)), encoding="utf-8")


_PAGE = """\
# Performance

Written by `make bench`: one run on one machine ({machine}). Ratios travel better than absolute figures.

{table}

How it is measured:

- **The whole pipeline**: updates are stored in the inbox (SQLite file, WAL, `synchronous=FULL`), handled by a handler that reads one
  entity, changes one and renders a template, the answer goes through the outbox and is sent. Telegram is replaced by a session
  that builds every call and reads every answer but has no network.
- **Bare aiogram**: an echo over the same session in the same process: nothing is stored, nothing rendered. The rounds of both take
  turns; the figures are medians.
- **Update to commit**: one update every 10 ms; from its arrival to the moment when everything about it is stored for good.
- **Peers**: the same work written the usual way: the ORM of SQLAlchemy, async, on a SQLite file as it comes; the handler reads,
  changes, commits, renders and answers. Nothing is kept of an update whose handler did not get to its end. One update after the other, as
  python-telegram-bot does it by itself; their sessions, too, answer at once.
- **Over HTTP**: `python -m bot` as a process of its own and the local Telegram in another, over the loopback interface, on the same cores;
  Telegram's limits are off on both sides. A busy chat asks again as soon as it is answered. The latency is what a person sees:
  from the message that is sent to the answer that has come.
- **Workers**: 2,000 messages of 100 chats at once, until the last is answered, by real processes on one PostgreSQL. The local Telegram, the
  crowd and the database server run on the same machine: when all cores are busy, more workers cannot help. Beyond that one worker at a
  time leads, and it alone fetches and sends.
- **Delivery**: the real delivery on a virtual clock, the way to Telegram takes 20 to 30 ms there and back. The ideal is what 30 messages a
  second, one a second to a person and 20 a minute to a group allow at the least, whoever chooses the order. Broken limits are counted from the
  moments of arrival, in sliding windows. What nobody waits for leaves evenly, so that an answer in between finds its place at once.
- **A million orders**: copies of one order, made by the database itself, 500 of them open. An update is a message or a tap of the shop's
  owner, from its arrival until all about it is stored; the big and the small shop take turns.
- **Start**: `python -m bot` with its libraries installed, until the first answer is in the chat of somebody who had written before the
  start; over HTTP, against the local Telegram. `import aiogram` is measured between the starts. The other commands need no Telegram library.
- **Import**: a made-up export of 20,000 rows dropped into a chat while other chats go on.
"""
