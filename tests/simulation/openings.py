"""How a simulated day begins: two shops that are there already, or that are opened by chat while everything goes wrong."""

import asyncio
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from playground.phone import Phone
from services import catalog
from shop.products import Category, NewProduct, NewVariant
from shop.speakers import Role
from storage.work import Work
from tests.books import Books, StillClock
from tests.simulation.memory import remember
from tests.simulation.people import Buyer
from tests.simulation.staff import MODELS, Colleague, Merchant
from tests.simulation.world import World

BEFORE = datetime(2026, 2, 1, tzinfo=UTC)
OPENED_BY_CHAT = 6
"""In one of so many days the shops are opened by chat."""
SHOPS = {"甲记": (1001, 1002, (2001, 2002)), "乙记": (1101, 1102, (2101,))}
"""By their marks: the merchant, the colleague, the buyers."""


@dataclass
class People:
    """Those of one shop."""

    mark: str
    merchant: Merchant
    colleague: Colleague
    buyers: list[Buyer]


def lay_out(seed: int, template: Path, folder: Path) -> None:
    """The database of a new day. `folder` is the same for all days of this process."""
    ready = folder / "founded.db"
    if not ready.exists():
        shutil.copyfile(template, ready)
        _found(ready)
    for old in folder.glob("shop.db*"):
        old.unlink()
    shutil.copyfile(template if is_opened_by_chat(seed) else ready, folder / "shop.db")
    remember(folder / "shop.db")


def is_opened_by_chat(seed: int) -> bool:
    return seed % OPENED_BY_CHAT == OPENED_BY_CHAT - 1


def _found(path: Path) -> None:
    """Both shops as they are a month later, with one product and nobody at the counter."""
    books = Books(f"sqlite:///{path}", StillClock(BEFORE))
    for mark, (merchant_id, colleague_id, _) in SHOPS.items():
        shop_id = books.open_shop(f"{mark}鞋铺", owner=merchant_id)
        books.hire(shop_id, colleague_id, Role.DISPATCH)
        books.do(_goods, shop=shop_id, person=merchant_id)
    books.close()
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM outbox")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _goods(work: Work) -> None:
    for number, model in enumerate(MODELS):
        catalog.add_product(
            work,
            NewProduct(
                category=Category.SHOES,
                brand="Nike",
                model=model,
                variants=tuple(NewVariant("黑红", size, 6) for size in ("42", "43")),
                photos=(),
                sale_price=(400 + number + 10 * work.shop_id) * 100,
                list_price=None,
                size_chart="42 = 265 mm",
            ),
        )


async def opened(world: World) -> list[People]:
    """The shops with all their people."""
    return list(await asyncio.gather(*(_open(world, mark) for mark in SHOPS)))


async def _open(world: World, mark: str) -> People:
    merchant_id, colleague_id, buyer_ids = SHOPS[mark]
    merchant = Merchant(world, *_phone(world, merchant_id, mark), name=f"{mark}鞋铺")
    colleague = Colleague(world, *_phone(world, colleague_id, mark))
    buyers = [Buyer(world, *_phone(world, person_id, mark)) for person_id in buyer_ids]
    if is_opened_by_chat(world.seed):
        await merchant.opens_shop()
        await colleague.joins(merchant.shop_id, await merchant.invites())
        await merchant.adds_product()
    else:
        _is_there(world, merchant, colleague)
    await asyncio.gather(*(buyer.arrives(merchant.shop_id) for buyer in buyers))
    return People(mark, merchant, colleague, buyers)


def _is_there(world: World, merchant: Merchant, colleague: Colleague) -> None:
    merchant.shop_id = colleague.shop_id = world.ask("SELECT staff_of FROM people WHERE id = ?", merchant.id)[0][0]
    world.ask("UPDATE shops SET time_zone = ? WHERE id = ?", world.zone, merchant.shop_id)
    for member in (merchant, colleague):
        member.says("/home")


def _phone(world: World, person_id: int, mark: str) -> tuple[Phone, str, Random]:
    person = world.telegram.add_person(person_id, f"{mark}{person_id}")
    return Phone(world.telegram, person), mark, world.chance(f"person {person_id}")
