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
- **Start**: `python -m bot` with its libraries installed, until the first answer is in the chat of somebody who had written before the
  start; over HTTP, against the local Telegram.
- **Import**: a made-up export of 20,000 rows dropped into a chat while other chats go on.
"""
