"""Words that nobody expects: every script, signs that cannot be seen, numbers without end, and what merchants say, spoiled."""

import sys
from random import Random

LONGEST = 4096
UNSEEN = (
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u202e",
    "\u2066",
    "\u2069",
    "\u061c",
    "\x00",
    "\x1b",
    "\x85",
)
LONE = ("\ud83d", "\ude00", "\udfff")
SCRIPTS = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x370, 0x3FF),
    (0x400, 0x4FF),
    (0x590, 0x5F4),
    (0x600, 0x6FF),
    (0x900, 0x97F),
    (0xE00, 0xE5B),
    (0x1100, 0x11FF),
    (0x1F00, 0x1FFE),
    (0x2000, 0x206F),
    (0x2200, 0x22FF),
    (0x3040, 0x30FF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xE000, 0xE0FF),
    (0xFF00, 0xFFEF),
    (0x10330, 0x1034A),
    (0x1D400, 0x1D7FF),
    (0x1F300, 0x1FAFF),
    (0x20000, 0x2A6DF),
    (0xE0100, 0xE01EF),
)
WHOLE = (
    "",
    " ",
    "\n",
    "0",
    "-1",
    "9" * 400,
    "1e309",
    "NaN",
    "½",
    "²",
    "٣٤٥",
    "１２３",
    "一亿亿亿",
    "零",
    "3.0000000000000000001",
    "42 43 44 各99999999999999999999双",
    "售价99999999999999999999",
    "<b>",
    "</b>&lt;&#0;&amp;amp;",
    "<a href='tg://user?id=1'>点我</a>",
    "{{ 7 * 7 }}{% raw %}",
    "{buyer}{shop}{order}",
    "%s%n%(a)s",
    "'; DROP TABLE orders; --",
    '=HYPERLINK("http://x","y")',
    "../../etc/passwd",
    "\u202e反过来的字\u202c",
    "👨‍👩‍👧‍👦" * 50,
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿🇨🇳",
    "e" + "\u0301" * 200,
    "ﷺ" * 100,
    "字\u200c\u200d",
    "好\u200c\u200c",
    "￼",
    "\ufffe\uffff",
    "/",
    "//",
    "/ start",
    "/start@",
    "/@zhanggui_bot",
)
PHRASES = (
    "Nike Air Jordan 1 黑红 42 43 44 各10双 原价1299 售价899",
    "还剩几双 AJ1?",
    "Runner 42 +10",
    "Runner 黑红 42 -3",
    "黑红42 改成 7",
    "+5",
    "-5",
    "899",
    "42",
    "第二个",
    "跳过",
    "返回",
    "上架",
    "确认",
    "没有",
    "SF1234567890123",
    "圆通 886123456789012",
    "王小明 13800001000 安徽省芜湖市鸠江区长江路1号",
    "电话 13800001000",
    "姓名 王小明",
    "地址 浙江省杭州市西湖区文三路90号",
    "标题\n正文 {buyer} 您好",
    "我的鞋铺",
    "48小时",
    "Asia/Shanghai",
    "CNY",
    "42 = 26.5cm，43 = 27cm",
    "纯棉",
)
COMMANDS = (
    "start",
    "home",
    "today",
    "help",
    "cancel",
    "settings",
    "language",
    "newshop",
    "shops",
    "team",
    "orders",
    "due",
    "parcels",
    "products",
    "newproduct",
    "questions",
    "quickreplies",
    "import",
    "unknown",
)


def odd_text(chance: Random) -> str:
    """Anything at all, at most as long as a message may be."""
    kind = chance.random()
    if kind < 0.25:
        return chance.choice(WHOLE)
    if kind < 0.5:
        return _spoiled(chance.choice(PHRASES), chance)
    if kind < 0.75:
        return "".join(_letter(chance) for _ in range(chance.choice((1, 3, 12, 60, 300))))
    if kind < 0.85:
        return chance.choice(PHRASES) + "".join(chance.choices(UNSEEN, k=chance.randint(1, 5)))
    if kind < 0.93:
        return _long(chance)
    return chance.choice(LONE) + chance.choice(PHRASES) + chance.choice(("", *LONE))


def _letter(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.1:
        return chance.choice(UNSEEN)
    first, last = chance.choice(SCRIPTS) if kind < 0.8 else (0, sys.maxunicode)
    return chr(chance.randint(first, last))


def _long(chance: Random) -> str:
    """As much as fits into a message, counted as Telegram counts: in UTF-16 units."""
    piece = chance.choice(
        ("字", "😀", "a", "<", "&", "\u200b", "{", "42 ", "+1\n", "订单 SF1234567890123\n", "\u0301", "号")
    )
    units = len(piece.encode("utf-16-le")) // 2
    return piece * (LONGEST // units)


def _spoiled(phrase: str, chance: Random) -> str:
    """A phrase with some of its letters lost, doubled, changed or hidden, or next to another one."""
    letters = list(phrase)
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(letters) + 1)
        letters[at : at + chance.randint(0, 3)] = chance.choice(
            ("", " ", "\n", _letter(chance), chance.choice(UNSEEN), "９")
        )
    spoiled = "".join(letters)
    return (
        spoiled
        if chance.random() < 0.7
        else f"{spoiled}{chance.choice((' ', chr(10), '，', ''))}{chance.choice(PHRASES)}"
    )


def command(chance: Random, argument: str = "") -> str:
    name = chance.choice(COMMANDS)
    spelled = chance.choice(
        (name, name, name, name.upper(), f"{name}@zhanggui_bot", f"{name}@other_bot", name + "\u200b")
    )
    return f"/{spelled}" + (f" {argument}" if argument else "")
