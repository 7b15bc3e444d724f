"""How long `python -m bot` takes to its first answer, and how much memory it then holds."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from benchmarks.figures import Figure

TOKEN = "123456789:AAbenchmarkbenchmarkbenchmarkbench"
PERSON = 1001
GOAL_SECONDS = 6.0
GOAL_MEGABYTES = 260
PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.02


def measure() -> list[Figure]:
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder, _telegram(port):
        phone = f"http://127.0.0.1:{port}/phones/api/{PERSON}/chats/{PERSON}/messages"
        _post(phone, {"text": "/start"})
        began = time.perf_counter()
        with _bot(port, Path(folder)) as bot:
            _wait(lambda: any(not message.get("out") for message in _get(phone)))
            seconds = time.perf_counter() - began
            megabytes = _resident_megabytes(bot.pid)
    return [
        Figure("start to first answer", f"{seconds:.1f} s", f"< {GOAL_SECONDS:.0f} s", seconds < GOAL_SECONDS),
        Figure("memory after the start", f"{megabytes} MB", f"< {GOAL_MEGABYTES} MB", megabytes < GOAL_MEGABYTES),
    ]


@contextmanager
def _telegram(port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "playground", "--port", str(port), "--token", TOKEN, "--private", str(PERSON)]
    with _process(command, os.environ.copy()):
        _wait(lambda: bool(_get(f"http://127.0.0.1:{port}/phones/api/phones")))
        yield


@contextmanager
def _bot(port: int, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    settings = {
        "ZHANGGUI_BOT_TOKEN": TOKEN,
        "ZHANGGUI_API_URL": f"http://127.0.0.1:{port}",
        "ZHANGGUI_DATABASE_URL": f"sqlite:///{folder / 'shop.db'}",
        "ZHANGGUI_FILES": str(folder / "files"),
    }
    with _process([sys.executable, "-m", "bot"], os.environ | settings) as process:
        yield process


@contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def _wait(for_this: "Any") -> None:
    until = time.perf_counter() + PATIENCE_SECONDS
    while not for_this():
        if time.perf_counter() > until:
            raise TimeoutError
        time.sleep(POLL_SECONDS)


def _get(address: str) -> Any:
    try:
        with urlopen(address) as answer:
            return json.load(answer)
    except URLError:
        return []


def _post(address: str, content: dict[str, Any]) -> None:
    request = Request(address, json.dumps(content).encode(), {"Content-Type": "application/json"})
    with urlopen(request):
        pass


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _resident_megabytes(process_id: int) -> int:
    status = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) // 1024
