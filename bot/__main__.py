"""The command line: run (default) and migrate."""

import argparse
import asyncio
import signal
import sys
from datetime import UTC, datetime

from bot.settings import Settings


def main() -> int:
    """`python -m bot [run|migrate]`."""
    parser = argparse.ArgumentParser(prog="zhanggui", description="掌柜: a shop's back office inside a Telegram chat")
    parser.add_argument("command", nargs="?", choices=("run", "migrate"), default="run")
    command = parser.parse_args().command
    settings = Settings()
    return _migrate(settings) if command == "migrate" else asyncio.run(_run(settings))


def _migrate(settings: Settings) -> int:
    from storage.database import open_engine  # noqa: PLC0415 - no Telegram library is needed for this
    from storage.schema import upgrade  # noqa: PLC0415

    settings.make_folders()
    upgrade(open_engine(settings.database_url))
    sys.stdout.write("The database has the present schema.\n")
    return 0


async def _run(settings: Settings) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if settings.bot_token is None:
        from bot.playing import run_playground  # noqa: PLC0415 - aiogram takes seconds to import

        return await run_playground(settings, stop)
    from bot.starting import run_bot  # noqa: PLC0415

    return await run_bot(settings, stop, clock=_now)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one real clock


if __name__ == "__main__":
    sys.exit(main())
