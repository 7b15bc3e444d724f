"""One update at the desk: from the stored JSON to the stored answer, with three attempts before it is set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from aiogram import Bot, Dispatcher

from bot.answering import answer, explain, open_work
from bot.publishing import respond
from bot.replies import Say
from bot.updates import read_update
from shop.errors import ShopError
from storage.inbox import Received
from storage.tasks import Job, Task
from storage.work import Work

ATTEMPTS = 3
EXPLANATIONS = 2
"""A refusal, and one more when its card cannot be shown either; what follows is a fault of ours."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Dispatching:
    """Hands what waits in the inbox to the dispatcher, at the desk and in order. Results are the moments of arrival."""

    dispatcher: Dispatcher
    bot: Bot

    def claim(self, work: Work, most: int) -> Sequence[Task[datetime]]:
        """What waits, as tasks for the transaction at hand."""
        return [self.task(received) for received in work.inbox.take(most)]

    def task(self, received: Received) -> Task[datetime]:
        return Task(self.attempt(received), _Rescue(self, received))

    def attempt(self, received: Received) -> Job[datetime]:
        def job(work: Work) -> datetime:
            answer(work, read_update(received.raw), self.dispatcher, bot=self.bot)
            work.inbox.finish(received.id)
            return received.received_at

        return job


@dataclass
class _Rescue:
    """What follows a failed attempt: an explanation, another attempt, or the update is parked."""

    dispatching: Dispatching
    received: Received
    tries: int = 0
    explanations: int = 0

    def __call__(self, error: Exception) -> Job[datetime] | None:
        instead = self._instead(error)
        if instead is None:
            return None

        def job(work: Work) -> datetime:
            if work.inbox.take_again(self.received.id):
                instead(work)
            return self.received.received_at

        return job

    def _instead(self, error: Exception) -> Job[object] | None:
        if isinstance(error, ShopError) and self.explanations < EXPLANATIONS:
            self.explanations += 1
            return self._explain(error)
        self.tries += 1
        log.error("an update failed", inbox_id=self.received.id, tries=self.tries, exc_info=error)
        if self.tries < ATTEMPTS:
            return self.dispatching.attempt(self.received)
        return self._park(error, apologise=self.tries == ATTEMPTS) if self.tries <= ATTEMPTS + 1 else None

    def _explain(self, error: ShopError) -> Job[None]:
        def job(work: Work) -> None:
            explain(work, read_update(self.received.raw).event, error)
            work.inbox.finish(self.received.id)

        return job

    def _park(self, error: Exception, *, apologise: bool) -> Job[None]:
        def job(work: Work) -> None:
            work.inbox.park(self.received.id, tries=ATTEMPTS, error=type(error).__name__)
            if apologise:
                _apologise(work, self.received)

        return job


def _apologise(work: Work, received: Received) -> None:
    """Whoever spoke learns that it was our fault, with a number to mention."""
    try:
        event = read_update(received.raw).event
    except ValueError:
        return  # nobody can be told: the update itself could not be read
    listener = None if event is None else open_work(work, event)
    if listener is not None:
        respond(work, listener, Say("errors/broken.html", reference=received.id))
