"""Who has the database file: a running bot shares it, a restore wants it for itself."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from storage.database import sqlite_file


class DatabaseInUse(Exception):
    """Somebody else has it: the bot is running, or a restore is under way."""


@contextmanager
def in_use(url: str) -> Iterator[None]:
    """The bot is running with this database. Other workers may be, too; a server looks after its own."""
    path = sqlite_file(url)
    if path is None:
        yield
        return
    with _held(_lock_of(path), fcntl.LOCK_SH):
        yield


@contextmanager
def leading(url: str) -> Iterator[None]:
    """No other process works with this database file while inside. Raises DatabaseInUse; a server chooses among its workers itself."""
    path = sqlite_file(url)
    if path is None:
        yield
        return
    with _held(path.with_name(f"{path.name}.leader"), fcntl.LOCK_EX):
        yield


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else has this database file while inside."""
    with _held(_lock_of(path), fcntl.LOCK_EX):
        yield


def in_use_since(path: Path) -> datetime | None:
    """When the bot that runs with this database file was started; None when none does."""
    lock = _lock_of(path)
    if not lock.exists():
        return None
    try:
        with alone(path):
            return None
    except DatabaseInUse:
        return datetime.fromtimestamp(lock.stat().st_mtime, UTC)


@contextmanager
def _held(lock: Path, kind: int) -> Iterator[None]:
    """The lock goes with the process that holds it, however that ends; the file stays."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(lock, os.O_RDONLY | os.O_CREAT, 0o644)  # also for one that another user of the machine has made
    try:
        _take(file, kind)
        yield
    finally:
        os.close(file)


def _take(file: int, kind: int) -> None:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DatabaseInUse from None
    with suppress(PermissionError):
        os.utime(file)


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")
