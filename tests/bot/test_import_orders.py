"""A merchant drops an order export into the chat: reading, columns, preview, import, and everything that can go wrong."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from documents.order_sheet_reading import OrderChunk
from services import order_imports, sheet_reports
from services import orders as orders_service
from shop.incoming import IncomingOrder
from shop.order_arrivals import Accepted
from shop.order_imports import ImportState
from shop.orders import OrderStatus
from shop.shops import Member, Person
from shop.speakers import Role
from storage.tables.imports import import_chunks, import_problems
from storage.tables.imports import order_imports as order_imports_table
from storage.tables.orders import order_lines, orders
from storage.work import Work
from tests.bot.question_chats import member, open_shop, visitor
from tests.chat import ChatDriver, House

SHEETS = Path(__file__).parent.parent / "sheets"
TAOBAO, DEWU, SHOPIFY = (
    "taobao_ExportOrderList_gbk.csv",
    "dewu_orders_wrong_dimension.xlsx",
    "shopify_orders_export.csv",
)
OWN = "单号,品名,尺寸,件数,收货人,电话,地址"


@pytest.fixture
def merchant(house: House) -> ChatDriver:
    open_shop(house)
    return member(house, 1001)


def own_sheet(*numbers: str, header: str = OWN) -> bytes:
    rows = [f"{number},球鞋,42,1,王小明,13800001000,浙江省杭州市西湖区文一路1号" for number in numbers]
    return "\n".join([header, *rows]).encode()


def document_of(chat: ChatDriver, name: str) -> dict[str, object]:
    kept = chat.phone.telegram.files.keep(own_sheet("A1"), name=name)
    return kept.as_json() | {"file_name": name, "mime_type": "text/csv"}


async def drops(chat: ChatDriver, name: str) -> None:
    await chat.sends_document(name, (SHEETS / name).read_bytes())


async def drops_own(chat: ChatDriver, count: int, *, name: str = "十一月.csv") -> None:
    """A home-made sheet, with its columns confirmed."""
    await chat.sends_document(name, own_sheet(*(f"A{n:04d}" for n in range(count))))
    await chat.taps("各列没错")


def rows_of(house: House, table: object, *where: object) -> int:
    query = select(func.count()).select_from(table).where(*where)  # type: ignore[arg-type]
    return house.app.desk.do_now(lambda work: work.connection.scalar(query)) or 0


def numbers_in(house: House) -> list[str]:
    query = select(orders.c.number).order_by(orders.c.id)
    return house.app.desk.do_now(lambda work: list(work.connection.scalars(query)))


@pytest.mark.parametrize(
    ("name", "platform", "button", "to_check"),
    [
        (TAOBAO, "淘宝", "导入 6 单", "4 个订单待核对"),
        (DEWU, "得物", "导入 4 单", "4 个订单待核对"),
        (SHOPIFY, "Shopify", "导入 3 单", "2 个订单待核对"),
    ],
)
async def test_an_export_of_a_known_platform_is_dropped_looked_at_and_imported(
    merchant: ChatDriver, house: House, name: str, platform: str, button: str, to_check: str
) -> None:
    await drops(merchant, name)
    assert platform in merchant.card
    assert name in merchant.card
    assert rows_of(house, orders) == 0
    await merchant.taps(button)
    assert to_check in merchant.card
    expected = json.loads((SHEETS / "expected.json").read_text("utf-8"))["files"][name]["expected"]
    assert numbers_in(house) == [one["order_no"] for one in expected]


async def test_the_card_says_at_once_that_the_sheet_is_being_read(merchant: ChatDriver, house: House) -> None:
    merchant.phone.send_documents([(TAOBAO, (SHEETS / TAOBAO).read_bytes())])
    await house.app.intake.fetch(wait=0)
    await house.app.handling.settled()
    await house.app.delivery.run(until_idle=True)
    assert "正在读取订单" in merchant.card
    await house.settle()
    assert "4 个新订单" in merchant.card
    assert len(merchant.heard) == 1


async def test_the_preview_tells_new_known_left_and_cancelled_apart(merchant: ChatDriver) -> None:
    await drops(merchant, TAOBAO)
    assert "4 个新订单" in merchant.card
    assert "2 个已发货" in merchant.card
    await drops(merchant, SHOPIFY)
    assert "2 个新订单" in merchant.card
    assert "1 个已取消" in merchant.card


async def test_a_second_import_of_the_same_sheet_changes_nothing(merchant: ChatDriver, house: House) -> None:
    await drops(merchant, SHOPIFY)
    await merchant.taps("导入 3 单")
    before = numbers_in(house), rows_of(house, order_lines)
    await drops(merchant, SHOPIFY)
    assert "没有新订单" in merchant.card
    assert "3 个已经有了" in merchant.card
    await merchant.taps("更新这 3 单")
    assert "没有新的要核对" in merchant.card
    assert (numbers_in(house), rows_of(house, order_lines)) == before


async def test_an_order_that_was_cancelled_meanwhile_is_cancelled_by_the_next_sheet(
    merchant: ChatDriver, house: House
) -> None:
    header, row = f"{OWN},订单状态", "A1,球鞋,42,1,王小明,13800001000,杭州"
    for state in ("待发货", "已取消"):
        await merchant.sends_document(f"{state}.csv", f"{header}\n{row},{state}\n".encode())
        await merchant.taps("各列没错")
        await merchant.taps("单", on=merchant.card_message)
    assert rows_of(house, orders, orders.c.status == OrderStatus.CANCELLED) == 1
    assert rows_of(house, orders) == 1


async def test_the_same_file_dropped_twice_is_one_import(merchant: ChatDriver) -> None:
    await drops(merchant, TAOBAO)
    first = merchant.card_message["message_id"]
    document = merchant.messages[0]["document"]
    await merchant.sends({"document": document})
    assert merchant.card_message["message_id"] > first
    assert len([message for message in merchant.heard if "4 个新订单" in message.get("text", "")]) == 1


async def test_an_unknown_sheet_asks_for_its_columns_before_anything_else(merchant: ChatDriver, house: House) -> None:
    await merchant.sends_document("十一月.csv", own_sheet("A1", "A2"))
    assert "请核对各列" in merchant.card
    assert "订单号：单号 A1" in merchant.card
    assert rows_of(house, import_chunks) == 0
    await merchant.taps("各列没错")
    assert "2 个新订单" in merchant.card
    assert rows_of(house, orders) == 0
    await merchant.taps("导入 2 单")
    assert numbers_in(house) == ["A1", "A2"]


async def test_a_wrong_column_is_put_right_by_buttons(merchant: ChatDriver, house: House) -> None:
    await merchant.sends_document("十一月.csv", own_sheet("A1", header="单号,品名,列三,件数,收货人,电话,地址"))
    assert any(label.startswith("规格：–") for label in merchant.buttons)
    await merchant.taps("规格")
    assert "规格在哪一列" in merchant.card
    await merchant.taps("列三 · 42")
    assert "规格：列三 42" in merchant.card
    await merchant.taps("各列没错")
    await merchant.taps("导入 1 单")
    spec = house.app.desk.do_now(lambda work: work.connection.scalar(select(order_lines.c.spec)))
    assert spec == "42"


async def test_a_column_can_be_left_out(merchant: ChatDriver) -> None:
    await merchant.sends_document("十一月.csv", own_sheet("A1"))
    await merchant.taps("数量：件数")
    await merchant.taps("表里没有")
    assert any(label.startswith("数量：–") for label in merchant.buttons)


async def test_columns_without_an_order_number_are_not_accepted(merchant: ChatDriver, house: House) -> None:
    await merchant.sends_document("十一月.csv", own_sheet("A1", header="甲,品名,尺寸,件数,收货人,电话,地址"))
    assert "还没有对应的列" in merchant.card
    await merchant.taps("各列没错")
    assert "还差一列： 订单号" in (merchant.toast or "")
    await merchant.taps("订单号：–")
    await merchant.taps("甲 · A1")
    await merchant.taps("各列没错")
    assert "1 个新订单" in merchant.card
    assert rows_of(house, orders) == 0


async def test_columns_that_were_confirmed_once_are_remembered(merchant: ChatDriver) -> None:
    header = "单号,品名,列三,件数,收货人,电话,地址"
    await merchant.sends_document("一.csv", own_sheet("A1", header=header))
    await merchant.taps("规格")
    await merchant.taps("列三 · 42")
    await merchant.taps("各列没错")
    await merchant.taps("导入 1 单")
    await merchant.sends_document("二.csv", own_sheet("A2", header=header))
    assert "规格：列三 42" in merchant.card


async def test_columns_can_be_changed_after_the_preview(merchant: ChatDriver) -> None:
    await drops_own(merchant, 2)
    await merchant.taps("修改各列")
    assert "请核对各列" in merchant.card
    await merchant.taps("各列没错")
    assert "2 个新订单" in merchant.card


async def test_rows_that_cannot_be_read_are_listed_with_their_reason(merchant: ChatDriver, house: House) -> None:
    content = own_sheet("A1", *(f"3.5E+1{n % 10}" for n in range(20))) + "\n,球鞋,42,1,李静,,".encode()
    await merchant.sends_document("坏.csv", content)
    await merchant.taps("各列没错")
    assert "1 个新订单" in merchant.card
    assert "21 行无法导入" in merchant.card
    assert "第 3 行：订单号被表格软件改坏了" in merchant.card
    await merchant.taps("没读进来 21 行")
    assert "(1/3)" in merchant.card
    await merchant.taps("›")
    assert "(2/3)" in merchant.card
    await merchant.taps("›")
    assert "第 23 行：没有订单号 · 球鞋" in merchant.card
    await merchant.taps("返回")
    await merchant.taps("导入 1 单")
    assert "21 行没有导入" in merchant.card
    assert numbers_in(house) == ["A1"]


async def test_every_row_can_be_looked_at_page_by_page(merchant: ChatDriver) -> None:
    await drops_own(merchant, 105)
    await merchant.taps("逐行查看")
    assert "2. A0000 🆕 王小明 球鞋 42" in merchant.card
    assert "(1/11)" in merchant.card
    for _ in range(10):
        await merchant.taps("›")
    assert "106. A0104 🆕" in merchant.card
    assert "›" not in merchant.buttons
    await merchant.taps("返回")
    await merchant.taps("导入 105 单")
    await merchant.taps("逐行查看")
    assert "2. A0000 🆕" in merchant.card


async def test_an_old_import_button_does_nothing_twice(merchant: ChatDriver, house: House) -> None:
    await drops(merchant, DEWU)
    card = merchant.card_message
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await merchant.presses(card["message_id"], data)
    await merchant.presses(card["message_id"], data)
    assert merchant.toast
    assert len(numbers_in(house)) == 4
    assert "4 个订单待核对" in merchant.card


async def test_a_cancelled_preview_leaves_nothing_behind(merchant: ChatDriver, house: House) -> None:
    await drops(merchant, DEWU)
    await merchant.taps("取消")
    assert "什么都没有导入" in merchant.last
    assert (rows_of(house, import_chunks), rows_of(house, orders)) == (0, 0)


async def test_an_import_is_stopped_in_the_middle_and_goes_on(
    merchant: ChatDriver, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await drops_own(merchant, 250)
    take_chunk = sheet_reports.take_chunk

    def pressed_meanwhile(work: Work, import_id: int) -> bool:
        more = take_chunk(work, import_id)
        if more:
            order_imports.stop_import(work, import_id)
        return more

    with monkeypatch.context() as patched:
        patched.setattr(sheet_reports, "take_chunk", pressed_meanwhile)
        await merchant.taps("导入 250 单")
    assert "已停下：导入了 100 / 250" in merchant.card
    assert len(numbers_in(house)) == 100
    await merchant.taps("继续导入")
    assert "250 个订单待核对" in merchant.card
    assert numbers_in(house) == [f"A{n:04d}" for n in range(250)]


async def test_the_rest_of_a_stopped_import_can_be_left(
    merchant: ChatDriver, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await drops_own(merchant, 150)
    with monkeypatch.context() as patched:
        patched.setattr(
            sheet_reports, "take_chunk", lambda work, import_id: bool(order_imports.stop_import(work, import_id))
        )
        await merchant.taps("导入 150 单")
    await merchant.taps("其余不要了")
    assert "什么都没有导入" in merchant.last
    assert rows_of(house, import_chunks) == 0


async def test_an_import_that_breaks_in_the_middle_goes_on_after_a_restart(
    merchant: ChatDriver, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two chunks are in, the third one fails, the process ends; nothing is lost and nothing comes twice."""
    await drops_own(merchant, 450)
    accept_orders = orders_service.accept_orders
    calls = []

    def fails_at_third(work: Work, incoming: Sequence[IncomingOrder], *, refresh: bool) -> list[Accepted]:
        calls.append(1)
        if len(calls) == 3:
            raise RuntimeError("the machine stumbled")
        return accept_orders(work, incoming, refresh=refresh)

    with monkeypatch.context() as patched:
        patched.setattr(orders_service, "accept_orders", fails_at_third)
        await merchant.taps("导入 450 单")
    assert "正在导入 100 / 450" in merchant.card
    assert len(numbers_in(house)) == 200
    await house.restart()
    house.clock.move(timedelta(seconds=2))
    await house.settle()
    assert "450 个订单待核对" in merchant.card
    assert numbers_in(house) == [f"A{n:04d}" for n in range(450)]


async def test_a_reading_that_breaks_in_the_middle_starts_over(
    merchant: ChatDriver, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_chunks = sheet_reports.put_chunks

    def fails_later_on(work: Work, import_id: int, position: int, chunks: Sequence[OrderChunk]) -> bool:
        if position > 0:
            raise RuntimeError("the machine stumbled")
        return put_chunks(work, import_id, position, chunks)

    await merchant.sends_document("十一月.csv", own_sheet(*(f"A{n}" for n in range(650))))
    with monkeypatch.context() as patched:
        patched.setattr(sheet_reports, "put_chunks", fails_later_on)
        await merchant.taps("各列没错")
    assert rows_of(house, import_chunks) == 5
    assert "正在读取订单" in merchant.card
    house.clock.move(timedelta(seconds=2))
    await house.settle()
    assert "650 个新订单" in merchant.card
    assert rows_of(house, import_chunks) == 7


async def test_buyers_words_are_not_kept_beside_the_orders(merchant: ChatDriver, house: House) -> None:
    await drops(merchant, TAOBAO)
    assert rows_of(house, import_chunks, import_chunks.c.orders.is_not(None)) == 1
    await merchant.taps("导入 6 单")
    assert rows_of(house, import_chunks, import_chunks.c.orders.is_not(None)) == 0


async def test_a_preview_that_nobody_comes_back_to_is_forgotten(merchant: ChatDriver, house: House) -> None:
    await drops(merchant, TAOBAO)
    house.clock.move(timedelta(days=2, minutes=1))
    await house.tick()
    assert "什么都没有导入" in merchant.last
    assert rows_of(house, import_chunks) == 0


async def test_what_stood_in_unread_rows_is_forgotten_after_a_week(merchant: ChatDriver, house: House) -> None:
    await merchant.sends_document("坏.csv", own_sheet("A1", "3.5E+16"))
    await merchant.taps("各列没错")
    await merchant.taps("导入 1 单")
    assert rows_of(house, import_problems) == 1
    house.clock.move(timedelta(days=7, minutes=1))
    await house.tick()
    assert rows_of(house, import_problems) == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("订单.xls", b"<html><table><tr><td>1</td></tr></table></html>", "其实是一个网页"),
        ("订单.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版"),
        ("订单.xlsx", b"PK\x03\x04" + bytes(100), "损坏"),
        ("合同.pdf", b"%PDF-1.4 ...", "不是订单表"),
        ("便条.txt", "明天记得发货\n还要补货".encode(), "不是订单表"),
        ("空.csv", b"\n,,\n", "没有订单"),
        ("空.csv", "订单编号,买家会员名,宝贝标题".encode(), "没有订单"),
    ],
)
async def test_what_is_no_order_sheet_is_refused_in_plain_words(
    merchant: ChatDriver, house: House, name: str, content: bytes, words: str
) -> None:
    await merchant.sends_document(name, content)
    assert words in merchant.last
    assert name in merchant.last
    assert rows_of(house, import_chunks) == 0


async def test_a_file_of_six_megabytes_is_refused_before_it_is_fetched(merchant: ChatDriver) -> None:
    await merchant.sends_document("大.csv", b"a" * 6 * 1024 * 1024)
    assert "6.0 MB" in merchant.last
    assert "最多只能读 5 MB" in merchant.last


async def test_a_member_who_may_not_check_orders_is_told_so(merchant: ChatDriver, house: House) -> None:
    def hire(work: Work) -> None:
        person = Person(id=1009, name="上架员", seen_at=work.now, staff_of=1)
        work.people.add(person)
        work.session.add(Member(shop_id=1, person_id=1009, role=Role.CATALOGUE, joined_at=work.now))

    house.app.desk.do_now(hire)
    chat = house.person(1009, "上架员")
    chat.phone.person.started = True
    await drops(chat, TAOBAO)
    assert "权限" in chat.last


async def test_a_buyers_file_is_a_question_and_no_import(merchant: ChatDriver, house: House) -> None:
    buyer = await visitor(house)
    await drops(buyer, TAOBAO)
    assert "正在读取" not in buyer.last
    assert "小美" in merchant.card


async def test_a_sheet_dropped_while_an_answer_is_being_typed_never_reaches_the_buyer(
    merchant: ChatDriver, house: House
) -> None:
    buyer = await visitor(house)
    await buyer.says("有 42 码吗？")
    await merchant.taps("回复")
    heard = len(buyer.heard)
    await drops(merchant, TAOBAO)
    assert len(buyer.heard) == heard
    assert "4 个新订单" in merchant.card
    await merchant.says("有的")
    assert "有的" in buyer.last


async def test_a_sheet_sent_as_a_reply_to_a_question_is_meant_for_the_buyer(merchant: ChatDriver, house: House) -> None:
    buyer = await visitor(house)
    await buyer.says("尺码表有吗？")
    merchant.phone.send({"document": document_of(merchant, "尺码表.csv")}, reply_to=merchant.card_message["message_id"])
    await house.settle()
    assert buyer.last_message["document"]["file_name"] == "尺码表.csv"
    assert all("读取" not in message.get("text", "") for message in merchant.heard)


async def test_a_sheet_dropped_while_a_product_is_being_added_leaves_its_draft_open(merchant: ChatDriver) -> None:
    await merchant.says("/newproduct")
    await drops(merchant, TAOBAO)
    assert "4 个新订单" in merchant.card
    await merchant.says("Nike Air Jordan 1")
    assert "Air Jordan 1" in merchant.last


async def test_a_picture_sent_as_a_file_is_no_sheet(merchant: ChatDriver) -> None:
    await merchant.sends(
        {"document": {"file_id": "x", "file_unique_id": "y", "mime_type": "image/png", "file_size": 9}}
    )
    assert all("读取" not in message.get("text", "") for message in merchant.heard)


FACES = (
    "",
    "rows-1",
    "rows-999",
    "rows-0",
    "problems-7",
    "fields-2",
    "fields-9",
    "column-3-1",
    "column-99-99",
    "-",
    "甲-乙",
)


@pytest.mark.parametrize("stage", ["columns", "preview", "stopped", "done", "cancelled"])
async def test_every_old_or_invented_button_shows_the_present_card(
    merchant: ChatDriver, house: House, stage: str
) -> None:
    await merchant.sends_document("十一月.csv", own_sheet("A1", "3.5E+16"))
    way = {"columns": [], "preview": ["各列没错"], "done": ["各列没错", "导入 1 单"], "cancelled": ["取消"]}
    for label in way.get(stage, ["各列没错"]):
        await merchant.taps(label)
    if stage == "stopped":
        house.app.desk.do_now(_stop)
    place = merchant.last_message["message_id"]
    for face in FACES:
        await merchant.presses(place, f"im:1:0:{face}:t")
        assert merchant.toast == ""
        assert "十一月.csv" in merchant.last
    for data in ("im:1:0:99-1:k", "im:1:0:3-999:k", "im:1:0:-:k", "im:1:1::c", "im:1:1::s", "im:1:0::p", "im:1:0::g"):
        await merchant.presses(place, data)
        assert merchant.toast is not None
        assert "编号" not in merchant.last
    assert len(numbers_in(house)) <= 1


def _stop(work: Work) -> None:
    work.connection.execute(order_imports_table.update().values(state=ImportState.STOPPED))


async def test_colleagues_who_check_orders_hear_of_it_once(merchant: ChatDriver, house: House) -> None:
    packer = member(house, 1003)
    await drops(merchant, DEWU)
    assert packer.heard == []
    await merchant.taps("导入 4 单")
    assert "4 个订单待核对" in packer.card
    assert len(packer.heard) == 1
    assert "核对 4 单" in packer.buttons


async def test_the_whole_way_speaks_english_too(house: House) -> None:
    open_shop(house)
    merchant = member(house, 1001, "en")
    await merchant.sends_document("november.csv", own_sheet("A1"))
    assert "Which column is what?" in merchant.card
    await merchant.taps("Columns are right")
    assert "One new order" in merchant.card
    await merchant.taps("Import 1 order")
    assert "One order to check" in merchant.card
