"""The clock of the local Telegram: real time plus an offset that can be moved, or a moment that stands still for tests."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Real time plus an offset."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset  # noqa: TID251 - this is the clock that the playground gives to everybody else

    def move(self, by: timedelta) -> None:
        self.offset += by


class StillClock(Clock):
    """A moment that stays until it is moved."""

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        self._moment = moment

    def now(self) -> datetime:
        return self._moment + self.offset
