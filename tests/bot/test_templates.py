"""Every template says something sound in both languages: from the facts it promises, and in the course of a day."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pytest
from jinja2 import meta

from bot.rendering import HERE, LANGUAGES, environment, render
from playground.html_text import parse_html
from services import order_imports, sheet_reports
from shop.errors import ShopError
from shop.shops import Shop
from storage.mapping import map_everything
from storage.work import Work
from tests.bot.order_chats import LI, ORDER, arrives, open_shoe_shop, to
from tests.bot.question_chats import member, picture, visitor
from tests.bot.shop_chats import helper_of, owner_of
from tests.bot.worked_examples import AWKWARD, NOW, Unmade, example_of, promised
from tests.chat import ChatDriver, House
from tests.house.source import all_subclasses, import_everything

LONGEST, LONGEST_TOAST = 4096, 200
FOLDER = HERE / "templates"
SHOP = Shop(name=AWKWARD, opened_at=NOW, link_code="link")
HEADER = "单号,品名,尺寸,件数,收货人,电话,地址"
ROW = "A1,球鞋,42,1,王小明,13800001000,浙江省杭州市西湖区文一路1号"


@cache
def all_templates() -> frozenset[str]:
    return frozenset(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))


@cache
def made_from_promises() -> dict[str, dict[str, Any]]:
    """The templates whose facts can be made from what their first line promises; what lives in the books cannot."""
    map_everything()
    return dict(_made())


def _made() -> Iterator[tuple[str, dict[str, Any]]]:
    for template in sorted(all_templates()):
        if "/_" in template:  # a part, seen in what includes it
            continue
        try:
            yield template, promised(template)
        except Unmade:
            continue


def look_at(template: str, text: str) -> None:
    """What Telegram and a reader ask of any words."""
    shown, _ = parse_html(text)
    assert shown.strip(), template
    assert len(shown) <= (LONGEST_TOAST if "/toast_" in template else LONGEST), template
    assert shown.count("A&B") == shown.count("<b>A&B"), f"{template}: words of others are taken for markup"
    assert not re.search(r"\bNone\b(?! yet)", shown), template
    assert "  \n" not in shown, template


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(made_from_promises()))
def test_a_template_keeps_its_word(template: str, language: str) -> None:
    look_at(template, render(template, language, made_from_promises()[template], shop=SHOP, now=NOW))


def _refusals() -> list[type[ShopError]]:
    import_everything()
    return sorted(all_subclasses(ShopError), key=lambda each: each.__name__)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_explains_itself(language: str) -> None:
    for refusal in _refusals():
        look_at(
            refusal.template(), render(refusal.template(), language, {"error": example_of(refusal)}, shop=SHOP, now=NOW)
        )


def test_most_templates_are_tried_by_their_promise() -> None:
    assert len(made_from_promises()) >= 0.8 * len(all_templates())


@dataclass
class Said:
    """Everything that is rendered, looked at in both languages."""

    templates: set[str] = field(default_factory=set)
    heard: list[tuple[str, str]] = field(default_factory=list)

    def render(self, template: str, language: str, facts: dict[str, Any], **setting: Any) -> str:
        words = {each: render(template, each, facts, **setting) for each in LANGUAGES}
        self.heard += [(template, text) for text in words.values()]
        self.templates |= _with_parts(template)
        return words[language]


def _with_parts(template: str) -> set[str]:
    source = (FOLDER / template).read_text(encoding="utf-8")
    parts = meta.find_referenced_templates(environment("en").parse(source))
    return {template}.union(*(_with_parts(part) for part in parts if part))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[Said]:
    listening = Said()
    monkeypatch.setattr("bot.publishing.render", listening.render)
    yield listening
    for template, text in listening.heard:
        look_at(template, text)


async def test_every_other_template_is_said_in_the_course_of_a_day(
    house: House, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_shoe_shop(house)
    owner, buyer, support = member(house, 1001), await visitor(house), member(house, 1002)
    await _goods(owner)
    await _orders(house, owner, buyer)
    await _sheets(owner)
    with monkeypatch.context() as patched:
        patched.setattr(sheet_reports, "take_chunk", _stopped_after_one(sheet_reports.take_chunk))
        await _a_sheet_that_is_stopped(owner)
    await _canned_answers(owner)
    await _questions(buyer, owner, support)
    assert all_templates() - made_from_promises().keys() - said.templates - {"team/list.html"} == set()


async def test_the_people_of_a_shop_are_named(house: House, said: Said) -> None:
    owner = await owner_of(house)
    await helper_of(house, owner, "客服")
    await owner.says("/team")
    assert {"team/list.html", "team/roles.html", "team/joined.html", "team/invitation.html"} <= said.templates


async def _goods(owner: ChatDriver) -> None:
    await owner.says("/newproduct")
    await owner.taps("运动鞋")
    await owner.says("Nike Air Max 90 白蓝 42 43 各10双 原价1299 售价899")
    await owner.sends_photos(*(picture(10 + 15 * n) for n in range(3)))
    await owner.says("42 = 26.5cm，43 = 27cm")
    await owner.taps("上架")
    await owner.says("/products")
    await owner.taps("Air Max 90")
    await owner.taps("照片")
    await owner.says("还剩几双 Air Max 90？")


async def _orders(house: House, owner: ChatDriver, buyer: ChatDriver) -> None:
    await arrives(house, to(replace(LI, phone="1380000567")))
    await owner.taps("询问买家")
    code = owner.card.partition("start=")[2].split()[0]
    await buyer.starts(code)
    await buyer.says("13800005678")
    await owner.says("/orders")
    await owner.taps("1. 李静")
    await owner.taps("修改地址")
    await owner.says("13800005678")
    await owner.taps("确认")
    await arrives(house, replace(ORDER, number="351531002"))
    await owner.says("/orders")
    await owner.taps("2. 李静" if "2. 李静" in owner.buttons else "1. 李静")
    await owner.taps("确认")
    await owner.says("/due")
    await owner.says("351531001 SF1234567890123\n999 SF1234567890124")
    await owner.says("/due")
    await owner.taps("李静")
    await owner.taps("发货")
    await owner.says("/parcels")
    await owner.taps("1. ")


async def _sheets(owner: ChatDriver) -> None:
    await owner.sends_document("十一月.csv", f"{HEADER}\n{ROW}\nA2,球鞋,,x,,,".encode())
    await owner.taps("数量：件数")
    await owner.taps("件数")
    await owner.taps("各列没错")
    await owner.taps("逐行查看")
    await owner.taps("返回")
    await owner.taps("没读进来")
    await owner.taps("返回")
    await owner.taps("导入 1 单")
    await owner.sends_document("坏.xlsx", b"PK\x03\x04 cut off")
    await owner.sends_document("十二月.csv", f"{HEADER}\n{ROW.replace('A1', 'A3')}".encode())
    await owner.taps("取消")


def _stopped_after_one(take_chunk: Callable[[Work, int], bool]) -> Callable[[Work, int], bool]:
    def pressed_meanwhile(work: Work, import_id: int) -> bool:
        more = take_chunk(work, import_id)
        if more:
            order_imports.stop_import(work, import_id)
        return more

    return pressed_meanwhile


async def _a_sheet_that_is_stopped(owner: ChatDriver) -> None:
    rows = [ROW.replace("A1", f"B{n}") for n in range(150)]
    await owner.sends_document("一月.csv", "\n".join([HEADER, *rows]).encode())
    await owner.taps("各列没错")
    await owner.taps("导入 150 单")


async def _questions(buyer: ChatDriver, owner: ChatDriver, support: ChatDriver) -> None:
    await buyer.says("长" * 4000)
    await owner.taps("查看全部")
    card = support.card_message
    await owner.says("有的", reply_to=owner.card_message)
    await support.says("有货哦", reply_to=card)
    await owner.taps("清除这位买家…")
    await owner.taps("清除这位买家的全部信息")


async def _canned_answers(owner: ChatDriver) -> None:
    await owner.says("/quickreplies")
    await owner.taps("添加快捷回复")
    await owner.says("在的")
    await owner.says("在的，请说")
