"""Two shops with everybody in them, in the middle of their day; made once, and put back as often as it is wanted."""

import copy
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playground.chats import Chat
from playground.files import StoredFile
from services import catalog, orders
from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from shop.products import NewPhoto
from shop.quick_replies import new_quick_reply
from shop.speakers import CLOCK, Role
from storage.work import Work
from tests.bot.question_chats import picture
from tests.bot.shop_chats import invitation, owner_of
from tests.chat import ChatDriver, House
from tests.databases import sqlite_copy
from tests.hostile.books import count_touches
from tests.services.shelves import shoes

ROLES = {Role.MANAGER: "店长", Role.CATALOGUE: "商品", Role.DISPATCH: "发货", Role.SUPPORT: "客服"}
GROUP = -1_000_000_000_777
STRANGERS = (5001, 5002)
BOTH = 7001
"""Packs for the first shop and answers buyers for the second."""


@dataclass(frozen=True)
class Side:
    """One of the two shops: `letter` marks all its words, as in QXA01; ids are those of its people."""

    letter: str
    base: int

    @property
    def owner(self) -> int:
        return self.base + 1

    @property
    def staff(self) -> dict[Role, int]:
        return {Role.OWNER: self.owner} | {role: self.base + 2 + at for at, role in enumerate(ROLES)}

    @property
    def former(self) -> int:
        return self.base + 7

    @property
    def buyers(self) -> tuple[int, int]:
        return self.base + 11, self.base + 12

    def mark(self, number: int) -> str:
        return f"QX{self.letter}{number:02d}"

    def phone(self, number: int) -> str:
        return f"139{ord(self.letter)}{number:06d}"

    def order_number(self, number: int) -> str:
        return f"77{ord(self.letter)}00010{number:02d}"


SIDES = (Side("A", 1000), Side("B", 2000))


@dataclass
class World:
    """A house, and what was in it when the world was made: `house` is replaced whenever the world is put back."""

    house: House
    folder: Path
    files: list[StoredFile] = field(default_factory=list)
    invitations: list[str] = field(default_factory=list)
    """Payloads of links that still work."""
    _telegram: Any = None
    _now: datetime | None = None
    _copies: int = 0

    @property
    def database(self) -> Path:
        return Path(self.house.url.removeprefix("sqlite:///"))

    def keep(self) -> None:
        """From here on `put_back` leads to this moment."""
        self.house.app.desk.close()
        shutil.copyfile(self.database, self.folder / "kept.db")
        count_touches(self.folder / "kept.db")
        self._telegram, self._now = self.house.telegram, self.house.clock()

    def put_back(self) -> House:
        """A house as it was, with books and a Telegram of its own; the one before is closed."""
        self.house.app.desk.close()
        self._copies += 1
        place = self.folder / str(self._copies % 2)
        place.mkdir(exist_ok=True)
        for old in place.glob("shop.db*"):
            old.unlink()
        house = House(sqlite_copy(self.folder / "kept.db", place), self.folder, self.house.dispatcher)
        assert self._now is not None
        house.clock.now = self._now
        clock, house.telegram = house.telegram.clock, copy.deepcopy(self._telegram)
        house.telegram.clock = house.telegram.webhook._clock = clock
        house.start()
        self.house = house
        return house


async def make_world(template: Path, folder: Path) -> World:
    world = World(House(sqlite_copy(template, folder), folder), folder)
    await people_it(world)
    world.keep()
    return world


async def people_it(world: World) -> None:
    """From empty books to the middle of the day."""
    house = world.house
    await house.app.introduce()
    for shop_id, side in enumerate(SIDES, 1):
        await _open(world, side, shop_id)
    await _join(house, BOTH, "两边跑", await _invited(house, SIDES[0].owner, "发货"))
    await _join(house, BOTH, "两边跑", await _invited(house, SIDES[1].owner, "客服"))
    for person_id in STRANGERS:
        await house.person(person_id, f"路人{person_id}").starts()
    house.telegram.add_chat(Chat(GROUP, "supergroup", "买家群", members=[1001, 2001, *STRANGERS]))
    world.files = [*_files(house)]


async def _open(world: World, side: Side, shop_id: int) -> None:
    house = world.house
    owner = await owner_of(house, f"{side.mark(0)}鞋铺", person_id=side.owner)
    for role, words in ROLES.items():
        await _join(
            house, side.staff[role], f"店员{side.mark(40 + side.staff[role] % 10)}", await invitation(owner, words)
        )
    await _join(house, side.former, "走了的人", await invitation(owner, "店长"))
    kept = [house.telegram.files.keep_photo(picture(100 + shop_id * 10 + shade))[-1] for shade in range(3)]
    photos = tuple(NewPhoto(each.file_id, each.unique_id) for each in kept)
    house.app.desk.do_now(lambda work: _fill(_in(work, shop_id), side, photos))
    await house.settle()
    await _dismiss(house, side)
    code = house.app.desk.do_now(lambda work: _in(work, shop_id).shop.link_code)
    for number, buyer in enumerate(side.buyers):
        chat = house.person(buyer, f"买家{side.mark(50 + number)}")
        await chat.starts(code)
        await chat.says(f"{side.mark(60 + number)} 什么时候发货")
    await _work(house, side)
    world.invitations += [await invitation(owner, "客服"), await invitation(owner, "店长")]


async def _invited(house: House, owner: int, words: str) -> str:
    return await invitation(_chat(house, owner), words)


async def _join(house: House, person_id: int, name: str, payload: str) -> None:
    await house.person(person_id, name).starts(payload)


async def _dismiss(house: House, side: Side) -> None:
    """The former member has seen the shop's cards, and their buttons are still on the phone."""
    chat = _chat(house, side.former)
    for command in ("/products", "/orders", "/questions", "/team"):
        await chat.says(command)
    owner = _chat(house, side.owner)
    await owner.says("/team")
    for label in ("走了的人", "移出店铺", "移出 走了的人"):
        await owner.taps(label)


async def _work(house: House, side: Side) -> None:
    """Everybody is in the middle of something, and has cards with buttons in the chat."""
    owner, manager, goods, packer, support = (_chat(house, person_id) for person_id in side.staff.values())
    for words in ("/orders", side.order_number(1), "/products", "/questions", "/parcels", "/settings", "/quickreplies"):
        await owner.says(words)
    await manager.says(side.order_number(2))
    await manager.taps("修改地址")
    await goods.says(f"Nike Dunk Low {side.mark(9)} 白 42 43 各3双 售价599")
    await packer.says(side.order_number(4))
    await packer.taps("发货")
    await support.says("/questions")
    await support.says("/quickreplies")
    await owner.says(f"{side.order_number(5)} SF1{ord(side.letter)}4567890123")


def _fill(work: Work, side: Side, photos: tuple[NewPhoto, ...]) -> None:
    for number in (1, 2):
        shoe = shoes(model=f"Runner {side.mark(number)}", each=10 * number, sku=side.mark(10 + number))
        catalog.add_product(work, replace(shoe, photos=photos))
    work.session.flush()
    for number in range(1, 7):
        orders.accept_order(work, order_of(work, side, number))
    for order_id in [work.orders.find_by_number(side.order_number(number)).id for number in (4, 5)]:  # type: ignore[union-attr]
        orders.confirm_address(work, order_id)
    text = f"{{buyer}} 您好 {side.mark(80)}"
    work.quick_replies.add(new_quick_reply("暗号", text, work.quick_replies.all(), shop_id=work.shop_id))


def order_of(work: Work, side: Side, number: int) -> IncomingOrder:
    line = IncomingLine(title=f"Nike Runner {side.mark(1)}", spec="黑红 42", quantity=1, unit_price=89_900)
    street = f"北京市海淀区{side.mark(20 + number)}大街{number}号" if number != 2 else f"{side.mark(22)}旁边"
    recipient = IncomingRecipient(name=f"李{side.mark(30 + number)}", phone=side.phone(number), street=street)
    return IncomingOrder(
        source="taobao",
        number=side.order_number(number),
        lines=(line,),
        recipient=recipient,
        note=side.mark(70 + number),
        total=89_900,
        dispatch_by=work.now + timedelta(hours=4 * number),
    )


def _in(work: Work, shop_id: int) -> Work:
    work.enter(speaker=CLOCK, shop=work.people.find_shop(shop_id))
    return work


def _chat(house: House, person_id: int) -> ChatDriver:
    return house.person(person_id, "")


def _files(house: House) -> Iterator[StoredFile]:
    """Files under names that lie, and some that do not."""
    for shade in (10, 90, 200):
        yield house.telegram.files.keep_photo(picture(shade))[-1]
    for name, content, mime in (
        ("orders.xlsx", picture(5), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("photo.jpg", b"MZ\x90\x00" * 40, "image/jpeg"),
        ("订单.csv", "订单号,商品,数量\n=cmd|' /C calc'!A0,鞋,9999999999999\n".encode(), "text/csv"),
        ("a" * 300 + ".csv", b"\x00\xff" * 50, "video/mp4"),
        ("\u202egpj.exe", b"PK\x03\x04" + bytes(60), ""),
        ("", b"%PDF-1.7", "application/pdf"),
    ):
        yield house.telegram.files.keep(content, name=name, mime=mime)
