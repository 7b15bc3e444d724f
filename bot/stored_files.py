"""Files of our own store in the calls that are sent: as uploads, or by the ids that Telegram gave them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aiogram.types import FSInputFile

from storage.files import path_of
from storage.work import Work

STORED = "stored:"
"""A value `stored:<hash>/<name>` in a payload is a file of our own store."""


def stored_files(value: Any) -> Iterator[tuple[str, str]]:
    """The files of our own store that a payload names: (hash, name)."""
    match value:
        case str() if value.startswith(STORED):
            name, _, shown = value.removeprefix(STORED).partition("/")
            yield name, shown
        case dict():
            for part in value.values():
                yield from stored_files(part)
        case list():
            for part in value:
                yield from stored_files(part)


def with_files(payload: dict[str, Any], known: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """The payload with each stored file as Telegram's id of it, or as an upload."""

    def resolved(value: Any) -> Any:
        match value:
            case str() if value.startswith(STORED):
                name, shown = next(stored_files(value))
                return known.get(name) or FSInputFile(path_of(folder, name), filename=shown or name)
            case dict():
                return {key: resolved(part) for key, part in value.items()}
            case list():
                return [resolved(part) for part in value]
        return value

    whole: dict[str, Any] = resolved(payload)
    return whole


def remember_files(work: Work, payload: dict[str, Any], result: Any, bot_id: int) -> None:
    """Telegram has these files now: from here on its own ids are sent."""
    names = [name for name, _ in stored_files(payload)]
    messages = result if isinstance(result, list) else [result]
    for name, message in zip(names, messages, strict=False):
        held = message.get("document") or (message.get("photo") or [None])[-1] if isinstance(message, dict) else None
        if held:
            work.files.sent_as(name, bot_id=bot_id, file_id=held["file_id"], file_unique_id=held["file_unique_id"])
