"""Statements of the pipeline's own tables: compiled once, run on the bare driver.

A statement costs SQLAlchemy 15 to 30 us each time beyond what the database needs; an update passes through half a dozen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any] | None
Row = tuple[Any, ...]
T = TypeVar("T")
REMEMBERED = 2048


class Prepared:
    """`run` takes the values of all bind parameters by name and gives the rows as tuples; types are converted as declared."""

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        """`columns` are those that an INSERT or UPDATE without values sets."""
        self._statement = statement
        self._columns = columns
        self._ready: dict[str, _Compiled] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> list[Row]:
        compiled = self._for(connection.dialect)
        cursor = _driver(connection).execute(compiled.sql, compiled.bound(values))
        return compiled.converted(cursor.fetchall()) if compiled.returns else []

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Row | None:
        rows = self.run(connection, values)
        return rows[0] if rows else None

    def count(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """How many rows the statement has changed."""
        compiled = self._for(connection.dialect)
        changed: int = _driver(connection).execute(compiled.sql, compiled.bound(values)).rowcount
        return changed

    def run_many(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        compiled = self._for(connection.dialect)
        _driver(connection).cursor().executemany(compiled.sql, [compiled.bound(values) for values in rows])

    def _for(self, dialect: Dialect) -> "_Compiled":
        compiled = self._ready.get(dialect.name)
        if compiled is None:
            compiled = self._ready[dialect.name] = _Compiled(self._statement, dialect, self._columns)
        return compiled


class PreparedInsert(Prepared):
    """An INSERT of rows that may be there already."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        super().__init__(insert_sqlite(table).on_conflict_do_nothing(), columns)
        self._table = table

    def _for(self, dialect: Dialect) -> "_Compiled":
        if dialect.name == "postgresql":
            self._statement = insert_postgresql(self._table).on_conflict_do_nothing()
        return super()._for(dialect)


class PreparedValues(Prepared, Generic[T]):
    """A query for rows that seldom change: as long as a row is the same, it is made into a value only once."""

    def __init__(self, statement: Executable, make: Callable[[Row], T]) -> None:
        super().__init__(statement)
        self._make = make
        self._makers: dict[str, Callable[[Row], T]] = {}

    def values(self, connection: Connection, values: Mapping[str, Any]) -> list[T]:
        compiled = self._for(connection.dialect)
        rows = _driver(connection).execute(compiled.sql, compiled.bound(values)).fetchall()
        make = self._maker(connection.dialect.name, compiled)
        return [make(row) for row in rows]

    def _maker(self, dialect: str, compiled: "_Compiled") -> Callable[[Row], T]:
        if dialect not in self._makers:
            self._makers[dialect] = lru_cache(REMEMBERED)(lambda row: self._make(compiled.converted([row])[0]))
        return self._makers[dialect]


class PreparedRow(Prepared):
    """An INSERT of one row whose id is wanted."""

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        super().__init__(insert(table), columns)
        self._returning = Prepared(insert(table).returning(*table.primary_key), columns)

    def insert(self, connection: Connection, values: Mapping[str, Any]) -> int:
        if connection.dialect.name != "sqlite":
            [(new_id,)] = self._returning.run(connection, values)
            return int(new_id)
        compiled = self._for(
            connection.dialect
        )  # SQLite tells the id anyway: to let it return one costs half as much again
        return int(_driver(connection).execute(compiled.sql, compiled.bound(values)).lastrowid)


class _Compiled:
    """A statement in the words of one database."""

    def __init__(self, statement: Executable, dialect: Dialect, columns: Sequence[str] | None) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=columns)  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - nothing else compiles
        self.sql = str(compiled)
        names: Sequence[str] | None = compiled.positiontup
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        types = {name: bind.type.dialect_impl(dialect) for bind, name in compiled.bind_names.items()}
        self._bind: dict[str, Convert] = {name: kind.bind_processor(dialect) for name, kind in types.items()}
        in_order = [self._bind[name] for name in names or ()]
        self._converted = [(place, convert) for place, convert in enumerate(in_order) if convert is not None]
        # Of one name alone it would give no tuple.
        self._in_order = itemgetter(*names, names[0]) if names else None
        columns = getattr(statement, "exported_columns", ()) or getattr(statement, "_returning", ())
        self.returns = bool(columns)
        self._convert: list[Convert] = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
        ]
        self._plain = not any(self._convert)

    def bound(self, values: Mapping[str, Any]) -> Any:
        given = {**self._fixed, **values} if self._fixed else values
        if self._in_order is not None:
            row = list(self._in_order(given))
            row.pop()
            for place, convert in self._converted:
                row[place] = convert(row[place])
            return row
        return {name: convert(given[name]) if convert else given[name] for name, convert in self._bind.items()}

    def converted(self, rows: list[Row]) -> list[Row]:
        if self._plain:
            return rows
        return [
            tuple(convert(value) if convert else value for convert, value in zip(self._convert, row, strict=True))
            for row in rows
        ]


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
