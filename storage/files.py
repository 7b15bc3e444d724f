"""Files by their content: where they lie, and under which id Telegram holds them."""

import hashlib
import os
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

from sqlalchemy import select, update

from storage.collection import Collection, insert_unless_there
from storage.tables.pipeline import files

NO_ROOM = {ENOSPC, EDQUOT, EFBIG}


def keep_bytes(folder: Path, content: bytes) -> str:
    """Write content under its SHA-256 name, durably and at most once; gives the name."""
    name = hashlib.sha256(content).hexdigest()
    path = path_of(folder, name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            _write(part, content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return name


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def is_full(error: Exception) -> bool:
    """There is no room on the disk; it may be made at any moment."""
    return isinstance(error, OSError) and error.errno in NO_ROOM


def path_of(folder: Path, name: str) -> Path:
    return folder / name[:2] / name


class Files(Collection):
    def record(self, name: str, *, size: int, type: str) -> None:  # noqa: A002 - the field's word
        row = {"hash": name, "size": size, "type": type, "stored_at": self._work.now}
        self._connection.execute(insert_unless_there(self._connection, files, [row]))

    def sent_as(self, name: str, *, bot_id: int, file_id: str, file_unique_id: str) -> None:
        """Telegram holds this content under that id, for that bot: it need not be uploaded again."""
        values = {"bot_id": bot_id, "file_id": file_id, "file_unique_id": file_unique_id}
        self._connection.execute(update(files).where(files.c.hash == name).values(values))

    def telegram_id(self, name: str, *, bot_id: int) -> str | None:
        return self._connection.scalar(select(files.c.file_id).where(files.c.hash == name, files.c.bot_id == bot_id))
