"""Starting: what goes wrong before the first update is said in a sentence, and a network that is not there yet is waited for."""

import asyncio
import socket
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.playing import run_playground
from bot.settings import Settings
from bot.starting import run_bot
from playground.phone import Phone
from playground.server import serving
from playground.telegram import Telegram
from storage.locking import leading
from tests.chat import House


def settings(folder: Path, token: str, api_url: str = "http://127.0.0.1:9") -> Settings:
    return Settings(
        bot_token=SecretStr(token),
        api_url=api_url,
        database_url=f"sqlite:///{folder / 'shop.db'}",
        files=folder / "files",
        log_level="CRITICAL",
    )


def clock() -> datetime:
    return datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize("token", ["123456789:AAwrongwrongwrongwrongwrongwrongwro", "nonsense", ""])
async def test_a_wrong_token_is_said_in_a_sentence(
    token: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(Telegram()) as address:
        status = await run_bot(settings(tmp_path, token, address), asyncio.Event(), clock=clock)
    assert status == 1
    said = capsys.readouterr().err
    assert "@BotFather" in said
    assert token == "" or token not in said


async def test_a_taken_port_is_said_with_a_way_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        play = Settings(playground_port=port, playground_home=tmp_path / "home", log_level="CRITICAL")
        assert await run_playground(play, asyncio.Event()) == 1
    said = capsys.readouterr().err
    assert str(port) in said
    assert "ZHANGGUI_PLAYGROUND_PORT" in said


async def test_a_telegram_that_cannot_be_reached_is_waited_for(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.PAUSE_SECONDS", 0)
    house.telegram.faults.plan("drop_before", "getMe", times=2)
    house.telegram.faults.plan("502html", "getMe")
    await house.app.introduce()
    assert not house.telegram.faults.planned


async def test_a_bot_that_waits_for_telegram_still_leaves_when_it_is_asked_to(tmp_path: Path) -> None:
    stop = asyncio.Event()
    running = asyncio.ensure_future(
        run_bot(settings(tmp_path, "123456789:AAPlaygroundPlaygroundPlaygroundABC"), stop, clock=clock)
    )
    stop.set()
    assert await asyncio.wait_for(running, 5) == 0


async def test_a_webhook_of_earlier_days_does_not_keep_us_from_fetching(house: House) -> None:
    await house.telegram.call("setWebhook", {"url": "http://127.0.0.1:9/old"})
    await house.app.introduce()
    person = house.person(5001, "小林")
    await person.says("/start")
    assert person.heard


def by_webhook(folder: Path, telegram: Telegram, api_url: str, port: int) -> Settings:
    return settings(folder, telegram.token, api_url).model_copy(
        update={
            "http_port": port,
            "webhook_url": f"http://127.0.0.1:{port}/telegram/hook",
            "webhook_secret": SecretStr("s3cret_of-more-than-32-letters-00000"),
        }
    )


def free_port() -> int:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        port: int = some.getsockname()[1]
        return port


async def answered(phone: Phone) -> None:
    """The bot has said something in this chat."""
    shown = phone.telegram.listen(phone.person.id)
    while not any(message["from"]["is_bot"] for message in phone.chat.messages.values()):
        await asyncio.wait_for(shown.get(), 20)


async def test_a_bot_with_a_webhook_hears_what_is_posted_and_what_waited_before_the_start(tmp_path: Path) -> None:
    telegram = Telegram()
    early, late = (Phone(telegram, telegram.add_person(n, name)) for n, name in ((2001, "小美"), (2002, "小林")))
    stop = asyncio.Event()
    early.say("/start")
    async with serving(telegram) as address:
        running = asyncio.ensure_future(
            run_bot(by_webhook(tmp_path, telegram, address, free_port()), stop, clock=clock)
        )
        await answered(early)
        late.say("/start")
        await answered(late)
        assert telegram.webhook.last_error is None
        stop.set()
        assert await asyncio.wait_for(running, 10) == 0
        assert telegram.webhook.target is not None


async def test_a_taken_address_of_the_webhook_is_said_with_a_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    telegram = Telegram()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with serving(telegram) as address:
            assert await run_bot(by_webhook(tmp_path, telegram, address, port), asyncio.Event(), clock=clock) == 1
    said = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in said
    assert "ZHANGGUI_HTTP_PORT" in said


async def test_an_address_that_telegram_does_not_take_is_said_in_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    telegram = Telegram()
    async with serving(telegram) as address:
        odd = by_webhook(tmp_path, telegram, address, free_port()).model_copy(
            update={"webhook_url": "https://example.com:9443/telegram/hook"}
        )
        assert await run_bot(odd, asyncio.Event(), clock=clock) == 1
    assert "only on ports 80, 88, 443 or 8443" in capsys.readouterr().err


async def test_with_a_database_file_a_second_process_waits_and_takes_over_when_the_first_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def tries(url: str) -> AbstractContextManager[None]:
        tried.append(url)
        return leading(url)

    monkeypatch.setattr("bot.starting.leading", tries)
    monkeypatch.setattr("bot.starting.TURN_SECONDS", 0.01)
    telegram = Telegram()
    person = Phone(telegram, telegram.add_person(2001, "路人甲"))
    async with serving(telegram) as address:
        with leading(settings(tmp_path, telegram.token).database_url):
            stop = asyncio.Event()
            running = asyncio.ensure_future(run_bot(settings(tmp_path, telegram.token, address), stop, clock=clock))
            person.start()
            while len(tried) < 3:  # noqa: ASYNC110 - it tries by the clock
                await asyncio.sleep(0.01)
            assert (running.done(), len(person.chat.messages)) == (False, 1)
        async with asyncio.timeout(20):
            while len(person.chat.messages) == 1:  # noqa: ASYNC110 - another thread works
                await asyncio.sleep(0.02)
        stop.set()
        assert await running == 0


async def test_a_process_that_waits_for_its_turn_can_be_stopped(tmp_path: Path) -> None:
    stop = asyncio.Event()
    with leading(settings(tmp_path, "123456789:AAsomething").database_url):
        running = asyncio.ensure_future(run_bot(settings(tmp_path, "123456789:AAsomething"), stop, clock=clock))
        stop.set()
        assert await asyncio.wait_for(running, 10) == 0
