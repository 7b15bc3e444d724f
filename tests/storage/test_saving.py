"""Entities without parts are fetched and written without a session, and are the same ones when a session comes."""

from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.orm.exc import StaleDataError

from shop.quick_replies import QuickReply
from storage.tables.questions import quick_replies
from storage.work import Work
from tests.books import Books


@pytest.fixture
def reply_id(books: Books, shop_id: int) -> int:
    def job(work: Work) -> int:
        reply = QuickReply(shop_id=shop_id, title="在的", text="您好", position=1)
        work.quick_replies.add(reply)
        return reply.id

    return books.do(job, shop=shop_id)


def saying(text: str, reply_id: int) -> Callable[[Work], None]:
    def job(work: Work) -> None:
        work.quick_replies.get(reply_id).text = text
        work.flush()

    return job


def kept(books: Books, shop_id: int, reply_id: int) -> tuple[str, int]:
    def job(work: Work) -> tuple[str, int]:
        reply = work.quick_replies.get(reply_id)
        return reply.text, reply.revision

    return books.do(job, shop=shop_id, person=None)


def test_a_change_is_written_without_a_session_and_counts_the_revision_up(
    books: Books, shop_id: int, reply_id: int
) -> None:
    def job(work: Work) -> bool:
        saying("您好，在的", reply_id)(work)
        work.quick_replies.get(reply_id).title = "您好"
        return work.has_session

    assert books.do(job, shop=shop_id, person=None) is False
    assert kept(books, shop_id, reply_id) == ("您好，在的", 3)


def test_what_was_fetched_before_is_the_same_thing_in_the_session(books: Books, shop_id: int, reply_id: int) -> None:
    def job(work: Work) -> bool:
        reply = work.quick_replies.get(reply_id)
        reply.text = "马上回复"
        same = work.session.get(QuickReply, reply_id) is reply is work.quick_replies.get(reply_id)
        reply.text += "您"
        return same

    assert books.do(job, shop=shop_id, person=None)
    assert kept(books, shop_id, reply_id) == ("马上回复您", 3)


@pytest.mark.parametrize("person", [None, 1001])
def test_what_somebody_else_has_written_meanwhile_is_not_overwritten(
    books: Books, shop_id: int, reply_id: int, person: int | None
) -> None:
    def job(work: Work) -> None:
        reply = work.quick_replies.get(reply_id)
        work.connection.execute(update(quick_replies).values(revision=7))
        reply.text = "迟了"

    with pytest.raises(StaleDataError):
        books.do(job, shop=shop_id, person=person)
    assert kept(books, shop_id, reply_id) == ("您好", 1)
