"""When something that must go on for ever was last seen alive."""

from datetime import datetime

from sqlalchemy import select

from storage.collection import upsert
from storage.tables.pipeline import heartbeats
from storage.work import Work


def beat(work: Work, name: str) -> None:
    insert = upsert(work.connection, heartbeats, [{"name": name, "at": work.now}])
    work.connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_={"at": insert.excluded.at}))


def last_beat(work: Work, name: str) -> datetime | None:
    found: datetime | None = work.connection.scalar(select(heartbeats.c.at).where(heartbeats.c.name == name))
    return found
