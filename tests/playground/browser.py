"""The system's Chromium for tests that drive the page; what they saw is kept as pictures."""

import re
import shutil
import subprocess
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

SCREENSHOTS = Path(__file__).parents[2] / ".cache" / "screenshots"
LAPTOP = {"width": 1280, "height": 800}
POCKET = {"width": 390, "height": 844}
PATIENCE_MS = 15_000

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
)
MISSING = (
    "no Chromium on this machine: install one for the tests of the page "
    "(`apt install chromium`, `brew install --cask chromium`, or Google Chrome)"
)

type_of_opener = Callable[..., Awaitable[Page]]


def installed_chromium() -> str | None:
    """Where the system's Chromium or a sibling of it lies."""
    named = (found for name in NAMES if (found := shutil.which(name)))
    placed = (place for place in PLACES if Path(place).exists())
    return next(named, None) or next(placed, None)


@pytest.fixture(scope="session")
def chromium_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Chromium for the whole run; every test connects to it in its own event loop and opens its own windows."""
    executable = installed_chromium()
    if executable is None:
        pytest.skip(MISSING)
    profile = tmp_path_factory.mktemp("chromium")
    command = [executable, *ARGUMENTS, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = (re.search(r"ws://\S+", line) for line in process.stderr)
        address = next(found.group() for found in said if found)
        drain = threading.Thread(target=process.stderr.read, daemon=True)
        drain.start()
        yield address
        process.terminate()
        process.wait()
        drain.join()


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[Browser]:
    """A connection to the running Chromium; costs a second."""
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(address)
        yield browser
        await browser.close()  # this connection and its windows; Chromium itself goes on


@asynccontextmanager
async def opener(browser: Browser) -> AsyncIterator[type_of_opener]:
    """Opens addresses in fresh windows; fails when a script on a page did."""
    broken: list[str] = []
    opened: list[BrowserContext] = []

    async def open_address(address: str, **options: object) -> Page:
        settings: dict[str, object] = {"viewport": LAPTOP, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
        context = await browser.new_context(**{**settings, **options})  # type: ignore[arg-type]
        opened.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        await page.goto(address)
        return page

    yield open_address
    for context in opened:
        await context.close()
    assert broken == []


@pytest.fixture
async def chromium(chromium_address: str) -> AsyncIterator[Browser]:
    async with connected(chromium_address) as browser:
        yield browser


@pytest.fixture
async def open_page(chromium: Browser) -> AsyncIterator[type_of_opener]:
    async with opener(chromium) as open_address:
        yield open_address


async def keep_picture(page: Page, name: str) -> Path:
    """Stores what the page looks like as .cache/screenshots/<name>.png."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}.png"
    await page.screenshot(path=path, animations="disabled")
    return path
