"""Work on files from outside in a process of its own, with a limit on its memory and its time."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

from documents.child_limits import MOST_SECONDS, OUT_OF_MEMORY

_HOME = Path(__file__).resolve().parent.parent
_KEPT = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP")


class ChildDied(Exception):
    """The child went over a limit, or was ended by the system."""


class ChildBroke(Exception):
    """The child failed on a mistake of ours; says where in the code, never what was read."""


async def run_in_child(module: str, said: bytes, *, seconds: float = MOST_SECONDS) -> bytes:
    """What `python -m module` answers to `said`; it is given none of our settings, and never outlives the call."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-E", "-s", "-X", "utf8", "-m", module),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=_HOME,
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
    )
    try:
        answer, complaint = await asyncio.wait_for(child.communicate(said), seconds)
    except TimeoutError:
        raise ChildDied from None
    finally:
        await _end(child)
    if child.returncode == 0:
        return answer
    if child.returncode == OUT_OF_MEMORY or (child.returncode or 0) < 0:
        raise ChildDied
    raise ChildBroke(complaint.decode("utf-8", "replace").strip())


async def _end(child: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        child.kill()
    await child.wait()
