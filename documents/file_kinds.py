"""What a file really is, told by its first bytes and not by its name."""

import zipfile

from shop.sheets import FileKind

_LOOKED_AT = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BY_START: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF", FileKind.PDF),
    (b"\x89PNG", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"Rar!", FileKind.ARCHIVE),
    (b"7z\xbc\xaf", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"BZh", FileKind.ARCHIVE),
    (b"\xfd7zXZ", FileKind.ARCHIVE),
    (b"\x09\x08", FileKind.OLD_WORKBOOK),
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_WEB = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body", b"<div")
_OLDEST_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1a\x1b\x0b")
_ODD = 0.01


def kind_of(content: bytes) -> FileKind:
    """A workbook that hides macros or a password is no `WORKBOOK`; anything without odd bytes is `TEXT`."""
    head = content[:_LOOKED_AT]
    if head.startswith(b"PK"):
        return FileKind.ARCHIVE
    if head.startswith(_OLE):
        return FileKind.LOCKED if "EncryptedPackage".encode("utf-16-le") in content else FileKind.OLD_WORKBOOK
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileKind.PICTURE
    for start, kind in _BY_START:
        if head.startswith(start):
            return kind
    return _kind_of_text(head)


def kind_of_archive(names: zipfile.ZipFile) -> FileKind:
    """What a ZIP file holds, told by the parts that every program of its kind writes."""
    there = {name.casefold() for name in names.namelist()}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in there):
        return FileKind.MACROS
    if "xl/workbook.bin" in there:
        return FileKind.BINARY_WORKBOOK
    if "xl/workbook.xml" in there:
        return FileKind.WORKBOOK
    if "word/document.xml" in there or "ppt/presentation.xml" in there:
        return FileKind.DOCUMENT
    return FileKind.OPEN_DOCUMENT if {"mimetype", "content.xml"} <= there else FileKind.ARCHIVE


def _kind_of_text(head: bytes) -> FileKind:
    if not _reads_as_text(head):
        return FileKind.UNKNOWN
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(_WEB) or (start.startswith((b"<?xml", b"<!--")) and any(tag in start for tag in _WEB)):
        return FileKind.WEB_PAGE
    return FileKind.XML if start.startswith(b"<?xml") else FileKind.TEXT


def _reads_as_text(head: bytes) -> bool:
    """Two-byte text is full of zeros and therefore judged by its mark or by where the zeros stand."""
    if head.startswith(_BOMS) or is_two_byte(head):
        return True
    return sum(byte in _OLDEST_CONTROLS for byte in head) <= len(head) * _ODD


def is_two_byte(head: bytes) -> bool:
    """UTF-16 without a mark: of the column names' Latin letters, commas and digits every other byte is zero."""
    return two_byte_order(head) is not None


def two_byte_order(head: bytes) -> str | None:
    """`utf-16-le`, `utf-16-be` or None, judged by which half of the pairs holds nearly all the zeros."""
    low, high = head[0:_LOOKED_AT:2].count(0), head[1:_LOOKED_AT:2].count(0)
    if not low and not high:
        return None
    if high > 10 * low and high > len(head) // 20:
        return "utf-16-le"
    return "utf-16-be" if low > 10 * high and low > len(head) // 20 else None
