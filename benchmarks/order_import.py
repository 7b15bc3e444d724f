"""A sheet of 20,000 orders from the chat into the books, while a hundred other chats go on talking to the bot."""

import asyncio
import random
import tempfile
import time
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import quantiles
from typing import Any

from aiogram import Bot

from benchmarks.figures import Figure
from bot.app import App
from playground.phone import Phone
from playground.session import InProcessSession
from playground.telegram import EVERYBODY, Telegram
from services import catalog
from shop.products import Category, NewPhoto, NewProduct, NewVariant
from shop.shops import Member, Shop
from shop.speakers import Role
from storage.schema import upgrade
from storage.work import Work

ROWS = 20_000
COLUMNS = 63
PRODUCTS = 200
OTHERS = 100
MESSAGES_A_SECOND = 10
GOAL_SECONDS = 20.0
GOAL_P99_SECONDS = 0.5
MERCHANT = 1001
_PATIENCE_SECONDS = 180.0


@dataclass
class Waits:
    """When somebody wrote, and how long it took until the bot's answer was in the chat."""

    asked: dict[int, float] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> list[Figure]:
    sheet = workbook(ROWS)
    telegram = Telegram()
    app = _app(telegram, folder)
    stop = asyncio.Event()
    running = asyncio.ensure_future(app.run(stop, tick_seconds=60))
    people = [Phone(telegram, telegram.add_person(MERCHANT + n, f"店主{n}", "zh-hans")) for n in range(OTHERS + 1)]
    for phone in people:
        phone.say("/start")
    await _until(lambda: all(len(phone.chat.messages) > 1 for phone in people))
    await app.desk.do(_open_shops)
    await _until_quiet(app)
    waits = Waits()
    watching = asyncio.ensure_future(_watch(telegram, waits))
    talking = asyncio.ensure_future(_talk(people[1:], waits))
    read, imported = await _import(people[0], sheet)
    for task in (talking, watching):
        task.cancel()
    found = await app.desk.do(lambda work: work.connection.exec_driver_sql("SELECT count(*) FROM orders").scalar())
    stop.set()
    await running
    return _figures(read, imported, found or 0, waits.seconds)


def _figures(read: float, imported: float, found: int, waits: list[float]) -> list[Figure]:
    p50, p99 = quantiles(waits, n=100)[49], quantiles(waits, n=100)[98]
    whole = read + imported
    return [
        Figure(f"reading a sheet of {ROWS:,} rows x {COLUMNS} columns, until the preview", f"{read:.1f} s"),
        Figure(f"taking in its {found:,} orders", f"{imported:.1f} s"),
        Figure("both together", f"{whole:.1f} s", f"< {GOAL_SECONDS:.0f} s", whole < GOAL_SECONDS and found == ROWS),
        Figure(f"another chat's answer meanwhile ({len(waits)} of them), p50", f"{p50 * 1000:.0f} ms"),
        Figure("p99", f"{p99 * 1000:.0f} ms", f"< {GOAL_P99_SECONDS * 1000:.0f} ms", p99 < GOAL_P99_SECONDS),
    ]


async def _import(merchant: Phone, sheet: bytes) -> tuple[float, float]:
    began = time.perf_counter()
    merchant.send_documents([("得物订单.xlsx", sheet)])
    await _until(lambda: _shows(merchant, f"{ROWS} 个新订单"))
    read = time.perf_counter() - began
    card = next(message for message in reversed(merchant.chat.messages.values()) if "reply_markup" in message)
    began = time.perf_counter()
    merchant.tap(card["message_id"], card["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    await _until(lambda: _shows(merchant, "待核对"))
    return read, time.perf_counter() - began


async def _talk(others: list[Phone], waits: Waits) -> None:
    """Each person writes now and then; all together many times a second."""
    began, said = time.perf_counter(), 0
    while True:
        phone = others[said % len(others)]
        waits.asked[phone.person.id] = time.perf_counter()
        phone.say("/orders")
        said += 1
        await asyncio.sleep(max(began + said / MESSAGES_A_SECOND - time.perf_counter(), 0))


async def _watch(telegram: Telegram, waits: Waits) -> None:
    heard = telegram.listen(EVERYBODY)
    while True:
        event = await heard.get()
        message: dict[str, Any] = event.get("message") or {}
        asked = waits.asked.get(event.get("chat_id", 0))
        if asked is not None and event["type"] == "message" and message.get("from", {}).get("is_bot"):
            waits.seconds.append(time.perf_counter() - asked)
            del waits.asked[event["chat_id"]]


async def _until_quiet(app: App) -> None:
    """All greetings are out, so that only the import competes with the other chats."""
    waiting = "SELECT count(*) FROM outbox WHERE state = 'waiting'"
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while await app.desk.do(lambda work: work.connection.exec_driver_sql(waiting).scalar()):  # noqa: ASYNC110
            await asyncio.sleep(1)


def _shows(phone: Phone, words: str) -> bool:
    return any(words in message.get("text", "") for message in phone.chat.messages.values())


async def _until(happened: Any) -> None:
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while not happened():  # noqa: ASYNC110 - somebody looks at a phone
            await asyncio.sleep(0.01)


def _app(telegram: Telegram, folder: Path) -> App:
    bot = Bot(telegram.token, session=InProcessSession(telegram))
    clock = lambda: datetime.now(UTC)  # noqa: E731 - the wall clock of this run
    app = App(bot, f"sqlite:///{folder / 'benchmark.db'}", clock=clock, files=folder / "files")
    upgrade(app.desk.engine)
    return app


def _open_shops(work: Work) -> None:
    """Everybody has a shop; the merchant's sells what half of the sheet asks for."""
    for person_id in range(MERCHANT, MERCHANT + OTHERS + 1):
        shop = Shop(name="潮鞋小铺", opened_at=work.now, link_code=f"link{person_id}")
        work.session.add(shop)
        work.session.flush()
        person = work.people.find(person_id)
        assert person is not None
        person.staff_of = shop.id
        work.session.add(Member(shop_id=shop.id, person_id=person_id, role=Role.OWNER, joined_at=work.now))
        if person_id == MERCHANT:
            work.session.flush()
            work.enter(speaker=work.speaker, shop=shop)
            for number in range(0, PRODUCTS, 2):
                catalog.add_product(work, _product(number))


def _product(number: int) -> NewProduct:
    return NewProduct(
        category=Category.SHOES,
        brand="Nike",
        model=f"Air {number}",
        variants=tuple(NewVariant("白灰色", str(size), 10, sku=f"S{number}-{size}") for size in range(36, 46)),
        photos=tuple(NewPhoto(f"photo-{number}-{n}", f"unique-{number}-{n}", f"hash-{n}") for n in range(3)),
        sale_price=36_025,
        list_price=None,
        size_chart="42 = 265 mm",
    )


def workbook(rows: int) -> bytes:
    """A 得物 export as wide as a real one, every order a different one."""
    luck = random.Random(7)
    lines = [_cells(number, luck) for number in range(rows)]
    header = [*lines[0], *(f"未用{n}" for n in range(COLUMNS - len(lines[0])))]
    body = [_row(number, cells) for number, cells in enumerate([header, *(list(line.values()) for line in lines)], 1)]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="1" r:id="a"/></sheets></workbook>'
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{_LINK}</Relationships>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{''.join(body)}</sheetData></worksheet>")
    return out.getvalue()


_LINK = '<Relationship Id="a" Type="t/worksheet" Target="worksheets/sheet1.xml"/>'


def _row(number: int, cells: list[str]) -> str:
    shown = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' if cell else "<c/>" for cell in cells)
    return f'<row r="{number}">{shown}{"<c/>" * (COLUMNS - len(cells))}</row>'


def _cells(number: int, luck: random.Random) -> dict[str, str]:
    product, size = luck.randrange(PRODUCTS), luck.randrange(36, 46)
    return {
        "订单号": f"1102{number:014d}",
        "spuID": str(8_975_477 + product),
        "skuID": str(666_090_493 + product * 10 + size),
        "商品名称": f"Nike Air {product}",
        "货号": f"QH{product:06d}",
        "SKU货号": f"S{product}-{size}",
        "规格": f"白灰色 {size}",
        "数量": "1",
        "出价金额（元）": "360.25",
        "订单状态": "待卖家发货",
        "收件人姓名": luck.choice("王李张刘陈赵") + luck.choice("小明静伟洋敏晓"),
        "收件人手机号": f"138{luck.randrange(10**8):08d}",
        "收件人省": "陕西省",
        "收件人市": "咸阳市",
        "收件人区": "秦都区",
        "收件人详细地址": f"建设路{luck.randrange(1, 900)}号{luck.randrange(1, 30)}栋",
        "买家备注": luck.choice(["", "", "", "尽快发货,谢谢", "放门口"]),
        "买家下单时间": f"2026-08-{luck.randrange(1, 29):02d} 10:25:{luck.randrange(60):02d}",
        "买家支付时间": f"2026-08-{luck.randrange(1, 29):02d} 10:26:{luck.randrange(60):02d}",
    }
