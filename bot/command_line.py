"""The commands of the operator: doctor, backup, restore. They need no Telegram library, and answer at once."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from sqlite3 import Error as SqliteError
from urllib.parse import urlsplit

from bot.findings import Finding, Grade
from bot.settings import Settings
from storage.backup import AlreadyThere, DatabaseDamaged, DatabaseMissing, back_up
from storage.database import AddressUnreadable, sqlite_file
from storage.locking import DatabaseInUse

PROGRAM = "python -m bot"
SERVER = """The books are in PostgreSQL, which brings its own tool. {which}

    {command}

The files lie in {files}: copy that folder, too, after the database.
"""


class Refused(Exception):
    """In words for the operator."""


def describe(commands: "ArgumentParser") -> None:
    """The commands and what can be said with each."""
    each = commands.add_subparsers(dest="command", metavar="COMMAND")
    each.add_parser("run", help="start the bot; without a token, the playground (this is the default)")
    each.add_parser("migrate", help="bring the database up to date")
    doctor = each.add_parser("doctor", help="look at everything, and say what to do")
    doctor.add_argument("--online", action="store_true", help="ask Telegram, too")
    doctor.add_argument("--history", action="store_true", help="look through what happened to every order, too")
    doctor.add_argument("--replay", type=int, metavar="ID", help="let a parked update be handled again")
    backup = each.add_parser("backup", help="copy database and files into one archive; the bot may go on meanwhile")
    backup.add_argument("path", type=Path)
    restore = each.add_parser("restore", help="bring a backup back; the bot must not be running")
    restore.add_argument("path", type=Path)
    restore.add_argument(
        "--replace", action="store_true", help="also where there is a database; that one is kept aside"
    )


def obey(said: Namespace, settings: Settings, now: datetime) -> int:
    """Do one of the commands; gives the exit code."""
    try:
        return _do(said, settings, now)
    except Refused as refused:
        words = str(refused)
    except AddressUnreadable:
        words = (
            "ZHANGGUI_DATABASE_URL cannot be read. It looks like sqlite:///var/zhanggui.db or postgresql://host/name"
        )
    except DatabaseInUse:
        words = "The bot is running. Stop it first; then restore again."
    except DatabaseDamaged:
        words = "SQLite finds damage: that is no sound database. An earlier backup may help."
    except (OSError, SqliteError) as error:
        words = f"That did not work: {error}."
    sys.stderr.write(f"{words}\n")
    return 1


def _do(said: Namespace, settings: Settings, now: datetime) -> int:
    match said.command:
        case "backup":
            return _back_up(settings, said.path)
        case "restore":
            return _restore(settings, said.path, now, replace=said.replace)
        case _ if said.replay is not None:
            return _replay(settings, said.replay)
        case _:
            return _examine(settings, now, online=said.online, history=said.history)


def _back_up(settings: Settings, path: Path) -> int:
    try:
        written = back_up(_database(settings, "pg_dump", path), settings.files, path)
    except AlreadyThere:
        raise Refused(f"{path} is there already. Choose another name, with the date for instance.") from None
    except DatabaseMissing:
        raise Refused("There is no database yet: nothing to back up.") from None
    _say(f"{path}: the database and {written.files} files, whole and checked.")
    return 0


def _restore(settings: Settings, path: Path, now: datetime, *, replace: bool) -> int:
    from storage.restore import NotABackup, TooNew, restore  # noqa: PLC0415 - the others need not wait for it

    database = _database(settings, "pg_restore", path)
    try:
        restored = restore(path, database, settings.files, replace=replace, at=now)
    except AlreadyThere:
        raise Refused(f"There is a database at {database}. To put the backup in its place, add --replace.") from None
    except NotABackup:
        raise Refused(f"{path} is no backup of Zhanggui, or not all of it is there. Nothing was changed.") from None
    except TooNew:
        raise Refused("A later version wrote this backup. Bring Zhanggui up to date first.") from None
    _say(f"Restored: the database and {restored.files} files. What was waiting to be sent then is sent at the start.")
    if restored.old is not None:
        _say(f"The database that was there before is kept as {restored.old}.")
    return 0


def _database(settings: Settings, tool: str, path: Path) -> Path:
    database = sqlite_file(settings.database_url)
    if database is None:
        which = {"pg_dump": "To back them up:", "pg_restore": "Stop the bot, then:"}[tool]
        raise Refused(SERVER.format(which=which, command=_command(tool, settings, path), files=settings.files))
    return database


def _command(tool: str, settings: Settings, path: Path) -> str:
    """For the operator to copy. The password is not in it: the tool asks."""
    at = urlsplit(settings.database_url)
    options = {"host": at.hostname, "port": at.port, "username": at.username, "dbname": at.path.lstrip("/")}
    where = " ".join(f"--{name}={value}" for name, value in options.items() if value)
    what = f"--format=custom --file={path}" if tool == "pg_dump" else f"--clean --if-exists --single-transaction {path}"
    return f"{tool} {where} {what}"


def _replay(settings: Settings, inbox_id: int) -> int:
    from storage.checkup import DatabaseAway, replay  # noqa: PLC0415

    try:
        if not replay(settings.database_url, inbox_id):
            raise Refused(f"No update with the number {inbox_id} is parked. Those that are: {PROGRAM} doctor")
    except DatabaseAway as error:
        raise Refused(f"The database cannot be used: {error}") from None
    _say(f"Update {inbox_id} waits again; the next start of the bot handles it.")
    return 0


def _examine(settings: Settings, now: datetime, *, online: bool, history: bool) -> int:
    from bot.doctor import examine, examine_histories  # noqa: PLC0415

    worst = _report(examine(settings, now))
    if history:
        worst |= _report(examine_histories(settings))
    if online:
        from bot.online import ask_telegram  # noqa: PLC0415

        worst |= _report(ask_telegram(settings, now))
    return int(worst)


def _report(findings: Iterable[Finding]) -> bool:
    """One line each; says whether one of them is a problem."""
    problems = False
    for each in findings:
        _say(f"{each.grade:<8} {each.about}: {each.words}")
        problems |= each.grade is Grade.PROBLEM
    return problems


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
