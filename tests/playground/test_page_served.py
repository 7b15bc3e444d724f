"""The page as a browser gets it, before any script runs."""

import json
import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from playground import page


@pytest.fixture
async def site() -> AsyncIterator[ClientSession]:
    application = web.Application()
    application.add_routes(page.routes())
    async with TestServer(application) as server, ClientSession(server.make_url("/")) as session:
        yield session


async def text_of(site: ClientSession, address: str = "/phones/", **headers: str) -> str:
    async with site.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()}) as answer:
        assert answer.status == 200
        return await answer.text()


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("", "zh-CN"),
        ("zh-TW,zh;q=0.9", "zh-CN"),
        ("en-US,en;q=0.9", "en"),
        ("zh-CN,en;q=0.5", "zh-CN"),
        ("de,en;q=0.5", "en"),
        ("fr", "zh-CN"),
    ],
)
async def test_the_page_speaks_the_browsers_language_and_chinese_otherwise(
    site: ClientSession, wanted: str, language: str
) -> None:
    assert f'<html lang="{language}">' in await text_of(site, Accept_Language=wanted)


async def test_a_language_chosen_on_the_page_wins(site: ClientSession) -> None:
    assert '<html lang="en">' in await text_of(site, Accept_Language="zh", Cookie="phones_language=en")
    assert '<html lang="zh-CN">' in await text_of(site, Accept_Language="en", Cookie="phones_language=zh")


async def test_an_address_without_its_slash_leads_to_the_page(site: ClientSession) -> None:
    async with site.get("/phones", allow_redirects=False) as answer:
        assert answer.status == 302
        assert answer.headers["Location"] == "/phones/"


async def test_everything_that_the_page_names_is_there(site: ClientSession) -> None:
    shell = await text_of(site)
    addresses = re.findall(r'(?:href|src)="([^"]+)"', shell)
    assert "/phones/static/main.js" in addresses
    for address in addresses:
        assert await text_of(site, address)


async def test_the_words_in_the_page_are_readable_json(site: ClientSession) -> None:
    shell = await text_of(site)
    (words,) = re.findall(r'<script type="application/json" id="words">(.*?)</script>', shell, re.DOTALL)
    assert json.loads(words)["Reply"] == "回复"


async def test_the_page_forbids_scripts_and_addresses_of_others(site: ClientSession) -> None:
    async with site.get("/phones/") as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fpage.py", "%2e%2e%2fpage.py", ".hidden", "words", "main.js%00"])
async def test_only_the_pages_own_files_are_served(site: ClientSession, name: str) -> None:
    async with site.get(f"/phones/static/{name}") as answer:
        assert answer.status == 404


async def test_a_changed_module_is_asked_for_again(site: ClientSession) -> None:
    async with site.get("/phones/static/main.js") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.content_type == "text/javascript"
