"""Telegram's limits: 30 messages a second over all, 1 a second in a private chat, 20 a minute in a group."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

OVERALL = (30, 1.0)
PRIVATE = (1, 1.0)
GROUP = (20, 60.0)
MARGIN = 1.01
"""The way to Telegram is not equally long for every message."""
UNSURE_SECONDS = 30.0
"""A process that has sent nothing for so long had nothing on its way when it ended."""
COUNTED_PREFIXES = ("send", "copy", "forward")


def is_counted(method: str) -> bool:
    """Only new messages count against the limit of a chat; edits and answers to taps do not."""
    return method.startswith(COUNTED_PREFIXES) and method != "sendChatAction"


@dataclass
class _Window:
    """At most `count` events in any span of `seconds`."""

    count: int
    seconds: float
    past: deque[float] = field(default_factory=deque)

    def free_at(self) -> float:
        return 0.0 if len(self.past) < self.count else self.past[0] + self.seconds * MARGIN

    def take(self, now: float) -> None:
        self.past.append(now)
        if len(self.past) > self.count:
            self.past.popleft()


@dataclass
class Pace:
    """When the next message may leave. Times are seconds of a monotonic clock; `unlimited` is for tests of other things."""

    unlimited: bool = False
    _overall: _Window = field(default_factory=lambda: _Window(*OVERALL))
    _chats: dict[int, _Window] = field(default_factory=dict)
    _held: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    _all_held: float = 0.0

    def free_at(self, chat_id: int, *, counted: bool) -> float:
        """The moment from which this chat may get its next message."""
        held = max(self._held.get(chat_id, 0.0), self._all_held)
        if self.unlimited:
            return held
        chat = self._chats.get(chat_id) if counted else None
        return max(held, self._overall.free_at(), chat.free_at() if chat else 0.0)

    def take(self, chat_id: int, now: float, *, counted: bool) -> None:
        """A message leaves now."""
        self._overall.take(now)
        if counted:
            if chat_id not in self._chats:
                self._chats[chat_id] = _Window(*(PRIVATE if chat_id > 0 else GROUP))
            self._chats[chat_id].take(now)

    def recall(self, sent: Iterable[tuple[int, float, bool]], now: float) -> None:
        """What an earlier process has sent: chat, moment, whether it counts; oldest first.

        What was on its way when that process ended is in no book: it was sent just now, at the latest.
        """
        last = None
        for chat_id, at, counted in sent:
            last = at
            self.take(chat_id, at, counted=counted)
        if last is None or self.unlimited:
            return
        for chat_id in [chat_id for chat_id in self._chats if chat_id < 0]:
            self._chats[chat_id].take(now)
        if last > now - UNSURE_SECONDS:
            self.hold_all(now + OVERALL[1] * MARGIN)

    def hold(self, chat_id: int, until: float) -> None:
        """Telegram asked for a pause in this chat."""
        self._held[chat_id] = until

    def hold_all(self, until: float) -> None:
        """Telegram asked for a pause everywhere."""
        self._all_held = until

    def forget_before(self, now: float) -> None:
        """Chats that have been quiet for a minute need no memory."""
        quiet = [chat_id for chat_id, window in self._chats.items() if window.past[-1] < now - GROUP[1]]
        for chat_id in quiet:
            del self._chats[chat_id]
        for chat_id in [chat_id for chat_id, until in self._held.items() if until < now]:
            del self._held[chat_id]
