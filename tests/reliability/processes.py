"""Real bot processes: forked from one that has imported everything, killed or asked to leave."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ZYGOTE = Path(__file__).with_name("zygote.py")
ROOT = Path(__file__).parent.parent.parent


@dataclass
class Zygote:
    """Bots are its children."""

    process: "subprocess.Popen[str]"

    async def start(self, settings: dict[str, str], output: Path) -> int:
        """A bot starts; gives its process id."""
        return int(await self._order(start=settings, output=str(output)))

    async def kill(self, process_id: int) -> None:
        """SIGKILL: not one instruction more."""
        os.kill(process_id, signal.SIGKILL)
        status = int(await self._order(wait=process_id))
        assert status == -signal.SIGKILL, f"the bot had ended by itself with {status}"

    async def ask_to_leave(self, process_id: int) -> tuple[float, int]:
        """SIGTERM; gives the seconds until the process was gone, and its exit status."""
        began = time.monotonic()
        os.kill(process_id, signal.SIGTERM)
        status = int(await self._order(wait=process_id))
        return time.monotonic() - began, status

    def hear(self) -> str:
        assert self.process.stdout is not None
        answer = self.process.stdout.readline()
        assert answer, "the process from which the bots are forked has died"
        return answer.strip()

    async def _order(self, **order: Any) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return await asyncio.to_thread(self.hear)


@contextmanager
def zygote() -> Iterator[Zygote]:
    """Warm when entered. Bots that are still alive afterwards are killed."""
    process = subprocess.Popen(
        [sys.executable, str(ZYGOTE)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    warm = Zygote(process)
    try:
        assert warm.hear() == "warm"
        yield warm
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
