"""Telegram's limits: 30 messages a second over all, 1 a second in a private chat, 20 a minute in a group."""

from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

OVERALL = (30, 1.01)
PRIVATE = (1, 1.01)
GROUP = (20, 60.1)
"""So many in so many seconds: a little longer than Telegram's, for the way to it is not equally long for every message."""
STEP = 1 / 30
"""What nobody waits for leaves evenly, not thirty at once: so an answer in between finds its place within a step or two."""
LATE = 0.01
"""Seconds by which a step may be late without moving all that follow."""
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
        return 0.0 if len(self.past) < self.count else self.past[0] + self.seconds

    def lasts(self, more: int, now: float) -> float:
        """Seconds from now until the last of so many more may happen at the earliest."""
        rounds, place = divmod(more - 1, self.count)
        before = place + len(self.past) - self.count
        return rounds * self.seconds + (max(self.past[before] + self.seconds - now, 0.0) if before >= 0 else 0.0)

    def take(self, now: float) -> None:
        self.past.append(now)
        if len(self.past) > self.count:
            self.past.popleft()


@dataclass
class Pace:
    """When the next message may leave. Times are seconds of a monotonic clock; `unlimited` is for tests of other things."""

    unlimited: bool = False
    _overall: _Window = field(default_factory=lambda: _Window(*OVERALL))
    _chats: OrderedDict[int, _Window] = field(default_factory=OrderedDict)
    """Those that were written to last come last."""
    _held: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    _all_held: float = 0.0
    _step_at: float = 0.0

    def open_at(self, *, hurried: bool) -> float:
        """The moment from which anybody may get a message; `hurried` is one that somebody waits for."""
        if self.unlimited:
            return self._all_held
        return max(self._all_held, self._overall.free_at(), 0.0 if hurried else self._step_at)

    def free_at(self, chat_id: int, *, counted: bool) -> float:
        """The moment from which this chat may get its next message, if it is anybody's turn then."""
        held = self._held.get(chat_id, 0.0)
        chat = self._chats.get(chat_id) if counted and not self.unlimited else None
        return max(held, chat.free_at() if chat else 0.0)

    def lasts(self, chat_id: int, waiting: int, now: float) -> float:
        """How many seconds the limit of this chat spreads its waiting messages over."""
        return (self._chats.get(chat_id) or _window_of(chat_id)).lasts(waiting, now)

    def take(self, chat_id: int, now: float, *, counted: bool, hurried: bool = True) -> None:
        """A message leaves now."""
        self._overall.take(now)
        if not hurried:
            self._step_at = max(self._step_at, now - LATE) + STEP
        if counted:
            if chat_id not in self._chats:
                self._chats[chat_id] = _window_of(chat_id)
            self._chats[chat_id].take(now)
            self._chats.move_to_end(chat_id)

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
            self._chats.move_to_end(chat_id)
        if last > now - UNSURE_SECONDS:
            self.hold_all(now + OVERALL[1])

    def hold(self, chat_id: int, until: float) -> None:
        """Telegram asked for a pause in this chat."""
        self._held[chat_id] = until

    def hold_all(self, until: float) -> None:
        """Telegram asked for a pause everywhere."""
        self._all_held = until

    def forget_before(self, now: float) -> None:
        """Chats that have been quiet for a minute need no memory."""
        while self._chats and next(iter(self._chats.values())).past[-1] < now - GROUP[1]:
            self._chats.popitem(last=False)
        for chat_id in [chat_id for chat_id, until in self._held.items() if until < now]:
            del self._held[chat_id]


def _window_of(chat_id: int) -> _Window:
    """The ids of groups are negative."""
    return _Window(*(PRIVATE if chat_id > 0 else GROUP))
