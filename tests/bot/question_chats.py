"""A shop with its people for the tests of questions: the owner, somebody for support, somebody who packs, and buyers."""

import io
from collections.abc import Callable
from typing import TypeVar

from PIL import Image

from shop.shops import Member, Person, Shop
from shop.speakers import Role
from storage.work import Work
from tests.chat import ChatDriver, House

SHOP = "潮鞋小铺"
LINK = "link1001"
STAFF = {1001: ("林老板", Role.OWNER), 1002: ("小陈", Role.SUPPORT), 1003: ("阿包", Role.DISPATCH)}
T = TypeVar("T")


def open_shop(house: House) -> None:
    def job(work: Work) -> None:
        shop = Shop(name=SHOP, opened_at=work.now, link_code=LINK)
        work.session.add(shop)
        work.session.flush()
        for person_id, (name, role) in STAFF.items():
            work.people.add(Person(id=person_id, name=name, seen_at=work.now, staff_of=shop.id))
            work.session.add(Member(shop_id=shop.id, person_id=person_id, role=role, joined_at=work.now))

    house.app.desk.do_now(job)


def do(house: House, job: Callable[[Work], T]) -> T:
    """Work in the shop in the owner's absence."""

    def entered(work: Work) -> T:
        work.enter(speaker=work.speaker, shop=work.people.find_shop(1))
        return job(work)

    return house.app.desk.do_now(entered)


def member(house: House, person_id: int, language_code: str = "zh-hans") -> ChatDriver:
    """A member who has opened the bot at some time."""
    chat = house.person(person_id, STAFF[person_id][0], language_code)
    chat.phone.person.started = True
    return chat


async def visitor(
    house: House, person_id: int = 2001, name: str = "小美", language_code: str = "zh-hans"
) -> ChatDriver:
    """Somebody who came by the shop's link."""
    chat = house.person(person_id, name, language_code)
    await chat.starts(LINK)
    return chat


def picture(shade: int = 90) -> bytes:
    """A small photo, another one for each shade."""
    held = io.BytesIO()
    Image.new("RGB", (320, 240), (shade, 30, 30)).save(held, "JPEG")
    return held.getvalue()
