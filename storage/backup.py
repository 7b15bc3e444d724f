"""A backup: the database as it is at one moment and the files, in one archive that is whole or not there."""

import hashlib
import json
import os
import re
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

DATABASE, FILES, LAST = "zhanggui.db", "files", "whole.json"
"""The members of the archive. The last one says what came before it: an archive without it was broken off."""
FILE_NAME = re.compile(r"[0-9a-f]{64}")
ONLY_OURS = 0o600


@dataclass(frozen=True)
class Backup:
    """What an archive holds."""

    database_sha256: str
    files: int


class AlreadyThere(Exception):
    """Something has this name; it is not written over."""


class DatabaseMissing(Exception):
    """There is no database to be copied."""


class DatabaseDamaged(Exception):
    """SQLite finds the copy not to be sound."""


def back_up(database: Path, files: Path, target: Path) -> Backup:
    """Write the archive aside, and give it its name when all of it is on the disk. The bot may go on meanwhile."""
    if target.exists():
        raise AlreadyThere
    if not database.exists():
        raise DatabaseMissing
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.", suffix=".part") as aside:
        copy, archive = Path(aside) / DATABASE, Path(aside) / "archive.tar"
        copy_database(database, copy)
        written = _write(archive, copy, files)
        archive.rename(target)
    sync(target.parent)
    return written


def copy_database(source: Path, target: Path) -> None:
    """One moment of a database that others go on writing, as a single sound file."""
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True)) as opened:
        _private(target)
        with closing(sqlite3.connect(target)) as copy:
            opened.backup(copy)  # all pages in one step: a reader of the log holds up no writer
            copy.execute("PRAGMA journal_mode = DELETE")
    check(target)


def check(database: Path) -> None:
    """Raises when SQLite finds anything wrong."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            found = opened.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.OperationalError:
        raise  # it could not be read, which says nothing about what is in it
    except sqlite3.DatabaseError as error:
        raise DatabaseDamaged from error
    if found != [("ok",)]:
        raise DatabaseDamaged


def sync(path: Path) -> None:
    """A file or folder is on the disk, also after a power failure."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(archive: Path, database: Path, files: Path) -> Backup:
    """The files come after the database: all that it names are there by then."""
    _private(archive)
    count = 0
    with tarfile.open(archive, "w") as tar:
        tar.add(database, DATABASE, filter=_plain)
        for path in stored_files(files):
            tar.add(path, f"{FILES}/{path.name}", filter=_plain)
            count += 1
        written = Backup(sha256(database), count)
        last = database.with_name(LAST)
        last.write_text(json.dumps(vars(written)), encoding="utf-8")
        tar.add(last, LAST, filter=_plain)
    sync(archive)
    return written


def stored_files(folder: Path) -> Iterator[Path]:
    """What is stored whole; half-written files have other names."""
    return (path for path in sorted(folder.glob("??/*")) if FILE_NAME.fullmatch(path.name))


def _private(path: Path) -> None:
    path.touch(ONLY_OURS, exist_ok=False)


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of this machine's users goes along."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = ONLY_OURS
    return member
