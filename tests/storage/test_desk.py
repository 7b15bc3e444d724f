"""The desk: one thread, one transaction for a group, and each job undone by itself."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event

from shop.shops import Shop
from storage.tasks import DatabaseAwayError
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


def test_work_waits_while_the_database_is_away_and_is_then_done_once(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.desk.PAUSES", (0, 0))
    away = [books.desk.engine.dialect.loaded_dbapi.OperationalError("away")] * 2

    def job(work: Work) -> bool:
        first = work.first_time("a")
        if away:
            raise away.pop()
        return first

    assert books.desk.do_now(job) is True


def test_a_database_that_stays_away_is_no_fault_of_the_job(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.desk.PAUSES", (0, 0))
    away = books.desk.engine.dialect.loaded_dbapi.OperationalError

    def job(_: Work) -> None:
        raise away("away")

    def rescue(_: Exception) -> None:
        raise AssertionError("nobody is to blame")

    with pytest.raises(DatabaseAwayError):
        books.desk.do_now(job, rescue=rescue)


def test_a_flush_that_the_database_refuses_takes_nobody_with_it(books: Books, shop_id: int) -> None:
    def twice(work: Work) -> None:
        work.session.add(Shop(name="B", opened_at=work.now, link_code="link1001"))

    async def together() -> list[Any]:
        books.desk.open()
        jobs: list[Any] = [books.desk.do(remember("a")), books.desk.do(twice), books.desk.do(remember("b"))]
        return await asyncio.gather(*jobs, return_exceptions=True)

    results = asyncio.run(together())
    assert [type(result).__name__ for result in results] == ["bool", "IntegrityError", "bool"]
    books.desk.close()


async def test_who_insists_is_served_when_the_database_is_back(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.desk.PAUSES", (0,))
    away = [books.desk.engine.dialect.loaded_dbapi.OperationalError("away")] * 5

    def job(work: Work) -> bool:
        if away:
            raise away.pop()
        return work.first_time("a")

    assert await books.desk.insist(job) is True


@pytest.mark.parametrize("statement", ["SELECT nothing FROM nowhere", "SELEKT 1"])
def test_a_mistake_in_a_statement_is_the_jobs_own_fault(books: Books, statement: str) -> None:
    def job(work: Work) -> None:
        work.connection.exec_driver_sql(statement)

    assert books.desk.do_now(job, rescue=lambda _: remember("rescued")) is True


def test_a_missing_file_is_the_jobs_own_fault(books: Books) -> None:
    def job(_: Work) -> None:
        raise FileNotFoundError("photo.jpg")

    with pytest.raises(FileNotFoundError):
        books.desk.do_now(job)


async def test_a_commit_that_fails_costs_one_job_and_not_the_desk(books: Books) -> None:
    breaks = [True]

    def fail_once(_: Connection) -> None:
        if breaks:
            breaks.pop()
            raise RuntimeError("broken in the middle of a commit")

    event.listen(books.desk.engine, "commit", fail_once)
    books.desk.open()
    with pytest.raises(RuntimeError):
        await books.desk.do(remember("a"))
    assert await books.desk.do(remember("a")) is True


async def test_what_is_ordered_after_the_end_is_not_done(books: Books) -> None:
    books.desk.open()
    in_time = books.desk.do(remember("in time"))
    books.desk.close()
    assert books.desk.do(remember("late")).cancelled()
    assert await in_time is True
    assert known(books, "in time")
    assert not known(books, "late")
