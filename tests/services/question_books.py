"""Questions for the tests of services: a shop with its people, and a buyer who asks."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import select

import bot.cards.questions  # noqa: F401 - the cards that news are shown on
from services import questions
from services.questions import Heard, HeldBack
from shop.questions import Question, Words
from shop.shops import Person
from shop.speakers import Role, Speaker, Standing
from storage.news import CardKind
from storage.tables.pipeline import outbox
from storage.work import Work
from tests.books import OWNER, Books

T = TypeVar("T")
BUYER, SUPPORT, PACKER = 2001, 1002, 1003


def staff_a_shop(books: Books, shop_id: int) -> int:
    """With an owner, somebody for support, somebody for dispatch, and a buyer who came by the link."""
    books.hire(shop_id, SUPPORT, Role.SUPPORT)
    books.hire(shop_id, PACKER, Role.DISPATCH)
    books.do(lambda work: work.people.add(Person(id=BUYER, name="小美", seen_at=work.now)), person=None)
    return shop_id


def as_buyer(books: Books, shop: int, job: Callable[[Work], T], *, person: int = BUYER) -> T:
    def entered(work: Work) -> T:
        speaker = Speaker(person_id=person, name="小美", standing=Standing.BUYER)
        work.enter(speaker=speaker, shop=work.people.find_shop(shop))
        return job(work)

    return books.do(entered, person=None)


def ask(books: Books, shop: int, text: str = "43 码还有吗？", *, message_id: int = 1, **more: object) -> Heard:
    words = Words(text=text, **more)  # type: ignore[arg-type]
    return as_buyer(books, shop, lambda work: questions.hear_buyer(work, words, message_id=message_id))


def answer(books: Books, shop: int, question: int, text: str = "有的", *, person: int = OWNER) -> Question | HeldBack:
    return books.do(lambda work: questions.answer_question(work, question, Words(text=text)), shop=shop, person=person)


def sent_to(books: Books, person: int) -> list[str]:
    """The payloads of plain messages to this person, oldest first."""
    query = select(outbox.c.payload).where(outbox.c.chat_id == person, outbox.c.card_id.is_(None)).order_by(outbox.c.id)
    return books.do(lambda work: list(work.session.scalars(query)), person=None)


def chats_showing(books: Books, question: int) -> set[int]:
    ref = CardKind.QUESTION.of(question)
    return books.do(lambda work: {shown.chat_id for shown in work.cards.showing(ref)}, person=None)


def card_of(books: Books, question: int, person: int) -> str:
    shown = books.do(lambda work: work.cards.find(person, CardKind.QUESTION.of(question)), person=None)
    assert shown is not None
    return shown.payload


def get(books: Books, shop: int, question: int) -> Question:
    return books.do(lambda work: work.questions.get(question), shop=shop)
