"""The sample shop: six products and five orders on which everything can be tried out. Brands and people are invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shop.incoming import IncomingLine, IncomingOrder, IncomingRecipient
from shop.products import ONE_SIZE, Category

SAMPLE_NAMES = {"zh_CN": "样板鞋铺", "en": "Sample Sneakers"}
SAMPLE_SOURCE = "sample"
HURRIED = 1
"""The order that is checked already and has to leave soon."""


class Look(StrEnum):
    """What the product pictures show."""

    SHOE = "shoe"
    TEE = "tee"
    HOODIE = "hoodie"
    CAP = "cap"
    TOTE = "tote"


@dataclass(frozen=True)
class SampleColour:
    """Colours for drawing are `#rrggbb`; `stock` counts pieces size by size."""

    name: str
    main: str
    accent: str
    stock: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SampleProduct:
    """Prices in 分."""

    category: Category
    look: Look
    brand: str
    model: str
    sizes: tuple[str, ...]
    colours: tuple[SampleColour, ...]
    list_price: int
    sale_price: int
    fabric: str = ""
    size_chart: str = ""

    @property
    def title(self) -> str:
        return f"{self.brand} {self.model}"


_SHOE_CHART = "39 = 245 mm，40 = 250 mm，41 = 255 mm，42 = 260 mm，43 = 265 mm，44 = 270 mm"
_TOP_CHART = "S 胸围 100 衣长 66，M 104/68，L 108/70，XL 112/72（cm）"

SAMPLE_PRODUCTS = (
    SampleProduct(
        category=Category.SHOES,
        look=Look.SHOE,
        brand="逐风",
        model="缓震跑鞋 K1",
        sizes=("40", "41", "42", "43", "44"),
        colours=(
            SampleColour("海盐蓝", "#3f7fb5", "#f2b84b", (12, 18, 6, 20, 9)),
            SampleColour("炭黑", "#45474d", "#e4572e", (8, 15, 22, 16, 7)),
        ),
        list_price=59_900,
        sale_price=45_900,
        size_chart=_SHOE_CHART,
    ),
    SampleProduct(
        category=Category.SHOES,
        look=Look.SHOE,
        brand="拾步",
        model="复古板鞋 Low 2",
        sizes=("39", "40", "41", "42", "43"),
        colours=(SampleColour("奶油白", "#e8dfc8", "#5f8a6b", (10, 14, 0, 11, 6)),),
        list_price=39_900,
        sale_price=29_900,
        size_chart=_SHOE_CHART,
    ),
    SampleProduct(
        category=Category.APPAREL,
        look=Look.TEE,
        brand="山野",
        model="重磅短袖 T01",
        sizes=("S", "M", "L", "XL"),
        colours=(
            SampleColour("墨绿", "#3d6b52", "#e9c46a", (20, 35, 40, 18)),
            SampleColour("雾白", "#dfe3e3", "#3d6b52", (16, 30, 28, 12)),
        ),
        list_price=15_900,
        sale_price=9_900,
        fabric="100% 棉",
        size_chart=_TOP_CHART,
    ),
    SampleProduct(
        category=Category.APPAREL,
        look=Look.HOODIE,
        brand="暖冬",
        model="连帽卫衣 H2",
        sizes=("M", "L", "XL"),
        colours=(SampleColour("燕麦", "#cdb79a", "#8b5e3c", (9, 7, 6)),),
        list_price=32_900,
        sale_price=25_900,
        fabric="棉 80%，聚酯纤维 20%",
        size_chart=_TOP_CHART,
    ),
    SampleProduct(
        category=Category.ACCESSORIES,
        look=Look.CAP,
        brand="街角",
        model="棒球帽 C1",
        sizes=(ONE_SIZE,),
        colours=(SampleColour("砖红", "#b5503c", "#f0e0c0", (25,)),),
        list_price=8_900,
        sale_price=6_900,
    ),
    SampleProduct(
        category=Category.ACCESSORIES,
        look=Look.TOTE,
        brand="周末",
        model="帆布袋 B1",
        sizes=(ONE_SIZE,),
        colours=(SampleColour("本白", "#d9d0bd", "#c0583c", (7,)),),
        list_price=7_900,
        sale_price=5_900,
    ),
)


def sample_orders(now: datetime) -> Iterator[IncomingOrder]:
    """One that is fine, one in a hurry, one with a note, and two in which something is wrong."""
    yield from _sound_orders(now)
    yield from _doubtful_orders(now)


def _sound_orders(now: datetime) -> Iterator[IncomingOrder]:
    yield _order(
        1,
        (_line(0, "海盐蓝 42", 45_900),),
        _recipient("林小满", "19900000001", "浙江省", "杭州市", "西湖区", "文三路 90 号 5 幢 302"),
        left=(now, 40),
    )
    yield _order(
        2,
        (_line(2, "墨绿 L", 9_900, 2), _line(4, f"砖红 {ONE_SIZE}", 6_900)),
        _recipient("周行舟", "19900000002", "广东省", "深圳市", "南山区", "科苑路 15 号 1201"),
        left=(now, 3),
    )
    yield _order(
        3,
        (_line(3, "燕麦 XL", 25_900),),
        _recipient("沈知秋", "19900000003", "四川省", "成都市", "武侯区", "天府大道 1 号 8 栋 606"),
        left=(now, 30),
        note="送人的，麻烦不要放价格单，谢谢！",
    )


def _doubtful_orders(now: datetime) -> Iterator[IncomingOrder]:
    """A phone that is a digit short; a district of another province."""
    yield _order(
        4,
        (_line(1, "奶油白 42", 29_900),),
        _recipient("许青", "1990000004", "江苏省", "苏州市", "姑苏区", "平江路 66 号"),
        left=(now, 26),
    )
    yield _order(
        5,
        (_line(1, "奶油白 41", 29_900),),
        _recipient("韩一鸣", "19900000005", "湖北省", "武汉市", "西湖区", "珞喻路 10 号 3 单元 401"),
        left=(now, 44),
    )


def _line(product: int, spec: str, unit_price: int, quantity: int = 1) -> IncomingLine:
    return IncomingLine(title=SAMPLE_PRODUCTS[product].title, spec=spec, unit_price=unit_price, quantity=quantity)


def _recipient(name: str, phone: str, province: str, city: str, district: str, street: str) -> IncomingRecipient:
    return IncomingRecipient(name=name, phone=phone, province=province, city=city, district=district, street=street)


def _order(
    number: int,
    lines: tuple[IncomingLine, ...],
    recipient: IncomingRecipient,
    *,
    left: tuple[datetime, int],
    note: str = "",
) -> IncomingOrder:
    """`left` is the present moment and the hours that remain until the dispatch is due."""
    now, hours = left
    dispatch_by = now + timedelta(hours=hours)
    placed_at = min(now, dispatch_by - timedelta(hours=48)) + timedelta(minutes=number)
    return IncomingOrder(
        source=SAMPLE_SOURCE,
        number=f"YB{placed_at:%Y%m%d}{number:04d}",
        lines=lines,
        recipient=recipient,
        note=note,
        total=sum((line.unit_price or 0) * line.quantity for line in lines),
        placed_at=placed_at,
        paid_at=placed_at + timedelta(minutes=2),
        dispatch_by=dispatch_by,
    )
