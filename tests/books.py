"""The books of a test: a real database, a desk that works inline, a clock that stands still until it is moved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.publishing import publish
from shop.shops import Member, Person, Shop
from shop.speakers import CLOCK, Role, Speaker, Standing
from storage.database import open_engine
from storage.desk import Desk
from storage.mapping import map_everything
from storage.work import Work

T = TypeVar("T")
OWNER = 1001


@dataclass
class StillClock:
    """Stands at a Monday noon in China until it is moved."""

    now: datetime = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@dataclass
class Books:
    """`do` runs a job in the name of a member (or of the clock) in a shop, and publishes its news, as the bot does."""

    url: str
    clock: StillClock = field(default_factory=StillClock)

    def __post_init__(self) -> None:
        map_everything()
        self.desk = Desk(engine=open_engine(self.url), clock=self.clock, publish=publish)

    def close(self) -> None:
        self.desk.close()

    def open_shop(self, name: str = "潮鞋小铺", *, owner: int = OWNER) -> int:
        """A shop with its owner; gives its id."""

        def job(work: Work) -> int:
            shop = Shop(name=name, opened_at=work.now, link_code=f"link{owner}")
            work.session.add(shop)
            work.session.flush()
            _hire(work, shop.id, owner, Role.OWNER)
            return shop.id

        return self.desk.do_now(job)

    def hire(self, shop_id: int, person_id: int, role: Role) -> None:
        """Somebody starts to work for the shop."""
        self.desk.do_now(lambda work: _hire(work, shop_id, person_id, role))

    def do(self, job: Callable[[Work], T], *, shop: int | None = None, person: int | None = OWNER) -> T:
        """`person=None` is the clock. A refusal (ShopError) is raised as it is, and its work is undone."""
        return self.desk.do_now(lambda work: job(_enter(work, shop, person)))


def _hire(work: Work, shop_id: int, person_id: int, role: Role) -> None:
    person = work.people.find(person_id)
    if person is None:
        person = Person(id=person_id, name=f"店员{person_id}", seen_at=work.now)
        work.people.add(person)
    person.staff_of = shop_id
    work.session.add(Member(shop_id=shop_id, person_id=person_id, role=role, joined_at=work.now))


def _enter(work: Work, shop_id: int | None, person_id: int | None) -> Work:
    shop = work.people.find_shop(shop_id) if shop_id is not None else None
    person = work.people.find(person_id) if person_id is not None else None
    post = work.people.find_post(person.id, shop_id) if person is not None and shop_id is not None else None
    if person is None:
        work.enter(speaker=CLOCK, shop=shop)
        return work
    standing = Standing.STAFF if post else Standing.STRANGER
    role = post[0].role if post else None
    speaker = Speaker(person_id=person.id, name=person.name, language=person.language, standing=standing, role=role)
    work.enter(speaker=speaker, shop=shop)
    return work
