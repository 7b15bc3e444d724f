"""What a commit leaves for the event loop to do."""

from enum import StrEnum


class Signal(StrEnum):
    OUTBOX = "outbox"
    ERRANDS = "errands"
