"""Who of several workers fetches, ticks, runs errands and sends: one at a time, and when that one dies another soon."""

import threading
from typing import Any, Protocol

import structlog
from sqlalchemy import make_url

from storage.sharing import CHANNEL

LEADER = 720_100
"""The advisory lock of the leader: it goes with the connection that holds it, however that ends."""
LOOK_SECONDS = 0.5
"""So often a worker tries to become the leader, and the leader makes sure that it still is."""
GIVEN_UP_MS = 5_000
"""A leader that gets no answer for so long leads no more ..."""
DROPPED_AFTER = "-c tcp_keepalives_idle=3 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
"""... before the server takes it for dead, after nine seconds."""

log = structlog.get_logger(__name__)


class Hearing(Protocol):
    """What a worker does when something changes. Called in a thread of the watch."""

    def leads(self) -> None: ...
    def leads_no_more(self) -> None: ...
    def hears(self, news: str) -> None: ...


class Watch:
    """A thread with a connection of its own: it waits for the leader's lock, holds it, and hears what other workers have committed."""

    def __init__(self, url: str, worker: Hearing) -> None:
        self._address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._worker = worker
        self._leads = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        import psycopg  # noqa: PLC0415 - only where PostgreSQL is used

        while not self._ended.is_set():
            try:
                with psycopg.connect(self._address, **_CONNECTION) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._keep(connection)
            except psycopg.Error as error:
                log.warning("the watch over the other workers was cut off", error=type(error).__name__)
                self._ended.wait(LOOK_SECONDS)
            finally:
                self._lose()

    def _keep(self, connection: Any) -> None:
        self._worker.hears("")  # something may have been missed
        while not self._ended.is_set():
            if self._leads:
                connection.execute("SELECT 1")
            elif connection.execute("SELECT pg_try_advisory_lock(%s)", [LEADER]).fetchone()[0]:
                self._leads = True
                self._worker.leads()
            for notification in connection.notifies(timeout=LOOK_SECONDS):
                self._worker.hears(notification.payload)

    def _lose(self) -> None:
        if self._leads:
            self._leads = False
            self._worker.leads_no_more()


_CONNECTION: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": 5,
    "tcp_user_timeout": GIVEN_UP_MS,
    "options": DROPPED_AFTER,
    "application_name": "zhanggui watch",
}
