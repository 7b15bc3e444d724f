"""Pictures and files as Telegram takes them: one alone, or in albums."""

from typing import Any

from storage.news import Attachment


def medium(attachment: Attachment) -> dict[str, Any]:
    return {"type": "photo" if attachment.is_photo else "document", "media": attachment.source}


ALBUM = 10


def albums(media: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Photos and documents do not mix in an album, and an album has 2 to 10 of them."""
    calls: list[tuple[str, dict[str, Any]]] = []
    for kind in ("photo", "document"):
        same = [each for each in media if each["type"] == kind]
        for start in range(0, len(same), ALBUM):
            part = same[start : start + ALBUM]
            if len(part) == 1:
                single = {kind: part[0]["media"]} | {key: part[0][key] for key in part[0].keys() - {"type", "media"}}
                calls.append(("sendPhoto" if kind == "photo" else "sendDocument", single))
            else:
                calls.append(("sendMediaGroup", {"media": part}))
    return calls
