"""The command line: run (default), migrate, doctor, backup, restore."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import ValidationError

from bot import command_line
from bot.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m bot [run|migrate|doctor|backup|restore]`."""
    parser = argparse.ArgumentParser(prog="zhanggui", description="掌柜: a shop's back office inside a Telegram chat")
    command_line.describe(parser)
    said = parser.parse_args(arguments)
    try:
        settings = Settings()
    except ValidationError as error:
        return _say_what_is_wrong(error)
    match said.command:
        case None | "run":
            return asyncio.run(_run(settings))
        case "migrate":
            return _migrate(settings)
        case _:
            return command_line.obey(said, settings, _now())


def _say_what_is_wrong(error: ValidationError) -> int:
    """By the names of the settings, never with what is in them."""
    for each in error.errors(include_input=False, include_url=False, include_context=False):
        words = each["msg"].removeprefix("Value error, ")
        sys.stderr.write(f"ZHANGGUI_{'_'.join(map(str, each['loc'])).upper()}: {words}\n")
    return 1


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
