"""The systems around a shop: a marketplace that sends orders, some of them twice, and a carrier that scans parcels."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from random import Random

from services import orders, parcels
from shop.errors import NotFound
from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from shop.parcels import Movement, ParcelState
from tests.simulation.people import MODELS
from tests.simulation.world import World

STREETS = ("北京市海淀区中关村大街1号", "安徽省芜湖市鸠江区长江路1号", "上海市南京路", "浙江省杭州市西湖区文三路90号")
STEPS = (ParcelState.PICKED_UP, ParcelState.IN_TRANSIT, ParcelState.OUT_FOR_DELIVERY, ParcelState.DELIVERED)


async def marketplace(world: World, shop_id: int, mark: str, count: int) -> None:
    chance = world.chance(f"marketplace {shop_id}")
    sent: list[IncomingOrder] = []
    for n in range(count):
        await asyncio.sleep(chance.uniform(1, 40))
        again = bool(sent) and chance.random() < 0.25
        order = chance.choice(sent) if again else _order(world, chance, f"{shop_id}35153{n:04d}", mark)
        sent.append(order)
        world.story.tell("marketplace", f"sends order {order.number}")
        await world.at_desk(shop_id, lambda work, order=order: orders.accept_order(work, order))  # type: ignore[misc]
        world.said.orders.add((shop_id, order.number))


def _order(world: World, chance: Random, number: str, mark: str) -> IncomingOrder:
    spec = f"黑红 {chance.choice((42, 43))}"
    line = IncomingLine(
        title=f"Nike {chance.choice(MODELS)}", spec=spec, quantity=chance.randint(1, 2), unit_price=89_900
    )
    phone = f"138{chance.randint(0, 99_999_999):08d}"
    return IncomingOrder(
        source="taobao",
        number=number,
        lines=(line,),
        recipient=IncomingRecipient(name="李静", phone=phone, street=chance.choice(STREETS)),
        note=f"请尽快 {mark}",
        total=179_800,
        dispatch_by=world.clock() + timedelta(minutes=chance.randint(-60, 14 * 60)),
    )


async def carrier(world: World, scans: int) -> None:
    chance = world.chance("carrier")
    for _ in range(scans):
        await asyncio.sleep(chance.uniform(5, 60))
        known = world.ask("SELECT shop_id, tracking_number FROM parcels WHERE finished_at IS NULL ORDER BY id")
        if known:
            await _scan(world, chance, *chance.choice(known))


async def _scan(world: World, chance: Random, shop_id: int, number: str) -> None:
    movement = Movement(happened_at=world.clock(), state=chance.choice(STEPS), words="已到达", place="杭州")
    world.story.tell("carrier", f"scans {number}: {movement.state}")
    for _ in range(1 + (chance.random() < 0.2)):
        with suppress(NotFound):  # called back in the meantime
            await world.at_desk(shop_id, lambda work: parcels.record_movement(work, number, movement))
