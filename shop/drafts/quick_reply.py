"""A canned answer that is being written: its title and its text, in one message or in two."""

from dataclasses import dataclass, replace
from enum import StrEnum


class QuickReplyGap(StrEnum):
    TITLE = "title"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class QuickReplyDraft:
    """Changing an old one starts with the part that stays."""

    title: str | None = None
    text: str | None = None

    def first_gap(self) -> QuickReplyGap | None:
        if self.title is None:
            return QuickReplyGap.TITLE
        return QuickReplyGap.TEXT if self.text is None else None

    def with_words(self, words: str) -> "QuickReplyDraft":
        """The next gap filled; while both are open the first line is the title and the rest the text."""
        match self.first_gap():
            case QuickReplyGap.TITLE if self.text is None:
                title, _, text = words.strip().partition("\n")
                return replace(self, title=title, text=text.strip() or None)
            case QuickReplyGap.TITLE:
                return replace(self, title=words)
            case QuickReplyGap.TEXT:
                return replace(self, text=words)
            case None:
                return self
