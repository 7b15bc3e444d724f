"""Brings a backup back: all of it is looked at before anything is replaced, and the old database is kept."""

import json
import os
import shutil
import sqlite3
import tarfile
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from storage.backup import DATABASE, FILE_NAME, FILES, LAST, ONLY_OURS, AlreadyThere, Backup, check, sha256, sync
from storage.files import keep_bytes
from storage.locking import alone
from storage.schema import TABLE, latest


class NotABackup(Exception):
    """This is no archive of ours, or it is not all there."""


class TooNew(Exception):
    """A later version wrote it; this one does not know its tables."""


@dataclass(frozen=True)
class Restored:
    """How many files came back, and where the database is that was there before."""

    files: int
    old: Path | None


def restore(source: Path, database: Path, files: Path, *, replace: bool, at: datetime) -> Restored:
    """Put the backup in place. Refused while the bot runs, and where a database is unless it may be replaced."""
    with alone(database):
        if database.exists() and not replace:
            raise AlreadyThere
        with TemporaryDirectory(dir=database.parent, prefix=f".{database.name}.", suffix=".part") as aside:
            told = _unpack(source, Path(aside))
            fresh = Path(aside) / DATABASE
            _look_at(fresh, told)
            _keep_files(Path(aside) / FILES, files)
            old = _set_aside(database, at) if database.exists() else None
            fresh.replace(database)
        sync(database.parent)
    return Restored(told.files, old)


def _unpack(source: Path, folder: Path) -> Backup:
    (folder / FILES).mkdir()
    told: Backup | None = None
    try:
        with tarfile.open(source, "r:") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or told is not None:
                    raise NotABackup
                if member.name == LAST:
                    told = Backup(**json.load(content))
                    continue
                _write(folder / _place(member.name), content)
    except (tarfile.TarError, EOFError, ValueError, TypeError) as error:
        raise NotABackup from error
    if told is None:
        raise NotABackup
    return told


def _write(path: Path, content: IO[bytes]) -> None:
    path.touch(ONLY_OURS)
    with path.open("wb") as file:
        while chunk := content.read(2**20):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _place(name: str) -> str:
    """Only the two kinds of names that we write: nothing leads out of the folder."""
    folder, _, file = name.rpartition("/")
    if name == DATABASE or (folder == FILES and FILE_NAME.fullmatch(file)):
        return name
    raise NotABackup


def _look_at(database: Path, told: Backup) -> None:
    kept = database.parent / FILES
    if not database.exists() or sha256(database) != told.database_sha256:
        raise NotABackup
    if len([*kept.iterdir()]) != told.files or any(sha256(path) != path.name for path in kept.iterdir()):
        raise NotABackup
    check(database)
    with closing(sqlite3.connect(database)) as opened:
        try:
            [(revision,)] = opened.execute(f"SELECT version_num FROM {TABLE}")  # noqa: S608 - a constant
        except (sqlite3.OperationalError, ValueError) as error:
            raise NotABackup from error
    if revision > (latest() or ""):
        raise TooNew


def _keep_files(unpacked: Path, files: Path) -> None:
    """A file is named for its content: those that are there stay, and the old database finds all of its own."""
    for path in unpacked.iterdir():
        keep_bytes(files, path.read_bytes())


def _set_aside(database: Path, at: datetime) -> Path:
    """A second name for the old database, so that at every moment there is one under its own."""
    old = database.with_name(f"{database.name}.before-{at:%Y%m%dT%H%M%S}")
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as opened:
        opened.execute("PRAGMA journal_mode = DELETE")  # what is still in its log goes into the file
    _give_second_name(database, old)
    for log in ("-wal", "-shm"):  # only a database too damaged to be opened still has them
        path = database.with_name(database.name + log)
        if path.exists():
            path.replace(old.with_name(old.name + log))
    return old


def _give_second_name(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:  # not every file system knows second names
        shutil.copy2(path, other)
        sync(other)
