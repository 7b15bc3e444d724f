"""A message as words: its text or caption, and the photo or document with it."""

from aiogram.types import Message

from shop.questions import Enclosure, Words


def words_of(message: Message) -> Words:
    """Telegram lists the sizes of a photo from the smallest to the largest."""
    text, album = message.text or message.caption or "", message.media_group_id or ""
    if message.photo:
        return Words(text=text, enclosed=Enclosure.PHOTO, file_id=message.photo[-1].file_id, album=album)
    if message.document:
        held = message.document
        name = (held.file_name or "")[:256]
        return Words(text=text, enclosed=Enclosure.DOCUMENT, file_id=held.file_id, file_name=name, album=album)
    return Words(text=text)
