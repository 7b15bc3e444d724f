"""A shop with a million orders: what the deadline job and an update cost in it, against a shop with a thousand."""

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from aiogram import Bot
from sqlalchemy import Column, Connection, text

from benchmarks.figures import Figure
from benchmarks.null_telegram import NullTelegram, message
from benchmarks.processes import resident_megabytes
from bot.app import App
from bot.buttons.orders import OrderButton, OrderVerb
from bot.pace import Pace
from services import orders as arriving
from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from shop.shops import Member, Person, Shop
from shop.speakers import CLOCK, Role
from storage.schema import upgrade
from storage.tables.orders import orders
from storage.work import Work
from tests.databases import Postgres

FEW, MANY = 1_000, 1_000_000
OPEN = 500
DUE = 20
OWNER = 1001
ROUNDS = 40
LOOKS = 500
GOAL_MS = 5.0
GOAL_RATIO = 1.3
GOAL_MEGABYTES = 300
NUMBERS = {
    "sqlite": "(WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :most) "
    "SELECT n FROM numbers)",
    "postgresql": "(SELECT n FROM generate_series(1, :most) AS n)",
}
DIFFERENT = {
    "number": "'A' || n",
    "name": "'买家' || (n % 50000)",
    "phone_tail": "CAST(1000 + n % 9000 AS VARCHAR(8))",
    "status": f"CASE WHEN n <= {OPEN} THEN 'to_check' ELSE 'delivered' END",
}
"""What tells the orders of the big shop from the one that they are copies of."""


@dataclass
class Counter:
    """A shop whose owner looks through its orders."""

    app: App
    updates: "count[int]"

    def due_milliseconds(self) -> float:
        """p99 of the query by which the clock's job finds the deadlines that near."""

        def job(work: Work) -> list[float]:
            work.enter(speaker=CLOCK, shop=work.people.find_shop(1))
            return [_milliseconds(work) for _ in range(LOOKS)]

        return quantiles(self.app.desk.do_now(job), n=100)[98]

    async def seconds(self, update: dict[str, Any]) -> float:
        began = time.perf_counter()
        await self.app.intake.take([update])
        await self.app.handling.settled()
        return time.perf_counter() - began

    def says(self, words: str) -> dict[str, Any]:
        return message(next(self.updates), OWNER, words)

    def opens(self, order_id: int) -> dict[str, Any]:
        """A tap that opens an order's card."""
        number = next(self.updates)
        said = message(number, OWNER, "/orders")["message"]
        data = OrderButton(verb=OrderVerb.OPEN, id=order_id).pack()
        tap = {"id": str(number), "from": said["from"], "message": said, "chat_instance": "1", "data": data}
        return {"update_id": number, "callback_query": tap}


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        figures = asyncio.run(_measure("SQLite", f"sqlite:///{folder / 'few.db'}", f"sqlite:///{folder / 'many.db'}"))
        megabytes = resident_megabytes(os.getpid())
        figures.append(_memory(megabytes))
        server = Postgres(folder)
        try:
            with server.empty() as few:
                figures += asyncio.run(_measure("PostgreSQL", few, server.url))
        finally:
            server.stop()
    return figures


async def _measure(database: str, few_url: str, many_url: str) -> list[Figure]:
    with _opened(few_url, FEW) as few, _opened(many_url, MANY) as many:
        due = many.due_milliseconds()
        ratios = {
            "the list of orders": await _ratio(few, many, lambda shop, _: shop.says("/orders")),
            "finding one by its number": await _ratio(few, many, lambda shop, n: shop.says(f"A{OPEN + n}")),
            "opening its card": await _ratio(few, many, lambda shop, n: shop.opens(OPEN + n)),
        }
    name = f"{database}, among {MANY:,} orders: "
    return [
        Figure(f"{name}the query of the deadline job, p99", f"{due:.2f} ms", f"< {GOAL_MS:.0f} ms", due < GOAL_MS),
        *(
            Figure(f"{name}{what}, against {FEW:,} orders", f"{ratio:.2f} x", f"<= {GOAL_RATIO} x", ratio <= GOAL_RATIO)
            for what, ratio in ratios.items()
        ),
    ]


async def _ratio(few: Counter, many: Counter, update: Any) -> float:
    """Medians of updates that take turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for n in range(1, ROUNDS + 1):
        for shop, found in zip((few, many), times, strict=True):
            found.append(await shop.seconds(update(shop, n)))
    return median(times[1][5:]) / median(times[0][5:])


@contextmanager
def _opened(url: str, size: int) -> Iterator[Counter]:
    bot = Bot("123456789:benchmark", session=NullTelegram())
    clock = lambda: datetime.now(UTC)  # noqa: E731 - the wall clock of this run
    app = App(bot, url, clock=clock, files=Path(), pace=Pace(unlimited=True))
    upgrade(app.desk.engine)
    app.desk.do_now(_open_shop)
    app.desk.do_now(lambda work: _fill(work.connection, size))
    with app.desk.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE")  # as its autovacuum does by itself after a while
            connection.commit()
    yield Counter(app, count(1))
    unfinished = app.desk.do_now(lambda work: work.connection.exec_driver_sql(_UNFINISHED).scalar())
    assert unfinished == 0, f"{unfinished} updates were not handled"
    app.desk.close()


def _open_shop(work: Work) -> None:
    """One shop, one owner, and a few orders that must leave soon."""
    shop = Shop(name="潮鞋小铺", opened_at=work.now, link_code="link")
    work.session.add(shop)
    work.people.add(Person(id=OWNER, name="林老板", seen_at=work.now))
    work.session.flush()
    work.session.add(Member(shop_id=shop.id, person_id=OWNER, role=Role.OWNER, joined_at=work.now))
    person = work.people.find(OWNER)
    assert person is not None
    person.staff_of = shop.id
    work.session.flush()
    work.enter(speaker=CLOCK, shop=shop)
    for number in range(DUE + 1):
        arriving.accept_order(work, _order(f"D{number}", work.now + timedelta(hours=40 if number == 0 else 3)))


def _order(number: str, dispatch_by: datetime) -> IncomingOrder:
    line = IncomingLine(title="Nike Air Jordan 1", spec="黑红 42", quantity=1, unit_price=89_900)
    who = IncomingRecipient(name="李静", phone="13800005678", street="北京市海淀区中关村大街1号")
    return IncomingOrder(source="taobao", number=number, lines=(line,), recipient=who, dispatch_by=dispatch_by)


def _fill(connection: Connection, most: int) -> None:
    """Copies of the first order, made by the database itself."""
    columns = [column for column in orders.c if column.name != "id"]
    names = ", ".join(column.name for column in columns)
    values = ", ".join(_value(column) for column in columns)
    numbers = NUMBERS[connection.dialect.name]
    connection.execute(
        text(
            f"INSERT INTO orders ({names}) SELECT {values} FROM orders AS one, {numbers} AS every WHERE one.number = 'D0'"
        ),
        {"most": most},
    )


def _value(column: Column[Any]) -> str:
    return DIFFERENT.get(column.name, f"one.{column.name}")


def _milliseconds(work: Work) -> float:
    began = time.perf_counter()
    found: Sequence[Any] = work.parcels.open_deadlines()
    assert len(found) == DUE
    return (time.perf_counter() - began) * 1000


_UNFINISHED = "SELECT count(*) FROM inbox WHERE state <> 'done'"


def _memory(megabytes: float) -> Figure:
    name = f"memory of the process with {MANY:,} orders on SQLite, this benchmark and a shop of {FEW:,} included"
    return Figure(name, f"{megabytes:.0f} MB", f"< {GOAL_MEGABYTES} MB", megabytes < GOAL_MEGABYTES)
