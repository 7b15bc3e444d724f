"""The words of the trade that a line about goods is read with: brands, models, colours, categories, units."""

from shop.products import Category


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BRANDS: dict[str, tuple[str, ...]] = {
    "Nike": ("耐克", "nk"),
    "adidas": ("阿迪达斯", "阿迪", "adidas originals", "三叶草", "ad"),
    "New Balance": ("新百伦", "纽巴伦", "nb"),
    "Puma": ("彪马",),
    "Converse": ("匡威",),
    "Vans": ("范斯", "万斯"),
    "Asics": ("亚瑟士", "爱世克斯"),
    "Onitsuka Tiger": ("鬼塚虎", "鬼冢虎"),
    "Skechers": ("斯凯奇",),
    "Under Armour": ("安德玛", "ua"),
    "Reebok": ("锐步",),
    "Fila": ("斐乐",),
    "Mizuno": ("美津浓",),
    "Salomon": ("萨洛蒙",),
    "Hoka": ("hoka one one",),
    "On": ("昂跑", "on running"),
    "Crocs": ("卡骆驰",),
    "Birkenstock": ("勃肯",),
    "Timberland": ("添柏岚",),
    "Dr. Martens": ("马丁博士", "dr martens", "dr.martens"),
    "Balenciaga": ("巴黎世家",),
    "Gucci": ("古驰",),
    "Louis Vuitton": ("路易威登", "lv"),
    "Prada": ("普拉达",),
    "Alexander McQueen": ("麦昆", "mcqueen"),
    "Supreme": (),
    "Stussy": ("stüssy",),
    "Carhartt": ("卡哈特", "carhartt wip"),
    "The North Face": ("北面", "tnf", "north face"),
    "Arc'teryx": ("始祖鸟", "arcteryx"),
    "Patagonia": ("巴塔哥尼亚",),
    "Columbia": ("哥伦比亚",),
    "Champion": ("冠军",),
    "Kappa": ("背靠背",),
    "Lululemon": ("露露乐蒙", "lulu"),
    "Uniqlo": ("优衣库",),
    "Zara": (),
    "H&M": ("hm",),
    "Levi's": ("李维斯", "levis"),
    "Calvin Klein": ("卡尔文克莱恩", "ck"),
    "Tommy Hilfiger": ("汤米", "tommy"),
    "Ralph Lauren": ("拉夫劳伦", "polo ralph lauren"),
    "Fear of God": ("fog", "essentials"),
    "Off-White": ("off white",),
    "New Era": ("纽亦华",),
    "MLB": (),
    "Casio": ("卡西欧", "g-shock"),
    "Coach": ("蔻驰",),
    "李宁": ("li-ning", "lining", "li ning"),
    "安踏": ("anta",),
    "特步": ("xtep",),
    "361°": ("361", "361度"),
    "鸿星尔克": ("erke",),
    "匹克": ("peak",),
    "回力": ("warrior",),
    "飞跃": ("feiyue",),
    "乔丹": ("qiaodan",),
    "波司登": ("bosideng",),
    "太平鸟": ("peacebird",),
    "森马": ("semir",),
    "海澜之家": ("hla",),
}

MODEL_BRANDS: dict[str, str] = {
    "air jordan": "Nike",
    "aj": "Nike",
    "dunk": "Nike",
    "air force": "Nike",
    "af1": "Nike",
    "air max": "Nike",
    "空军一号": "Nike",
    "blazer": "Nike",
    "cortez": "Nike",
    "pegasus": "Nike",
    "飞马": "Nike",
    "vomero": "Nike",
    "vaporfly": "Nike",
    "lebron": "Nike",
    "yeezy": "adidas",
    "椰子": "adidas",
    "ultraboost": "adidas",
    "ultra boost": "adidas",
    "samba": "adidas",
    "gazelle": "adidas",
    "superstar": "adidas",
    "贝壳头": "adidas",
    "stan smith": "adidas",
    "chuck taylor": "Converse",
    "chuck 70": "Converse",
    "old skool": "Vans",
    "gel-kayano": "Asics",
    "gel-nimbus": "Asics",
    "韦德之道": "李宁",
}

NUMBERED_MODELS = frozenset(
    _words(
        "nb balance yeezy boost max pegasus 飞马 vomero kayano nimbus gel-kayano gel-nimbus mach clifton bondi puma 361 g-shock rs chuck 椰子"
    )
)

_BASE_COLOURS = _words(
    "咖啡 卡其 藏青 藏蓝 军绿 酒红 玫红 玫瑰 焦糖 奶油 奶茶 薄荷 天蓝 宝蓝 湖蓝 雾霾蓝 克莱因蓝 牛油果绿 牛油果 香槟 象牙 豆沙 "
    "燕麦 月光 透明 迷彩 豹纹 樱花粉 抹茶 柠檬黄 姜黄 墨绿 橄榄绿 土黄 珊瑚 原木 裸 黑 白 红 蓝 绿 黄 灰 紫 粉 橙 橘 棕 褐 米 杏 驼 银 金 青 彩 咖"
)
_SHADES = _words("深 浅 亮 暗 淡 荧光 纯 奶 雾 哑光 冰 烟 嫩 大 正 水洗 麻 炭 银 金 米")
CHINESE_COLOUR = (
    f"(?:(?:{'|'.join(_SHADES)})?(?:{'|'.join(_BASE_COLOURS)}))"
    f"(?:[/+]?(?:(?:{'|'.join(_SHADES)})?(?:{'|'.join(_BASE_COLOURS)})))*"
)
_ENGLISH = _words(
    "black white red blue green yellow grey gray purple pink orange brown beige khaki navy silver gold cream ivory "
    "olive burgundy maroon teal tan bone sail charcoal turquoise lavender mint coral camel"
)
_ENGLISH_SHADE = "(?:(?:dark|light|off|royal|sky|wolf|university|triple|core)[ -])?"
_ENGLISH_ONE = f"{_ENGLISH_SHADE}(?:{'|'.join(_ENGLISH)})"
ENGLISH_COLOUR = f"{_ENGLISH_ONE}(?:[/-]{_ENGLISH_ONE})*"
COLOUR_TRANSLATIONS = {
    "black": "黑", "white": "白", "red": "红", "blue": "蓝", "green": "绿", "yellow": "黄", "grey": "灰", "gray": "灰",
    "purple": "紫", "pink": "粉", "orange": "橙", "brown": "棕", "beige": "米", "khaki": "卡其", "navy": "藏青",
    "silver": "银", "gold": "金", "dark": "深", "light": "浅", "咖啡": "棕", "咖": "棕", "橘": "橙", "褐": "棕",
}  # fmt: skip

CATEGORY_NAMES: dict[str, Category] = {
    "运动鞋": Category.SHOES,
    "鞋": Category.SHOES,
    "鞋子": Category.SHOES,
    "鞋类": Category.SHOES,
    "球鞋": Category.SHOES,
    "shoes": Category.SHOES,
    "shoe": Category.SHOES,
    "sneakers": Category.SHOES,
    "服饰": Category.APPAREL,
    "服装": Category.APPAREL,
    "衣服": Category.APPAREL,
    "apparel": Category.APPAREL,
    "clothes": Category.APPAREL,
    "clothing": Category.APPAREL,
    "配饰": Category.ACCESSORIES,
    "配件": Category.ACCESSORIES,
    "饰品": Category.ACCESSORIES,
    "accessories": Category.ACCESSORIES,
    "accessory": Category.ACCESSORIES,
}
CATEGORY_HINTS: dict[Category, tuple[str, ...]] = {
    Category.ACCESSORIES: _words(
        "袜 帽 腰带 皮带 围巾 手套 手表 项链 耳环 耳钉 手链 戒指 背包 双肩包 挎包 钱包 手提包 鞋带 鞋垫 眼镜 墨镜 领带 socks cap hat belt scarf bag backpack watch beanie"
    ),
    Category.SHOES: _words("鞋 靴 拖 shoe sneaker boot slide trainer"),
    Category.APPAREL: _words(
        "衣 恤 衫 裤 裙 外套 夹克 羽绒 马甲 背心 西装 套装 风衣 大衣 tee t-shirt shirt hoodie jacket pants jeans shorts coat dress skirt sweater vest"
    ),
}

PIECE_UNIT = "(?:双|件|个|条|只|顶|套|对|副|pairs?\\b|pcs\\b|pieces?\\b)"
ANY_YUAN = ""
CURRENCIES: dict[str, str] = {
    "¥": ANY_YUAN, "元": ANY_YUAN, "圆": ANY_YUAN, "块": ANY_YUAN, "块钱": ANY_YUAN, "$": "$",
    "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "usd": "USD", "美元": "USD", "美金": "USD", "€": "EUR", "eur": "EUR",
    "欧元": "EUR", "£": "GBP", "gbp": "GBP", "英镑": "GBP", "港币": "HKD", "hkd": "HKD", "日元": "JPY", "jpy": "JPY",
}  # fmt: skip
"""What signs say about the currency: ¥, 元 and 块 only that it is money, $ that it is one of the dollars."""
