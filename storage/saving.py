"""Changed columns of entities, written without the ceremony of a flush: a tenth of its cost."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, inspect, update
from sqlalchemy.orm import InstanceState, Mapper
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from storage.prepared import Prepared


def save(connection: Connection, entity: object) -> bool:
    """Write what has changed in this entity. False, and nothing is done, when that is more than values of its own columns.

    Raises StaleDataError when somebody else has written the entity since it was read.
    """
    state: InstanceState[Any] = inspect(entity)
    changed = frozenset(state.committed_state)
    if not changed:
        return True
    statement = _statement(state.mapper, changed)
    if statement is None:
        return False
    statement.write(connection, entity)
    return True


class _Update:
    def __init__(self, mapper: Mapper[Any], changed: frozenset[str]) -> None:
        table = mapper.local_table
        assert isinstance(table, Table)  # noqa: S101 - every entity of ours has one of its own
        self._key = mapper.get_property_by_column(mapper.primary_key[0]).key
        self._columns = {mapper.get_property(name).columns[0].name: name for name in sorted(changed)}
        statement = update(table).where(mapper.primary_key[0] == bindparam("its_key"))
        version = mapper.version_id_col
        self._version = None if version is None else mapper.get_property_by_column(version).key
        if version is not None:
            statement = statement.where(version == bindparam("its_version"))
            self._columns[version.name] = "its_next"
        self._prepared = Prepared(statement, tuple(self._columns))
        self._changed = changed

    def write(self, connection: Connection, entity: object) -> None:
        values = vars(entity)
        bound = {column: values[name] for column, name in self._columns.items() if name in values}
        bound["its_key"] = values[self._key]
        if self._version is not None:
            bound["its_version"] = values[self._version]
            bound[self._version] = values[self._version] + 1
        if self._prepared.count(connection, bound) != 1:
            raise StaleDataError(f"somebody else has written the {type(entity).__name__.lower()} meanwhile")
        for name in self._changed:
            set_committed_value(entity, name, values[name])
        if self._version is not None:
            set_committed_value(entity, self._version, bound[self._version])


@cache
def _statement(mapper: Mapper[Any], changed: frozenset[str]) -> _Update | None:
    plain = {attribute.key for attribute in mapper.column_attrs} - {column.key for column in mapper.primary_key}
    return _Update(mapper, changed) if changed <= plain else None
