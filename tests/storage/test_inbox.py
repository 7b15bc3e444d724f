"""What waits in the inbox is taken by one worker at a time, chat by chat."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from storage.inbox import lane_of
from storage.news import Level
from storage.sharing import ShopBusyError
from storage.work import Work
from tests.books import Books
from tests.databases import Postgres


def said(update_id: int, chat_id: int) -> dict[str, Any]:
    return {"update_id": update_id, "message": {"chat": {"id": chat_id}, "from": {"id": 7}}}


@pytest.fixture
def server(postgres: Postgres) -> Iterator[Books]:
    """Only there may be several workers."""
    with postgres.fresh() as url:
        opened = Books(url)
        yield opened
        opened.close()


@contextmanager
def worker(books: Books, *, patient: bool = True) -> Iterator[Work]:
    """Somebody in the middle of a transaction."""
    with books.desk.engine.begin() as connection:
        work = Work(connection, books.clock(), patient=patient)
        yield work
        work.close()


def store(books: Books, *updates: dict[str, Any]) -> None:
    books.desk.do_now(lambda work: work.inbox.store(1, updates))


def taken(work: Work, most: int = 64) -> list[str]:
    return [received.raw.partition(",")[0] for received in work.inbox.take(most)]


def test_what_waits_is_taken_oldest_first_and_until_it_is_finished(books: Books) -> None:
    store(books, said(3, 1), said(2, 2), said(4, 1))
    with worker(books) as work:
        assert [one.partition(":")[2] for one in taken(work)] == ["3", "2", "4"]
        for received in work.inbox.take(2):
            work.inbox.finish(received.id)
    with worker(books) as work:
        assert [one.partition(":")[2] for one in taken(work)] == ["4"]


def test_an_update_is_stored_once(books: Books) -> None:
    store(books, said(3, 1))
    store(books, said(3, 1), said(4, 1))
    with worker(books) as work:
        assert len(taken(work)) == 2


def test_a_chat_that_one_worker_has_is_left_alone_by_another(server: Books) -> None:
    store(server, said(1, 1), said(2, 1), said(3, 2))
    with worker(server) as first, worker(server) as second:
        assert len(taken(first, most=1)) == 1
        assert [one.partition(":")[2] for one in taken(second)] == ["3"]
        assert taken(second, most=1) == taken(second, most=1)
    with worker(server) as third:
        assert len(taken(third)) == 3


def test_what_another_worker_has_cannot_be_taken_again(server: Books) -> None:
    store(server, said(1, 1))
    with worker(server) as first, worker(server) as second:
        [received] = first.inbox.take(1)
        assert first.inbox.take_again(received.id)
        assert not second.inbox.take_again(received.id)
        first.inbox.finish(received.id)
        assert not first.inbox.take_again(received.id)


def test_one_worker_at_a_time_works_in_a_shop(server: Books) -> None:
    shop_id, other_id = server.open_shop(), server.open_shop("乙记", owner=1002)
    with worker(server) as first, worker(server, patient=False) as second:
        first.enter(speaker=first.speaker, shop=first.people.find_shop(shop_id))
        second.enter(speaker=second.speaker, shop=second.people.find_shop(other_id))
        with pytest.raises(ShopBusyError):
            second.enter(speaker=second.speaker, shop=second.people.find_shop(shop_id))
    with worker(server, patient=False) as third:
        third.enter(speaker=third.speaker, shop=third.people.find_shop(shop_id))


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": {"id": -7}, "from": {"id": 5}}}, -7),
        ({"callback_query": {"from": {"id": 5}, "message": {"chat": {"id": 9}}}}, 9),
        ({"callback_query": {"from": {"id": 5}, "inline_message_id": "x"}}, 5),
        ({"poll_answer": {"user": {"id": 6}}}, 6),
        ({"message": {"chat": {"id": 2**70}, "from": {"id": "x"}}}, 0),
        ({"message": [1], "poll": None}, 0),
        ({"message": {"chat": [], "from": {"id": True}}}, 0),
        ({}, 0),
    ],
)
def test_updates_of_one_chat_or_person_have_one_lane(update: dict[str, Any], lane: int) -> None:
    assert lane_of({"update_id": 1} | update) == lane


def test_what_waits_does_not_show_its_words_in_a_log_or_a_traceback(books: Books) -> None:
    store(books, said(3, 1) | {"text": "13800005678"})
    payload = {"chat_id": 1, "text": "13800005678"}
    with worker(books) as work:
        work.outbox.post(1, "sendMessage", payload, level=Level.REPLY)
        [received], [posted] = work.inbox.take(1), work.outbox.waiting()
    for words in (received.raw, posted.payload):
        assert "13800005678" in words
    for shown in (repr(received), repr(posted)):
        assert "13800005678" not in shown
