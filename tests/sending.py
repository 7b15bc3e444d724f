"""What the bot sends on a virtual clock: the real delivery to the local Telegram, and how fast the limits would allow it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bot.app import App
from playground.chats import Chat
from playground.limits import GROUP_PER_MINUTE, OVERALL_PER_SECOND, Limits
from playground.session import InProcessSession
from playground.telegram import Telegram
from storage.news import Level
from storage.work import Work
from tests.simulation.virtual_time import VirtualLoop, WallClock

WAY = (0.02, 0.03)
"""Seconds to Telegram, and back."""


@dataclass(frozen=True)
class Letter:
    """`number` counts in the order in which they were posted."""

    number: int
    chat_id: int
    level: Level = Level.P2


@dataclass(frozen=True)
class Arrival:
    """A letter reached Telegram so many seconds after the start."""

    at: float
    letter: Letter


class SlowWay(InProcessSession):
    """Every call takes a while to Telegram, and its answer a while back; when each arrived is written down."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__(telegram)
        self.arrived: list[tuple[float, int]] = []
        self._chance = Random(7)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        await asyncio.sleep(self._chance.uniform(*WAY))
        answer = await super().make_request(bot, method, timeout)
        self.arrived.append((asyncio.get_running_loop().time(), int(method.model_dump()["text"])))
        await asyncio.sleep(self._chance.uniform(*WAY))
        return answer


MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)


@dataclass
class Sending:
    """A bot with nothing to do but to send; `post` puts letters into its outbox."""

    url: str
    folder: Path
    loop: VirtualLoop
    letters: dict[int, Letter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        clock = WallClock(self.loop, MORNING)
        self.telegram = Telegram(clock=clock, limits=Limits(punishes=False))  # type: ignore[arg-type]
        self.way = SlowWay(self.telegram)
        bot = Bot(self.telegram.token, session=self.way)
        self.app = App(bot, self.url, clock=clock, files=self.folder / "files")

    async def post(self, chats: Sequence[int], level: Level = Level.P2) -> list[Letter]:
        """A letter to each of these chats, all in one piece of work."""
        first = len(self.letters) + 1
        letters = [Letter(number, chat_id, level) for number, chat_id in enumerate(chats, first)]
        for letter in letters:
            self._open(letter.chat_id)
            self.letters[letter.number] = letter
        await self.app.desk.do(lambda work: _post(work, letters))
        return letters

    async def drained(self) -> list[Arrival]:
        """When all that was posted has arrived."""
        while len(self.way.arrived) < len(self.letters):  # noqa: ASYNC110 - time is virtual
            await asyncio.sleep(0.5)
        return self.arrivals

    @property
    def arrivals(self) -> list[Arrival]:
        return [Arrival(at, self.letters[number]) for at, number in self.way.arrived]

    def _open(self, chat_id: int) -> None:
        if chat_id in self.telegram.chats:
            return
        if chat_id > 0:
            self.telegram.add_person(chat_id, f"买家{chat_id}").started = True
        else:
            self.telegram.add_chat(Chat(chat_id, type="supergroup", title="仓库"))


def _post(work: Work, letters: Sequence[Letter]) -> None:
    for letter in letters:
        payload = {"chat_id": letter.chat_id, "text": str(letter.number)}
        work.outbox.post(letter.chat_id, "sendMessage", payload, level=letter.level)


def sending(url: str, folder: Path, story: Callable[[Sending], Coroutine[Any, Any, None]]) -> Sending:
    """Lives through `story` while delivery runs; takes as long as the work, not as the clock says."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, VirtualLoop)
        lived = Sending(url, folder, loop)

        async def live() -> None:
            delivering = asyncio.ensure_future(lived.app.delivery.run())
            await story(lived)
            delivering.cancel()
            await asyncio.wait([delivering])
            lived.app.desk.close()

        runner.run(live())
    return lived


def ideal_seconds(chats: Sequence[int]) -> float:
    """How long it takes at the least until the last of these messages may leave, whoever chooses their order.

    Each message of a chat has a first moment that the limit of the chat allows; of those whose moment has come, thirty leave a second.
    """
    moments: dict[float, int] = defaultdict(int)
    seen: dict[int, int] = defaultdict(int)
    for chat_id in chats:
        at = seen[chat_id] if chat_id > 0 else seen[chat_id] // GROUP_PER_MINUTE * 60
        moments[at] += 1
        seen[chat_id] += 1
    left, at = 0, -1
    for moment in sorted(moments):
        left = max(left - OVERALL_PER_SECOND * round(moment - at), 0) + moments[moment]
        at = round(moment)
    return at + (left - 1) // OVERALL_PER_SECOND


def broken_limits(arrivals: Sequence[Arrival]) -> list[str]:
    """Every moment at which more had arrived than Telegram allows."""
    found = _beyond("overall", [each.at for each in arrivals], OVERALL_PER_SECOND, 1.0)
    for chat_id, moments in _by_chat(arrivals).items():
        allowed, seconds = (1, 1.0) if chat_id > 0 else (GROUP_PER_MINUTE, 60.0)
        found += _beyond(f"chat {chat_id}", [each.at for each in moments], allowed, seconds)
    return found


def out_of_order(arrivals: Sequence[Arrival]) -> list[int]:
    """The chats that got something earlier than what was posted before it and was as urgent."""
    return [
        chat_id
        for chat_id, theirs in _by_chat(arrivals).items()
        for level in {each.letter.level for each in theirs}
        if (numbers := [each.letter.number for each in theirs if each.letter.level == level]) != sorted(numbers)
    ]


def _beyond(rule: str, moments: Sequence[float], allowed: int, seconds: float) -> list[str]:
    pairs = zip(moments, moments[allowed:], strict=False)
    return [f"{rule} at {last:.3f} s" for first, last in pairs if last - first < seconds]


def _by_chat(arrivals: Sequence[Arrival]) -> dict[int, list[Arrival]]:
    theirs: dict[int, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        theirs[arrival.letter.chat_id].append(arrival)
    return theirs
