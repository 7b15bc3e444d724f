"""Reading: a table of phrases; every misunderstanding found becomes a row."""

from decimal import Decimal

import pytest

from shop.products import Category
from shop.reading import (
    Price,
    ProductFacts,
    Quantity,
    Said,
    Sizes,
    SizeStock,
    StockEntry,
    StockQuery,
    StockVerb,
    TrackingLines,
    Words,
    brand_of_model,
    category_of,
    clean,
    find_brand,
    read,
    read_number,
    read_price,
    read_product,
    read_quantity,
    read_sizes,
)

SHOES, APPAREL, ACCESSORIES = Category.SHOES, Category.APPAREL, Category.ACCESSORIES


def rows(text: str) -> tuple[SizeStock, ...]:
    """Rows of sizes from "42:10 43:8 44"; a colour stands before its size as in 黑|42:10."""
    found = []
    for part in text.split():
        size, _, pieces = part.partition(":")
        colour, _, size = size.rpartition("|")
        found.append(SizeStock(size, int(pieces) if pieces else None, colour))
    return tuple(found)


def product(  # noqa: PLR0913 - the columns of the table
    brand: str,
    name: str,
    colours: str,
    sizes: str,
    *,
    sale: str = "",
    was: str = "",
    category: Category | None = SHOES,
    each: int | None = None,
    fabric: str = "",
) -> ProductFacts:
    return ProductFacts(
        brand=brand,
        name=name,
        colours=tuple(colours.split()),
        sizes=rows(sizes),
        each=each,
        list_price=Decimal(was) if was else None,
        sale_price=Decimal(sale) if sale else None,
        category=category,
        fabric=fabric,
    )


GOODS: dict[str, ProductFacts] = {
    "Nike Air Jordan 1 黑红 42 43 44 各10双 原价1299 售价899": product(
        "Nike", "Air Jordan 1", "黑红", "42:10 43:10 44:10", was="1299", sale="899"
    ),
    "Ｎｉｋｅ　Ａｉｒ　Ｊｏｒｄａｎ　１　黑红　４２　４３　４４　各１０双　原价１２９９　售价８９９": product(
        "Nike", "Air Jordan 1", "黑红", "42:10 43:10 44:10", was="1299", sale="899"
    ),
    "Nike Air Jordan 1\n黑红\n42、43、44 各十双\n原价：1299\n售价：899": product(
        "Nike", "Air Jordan 1", "黑红", "42:10 43:10 44:10", was="1299", sale="899"
    ),
    "品牌：Nike 型号：Air Jordan 1 颜色：黑红 尺码：42 43 44 各10双 原价：1299 售价：899": product(
        "Nike", "Air Jordan 1", "黑红", "42:10 43:10 44:10", was="1299", sale="899"
    ),
    "品牌:回力\n型号:WB-1\n颜色:白色,黑色\n尺码:40-42\n库存:各20双\n价格:129元": product(
        "回力", "WB-1", "白色 黑色", "40:20 41:20 42:20", sale="129"
    ),
    "黑色 42 43 44 各10双 899": product("", "", "黑色", "42:10 43:10 44:10", sale="899"),
    "Nike Dunk Low 黑白 36-38 每码十双 699": product("Nike", "Dunk Low", "黑白", "36:10 37:10 38:10", sale="699"),
    "耐克 dunk 熊猫 36~38 每个尺码 5 双 原价 899 元 卖 七百九十九块": product(
        "Nike", "dunk 熊猫", "", "36:5 37:5 38:5", was="899", sale="799"
    ),
    "耐克空军一号白色42码10双899元": product("Nike", "空军一号", "白色", "42:10", sale="899"),
    "New Balance 574 灰色 40 41 42 各5双 原价 599 现价 399": product(
        "New Balance", "574", "灰色", "40:5 41:5 42:5", was="599", sale="399"
    ),
    "NB 2002R 灰 40.5 41 42 各4双 1099 799": product(
        "New Balance", "2002R", "灰", "40.5:4 41:4 42:4", was="1099", sale="799"
    ),
    "adidas Samba OG 白绿 40⅔ 41 1/3 42 各3双 售价 ￥799": product(
        "adidas", "Samba OG", "白绿", "40⅔:3 41⅓:3 42:3", sale="799"
    ),
    "addidas Gazelle 蓝 42x10 43x8 1299/899": product(
        "adidas", "Gazelle", "蓝", "42:10 43:8", was="1299", sale="899", category=None
    ),
    "Nkie AJ1 红 42 43 各2双 899": product("Nike", "AJ1", "红", "42:2 43:2", sale="899"),
    "鸿兴尔克 奇弹 白 41 42 各6双 299": product("鸿星尔克", "奇弹", "白", "41:6 42:6", sale="299"),
    "李宁 韦德之道10 黑金 41(5) 42(6) 1099": product(
        "李宁", "韦德之道 10", "黑金", "41:5 42:6", sale="1099", category=None
    ),
    "Vans Old Skool 黑白 39码5双 40码6双 439": product("Vans", "Old Skool", "黑白", "39:5 40:6", sale="439"),
    "Converse Chuck 70 黑 36-38 各6双 569": product("Converse", "Chuck 70", "黑", "36:6 37:6 38:6", sale="569"),
    "Nike Air Force 1 07 白 40 41 各12双 899 699": product(
        "Nike", "Air Force 1 07", "白", "40:12 41:12", was="899", sale="699"
    ),
    "Air Max 90 42 43 各5双": product("", "Air Max 90", "", "42:5 43:5"),
    "UltraBoost 22 42 43 各10": product("", "UltraBoost 22", "", "42:10 43:10", category=None),
    "Pegasus 40 黑 42 43 44 899": product("", "Pegasus 40", "黑", "42 43 44", sale="899", category=None),
    "Yeezy 350 V2 899": product("", "Yeezy 350 V2", "", "", sale="899", category=None),
    "Black Cat AJ4 42 43 各2双 ¥2199": product("", "Black Cat AJ4", "", "42:2 43:2", sale="2199"),
    "Foobar Runner 3 黑 42 43 各10 299": product("", "Foobar Runner 3", "黑", "42:10 43:10", sale="299", category=None),
    "Adidas Superstar white 40-41 10 each price 599": product(
        "adidas", "Superstar", "white", "40:10 41:10", sale="599", category=None
    ),
    'Jordan 4 Retro "Bred" black/red 8.5 9 9.5 各2': product(
        "", "Jordan 4 Retro Bred", "black/red", "8.5:2 9:2 9.5:2", category=None
    ),
    "红 42.5 43 各八双 八百九": product("", "", "红", "42.5:8 43:8", sale="890"),
    "黑色 42:10 43:8 白色 42:5": product("", "", "黑色 白色", "黑色|42:10 黑色|43:8 白色|42:5", category=None),
    "AJ1 42 - 44 各10": product("", "AJ1", "", "42:10 43:10 44:10", category=None),
    "AJ1 42 43 44 一共30双": product("", "AJ1", "", "42 43 44"),
    "AJ1 42 43 44 10双 899": product("", "AJ1", "", "42 43 44:10", sale="899"),
    "纯棉短袖T恤 白色、黑色 S M L 各20件 99": product(
        "", "纯棉短袖T恤", "白色 黑色", "S:20 M:20 L:20", sale="99", category=APPAREL
    ),
    "Uniqlo T恤 黑 白 S-XL 每码 10 吊牌价 149 卖 79": product(
        "Uniqlo", "T恤", "黑 白", "S:10 M:10 L:10 XL:10", was="149", sale="79", category=APPAREL
    ),
    "卫衣 灰 M L 2XL 各10件 棉80% 聚酯20% 299": product(
        "", "卫衣", "灰", "M:10 L:10 XXL:10", sale="299", category=APPAREL, fabric="棉80% 聚酯20%"
    ),
    "Fear of God Essentials 卫衣 米色 S M 各3件 1,299": product(
        "Fear of God", "Essentials 卫衣", "米色", "S:3 M:3", sale="1299", category=APPAREL
    ),
    "Stussy 8 Ball Tee 黑 M L 各6 699": product("Stussy", "8 Ball Tee", "黑", "M:6 L:6", sale="699", category=APPAREL),
    "MLB 帽子 黑色 均码 20顶 199": product("MLB", "帽子", "黑色", "均码:20", sale="199", category=ACCESSORIES),
    "帽子 均码 20个 39 29": product("", "帽子", "", "均码:20", was="39", sale="29", category=ACCESSORIES),
    "袜子 白 黑 灰 均码 各50双 19.9": product("", "袜子", "白 黑 灰", "均码:50", sale="19.9", category=ACCESSORIES),
    "Casio GA-2100 黑 1件 899": product("Casio", "GA-2100", "黑", "", each=1, sale="899", category=None),
    "童装 粉色 110 120 130 各5件 89": product("", "童装", "粉色", "110:5 120:5 130:5", sale="89", category=None),
    "Nike 运动鞋 AJ1 Low 灰 40 41 各3双 售价899.5元": product("Nike", "AJ1 Low", "灰", "40:3 41:3", sale="899.5"),
    "42 43 44 10 each 899": product("", "", "", "42:10 43:10 44:10", sale="899", category=None),
    "1299 899": product("", "", "", "", was="1299", sale="899", category=None),
    "原价1299 售价899": product("", "", "", "", was="1299", sale="899", category=None),
    "原价 899 卖 1299": product("", "", "", "", was="899", sale="1299", category=None),
}

OTHER: dict[str, Said] = {
    "899": Price(Decimal(899)),
    "￥899.5": Price(Decimal("899.5")),
    "八百九十九块": Price(Decimal(899)),
    "售价 八百九十九": Price(Decimal(899)),
    "$50": Price(Decimal(50), "$"),
    "10双": Quantity(10),
    "十件": Quantity(10),
    "42:10 43:8": Sizes(rows("42:10 43:8")),
    "42 10双 43 8双": Sizes(rows("42:10 43:8")),
    "42-10 43-8 44-5": Sizes(rows("42:10 43:8 44:5")),
    "42码10双 43码8双": Sizes(rows("42:10 43:8")),
    "S M L 各5件": Sizes(rows("S:5 M:5 L:5")),
    "S/M/L 各五件": Sizes(rows("S:5 M:5 L:5")),
    "42-45 每码10": Sizes(rows("42:10 43:10 44:10 45:10")),
    "42 42 43 各10": Sizes(rows("42:10 42:10 43:10")),
    "36 36.5 37 各2": Sizes(rows("36:2 36.5:2 37:2")),
    "170/92A 175/96A 各5件": Sizes(rows("170/92A:5 175/96A:5")),
    "尺码 42 43 44": Sizes(rows("42 43 44")),
    "还剩几双 AJ1?": StockQuery(name="AJ1"),
    "AJ1还剩多少": StockQuery(name="AJ1"),
    "AJ1 42 有货吗": StockQuery(name="AJ1", sizes=("42",)),
    "AJ1 还有吗": StockQuery(name="AJ1"),
    "AJ1 黑红 42码还有几双？": StockQuery(name="AJ1", colours=("黑红",), sizes=("42",)),
    "查库存 AJ1": StockQuery(name="AJ1"),
    "库存": StockQuery(),
    "Nike Dunk 有没有现货": StockQuery(name="Nike Dunk"),
    "how many AJ1 left": StockQuery(name="AJ1"),
    "How many AJ1 are left?": StockQuery(name="AJ1"),
    "any AJ1 42 left?": StockQuery(name="AJ1", sizes=("42",)),
    "do we have Samba in 42": StockQuery(name="Samba", sizes=("42",)),
    "AJ1 42 +10": StockEntry(verb=StockVerb.ADD, name="AJ1", sizes=rows("42:10")),
    "AJ1 42 补货10双": StockEntry(verb=StockVerb.ADD, name="AJ1", sizes=rows("42:10")),
    "补货 AJ1 黑红 42 43 各10": StockEntry(
        verb=StockVerb.ADD, name="AJ1", colours=("黑红",), sizes=rows("42:10 43:10")
    ),
    "帽子 入库 20个": StockEntry(verb=StockVerb.ADD, name="帽子", sizes=(SizeStock("", 20),)),
    "AJ1 42 -2": StockEntry(verb=StockVerb.TAKE, name="AJ1", sizes=rows("42:2")),
    "AJ1 42 报损2双": StockEntry(verb=StockVerb.TAKE, name="AJ1", sizes=rows("42:2")),
    "AJ1 42 改成 8": StockEntry(verb=StockVerb.SET, name="AJ1", sizes=rows("42:8")),
    "盘点 AJ1 42 8双": StockEntry(verb=StockVerb.SET, name="AJ1", sizes=rows("42:8")),
}

JUST_WORDS = (
    "",
    "你好",
    "你好，在吗",
    "/newproduct",
    "这双鞋能便宜点吗",
    "张三 13800138000 上海市浦东新区世纪大道100号",
    "今天下午3点开会",
    "库存各10",
    "谢谢老板",
    "Thanks, see you tomorrow",
    "Hi, free over 199",
    "free shipping over 199",
    "Air Jordan 1",
    "黑红",
)


@pytest.mark.parametrize("text", GOODS)
def test_a_line_about_goods_is_read(text: str) -> None:
    assert read(text) == GOODS[text]


@pytest.mark.parametrize("text", OTHER)
def test_a_short_message_is_read(text: str) -> None:
    assert read(text) == OTHER[text]


@pytest.mark.parametrize("text", JUST_WORDS)
def test_anything_else_is_words(text: str) -> None:
    assert read(text) == Words(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("SF1234567890123", [("", "SF1234567890123")]),
        ("顺丰 SF1234567890123", [("", "SF1234567890123")]),
        ("240815123 SF1234567890123", [("240815123", "SF1234567890123")]),
        ("1001 SF1234567890123\n1002 YT1234567890123", [("1001", "SF1234567890123"), ("1002", "YT1234567890123")]),
    ],
)
def test_tracking_lines_are_told_from_goods(text: str, numbers: list[tuple[str, str]]) -> None:
    said = read(text)
    assert isinstance(said, TrackingLines)
    assert [(line.order_number, line.tracking_number) for line in said.lines] == numbers


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("899", "899"),
        ("８９９", "899"),
        ("1,299.00元", "1299.00"),
        ("899块", "899"),
        ("899块5", "899.5"),
        ("九块九毛五", "9.95"),
        ("九十九块九", "99.9"),
        ("五毛", "0.5"),
        ("一千二", "1200"),
        ("两百五", "250"),
        ("1.2k", "1200.0"),
        ("原价1299", "1299"),
        ("就卖899吧", "899"),
        ("899包邮", "899"),
        ("RMB 899", "899"),
        ("899元/双", "899"),
        ("about 899", "899"),
    ],
)
def test_a_price_is_read(text: str, amount: str) -> None:
    price = read_price(text)
    assert price is not None
    assert price.amount == Decimal(amount)


@pytest.mark.parametrize("text", ["便宜点", "12a", "-5", "1 299", "899 或 799", "面议", "", "?"])
def test_what_is_no_price_is_none(text: str) -> None:
    assert read_price(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二", 12),
        ("两百", 200),
        ("一千二百九十九", 1299),
        ("三万五", 35_000),
        ("一百零五", 105),
        ("一二九九", 1299),
        ("二十", 20),
        ("1千2", 1200),
        ("1.5万", 15_000),
        ("十", 10),
        ("两千零五", 2005),
        ("二十一万三千", 213_000),
    ],
)
def test_numerals_are_read(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["十十", "万", "", "一百千", "abc", "1,2", "四五百"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(("text", "pieces"), [("10", 10), ("十双", 10), ("各10", 10), ("两件", 2), ("0", 0)])
def test_a_quantity_is_read(text: str, pieces: int) -> None:
    assert read_quantity(text) == pieces


@pytest.mark.parametrize("text", ["很多", "10.5", "-3", "42 43", ""])
def test_what_is_no_quantity_is_none(text: str) -> None:
    assert read_quantity(text) is None


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("42", "42"),
        ("l", "L"),
        ("大号 中号 小号", "大号 中号 小号"),
        ("均码 30", "均码:30"),
        ("one size", "均码"),
        ("free", "均码"),
        ("FREE 30个", "均码:30"),
        ("42:10,43:8;44:0", "42:10 43:8 44:0"),
        ("EU42 EU43", "42 43"),
        ("100-130 各3", "100:3 110:3 120:3 130:3"),
        ("250 255 260 各3", "250:3 255:3 260:3"),
        ("75B 80B", "75B 80B"),
        ("40.5-42", "40.5 41.0 41.5 42"),
        ("7 8 9", "7 8 9"),
    ],
)
def test_sizes_are_read_when_they_were_asked_for(text: str, sizes: str) -> None:
    assert read_sizes(text) == rows(sizes.replace("41.0", "41"))


@pytest.mark.parametrize("text", ["不知道", "标准码吧", "很多", "..."])
def test_what_is_no_size_gives_none(text: str) -> None:
    assert read_sizes(text) == ()


@pytest.mark.parametrize(
    ("text", "brand"),
    [
        ("耐克", "Nike"),
        ("nike", "Nike"),
        ("addidas", "adidas"),
        ("converes", "Converse"),
        ("奈克", "Nike"),
        ("安塔", "安踏"),
        ("Nice", ""),
        ("Basics", ""),
        ("鞋", ""),
        ("Foobar", ""),
    ],
)
def test_brands_are_known_by_their_names_and_near_them(text: str, brand: str) -> None:
    assert find_brand(text) == brand


def test_a_well_known_model_tells_its_brand() -> None:
    assert brand_of_model("AJ1 Low") == "Nike"
    assert brand_of_model("Samba OG") == "adidas"
    assert brand_of_model("Ajax shirt") == ""


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("运动鞋", SHOES),
        ("服饰", APPAREL),
        ("配饰", ACCESSORIES),
        ("Shoes", SHOES),
        ("羽绒服外套", APPAREL),
        ("鞋带", ACCESSORIES),
    ],
)
def test_a_category_is_known_by_its_name_or_its_goods(text: str, category: Category) -> None:
    assert category_of(text) is category


def test_labels_need_no_colon_and_take_unknown_colours() -> None:
    assert read_product("颜色：芝加哥、熊猫").colours == ("芝加哥", "熊猫")
    assert read_product("品牌 Foobar").brand == "Foobar"
    assert read_product("面料：棉 95% 氨纶 5%").fabric == "棉 95% 氨纶 5%"


def test_invisible_signs_and_emoji_do_not_disturb() -> None:
    assert clean("4️⃣2️⃣\u200b　👟 黑－红") == "42 黑-红"
    assert read("👟42\u200b 43 各10双") == Sizes(rows("42:10 43:10"))


def test_a_very_long_message_is_only_words() -> None:
    text = "Nike 42 各10 899 " * 60
    assert read(text) == Words(text)
