"""Logs: what happened and where, never a token, a phone number or what somebody wrote."""

import asyncio
import gc
import logging
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from bot import logs
from bot.settings import Settings
from storage.tables.pipeline import errands
from storage.work import Work
from tests.bot.question_chats import picture
from tests.bot.shop_chats import owner_of
from tests.chat import ChatDriver, House

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
PHONE = "13800001000"
WORDS = "我的秘密地址是平江路66号"


@pytest.fixture
def loud(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    logs.set_up("DEBUG", as_json=True)
    yield capsys
    logs.set_up("CRITICAL", as_json=True)


def test_a_token_never_shows_wherever_it_stands(loud: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().error("failed", url=f"https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg")
    logging.getLogger("aiohttp").warning("GET /bot%s/getMe", TOKEN)
    said = loud.readouterr().err
    assert TOKEN not in said
    assert said.count("<token>") == 2


def test_a_phone_number_never_shows(loud: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().warning("odd number", number=PHONE, spaced="138 0000 1000")
    said = loud.readouterr().err
    assert PHONE not in said
    assert "138 0000" not in said


def test_an_exception_shows_its_kind_and_its_place_but_not_its_words(loud: pytest.CaptureFixture[str]) -> None:
    try:
        int(WORDS)
    except ValueError as error:
        structlog.get_logger().exception("broken", exc_info=error)
        logging.getLogger("some.library").exception("broken too")
    said = loud.readouterr().err
    assert WORDS not in said
    assert said.count("ValueError") == 2
    assert "test_logs.py:" in said


async def test_a_task_that_nobody_waited_for_does_not_tell_what_it_raised(
    loud: pytest.CaptureFixture[str],
) -> None:
    async def break_down() -> None:
        raise ValueError(WORDS)

    task = asyncio.ensure_future(break_down())
    await asyncio.wait([task])
    del task
    gc.collect()
    said = loud.readouterr().err
    assert "never retrieved" in said
    assert WORDS not in said


async def test_nothing_shows_the_token_or_a_secret_when_it_is_printed(house: House) -> None:
    settings = Settings(bot_token=TOKEN, webhook_secret="s" * 32, _env_file=None)
    shown = f"{settings!r} {settings} {house.app!r} {vars(house.app)!r} {house.app.bot!r}"
    assert TOKEN not in shown
    assert "s" * 32 not in shown
    assert house.telegram.token not in shown


async def test_a_download_that_fails_leaves_no_token_in_log_and_books(
    loud: pytest.CaptureFixture[str], house: House
) -> None:
    """The library's error holds the address of the file, and the address holds the token."""
    owner = await owner_of(house, "老王潮鞋", person_id=1001)
    house.telegram.faults.plan("500", "download", times=9)
    await owner.says("/newproduct")
    await owner.sends_photos(picture())
    said = loud.readouterr().err
    assert "an errand failed" in said
    kept = house.app.desk.do_now(lambda work: [row.error for row in work.connection.execute(select(errands.c.error))])
    assert kept == ["ClientResponseError"]
    assert house.telegram.token not in said


async def test_a_statement_that_fails_does_not_tell_what_was_written(house: House) -> None:
    def break_down(work: Work) -> None:
        work.connection.execute(text("SELECT no_such_column FROM people WHERE name = :name"), {"name": WORDS})

    with pytest.raises(OperationalError) as broken:
        house.app.desk.do_now(break_down)
    assert WORDS not in str(broken.value)


async def test_a_whole_talk_leaves_no_word_of_it(loud: pytest.CaptureFixture[str], stranger: ChatDriver) -> None:
    await stranger.starts()
    await stranger.taps("我要开店")
    await stranger.says(WORDS)
    await stranger.says(f"{PHONE} {WORDS}")
    said = loud.readouterr().err
    assert WORDS not in said
    assert PHONE not in said
    assert stranger.house.telegram.token not in said
