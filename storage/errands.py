"""Errands: remote or heavy work that the desk leaves to the event loop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update

from storage.collection import Collection
from storage.tables.pipeline import errands

MAX_TRIES = 8
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = FIRST_PAUSE * 2**MAX_TRIES
NO_ROOM_PAUSE = timedelta(seconds=10)


@dataclass(frozen=True)
class Errand:
    """What is to be done, for whom. `wish` is JSON of the dataclass named by `kind`."""

    id: int
    kind: str
    shop_id: int | None
    person_id: int
    wish: str
    tries: int


class Errands(Collection):
    def leave(self, wish: Any) -> int:
        """`wish` is a frozen dataclass; its class is the kind of errand."""
        self._work.left_errands = True
        values = {
            "kind": type(wish).__name__,
            "shop_id": self._work.shop_id if self._work.in_shop else None,
            "person_id": self._work.speaker.person_id,
            "wish": TypeAdapter(type(wish)).dump_json(wish).decode(),
            "state": "waiting",
            "tries": 0,
            "due_at": self._work.now,
        }
        new_id: int = self._connection.execute(insert(errands).values(values).returning(errands.c.id)).scalar_one()
        return new_id

    def waiting(self) -> Sequence[Errand]:
        columns = (
            errands.c.id,
            errands.c.kind,
            errands.c.shop_id,
            errands.c.person_id,
            errands.c.wish,
            errands.c.tries,
        )
        now, due_at = self._work.now, errands.c.due_at
        # What lies further ahead than any pause was written by a clock that was wrong.
        due = select(*columns).where(errands.c.state == "waiting", (due_at <= now) | (due_at > now + LONGEST_PAUSE))
        return [Errand(*row) for row in self._connection.execute(due.order_by(errands.c.id))]

    def finish(self, errand: Errand) -> bool:
        """False when it was finished before: its effect is then there already."""
        done = update(errands).where(errands.c.id == errand.id, errands.c.state == "waiting")
        result = self._connection.execute(done.values(state="done", done_at=self._work.now).returning(errands.c.id))
        return result.first() is not None

    def wait_for_room(self, errand: Errand, error: str) -> None:
        """Try again later, however often: a full disk is no fault of the errand."""
        values = {"error": error, "due_at": self._work.now + NO_ROOM_PAUSE}
        self._connection.execute(update(errands).where(errands.c.id == errand.id).values(values))

    def postpone(self, errand: Errand, error: str) -> bool:
        """Try again later, each time later; False when that was the last try and it is given up."""
        tries = errand.tries + 1
        given_up = tries >= MAX_TRIES
        values = {
            "tries": tries,
            "error": error,
            "state": "parked" if given_up else "waiting",
            "due_at": self._work.now + FIRST_PAUSE * 2**errand.tries,
        }
        self._connection.execute(update(errands).where(errands.c.id == errand.id).values(values))
        return not given_up
