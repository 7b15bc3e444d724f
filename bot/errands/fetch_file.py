"""The errand that fetches a file from Telegram and keeps it by its content."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from bot.errands import Outside, errand
from storage.files import keep_bytes
from storage.tasks import Job
from storage.work import Work


@dataclass(frozen=True)
class FetchFile:
    """Fetch what Telegram holds under `file_id`; `then` names who is told, about the thing with `subject_id`."""

    file_id: str
    type: str
    then: str
    subject_id: int


Then = Callable[[Work, FetchFile, str], None]
"""(work, the wish, hash of the content)"""

_THEN: dict[str, Then] = {}


def then(name: str) -> Callable[[Then], Then]:
    """Register what follows when the file is here."""

    def register(follow: Then) -> Then:
        _THEN[name] = follow
        return follow

    return register


@errand(FetchFile)
async def fetch_file(outside: Outside, wish: FetchFile) -> Job[None]:
    content = await fetch(outside, wish.file_id)
    name = keep_bytes(outside.files, content)

    def report(work: Work) -> None:
        work.files.record(name, size=len(content), type=wish.type)
        _THEN[wish.then](work, wish, name)

    return report


async def fetch(outside: Outside, file_id: str) -> bytes:
    """The bytes that Telegram holds; at most 20 MB, more it does not give to bots."""
    buffer = BytesIO()
    file = await outside.bot.get_file(file_id)
    if file.file_path is None:
        raise FileNotFoundError(file_id)
    await outside.bot.download_file(file.file_path, buffer)
    return buffer.getvalue()
