"""The business in the books, shop by shop, as something that can be compared; and who may change what of it."""

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from shop.speakers import PERMISSIONS, Permission, Role

P = Permission
Rows = dict[tuple[str, int], str]
"""Per table and shop (or person, for what belongs to a person) a digest of its rows."""
_OF_SHOP = {
    "shops": "id",
    **dict.fromkeys(
        [
            "members",
            "invitations",
            "products",
            "variants",
            "stock_changes",
            "order_imports",
            "orders",
            "parcels",
            "buyers",
            "questions",
            "quick_replies",
        ],
        "shop_id",
    ),
    "product_photos": "(SELECT shop_id FROM products WHERE id = product_id)",
    "import_chunks": "(SELECT shop_id FROM order_imports WHERE id = import_id)",
    "import_problems": "(SELECT shop_id FROM order_imports WHERE id = import_id)",
    "order_lines": "(SELECT shop_id FROM orders WHERE id = order_id)",
    "order_changes": "(SELECT shop_id FROM orders WHERE id = order_id)",
    "reminders": "(SELECT shop_id FROM orders WHERE id = order_id)",
    "parcel_events": "(SELECT shop_id FROM parcels WHERE id = parcel_id)",
    "question_lines": "(SELECT shop_id FROM questions WHERE id = question_id)",
}
_STOCK = frozenset({P.CATALOGUE, P.CHECK_ORDERS, P.DISPATCH})
MAY_CHANGE: dict[str, frozenset[Permission]] = {
    "shops": frozenset({P.MANAGE_SHOP}),
    "members": frozenset({P.MANAGE_SHOP}),
    "invitations": frozenset({P.MANAGE_SHOP}),
    "products": frozenset({P.CATALOGUE}),
    "product_photos": frozenset({P.CATALOGUE}),
    "variants": _STOCK,
    "stock_changes": _STOCK,
    "order_imports": frozenset({P.CHECK_ORDERS}),
    "import_chunks": frozenset({P.CHECK_ORDERS}),
    "import_problems": frozenset({P.CHECK_ORDERS}),
    "orders": frozenset({P.CHECK_ORDERS, P.DISPATCH, P.BUYER}),
    "order_lines": frozenset({P.CHECK_ORDERS}),
    "order_changes": frozenset({P.CHECK_ORDERS, P.DISPATCH, P.BUYER}),
    "reminders": frozenset({P.CHECK_ORDERS, P.DISPATCH}),
    "parcels": frozenset({P.DISPATCH}),
    "parcel_events": frozenset({P.DISPATCH}),
    "buyers": frozenset({P.BUYER, P.FORGET}),
    "questions": frozenset({P.ANSWER_BUYERS, P.BUYER}),
    "question_lines": frozenset({P.ANSWER_BUYERS, P.BUYER}),
    "quick_replies": frozenset({P.ANSWER_BUYERS}),
}
"""The tables of the business, and what one must be allowed to do in a shop to change its rows there."""
NOT_BUSINESS = frozenset({"inbox", "outbox", "cards", "told", "errands", "files", "heartbeats"})
"""The way of an update, and what is known of files."""
PERSONAL = {"people": "id", "drafts": "person_id"}
"""Tables of what belongs to a person, and whose a row is."""
_LOOKED_AT = {"people": "staff_of, buyer_of"}
_COUNTS = "touches"


@dataclass(frozen=True)
class Standing:
    """What somebody is at this moment: a role per shop, and the shop that is visited."""

    roles: dict[int, Role]
    visits: int | None

    def may(self, shop_id: int, permissions: frozenset[Permission]) -> bool:
        role = self.roles.get(shop_id)
        return bool(role and PERMISSIONS[role] & permissions) or (self.visits == shop_id and P.BUYER in permissions)

    @property
    def shops(self) -> set[int]:
        return {*self.roles, *({self.visits} if self.visits else ())}


class Books:
    """The database of a bot, read from outside. What was not touched since the last look is not read again."""

    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(database)
        self._seen: dict[str, int] = {}
        self._rows: dict[str, dict[int, str]] = {}

    def close(self) -> None:
        self._connection.close()

    def business(self) -> Rows:
        return self._look(_OF_SHOP)

    def belongings(self) -> Rows:
        """Drafts and posts, per person."""
        return self._look(PERSONAL)

    def standing(self, person_id: int) -> Standing:
        query = (
            "SELECT shop_id, role FROM members JOIN shops ON shops.id = shop_id "
            "WHERE person_id = ? AND left_at IS NULL AND closed_at IS NULL"
        )
        roles = {shop_id: Role(role) for shop_id, role in self._connection.execute(query, (person_id,))}
        visited = self._connection.execute("SELECT buyer_of FROM people WHERE id = ?", (person_id,)).fetchone()
        return Standing(roles, visited[0] if visited else None)

    def visits(self, person_id: int) -> list[int]:
        """The shops to which the person came as a buyer, in order; several in one burst, perhaps."""
        query = "SELECT shop_id FROM visits WHERE person_id = ? ORDER BY rowid"
        return [row[0] for row in self._connection.execute(query, (person_id,))]

    def not_done(self) -> list[tuple[int, str, str]]:
        """Updates that are parked or wait."""
        query = "SELECT id, state, coalesce(error, '') FROM inbox WHERE state <> 'done'"
        return self._connection.execute(query).fetchall()

    def errors(self) -> list[str]:
        """What is kept about whatever went wrong."""
        queries = [f"SELECT error FROM {table} WHERE error IS NOT NULL" for table in ("inbox", "outbox", "errands")]
        return [str(row[0]) for row in self._connection.execute(" UNION ".join(queries))]

    def touches(self) -> dict[str, int]:
        return dict(self._connection.execute(f"SELECT name, times FROM {_COUNTS}"))

    def _look(self, tables: Mapping[str, str]) -> Rows:
        touched = self.touches()
        for table, whose in tables.items():
            if self._seen.get(table) != touched[table]:
                self._seen[table], self._rows[table] = touched[table], self._digests(table, whose)
        return {(table, key): digest for table in tables for key, digest in self._rows[table].items()}

    def _digests(self, table: str, whose: str) -> dict[int, str]:
        found: dict[int, list[str]] = {}
        for row in self._connection.execute(
            f"SELECT {whose}, {_LOOKED_AT.get(table, '*')} FROM {table} ORDER BY rowid"
        ):
            found.setdefault(row[0], []).append(repr(row))
        whole = {key: "".join(rows).encode("utf-8", "surrogatepass") for key, rows in found.items()}
        return {key: hashlib.sha256(rows).hexdigest() for key, rows in whole.items()}


def count_touches(database: Path) -> None:
    """From here on the database itself counts per table how often it was written to, and keeps who visited which shop."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"CREATE TABLE {_COUNTS} (name TEXT PRIMARY KEY, times INTEGER NOT NULL)")
        for table in (*_OF_SHOP, *PERSONAL):
            connection.execute(f"INSERT INTO {_COUNTS} VALUES (?, 0)", (table,))
            for what in ("INSERT", "UPDATE", "DELETE"):
                count = f"UPDATE {_COUNTS} SET times = times + 1 WHERE name = '{table}'"
                connection.execute(f"CREATE TRIGGER {table}_{what} AFTER {what} ON {table} BEGIN {count}; END")
        connection.execute("CREATE TABLE visits (person_id INTEGER NOT NULL, shop_id INTEGER NOT NULL)")
        kept = "INSERT INTO visits VALUES (NEW.id, NEW.buyer_of)"
        connection.execute(
            f"CREATE TRIGGER visits_kept AFTER UPDATE OF buyer_of ON people WHEN NEW.buyer_of > 0 BEGIN {kept}; END"
        )
        connection.commit()


def changed(before: Rows, after: Rows) -> set[tuple[str, int]]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
