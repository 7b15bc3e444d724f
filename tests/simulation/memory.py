"""What the database itself writes down while a day passes: its rows say what is, this says what has been."""

import sqlite3
from pathlib import Path

_TABLES = {
    "told_ever": "order_id, dispatch_by, told, at",
    "status_ever": "order_id, before, after, at",
    "handled_ever": "update_id",
    "stalled_ever": "parcel_id, told_for",
    "sent_ever": "method, payload",
}
_TOLD = "INSERT INTO told_ever VALUES (new.order_id, new.dispatch_by, new.told, virtual_now())"
_TRIGGERS = {
    "INSERT ON reminders": _TOLD,
    "UPDATE ON reminders": _TOLD,
    "INSERT ON orders": "INSERT INTO status_ever VALUES (new.id, NULL, new.status, virtual_now())",
    "UPDATE ON orders WHEN old.status != new.status": (
        "INSERT INTO status_ever VALUES (new.id, old.status, new.status, virtual_now())"
    ),
    "UPDATE ON inbox WHEN old.state = 'waiting' AND new.state != 'waiting'": (
        "INSERT INTO handled_ever VALUES (new.update_id)"
    ),
    "UPDATE ON outbox WHEN old.state = 'waiting' AND new.state = 'sent' AND new.card_id IS NULL": (
        "INSERT INTO sent_ever VALUES (new.method, new.payload)"
    ),
    "UPDATE ON parcels WHEN new.stall_told_for IS NOT NULL AND new.stall_told_for IS NOT old.stall_told_for": (
        "INSERT INTO stalled_ever VALUES (new.id, new.stall_told_for)"
    ),
}


def remember(database: Path) -> None:
    connection = sqlite3.connect(database)
    for table, columns in _TABLES.items():
        connection.execute(f"CREATE TABLE {table} ({columns})")
    for number, (event, statement) in enumerate(_TRIGGERS.items()):
        connection.execute(f"CREATE TRIGGER remember_{number} AFTER {event} BEGIN {statement}; END")
    connection.commit()
    connection.close()
