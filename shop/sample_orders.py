"""Orders as they might arrive, made up from a number: most are fine, some have something wrong with them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient

SAMPLE_MARKET = "playground"
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗"
_GIVEN = ("小满", "知秋", "一鸣", "行舟", "青", "若溪", "子安", "嘉禾", "明远", "思齐", "晓彤", "景行")
_PLACES = (
    ("浙江省", "杭州市", "西湖区", "文三路"),
    ("广东省", "深圳市", "南山区", "科苑路"),
    ("北京市", "北京市", "海淀区", "中关村大街"),
    ("上海市", "上海市", "徐汇区", "漕溪北路"),
    ("四川省", "成都市", "武侯区", "天府大道"),
    ("安徽省", "芜湖市", "鸠江区", "长江路"),
    ("江苏省", "苏州市", "姑苏区", "平江路"),
    ("湖北省", "武汉市", "洪山区", "珞喻路"),
    ("陕西省", "西安市", "雁塔区", "小寨东路"),
    ("广东省", "东莞市", "", "虎门镇长堤路"),
)
_SLIPS = {
    "海淀区": "海定区",
    "鸠江区": "究江区",
    "姑苏区": "孤苏区",
    "洪山区": "红山区",
    "雁塔区": "燕塔区",
    "西湖区": "西胡区",
}
_NOTES = ("", "", "", "", "尽快发货，谢谢", "送人的，麻烦不要放价格单", "放门口就行", "周末在家")
_UNKNOWN = IncomingLine(title="雪平锅 不锈钢", spec="18cm", sku="POT18", unit_price=9_900)


@dataclass(frozen=True, kw_only=True)
class Goods:
    """One variant that the shop sells; `unit_price` in minor units."""

    title: str
    spec: str
    sku: str
    unit_price: int


def sample_incoming(seed: int, *, now: datetime, goods: Sequence[Goods], dispatch_within: timedelta) -> IncomingOrder:
    """The same order for the same seed. About one in three has a wrong district, a missing phone or goods that nobody sells."""
    dice = random.Random(seed)  # noqa: S311 - made-up orders, nothing secret
    recipient = _recipient(dice)
    lines = _lines(dice, goods)
    recipient, lines = _with_trouble(dice, recipient, lines)
    placed_at = now - timedelta(minutes=dice.randrange(1, 30))
    return IncomingOrder(
        source=SAMPLE_MARKET,
        number=f"PG{placed_at:%y%m%d}{seed % 10**6:06d}",
        lines=lines,
        recipient=recipient,
        note=dice.choice(_NOTES),
        total=sum((line.unit_price or 0) * line.quantity for line in lines),
        placed_at=placed_at,
        paid_at=placed_at + timedelta(seconds=dice.randrange(5, 60)),
        dispatch_by=placed_at + dispatch_within,
    )


def _with_trouble(
    dice: random.Random, recipient: IncomingRecipient, lines: tuple[IncomingLine, ...]
) -> tuple[IncomingRecipient, tuple[IncomingLine, ...]]:
    match dice.randrange(9):
        case 0:
            return replace(recipient, district=_SLIPS.get(recipient.district, "幸福区")), lines
        case 1:
            return replace(recipient, phone=dice.choice(("", recipient.phone[:10]))), lines
        case 2:
            return recipient, (*lines[:1], _UNKNOWN)
        case _:
            return recipient, lines


def _recipient(dice: random.Random) -> IncomingRecipient:
    """Phones begin with 199 0000, which no carrier has given out."""
    province, city, district, road = dice.choice(_PLACES)
    return IncomingRecipient(
        name=dice.choice(_SURNAMES) + dice.choice(_GIVEN),
        phone=f"1990000{dice.randrange(10_000):04d}",
        province=province,
        city=city,
        district=district,
        street=f"{road} {dice.randrange(1, 300)} 号 {dice.randrange(1, 20)} 栋 {dice.randrange(101, 2500)}",
    )


def _lines(dice: random.Random, goods: Sequence[Goods]) -> tuple[IncomingLine, ...]:
    if not goods:
        return (_UNKNOWN,)
    chosen = dice.sample(list(goods), k=min(len(goods), dice.choice((1, 1, 1, 2))))
    return tuple(
        IncomingLine(
            title=article.title,
            spec=article.spec,
            sku=article.sku,
            quantity=dice.choice((1, 1, 1, 2)),
            unit_price=article.unit_price,
        )
        for article in chosen
    )
