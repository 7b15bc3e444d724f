"""What people and machines did has its effect once: questions, goods, orders, parcels, and a record of every change."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from shop.order_states import ChangeKind, OrderStatus
from storage.checkup import altered_histories
from tests.simulation.world import World

ONCE = {
    "answer": "SELECT text FROM question_lines WHERE side = 'shop' AND text LIKE '答%'",
    "restocking": "SELECT variant_id || ': ' || on_hand FROM stock_changes WHERE reason = 'received' AND on_hand >= 100",
    "product of one draft": "SELECT sale_price FROM products JOIN shops ON shops.id = shop_id WHERE NOT is_sample",
    "tracking number": "SELECT tracking_number FROM parcels",
    "order": "SELECT shop_id || ':' || number FROM orders",
}
LEADS_TO = {
    ChangeKind.CONFIRMED: OrderStatus.TO_DISPATCH,
    ChangeKind.CALLED_BACK: OrderStatus.TO_DISPATCH,
    ChangeKind.TAKEN_BACK: OrderStatus.TO_CHECK,
    ChangeKind.RESTORED: OrderStatus.TO_CHECK,
    ChangeKind.CANCELLED: OrderStatus.CANCELLED,
    ChangeKind.CANCELLED_AT_SOURCE: OrderStatus.CANCELLED,
    ChangeKind.SHIPPED: OrderStatus.SHIPPED,
    ChangeKind.SHIPPED_AT_SOURCE: OrderStatus.SHIPPED,
    ChangeKind.DELIVERED: OrderStatus.DELIVERED,
    ChangeKind.CLOSED: OrderStatus.CLOSED,
}


def _questions(world: World) -> Iterator[str]:
    """Every message of a buyer that reached us is one line, in the order in which it was written."""
    query = "SELECT text FROM question_lines WHERE side = 'buyer' AND by_id = ? AND text LIKE '问%' ORDER BY id"
    for person_id, updates in world.said.questions.items():
        heard = [int(text[1:].split()[0]) for (text,) in world.ask(query, person_id)]
        dropped = {n for n, update_id in enumerate(updates, 1) if update_id in world.telegram.updates.expired}
        wanted = [n for n in range(1, len(updates) + 1) if n in heard or n not in dropped]
        if heard != wanted:
            yield f"buyer {person_id} wrote 1 to {len(updates)} ({len(dropped)} expired), kept is {heard}"


def _once(world: World) -> Iterator[str]:
    for what, query in ONCE.items():
        counted = Counter(row[0] for row in world.ask(query))
        yield from (f"{what} {which!r} {times} times" for which, times in counted.items() if times > 1)


def _orders(world: World) -> Iterator[str]:
    """What the marketplace was told that we have is there, due when it has to be."""
    query = "SELECT shop_id, number, dispatch_by FROM orders"
    there = {(shop_id, number): moment(due) for shop_id, number, due in world.ask(query)}
    for key, due in world.said.orders.items():
        if key not in there:
            yield f"order {key} is lost"
        elif due is not None and there[key] != due:
            yield f"order {key} is due at {there[key]} instead of {due}"


def _sheets(world: World) -> Iterator[str]:
    """Of an imported sheet every order is there, paid when the shop's own clock showed what the sheet says."""
    query = "SELECT number, paid_at FROM orders"
    paid = {number: paid_at and moment(paid_at) for number, paid_at in world.ask(query)}
    query = "SELECT file_name, time_zone FROM order_imports JOIN shops ON shops.id = shop_id WHERE order_imports.state = 'done'"
    for name, zone in world.ask(query):
        sheet = world.said.sheets[name]
        if missing := set(sheet.numbers) - paid.keys():
            yield f"orders of {name} are lost: {sorted(missing)}"
            continue
        read = {paid[number] for number in sheet.numbers} - {None}  # the merchant may say that no column holds it
        if zone == sheet.zone and not read <= sheet.meant():
            yield f"orders of {name} were paid at {read} instead of {sheet.paid_at}"


def _stock(world: World) -> Iterator[str]:
    ledger = "SELECT coalesce(sum(on_hand), 0), coalesce(sum(reserved), 0) FROM stock_changes WHERE variant_id = ?"
    held = (
        "SELECT coalesce(sum(quantity), 0) FROM order_lines JOIN orders ON orders.id = order_id "
        "WHERE variant_id = ? AND holds_stock AND status = 'to_dispatch'"
    )
    for variant_id, on_hand, reserved in world.ask("SELECT id, on_hand, reserved FROM variants"):
        summed = world.ask(ledger, variant_id)[0]
        if summed != (on_hand, reserved):
            yield f"variant {variant_id} has {on_hand}/{reserved}, its ledger says {summed}"
        if on_hand < reserved or reserved < 0:
            yield f"variant {variant_id} has {on_hand} with {reserved} reserved"
        if (promised := world.ask(held, variant_id)[0][0]) != reserved:
            yield f"variant {variant_id}: {reserved} reserved, orders hold {promised}"


def _shipped(world: World) -> Iterator[str]:
    confirmed = "SELECT order_id FROM order_changes WHERE kind = 'confirmed'"
    query = f"SELECT order_id FROM parcels WHERE order_id NOT IN ({confirmed})"
    yield from (f"order {row[0]} was shipped without being confirmed" for row in world.ask(query))


def _on_record(world: World) -> Iterator[str]:
    """Every change of an order's state is one row of its history. Of a sample shop that was thrown away neither is left."""
    became: dict[int, list[str]] = {}
    ever = "SELECT order_id, after FROM status_ever JOIN orders ON orders.id = order_id WHERE before IS NOT NULL"
    for order_id, status in world.ask(f"{ever} ORDER BY status_ever.rowid"):
        became.setdefault(order_id, []).append(status)
    recorded: dict[int, list[str]] = {}
    for order_id, kind in world.ask("SELECT order_id, kind FROM order_changes ORDER BY id"):
        if status := LEADS_TO.get(ChangeKind(kind)):
            recorded.setdefault(order_id, []).append(status.value)
    for order_id in sorted(became.keys() | recorded.keys()):
        if became.get(order_id) != recorded.get(order_id):
            yield f"order {order_id} became {became.get(order_id)}, its history says {recorded.get(order_id)}"


def _sealed(world: World) -> Iterator[str]:
    yield from (f"the history of order {number} is not whole" for number in altered_histories(world.url))


def moment(kept: Any) -> datetime:
    """A moment as the database keeps it."""
    read = datetime.fromisoformat(kept) if isinstance(kept, str) else datetime.fromtimestamp(kept / 1_000_000, UTC)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


PROMISES = (_questions, _once, _orders, _sheets, _stock, _shipped, _on_record, _sealed)
