"""The business in the books, shop by shop, as something that can be compared; and who may change what of it."""

import hashlib
import sqlite3
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
    "buyers": frozenset({P.BUYER}),
    "questions": frozenset({P.ANSWER_BUYERS, P.BUYER}),
    "question_lines": frozenset({P.ANSWER_BUYERS, P.BUYER}),
    "quick_replies": frozenset({P.ANSWER_BUYERS}),
}
"""The tables of the business, and what one must be allowed to do in a shop to change its rows there."""
NOT_BUSINESS = frozenset({"inbox", "outbox", "cards", "told", "errands", "files", "heartbeats"})
"""The way of an update, and what is known of files."""
PERSONAL = frozenset({"people", "drafts"})


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
    """The database of a bot, read from outside."""

    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(database)

    def close(self) -> None:
        self._connection.close()

    def business(self) -> Rows:
        found: dict[tuple[str, int], list[str]] = {}
        for table, shop in _OF_SHOP.items():
            for row in self._connection.execute(f"SELECT {shop}, * FROM {table} ORDER BY rowid"):
                found.setdefault((table, row[0]), []).append(repr(row))
        return {
            key: hashlib.sha256("".join(rows).encode("utf-8", "surrogatepass")).hexdigest()
            for key, rows in found.items()
        }

    def belongings(self) -> Rows:
        """Drafts and posts, per person."""
        queries = {"drafts": "person_id, * FROM drafts", "people": "id, staff_of, buyer_of FROM people"}
        found: dict[tuple[str, int], list[str]] = {}
        for table, query in queries.items():
            for row in self._connection.execute(f"SELECT {query}"):
                found.setdefault((table, row[0]), []).append(repr(row))
        return {key: "".join(rows) for key, rows in found.items()}

    def standing(self, person_id: int) -> Standing:
        query = (
            "SELECT shop_id, role FROM members JOIN shops ON shops.id = shop_id "
            "WHERE person_id = ? AND left_at IS NULL AND closed_at IS NULL"
        )
        roles = {shop_id: Role(role) for shop_id, role in self._connection.execute(query, (person_id,))}
        visited = self._connection.execute("SELECT buyer_of FROM people WHERE id = ?", (person_id,)).fetchone()
        return Standing(roles, visited[0] if visited else None)

    def not_done(self) -> list[tuple[int, str, str]]:
        """Updates that are parked or wait."""
        query = "SELECT id, state, coalesce(error, '') FROM inbox WHERE state <> 'done'"
        return self._connection.execute(query).fetchall()

    def given_up(self) -> list[tuple[str, str]]:
        return self._connection.execute("SELECT method, error FROM outbox WHERE state = 'failed'").fetchall()


def changed(before: Rows, after: Rows) -> set[tuple[str, int]]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
