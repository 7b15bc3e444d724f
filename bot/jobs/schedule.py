"""The scheduler only ticks: what is due is a row, and every tick looks."""

from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot import metrics
from bot.jobs import for_each_shop, for_the_house, in_shop
from storage.desk import Desk
from storage.tasks import Job

log = structlog.get_logger(__name__)


async def tick(desk: Desk) -> None:
    """Run every job once, each in a transaction of its own; one that fails does not hold up the others."""
    shop_ids = await desk.do(lambda work: work.people.open_shop_ids())
    jobs: list[Job[None]] = [
        *for_the_house(),
        *(in_shop(job, shop_id) for job in for_each_shop() for shop_id in shop_ids),
    ]
    for job in jobs:
        try:
            await desk.do(job)
        except Exception as error:
            metrics.job_done(job.__name__, failed=True)
            log.exception("a job of the clock failed", exc_info=error)
        else:
            metrics.job_done(job.__name__)


class Rhythm(BaseTrigger):  # type: ignore[misc]  # it has no types
    """Every so often from now on; APScheduler's interval counts through all that was missed, one by one, and a clock may jump by years."""

    def __init__(self, pause: timedelta) -> None:
        self.pause = pause

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + self.pause


class Clockwork(AsyncIOScheduler):  # type: ignore[misc]  # it has no types
    """Ticks in memory: nothing is kept in it that could be lost, doubled or misfired."""

    def __init__(self, desk: Desk, seconds: float) -> None:
        super().__init__(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._now, self._rhythm = desk.clock, Rhythm(timedelta(seconds=seconds))
        self.add_job(tick, self._rhythm, args=[desk], id="tick")

    def wakeup(self) -> None:
        """A wall clock that was set back would have us wait until it shows once more what it has shown already."""
        for job in self.get_jobs():
            if job.next_run_time > self._now() + self._rhythm.pause:
                job.modify(next_run_time=self._now())
        super().wakeup()


def scheduler(desk: Desk, seconds: float) -> Clockwork:
    return Clockwork(desk, seconds)
