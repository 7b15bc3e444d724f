"""The desk: one thread, one transaction for a group, and each job undone by itself."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from storage.work import Work
from tests.books import Books


def remember(key: str) -> Callable[[Work], bool]:
    return lambda work: work.first_time(key)


def known(books: Books, key: str) -> bool:
    return not books.desk.do_now(remember(key))


def break_after(key: str) -> Callable[[Work], None]:
    def job(work: Work) -> None:
        work.first_time(key)
        raise ValueError(key)

    return job


async def test_a_result_comes_after_the_commit(books: Books) -> None:
    books.desk.open()
    assert await books.desk.do(remember("a")) is True
    assert await books.desk.do(remember("a")) is False


async def test_a_failing_job_undoes_only_itself(books: Books) -> None:
    books.desk.open()
    jobs: list[Any] = [
        books.desk.do(remember("before")),
        books.desk.do(break_after("broken")),
        books.desk.do(remember("after")),
    ]
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert [type(result) for result in results] == [bool, ValueError, bool]
    assert await books.desk.do(remember("broken")) is True
    assert await books.desk.do(remember("before")) is False
    assert await books.desk.do(remember("after")) is False


def test_a_rescue_replaces_what_was_undone(books: Books) -> None:
    books.desk.do_now(break_after("broken"), rescue=lambda _: remember("instead"))
    assert not known(books, "broken")
    assert known(books, "instead")


def test_a_refused_row_does_not_spoil_the_group(books: Books) -> None:
    def twice(work: Work) -> None:
        work.session.connection().exec_driver_sql("INSERT INTO told (key, at) VALUES ('x', '2026-01-01')")
        work.session.connection().exec_driver_sql("INSERT INTO told (key, at) VALUES ('x', '2026-01-01')")

    with pytest.raises(Exception, match="told"):
        books.desk.do_now(twice)
    assert books.desk.do_now(remember("x")) is True
