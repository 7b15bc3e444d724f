"""Errands: remote or heavy work is tried again, given up with a word, and never takes others with it."""

import errno
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot import errands
from bot.errands import Outside, errand
from storage.files import keep_bytes, path_of
from storage.tasks import Job
from storage.work import Work
from tests.chat import House


@dataclass(frozen=True)
class Fetch:
    """Something from far away."""

    name: str


@dataclass
class Far:
    """How often it was tried, and what failed."""

    tried: list[str] = field(default_factory=list)
    failures: int = 0
    error: Exception = field(default_factory=ConnectionError)
    given_up: list[str] = field(default_factory=list)

    async def run(self, _: Outside, wish: Fetch) -> Job[None]:
        self.tried.append(wish.name)
        if self.failures:
            self.failures -= 1
            raise self.error

        def report(work: Work) -> None:
            work.first_time(f"fetched {wish.name}")

        return report

    def give_up(self, _: Work, wish: Fetch) -> None:
        self.given_up.append(wish.name)


@pytest.fixture
def far() -> Iterator[Far]:
    there = Far()
    errand(Fetch, give_up=there.give_up)(there.run)
    yield there
    del errands._RUNS["Fetch"]


async def leave(house: House, name: str) -> None:
    await house.app.desk.do(lambda work: work.errands.leave(Fetch(name)))
    await house.settle()


async def fetched(house: House, name: str) -> bool:
    return not await house.app.desk.do(lambda work: work.first_time(f"fetched {name}"))


async def test_an_errand_is_run_once_and_its_report_is_kept(house: House, far: Far) -> None:
    await leave(house, "a")
    await house.settle()
    assert far.tried == ["a"]
    assert await fetched(house, "a")


async def test_a_failed_errand_is_tried_again_later_and_each_time_later(house: House, far: Far) -> None:
    far.failures = 2
    await leave(house, "a")
    assert far.tried == ["a"]
    house.clock.move(timedelta(seconds=1))
    await house.settle()
    assert far.tried == ["a", "a"]
    house.clock.move(timedelta(seconds=1))
    await house.settle()
    assert far.tried == ["a", "a"]
    house.clock.move(timedelta(seconds=1))
    await house.settle()
    assert far.tried == ["a"] * 3
    assert await fetched(house, "a")


async def test_an_errand_that_always_fails_is_given_up_with_a_word(house: House, far: Far) -> None:
    far.failures = 100
    await leave(house, "a")
    for _ in range(20):
        house.clock.move(timedelta(hours=1))
        await house.settle()
    assert len(far.tried) == 8
    assert far.given_up == ["a"]


async def test_an_errand_waits_for_room_on_the_disk_however_long_that_takes(house: House, far: Far) -> None:
    far.failures, far.error = 50, OSError(errno.ENOSPC, "No space left on device")
    await leave(house, "a")
    for _ in range(50):
        house.clock.move(timedelta(seconds=10))
        await house.settle()
    assert far.given_up == []
    assert await fetched(house, "a")


def test_a_file_for_which_there_is_no_room_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("storage.files.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            keep_bytes(tmp_path, b"a photo")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert path_of(tmp_path, keep_bytes(tmp_path, b"a photo")).read_bytes() == b"a photo"


async def test_an_errand_that_nobody_knows_any_more_holds_up_no_other(house: House, far: Far) -> None:
    @dataclass(frozen=True)
    class Forgotten:
        name: str

    await house.app.desk.do(lambda work: work.errands.leave(Forgotten("x")))
    await leave(house, "a")
    assert await fetched(house, "a")


async def test_an_errand_left_before_the_end_of_the_process_is_run_after_it(house: House, far: Far) -> None:
    await house.app.desk.do(lambda work: work.errands.leave(Fetch("a")))
    await house.restart()
    await house.settle()
    assert far.tried == ["a"]


async def test_an_errand_left_by_a_clock_that_was_ahead_does_not_wait_for_it(house: House, far: Far) -> None:
    house.clock.move(timedelta(hours=3))
    await house.app.desk.do(lambda work: work.errands.leave(Fetch("a")))
    house.clock.move(-timedelta(hours=3))
    await house.settle()
    assert far.tried == ["a"]
