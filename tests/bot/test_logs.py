"""Logs: what happened and where, never a token, a phone number or what somebody wrote."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot import logs
from tests.chat import ChatDriver

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


async def test_a_whole_talk_leaves_no_word_of_it(loud: pytest.CaptureFixture[str], stranger: ChatDriver) -> None:
    await stranger.starts()
    await stranger.taps("我要开店")
    await stranger.says(WORDS)
    await stranger.says(f"{PHONE} {WORDS}")
    said = loud.readouterr().err
    assert WORDS not in said
    assert PHONE not in said
    assert stranger.house.telegram.token not in said
