"""What a workbook may unpack into: looked at before anything is unpacked, and held to while it is."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from documents.file_kinds import kind_of_archive
from shop.sheets import FileKind, SheetBroken, SheetNotReadable, SheetUnsafe

MOST_PARTS = 1_000
MOST_UNPACKED = 120 * 1024 * 1024
STEEPEST = 100
_JUDGED_FROM = 1024 * 1024
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LOCKED = 0x1
_GONE_WRONG = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, UnicodeDecodeError, ValueError)


@contextmanager
def open_workbook(content: bytes) -> Iterator[zipfile.ZipFile]:
    """The parts of a workbook that passed every check; raises a refusal otherwise."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _GONE_WRONG:
        raise SheetBroken from None
    with archive:
        _check(archive.infolist())
        kind = kind_of_archive(archive)
        if kind is not FileKind.WORKBOOK:
            raise SheetNotReadable(kind)
        yield archive


def _check(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) != len(names):
        raise SheetUnsafe
    if any(part.flag_bits & _LOCKED for part in parts):
        raise SheetNotReadable(FileKind.LOCKED)
    if sum(part.file_size for part in parts) > MOST_UNPACKED or any(map(_too_steep, parts)):
        raise SheetUnsafe


def _too_steep(part: zipfile.ZipInfo) -> bool:
    """Real sheets shrink to a tenth or a thirtieth; what shrinks to less than a hundredth was made to burst."""
    if part.compress_type not in _METHODS:
        return True
    return part.file_size > _JUDGED_FROM and part.file_size > STEEPEST * max(part.compress_size, 1)


def unpack(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces; `zipfile` gives no more than the part declared, which was checked."""
    try:
        with archive.open(name) as part:
            while piece := part.read(1 << 16):
                yield piece
    except (KeyError, *_GONE_WRONG, zlib.error):
        raise SheetBroken from None
