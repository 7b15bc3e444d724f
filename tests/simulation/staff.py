"""Those who work in a shop: they put goods on sale, import sheets, confirm, ship, answer, mistype and change their minds."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.bot.question_chats import picture
from tests.simulation.people import Human
from tests.simulation.sheets import OrderSheet

LINK = re.compile(r"https://t\.me/\w+\?start=(\S+)")
MODELS = ("Dunk Low", "Air Jordan 1", "Air Force 1", "Air Max 90", "Blazer Mid", "Pegasus 40")
PICTURES = tuple(picture(10 + 15 * n) for n in range(9))
CHART = "42 = 26.5cm，43 = 27cm"
ODD = (
    *("你好", "/orders", "/products", "/cancel", "/home", "/team", "123", "？？", "/settings", "899", "+5"),
    *("还剩几双 AJ1?", "AJ1 42 +", "售价abc", "SF12", "确认", "35153 SF1 SF2", "改价 899 899", "发货"),
)


@dataclass
class Staff(Human):
    shop_id: int = 0

    async def habits(self, acts: int) -> None:
        often: list[Callable[[], Any]] = [self.taps_anything, self.confirms, self.ships]
        kinds = [*often, *often, self.restocks, self.answers, self.chats]
        for _ in range(acts):
            await self.pause()
            self.chance.choice(kinds)()

    async def adds_product(self) -> None:
        """Step by step; now and then something else comes to mind half-way."""
        self.serial += 1
        price = 500 + self.serial + (self.id % 100) * 20
        goods = f"Nike {self.chance.choice(MODELS)} 黑红 42 43 各{self.chance.randint(2, 9)}双 售价{price}"
        steps: list[Callable[[], object]] = [
            lambda: self.says("/newproduct"),
            lambda: self.taps("运动鞋"),
            lambda: self.says(goods),
            self.sends_photos,
            lambda: self.says(CHART),
            lambda: self.taps("上架"),
        ]
        for step in steps:
            if self.chance.random() < 0.15:
                interrupt: Callable[[], object] = self.chance.choice(
                    [self.chats, self.taps_anything, lambda: self.says("/cancel"), lambda: self.taps("返回")]
                )
                interrupt()
            step()
            await self.pause(5)

    async def imports_sheet(self) -> None:
        """An export of home-made columns: dropped, looked at, imported; sometimes dropped once more."""
        self.serial += 1
        zone = self.world.ask("SELECT time_zone FROM shops WHERE id = ?", self.shop_id)[0][0]
        numbers = tuple(f"{self.shop_id}9{self.id}{self.serial:03d}{row}" for row in range(3))
        paid_at = self.world.true_clock().replace(microsecond=0) + timedelta(minutes=self.chance.randint(-90, 90))
        sheet = OrderSheet(f"订单{self.id}-{self.serial}.csv", numbers, paid_at, zone)
        self.world.said.sheets[sheet.name] = sheet
        self.world.story.tell(str(self.id), f"drops {sheet.name}")
        self.phone.send_documents([(sheet.name, sheet.content(self.mark))])
        for label in ("各列没错", "导入", "导入"):
            await self.pause(5)
            self.taps(label)
        if self.chance.random() < 0.3:
            self.phone.send_documents([(sheet.name, sheet.content(self.mark))])

    def sends_photos(self) -> None:
        self.world.story.tell(str(self.id), "sends photos")
        self.phone.send_photos(self.chance.sample(PICTURES, 3))

    def restocks(self) -> None:
        """Each time by a number of pieces that is never used again."""
        self.serial += 1
        pieces = 100 + self.serial + self.id % 100 * 50
        self.says(f"{self.chance.choice(MODELS)} {self.chance.choice((42, 43))} +{pieces}")

    def confirms(self) -> None:
        if not self.taps("确认"):
            self.says("/orders")

    def ships(self) -> None:
        query = "SELECT number FROM orders WHERE shop_id = ? AND status = 'to_dispatch' ORDER BY id"
        ready = self.world.ask(query, self.shop_id)
        if ready:
            self.serial += 1
            self.says(f"{self.chance.choice(ready)[0]} SF{self.id:05d}{self.serial:08d}")

    def answers(self) -> None:
        """As a reply to any card that is about a question."""
        asked = [m for m in self.phone.chat.messages.values() if "问" in str(m.get("text")) and "reply_markup" in m]
        if asked:
            self.serial += 1
            self.says(f"答{self.serial} {self.mark} {self.id}", reply_to=self.chance.choice(asked)["message_id"])

    def chats(self) -> None:
        self.says(self.chance.choice(ODD))


async def both_confirm(one: Staff, other: Staff, times: int) -> None:
    """Two members on the same order at the same moment."""
    for _ in range(times):
        await one.pause(12)
        shared = {data for _, data, words in one.buttons() if "确认" in words}
        for member in (one, other):
            found = [(at, data) for at, data, _ in member.buttons() if data in shared]
            if found:
                member.presses(found[0], "确认, together")


@dataclass
class Merchant(Staff):
    name: str = ""

    async def opens_shop(self) -> None:
        await self.until(lambda: self.find("我要开店"), self.phone.start)
        await self.until(self._shop, self._asks_for_shop)
        self.shop_id = self._shop()

    def _asks_for_shop(self) -> None:
        self.taps("我要开店")
        self.world.loop.call_later(6, self.says, self.name)

    def _shop(self) -> int:
        found = self.world.ask("SELECT staff_of FROM people WHERE id = ? AND staff_of IS NOT NULL", self.id)
        return int(found[0][0]) if found else 0

    async def invites(self) -> str:
        """The payload of an invitation."""
        found: str = await self.until(self._invitation, self._asks_for_invitation)
        return found

    def _asks_for_invitation(self) -> None:
        self.says("/team")
        self.world.loop.call_later(5, self.taps, "邀请店员")
        self.world.loop.call_later(10, self.taps, "发货")

    def _invitation(self) -> str | None:
        texts = [str(message.get("text")) for message in self.phone.chat.messages.values()]
        links = [found[1] for text in texts if (found := LINK.search(text)) and "join" in found[1]]
        return links[-1] if links else None


@dataclass
class Colleague(Staff):
    async def joins(self, shop_id: int, payload: str) -> None:
        self.shop_id = shop_id
        query = "SELECT 1 FROM members WHERE person_id = ?"
        await self.until(lambda: self.world.ask(query, self.id), lambda: self.phone.start(payload))
        await asyncio.sleep(0)
