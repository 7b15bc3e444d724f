"""What is counted for `/metrics`; a count costs about a microsecond, and no label is ever about a person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from storage.gauges import Gauges, Queue

REGISTRY = CollectorRegistry()
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_POSTPONED = Counter(
    "zhanggui_inbox_postponed",
    "How often what waits in the inbox had to wait longer: the database was away.",
    registry=REGISTRY,
)
_LATENCY = Histogram(
    "zhanggui_update_seconds", "From an update being kept to its answer being kept.", registry=REGISTRY, buckets=SECONDS
)
_SENDS = Counter("zhanggui_sends", "Calls to Telegram by what became of them.", ["outcome"], registry=REGISTRY)
_JOBS = Counter("zhanggui_jobs", "Jobs of the clock by what became of them.", ["job", "outcome"], registry=REGISTRY)
_WEBHOOK = Counter("zhanggui_webhook_requests", "Requests to the webhook by answer.", ["status"], registry=REGISTRY)


def update_done(seconds: float) -> None:
    """An update is handled, parked ones included, so long after it was kept; the histogram counts them, too."""
    _LATENCY.observe(seconds)


def updates_wait() -> None:
    """The database was away: what waits in the inbox is handled later."""
    _POSTPONED.inc()


def sent(outcome: str) -> None:
    """`outcome` is the name of its class in bot/outcomes.py, such as `Sent`, `Wait` or `Blocked`."""
    _sends(outcome).inc()


@cache
def _sends(outcome: str) -> Counter:
    """Found by its labels once: that costs more than the count."""
    return _SENDS.labels(outcome.lower())


def job_done(job: str, *, failed: bool = False) -> None:
    _JOBS.labels(job, "failed" if failed else "done").inc()


def webhook_answered(status: int) -> None:
    _WEBHOOK.labels(str(status)).inc()


def exposition(gauges: Gauges | None, now: datetime) -> bytes:
    """Everything in Prometheus' words. Without gauges the database could not be read, and `zhanggui_database_up` says so."""
    state = CollectorRegistry()
    state.register(_State(gauges, now))
    return generate_latest(REGISTRY) + generate_latest(state)


@dataclass(frozen=True, eq=False)
class _State(Collector):
    """What the books say at this moment."""

    gauges: Gauges | None
    now: datetime

    def collect(self) -> Iterable[Metric]:
        yield _gauge("zhanggui_database_up", "1 when the books could be read.", int(self.gauges is not None))
        if self.gauges is not None:
            yield from self._of(self.gauges)

    def _of(self, gauges: Gauges) -> Iterator[Metric]:
        for name, queue in (("inbox", gauges.inbox), ("outbox", gauges.outbox), ("errands", gauges.errands)):
            yield _gauge(f"zhanggui_{name}_waiting", f"How many wait in the {name}.", queue.waiting)
            age = _gauge(
                f"zhanggui_{name}_age_seconds", f"How long the first in the {name} has waited.", self._age(queue)
            )
            yield age
        yield _gauge("zhanggui_inbox_parked", "Updates that were set aside after three attempts.", gauges.parked)
        yield _gauge("zhanggui_reminders_late", "Orders past their deadline of which nobody was told.", gauges.untold)
        beats = GaugeMetricFamily(
            "zhanggui_heartbeat_age_seconds", "How long ago it was last seen alive.", labels=["name"]
        )
        for name, at in gauges.heartbeats.items():
            beats.add_metric([name], self._since(at))
        yield beats

    def _age(self, queue: Queue) -> float:
        return 0.0 if queue.oldest_at is None else self._since(queue.oldest_at)

    def _since(self, moment: datetime) -> float:
        return max((self.now - moment).total_seconds(), 0.0)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)
