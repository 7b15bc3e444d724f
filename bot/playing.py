"""The playground with a bot in it: a shop on this machine, two phones, and a strip that moves time and the world."""

import asyncio
import errno
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from bot import logs
from bot.app import App
from bot.jobs import in_shop
from bot.settings import Settings
from bot.starting import make_app
from playground.clock import Clock
from playground.controls import Control
from playground.server import serving
from playground.telegram import Telegram
from services.parcels import let_parcels_move
from services.sample_orders import let_order_arrive
from storage.work import Work

T = TypeVar("T")
MERCHANT, BUYER = (1001, "林老板"), (2001, "小美")
WELCOME = """
掌柜 is running, with a Telegram of its own. Open the two phones in a browser:

    {address}/phones/

Everything here is forgotten when it stops. For a real bot put its token into ZHANGGUI_BOT_TOKEN (see README.md).
Stop with Ctrl-C.
"""
PORT_IS_TAKEN = (
    "Port {port} is taken. Is Zhanggui running already? Another port: ZHANGGUI_PLAYGROUND_PORT=8099 make run\n"
)


class MovedClock(Clock):
    """A clock that says when it was moved, so that what has become due is done at once."""

    def __init__(self) -> None:
        super().__init__()
        self.moved = asyncio.Event()

    def move(self, by: timedelta) -> None:
        super().move(by)
        self.moved.set()


async def run_playground(settings: Settings, stop: asyncio.Event) -> int:
    """A new shop world at a local address until `stop` is set."""
    logs.set_up(settings.log_level, as_json=settings.log_json)
    home = settings.playground_home
    shutil.rmtree(home, ignore_errors=True)
    settings = settings.model_copy(
        update={"database_url": f"sqlite:///{home / 'zhanggui.db'}", "files": home / "files"},
    )
    clock = MovedClock()
    telegram = new_telegram(clock)
    world = World()
    host, port = settings.playground_host, settings.playground_port
    try:
        async with serving(telegram, host=host, port=port, controls=world.controls()) as address:
            world.app = make_app(settings, clock=clock.now, api_url=address, token=telegram.token)
            sys.stdout.write(WELCOME.format(address=address))
            sys.stdout.flush()
            await _run_with_moved_clock(world.app, clock, stop, settings.tick_seconds)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.stderr.write(PORT_IS_TAKEN.format(port=port))
        return 1
    return 0


async def _run_with_moved_clock(app: App, clock: MovedClock, stop: asyncio.Event, tick_seconds: float) -> None:
    ticking = asyncio.ensure_future(_tick_when_moved(app, clock))
    try:
        await app.run(stop, tick_seconds=tick_seconds)
    finally:
        ticking.cancel()


def new_telegram(clock: Clock) -> Telegram:
    """A Telegram with a merchant and a buyer in it."""
    telegram = Telegram(clock=clock)
    telegram.add_person(*MERCHANT, role="merchant")
    telegram.add_person(*BUYER, role="buyer")
    return telegram


class World:
    """What happens outside: marketplaces send orders, carriers move parcels."""

    app: App

    def controls(self) -> list[Control]:
        return [
            Control("order", "来一单", "An order arrives", self.order_arrives),
            Control("scan", "快递走一步", "Carrier scan", self.carrier_scans),
        ]

    async def order_arrives(self) -> str:
        """Every open shop gets one."""
        arrived = await self._in_each_shop(lambda work: let_order_arrive(work).number)
        return f"新订单：{'、'.join(arrived)}" if arrived else "还没有店铺：请先在林老板的手机上开店。No shop yet."

    async def carrier_scans(self) -> str:
        """Every parcel that is on its way moves on by one step."""
        moved = sum(await self._in_each_shop(let_parcels_move))
        return f"{moved} 个包裹有了新轨迹。{moved} moved." if moved else "没有在路上的包裹。No parcel is on its way."

    async def _in_each_shop(self, job: Callable[[Work], T]) -> list[T]:
        shop_ids = await self.app.desk.do(lambda work: work.people.open_shop_ids())
        return [await self.app.desk.do(in_shop(job, shop_id)) for shop_id in shop_ids]


async def _tick_when_moved(app: App, clock: MovedClock) -> None:
    while True:
        await clock.moved.wait()
        clock.moved.clear()
        await app.tick()
