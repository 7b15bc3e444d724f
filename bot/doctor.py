"""Looks at everything that the bot stands on: settings, disk, time zones, and the books. Never at the network."""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.findings import Finding, Grade, ok, problem, warning
from bot.settings import Settings
from storage import checkup, schema
from storage.checkup import Checkup, DatabaseAway
from storage.database import sqlite_file
from storage.locking import in_use_since

TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
LATE = timedelta(minutes=5)
"""Waiting for so long is no longer being on the way."""
LOW_DISK, NO_DISK = 2**30, 100 * 2**20
ZONES = ("Asia/Shanghai", "America/New_York")
SHOWN = 10
Found = Iterator[Finding]


def examine(settings: Settings, now: datetime) -> Found:
    yield _token(settings)
    yield from _secrets(Path(".env"))
    yield _time_zones()
    yield _files(settings.files)
    yield _disk(sqlite_file(settings.database_url) or settings.files)
    try:
        yield from _database(settings, now)
    except DatabaseAway as error:
        yield problem("database", f"cannot be used: {error}. Look at ZHANGGUI_DATABASE_URL, and whose the file is.")


def examine_histories(settings: Settings) -> Found:
    """Of all orders: with a million of them it takes a while. Books that cannot be read, or not yet, are told of by `examine`."""
    try:
        if checkup.schema_of(settings.database_url) != schema.latest():
            return
        altered = checkup.altered_histories(settings.database_url)
    except DatabaseAway:
        return
    if not altered:
        yield ok("history", "every order's is as the shop wrote it")
        return
    which = ", ".join(altered[:SHOWN]) + (" ..." if len(altered) > SHOWN else "")
    yield problem("history", f"{len(altered)} altered by other hands than the shop's ({which}): look into a backup.")


def _token(settings: Settings) -> Finding:
    if settings.bot_token is None:
        return warning("token", "there is none: `run` opens the playground. Put one into ZHANGGUI_BOT_TOKEN.")
    if TOKEN.fullmatch(settings.bot_token.get_secret_value()):
        return ok("token", "has the right form (ask Telegram about it with --online)")
    return problem("token", "does not look like one of @BotFather's, such as 123456789:ABCdef...: copy all of it.")


def _secrets(path: Path) -> Found:
    if path.exists() and path.stat().st_mode & 0o077:
        yield warning("settings", f"others on this machine can read the token: chmod 600 {path}")


def _time_zones() -> Finding:
    try:
        for name in ZONES:
            ZoneInfo(name)
    except ZoneInfoNotFoundError as error:
        return problem("time zones", f"{error.args[0]}: pip install tzdata")
    return ok("time zones", "known")


def _files(folder: Path) -> Finding:
    if not folder.exists():
        return ok("files", f"{folder} is made at the first start")
    if not os.access(folder, os.W_OK | os.X_OK):
        return problem("files", f"{folder} cannot be written: give it to the user of the bot (chown).")
    return ok("files", f"{folder} can be written")


def _disk(path: Path) -> Finding:
    there = next(each for each in path.absolute().parents if each.exists())
    free = shutil.disk_usage(there).free
    words = f"{free / 2**30:.1f} GB free in {there}"
    if free < NO_DISK:
        return problem("disk", f"{words}: nothing can be kept soon. Make room now; nothing is lost meanwhile.")
    return warning("disk", f"{words}: make room.") if free < LOW_DISK else ok("disk", words)


def _database(settings: Settings, now: datetime) -> Found:
    url, path = settings.database_url, sqlite_file(settings.database_url)
    if path is not None and not path.exists():
        yield warning("database", f"there is none at {path} yet: the first start makes it.")
        return
    if path is not None and not checkup.quick_check(path):
        yield problem("database", "is damaged. Stop the bot, then: python -m bot restore PATH --replace")
        return
    found = checkup.schema_of(url)
    yield ok("database", "can be read and written" + ("" if path is None else ", and is sound"))
    fit = _schema(found, own=path is not None)
    yield fit
    if fit.grade is Grade.OK:
        yield from _books(checkup.look(url, now), now, None if path is None else in_use_since(path))


def _schema(found: str | None, *, own: bool) -> Finding:
    latest = schema.latest() or ""
    if found == latest:
        return ok("schema", f"{found}, the present one")
    if found is not None and found > latest:
        return problem("schema", f"{found} is of a later version than this one ({latest}): bring Zhanggui up to date.")
    words = "there is none yet" if found is None else f"{found} is older than {latest}"
    if own:
        return warning("schema", f"{words}: the next start brings it up to date.")
    return problem("schema", f"{words}: python -m bot migrate")


def _books(books: Checkup, now: datetime, running_since: datetime | None) -> Found:
    yield _heartbeat(books, now, running_since)
    yield _inbox(books, now)
    yield from _parked(books)
    yield _outbox(books, now)
    yield _reminders(books)
    yield from _failed(books)
    yield from _given_up(books)
    yield _staff(books)


def _heartbeat(books: Checkup, now: datetime, running_since: datetime | None) -> Finding:
    at = max(books.gauges.heartbeats.values(), default=None)
    words = "never seen alive" if at is None else f"last seen alive {_ago(at, now)}"
    if at is not None and now - at < LATE:
        return ok("heart-beat", words)
    if running_since is None:
        return warning("heart-beat", f"{words}. If it should be running, start it.")
    if now - running_since < LATE:
        return ok("heart-beat", f"{words}, started {_ago(running_since, now)}")
    return problem("heart-beat", f"{words}, although it runs: look at its log and start it again.")


def _inbox(books: Checkup, now: datetime) -> Finding:
    waiting, oldest_at = books.gauges.inbox.waiting, books.gauges.inbox.oldest_at
    if oldest_at is None or now - oldest_at < LATE:
        return ok("inbox", f"{waiting} waiting")
    words = f"{waiting} waiting, the first came {_ago(oldest_at, now)}: a start of the bot handles them."
    return problem("inbox", words)


def _parked(books: Checkup) -> Found:
    for each in books.parked[:SHOWN]:
        when = "" if each.at is None else f" at {each.at:%Y-%m-%d %H:%M} UTC"
        after = f"once it is mended: doctor --replay {each.id}" if each.has_text else "too long ago: its text is gone"
        yield warning("parked", f"update {each.id} failed{when} ({each.error}); {after}")
    if len(books.parked) > SHOWN:
        yield warning("parked", f"and {len(books.parked) - SHOWN} more updates")


def _outbox(books: Checkup, now: datetime) -> Finding:
    waiting, oldest_at = books.gauges.outbox.waiting, books.gauges.outbox.oldest_at
    if oldest_at is None or now - oldest_at < LATE:
        return ok("outbox", f"{waiting} waiting")
    words = f"{waiting} waiting, the first since {_ago(oldest_at, now)}: is the bot running, does it reach Telegram?"
    return problem("outbox", words)


def _reminders(books: Checkup) -> Finding:
    if not books.gauges.untold:
        return ok("reminders", "all told")
    words = f"{books.gauges.untold} orders are past their deadline and nobody was told: is the bot running?"
    return problem("reminders", words)


def _failed(books: Checkup) -> Found:
    for error, count in [*books.failed.items()][:SHOWN]:
        yield warning("not sent", f"{count} in the last two days: {error}")


def _given_up(books: Checkup) -> Found:
    for (kind, error), count in books.given_up.items():
        yield warning("errands", f"{count} × {kind} given up after many tries: {error}")


def _staff(books: Checkup) -> Finding:
    if not books.unreachable:
        return ok("staff", "all can be reached")
    who = ", ".join(f"{each.person_id} (shop {each.shop_id})" for each in books.unreachable[:SHOWN])
    words = f"{len(books.unreachable)} cannot be written to: {who}. They must write to the bot, /start for instance."
    return warning("staff", words)


def _ago(moment: datetime, now: datetime) -> str:
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 2 * 60:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // 1440} days ago"
