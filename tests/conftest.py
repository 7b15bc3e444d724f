"""Fixtures of the whole suite."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot import logs
from playground.limits import Limits
from playground.server import serving
from playground.telegram import Telegram
from storage import database
from tests.books import Books
from tests.chat import ChatDriver, House
from tests.databases import Postgres, sqlite_copy, sqlite_template
from tests.playground.local import MERCHANT

database.SYNCHRONOUS = "OFF"  # thousands of small databases; power failures are for tests with real processes


@pytest.fixture(scope="session", autouse=True)
def quiet_logs() -> None:
    """Logs as in production, but only what is really wrong."""
    logs.set_up("CRITICAL", as_json=True)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = Postgres(Path(folder))
        yield server
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a single table, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.empty() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_books(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> Iterator[str]:
    """A database with all tables and not one row, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield sqlite_copy(template, tmp_path)
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.fresh() as url:
        yield url


@pytest.fixture
def books(empty_books: str) -> Iterator[Books]:
    opened = Books(empty_books)
    yield opened
    opened.close()


@pytest.fixture
def shop_id(books: Books) -> int:
    """A shop of its owner, person 1001."""
    return books.open_shop()


@pytest.fixture
async def house(template: Path, tmp_path: Path) -> AsyncIterator[House]:
    """A bot that nobody has written to yet."""
    opened = House(sqlite_copy(template, tmp_path), tmp_path)
    await opened.app.introduce()
    yield opened
    await opened.close()


@pytest.fixture
def stranger(house: House) -> ChatDriver:
    return house.person(2001, "路人甲")


@pytest.fixture
def local() -> Telegram:
    """A Telegram without limits, in which somebody has started the bot."""
    telegram = Telegram(limits=Limits.off())
    telegram.add_person(MERCHANT, "林老板").started = True
    return telegram


@pytest.fixture
async def address(local: Telegram) -> AsyncIterator[str]:
    """Where the local Telegram is served over HTTP."""
    async with serving(local) as where:
        yield where
