"""Migrations that are killed on their way, each in a process of its own.

Run as a script with the address of an empty database. Each revision is begun again and again, and killed at another step each time;
printed is, for each revision, what the database looked like before it, and after each kill.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

from sqlalchemy import event, text

from storage.database import open_engine
from storage.schema import VERSIONS, upgrade

KILLS = 14
"""So many for each revision at least, spread over all of it, and some more at its end."""

SHAPE = {
    "sqlite": ["SELECT type, name, sql FROM sqlite_master ORDER BY type, name"],
    "postgresql": [
        """SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
        WHERE table_schema = 'public' ORDER BY table_name, ordinal_position""",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname",
        """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace ORDER BY conname""",
    ],
}


def main(url: str) -> None:
    revisions = sorted(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py"))
    upgrade(open_engine("sqlite://"))  # what a migration imports, it has imported then
    told = {}
    for revision in revisions:
        before = _shape(url)
        told[revision] = {"before": before, "after_kills": [*_kills(url, revision)]}
    sys.stdout.write(json.dumps(told))


def _kills(url: str, revision: str) -> Iterator[list[str]]:
    """The last two kills are at the commit and after it."""
    commit = _broken(url, revision, lambda step, is_commit: os._exit(step) if is_commit else None)
    for at in sorted({*range(1, commit, max(commit // KILLS, 1)), commit - 1, commit, commit + 1}):
        assert _broken(url, revision, partial(_kill, at)) == -signal.SIGKILL
        yield _shape(url)


def _kill(at: int, step: int, _: bool) -> None:  # noqa: FBT001 - whether it is the commit
    if step == at:
        os.kill(os.getpid(), signal.SIGKILL)


def _broken(url: str, revision: str, strike: Callable[[int, bool], None]) -> int:
    """A process migrates; before each step, which are counted from 1, it is struck. Gives how it ended."""
    child = os.fork()
    if child == 0:
        _migrate(url, revision, strike)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _migrate(url: str, revision: str, strike: Callable[[int, bool], None]) -> None:
    engine, steps = open_engine(url), count(1)
    event.listen(engine, "before_cursor_execute", lambda *_: strike(next(steps), False))
    event.listen(engine, "commit", lambda _: strike(next(steps), True))
    upgrade(engine, revision)
    strike(next(steps), False)


def _shape(url: str) -> list[str]:
    """Every table, column, index and rule."""
    engine = open_engine(url)
    with engine.begin() as connection:
        rows = [str(row) for query in SHAPE[engine.dialect.name] for row in connection.execute(text(query))]
    engine.dispose()
    return rows


if __name__ == "__main__":
    main(sys.argv[1])
