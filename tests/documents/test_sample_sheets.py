"""The sample exports are read exactly as their description says, by the very child that the bot uses."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from documents.order_sheet_reading import SheetReading, read_order_sheet

SHEETS = Path(__file__).parent.parent / "sheets"
EXPECTED = json.loads((SHEETS / "expected.json").read_text("utf-8"))
TAOBAO, DEWU, SHOPIFY = (
    "taobao_ExportOrderList_gbk.csv",
    "dewu_orders_wrong_dimension.xlsx",
    "shopify_orders_export.csv",
)


async def orders_of(name: str) -> list[dict[str, Any]]:
    reading = await read_order_sheet((SHEETS / name).read_bytes(), zone="Asia/Shanghai", currency="CNY")
    assert isinstance(reading, SheetReading)
    assert reading.problems == ()
    return [order for chunk in reading.chunks for order in json.loads(chunk.orders)]


def expected(name: str) -> list[Mapping[str, Any]]:
    return list(EXPECTED["files"][name]["expected"])


@pytest.mark.parametrize(("name", "source"), [(TAOBAO, "taobao"), (DEWU, "dewu"), (SHOPIFY, "shopify")])
async def test_the_platform_is_recognised_without_asking(name: str, source: str) -> None:
    reading = await read_order_sheet((SHEETS / name).read_bytes(), zone="Asia/Shanghai", currency="CNY")
    assert isinstance(reading, SheetReading)
    assert reading.guess.known
    assert reading.guess.layout.source == source


async def test_taobao_numbers_names_phones_and_addresses_are_exact() -> None:
    orders = await orders_of(TAOBAO)
    told = [
        {
            "order_no": order["number"],
            "name": order["recipient"]["name"],
            "phone": order["recipient"]["phone"],
            "province": order["recipient"]["province"],
            "city": order["recipient"]["city"],
            "district": order["recipient"]["district"],
            "qty": sum(line["quantity"] for line in order["lines"]),
            "note": order["note"],
            "amended": order["recipient"]["street"].startswith("新地址"),
        }
        for order in orders
    ]
    assert told == expected(TAOBAO)


async def test_taobao_postcodes_and_tracking_numbers_lose_what_is_wrapped_around_them() -> None:
    orders = await orders_of(TAOBAO)
    assert orders[0]["recipient"]["street"] == "人民街道建设路1号院2栋"
    assert orders[0]["recipient"]["postcode"] == "100000"
    assert orders[4]["tracking_number"] == "JT5261988016578"
    assert orders[4]["carrier_name"] == "极兔速递"
    assert [order["shipped"] for order in orders] == [False, False, False, False, True, True]


async def test_taobao_times_are_chinese_times_and_money_is_in_fen() -> None:
    first = (await orders_of(TAOBAO))[0]
    assert first["placed_at"] == "2026-10-31T16:42:32+00:00"
    assert first["paid_at"] == "2026-10-31T16:42:39+00:00"
    assert (first["total"], first["currency"]) == (20112, "CNY")
    assert first["lines"][0]["title"] == '雪平锅不锈钢 18cm, 送"锅铲"'


async def test_dewu_rows_are_all_there_although_the_sheet_claims_one_cell() -> None:
    orders = await orders_of(DEWU)
    told = [
        {
            "order_no": order["number"],
            "spec": order["lines"][0]["spec"],
            "recipient": order["recipient"] is not None,
        }
        for order in orders
    ]
    assert told == expected(DEWU)
    assert orders[0]["lines"][0]["unit_price"] == 36025
    assert orders[3]["recipient"] == {
        "name": "陈晓",
        "phone": "13800001003",
        "province": "陕西省",
        "city": "咸阳市",
        "district": "秦都区",
        "street": "建设路1号",
        "postcode": "",
        "country": "",
    }


async def test_shopify_rows_of_one_order_become_its_lines() -> None:
    first, second, third = await orders_of(SHOPIFY)
    assert [order["number"] for order in (first, second, third)] == [one["order_no"] for one in expected(SHOPIFY)]
    assert [len(order["lines"]) for order in (first, second, third)] == [one["lines"] for one in expected(SHOPIFY)]
    assert sum(line["quantity"] for line in first["lines"]) == 3
    assert first["recipient"]["postcode"] == "00125"
    assert first["recipient"]["phone"] == "+1 555-0100"
    assert first["currency"] == "USD"
    assert (first["total"], first["lines"][1]["unit_price"]) == (3498, 1000)
    assert second["recipient"]["street"] == "海定区中关村大街1号"
    assert second["note"] == "line one\nline two"
    assert [order["cancelled"] for order in (first, second, third)] == [False, False, True]


async def test_shopify_times_keep_the_zone_that_they_name() -> None:
    first, second, _ = await orders_of(SHOPIFY)
    assert first["placed_at"] == "2026-05-01T09:58:12+00:00"
    assert second["placed_at"] == "2026-05-02T01:00:00+00:00"
