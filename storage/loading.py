"""Entities without parts, fetched by their key at a tenth of what a session costs."""

from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import Connection, bindparam, inspect, select
from sqlalchemy.orm import Mapper, Session, make_transient_to_detached

from storage.prepared import Prepared
from storage.saving import save

if TYPE_CHECKING:
    from storage.work import Work

E = TypeVar("E", bound=object)


class Known:
    """What a piece of work has fetched while it had no session; most work never needs one."""

    def __init__(self) -> None:
        self.entities: dict[tuple[type, int], object] = {}

    def get(self, entity: type[E], key: int) -> E | None:
        found = self.entities.get((entity, key))
        return found if isinstance(found, entity) else None

    def save(self, connection: Connection) -> None:
        """Write what has changed."""
        for entity in self.entities.values():
            save(connection, entity)

    def join(self, session: Session) -> None:
        """From here on the session looks after them."""
        self.save(session.connection())
        for entity in self.entities.values():
            make_transient_to_detached(entity)
            session.add(entity)
        self.entities.clear()


class ByKey(Generic[E]):
    """Gives the very entity that this work knows already, or one that it knows from then on; None when there is none."""

    def __init__(self, entity: type[E]) -> None:
        self._entity = entity

    def find(self, work: "Work", key: int) -> E | None:
        known: E | None = (
            work.session.identity_map.get(self._mapper.identity_key_from_primary_key((key,)))
            if work.has_session
            else work.known.get(self._entity, key)
        )
        return known if known is not None else self._fetch(work, key)

    def _fetch(self, work: "Work", key: int) -> E | None:
        row = self._row.first(work.connection, {"key": key})
        if row is None:
            return None
        entity: E = self._mapper.class_manager.new_instance()
        entity.__dict__.update(zip(self._names, row, strict=True))
        if work.has_session:
            make_transient_to_detached(entity)
            work.session.add(entity)
        else:
            work.known.entities[self._entity, key] = entity
        return entity

    @cached_property
    def _mapper(self) -> Mapper[E]:
        mapper: Mapper[E] = inspect(self._entity)
        return mapper

    @cached_property
    def _names(self) -> list[str]:
        if self._mapper.relationships:
            raise TypeError(f"{self._entity.__name__} has parts: let the session load it")
        return [attribute.key for attribute in self._mapper.column_attrs]

    @cached_property
    def _row(self) -> Prepared:
        columns = [attribute.columns[0] for attribute in self._mapper.column_attrs]
        return Prepared(select(*columns).where(self._mapper.primary_key[0] == bindparam("key")))
