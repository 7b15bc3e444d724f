"""The systems around a shop: a marketplace that sends orders, some of them twice, and a carrier that is late, stops and loses."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from random import Random

from services import orders, parcels
from shop.errors import NotFound
from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from shop.parcels import Movement, ParcelState
from shop.reminders import AHEAD
from storage.work import Work
from tests.simulation.staff import MODELS
from tests.simulation.world import World

STREETS = ("北京市海淀区中关村大街1号", "安徽省芜湖市鸠江区长江路1号", "上海市南京路", "浙江省杭州市西湖区文三路90号")
STEPS = (ParcelState.PICKED_UP, ParcelState.IN_TRANSIT, ParcelState.OUT_FOR_DELIVERY, ParcelState.DELIVERED)
SOON = tuple(AHEAD.values())
AGAIN = 0.25


async def marketplace(world: World, shop_id: int, mark: str, numbers: range) -> None:
    chance = world.chance(f"marketplace {shop_id} {numbers}")
    sent: list[IncomingOrder] = []
    for n in numbers:
        await asyncio.sleep(chance.uniform(1, 9))
        again = bool(sent) and chance.random() < AGAIN
        order = chance.choice(sent) if again else _order(world, chance, f"{shop_id}35153{n:04d}", mark)
        sent.append(order)
        world.story.tell("marketplace", f"sends order {order.number}")
        due = await world.at_desk(shop_id, partial(_accept, order=order))
        world.said.orders.setdefault((shop_id, order.number), due)


def _accept(work: Work, *, order: IncomingOrder) -> datetime | None:
    """When it has to leave, by the shop's own rule if the marketplace has none."""
    orders.accept_order(work, order)
    return order.dispatch_by or (order.paid_at and order.paid_at + work.shop.dispatch_within)


def _order(world: World, chance: Random, number: str, mark: str) -> IncomingOrder:
    """Many have a reminder that falls due within a minute; some have no deadline of their own."""
    now = world.true_clock()
    due = now + chance.choice(SOON) + timedelta(seconds=chance.randint(-20, 60))
    some_time = now + timedelta(minutes=chance.randint(-60, 14 * 60))
    spec = f"黑红 {chance.choice((42, 43))}"
    title = f"Nike {chance.choice(MODELS)}"
    lines = [IncomingLine(title=title, spec=spec, quantity=chance.randint(1, 2), unit_price=89_900)]
    phone = f"138{chance.randint(0, 99_999_999):08d}"
    return IncomingOrder(
        source="taobao",
        number=number,
        lines=tuple(lines * chance.choice((1, 1, 2))),
        recipient=IncomingRecipient(name="李静", phone=phone, street=chance.choice(STREETS)),
        note=f"请尽快 {mark}",
        total=179_800,
        paid_at=now - timedelta(hours=chance.randint(0, 40)),
        dispatch_by=chance.choice((due, due, some_time, None)),
    )


async def carrier(world: World, scans: int) -> None:
    """Parcels that it never scans stand still until somebody is told."""
    chance = world.chance(f"carrier {world.loop.time()}")
    for _ in range(scans):
        await asyncio.sleep(chance.uniform(5, 15))
        known = world.ask("SELECT shop_id, tracking_number FROM parcels WHERE finished_at IS NULL ORDER BY id")
        if known:
            await _scan(world, chance, *chance.choice(known))


async def _scan(world: World, chance: Random, shop_id: int, number: str) -> None:
    late = timedelta(hours=chance.choice((0, 0, 1, 30)))
    movement = Movement(happened_at=world.true_clock() - late, state=chance.choice(STEPS), words="已到达", place="杭州")
    world.story.tell("carrier", f"scans {number}: {movement.state}, {late} late")
    for _ in range(1 + (chance.random() < 0.2)):
        with suppress(NotFound):  # called back in the meantime
            await world.at_desk(shop_id, lambda work: parcels.record_movement(work, number, movement))
