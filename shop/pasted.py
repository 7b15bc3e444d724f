"""A recipient out of pasted text: name, phone and address in any order, with or without labels."""

import re
import unicodedata

from shop.divisions import Place, read_place
from shop.incoming import IncomingRecipient

_LABELS = {
    "name": "收货人姓名|收件人姓名|收货人|收件人|联系人|姓名|名字|name",
    "phone": "收货人电话|收件人电话|联系电话|联系方式|手机号码|手机号|手机|电话号码|电话|号码|phone|mobile|tel",
    "street": "详细地址|收货地址|收件地址|所在地区|地址|address|addr",
    "postcode": "邮政编码|邮编|postcode|zip",
}
_LABEL = re.compile("|".join(rf"(?P<{part}>{words})" for part, words in _LABELS.items()), re.IGNORECASE)
_LABELLED = re.compile(
    rf"(?:^|(?<=[\s,;。、]))(?:{'|'.join(_LABELS.values())})(?:\s*[:=]\s*|\s+|(?=[\d+]))", re.IGNORECASE
)
_PREAMBLE = re.compile(
    r"^(?:(?:[^\d\s,，:：]{0,6}?(?:地址|电话|手机|名字|姓名|收货人))?(?:写错了?|应该)?(?:(?:改成|改为|换成|改到|换到|是|为)[:\s]*|:))"
)
_UNCHANGED = re.compile(r"^.{0,6}(?:不变|一样|没变|不用改)$")
_PHONE = re.compile(
    r"(?<![\d*])(?:(?:\+\s*86|0086|86)[\s-]*)?(?:1[3-9]\d(?:[\s-]?\d{4}){2}|0\d{2,3}-\d{7,8}|[48]00-?\d{3}-?\d{4}|1\d{2}\*{4}\d{4})"
    r"(?:\s*(?:-|转|#|分机)\s*\d{1,6})?(?!\d)"
)
_ANY_NUMBER = re.compile(r"^\+?[\d\s()-]{6,20}$")
_POSTCODE = re.compile(r"^\d{6}$")
_BREAK = re.compile(r"[\s,;，；。|]+")
_PLACE_SIGN = re.compile(r"[省市区县镇乡村路街道巷弄号楼栋幢室单元组屯苑座旗州]|\d")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_DOUBLE_SURNAMES = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "东方",
    "端木",
    "南宫",
)
_COURTESIES = frozenset({"谢谢", "谢谢你", "谢谢您", "谢了", "方便", "安全", "明白", "成", "包邮", "好", "和"})
_TITLES = ("先生", "女士", "小姐", "老师", "同学", "收")
_NAME_AT_THE_END = re.compile(rf"(?<=[号室栋楼幢元店铺座户口院区苑园村组)\d])(?P<name>[{_SURNAMES}][一-鿿]{{1,3}})$")
LONGEST_NAME = 20
LONGEST_USUAL_NAME = 3
_EDGES = " \t\n,;，；。、"


def read_pasted(text: str) -> IncomingRecipient:
    """What the text says; parts that it does not say stay empty, so that it can also correct a single part."""
    plain = unicodedata.normalize("NFKC", text).replace("\u200b", "").strip()
    if marks := list(_LABELLED.finditer(plain)):
        return _read_labelled(plain, marks)
    phone, pieces = _take_phone(_PREAMBLE.sub("", plain))
    postcode = next((piece for piece in pieces if _POSTCODE.match(piece)), "")
    words = [piece for piece in pieces if piece not in (postcode, *_TITLES) and not _UNCHANGED.match(piece)]
    name, street = _name_and_street(words, with_phone=bool(phone))
    return IncomingRecipient(name=name, phone=phone, street=street, postcode=postcode)


def _read_labelled(text: str, marks: list[re.Match[str]]) -> IncomingRecipient:
    """所在地区 and 详细地址 are both the address; what stands before the first label is what has no label."""
    parts = dict.fromkeys(_LABELS, "")
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        if (label := _LABEL.match(mark[0])) and label.lastgroup:
            parts[label.lastgroup] += text[mark.end() : end].strip(_EDGES)
    before = read_pasted(text[: marks[0].start()]) if marks[0].start() else IncomingRecipient()
    phone, others = _take_phone(parts["phone"])
    return IncomingRecipient(
        name=parts["name"] or before.name,
        phone=phone or before.phone,
        street=parts["street"] or before.street or "".join(others),
        postcode=parts["postcode"] or before.postcode,
    )


def _take_phone(text: str) -> tuple[str, list[str]]:
    """The phone and the pieces around it; a line of digits that is no phone is handed on as one, so that somebody can say so."""
    if found := _PHONE.search(text):
        around = f"{text[: found.start()]} {text[found.end() :]}"
        return found[0].strip(), [piece for piece in _BREAK.split(around) if piece]
    if _ANY_NUMBER.match(text) and not _POSTCODE.match(text):
        return text, []
    pieces = [piece for piece in _BREAK.split(text) if piece]
    odd = next((piece for piece in pieces if _ANY_NUMBER.match(piece) and not _POSTCODE.match(piece)), "")
    return odd, [piece for piece in pieces if piece != odd]


def _name_and_street(words: list[str], *, with_phone: bool) -> tuple[str, str]:
    """The word that is most like a name; with nothing beside it, it must be very like one, because it may be any word."""
    doubts = {word: doubt for word in words if (doubt := _doubt_about_name(word)) is not None}
    best = min(doubts, key=lambda word: doubts[word], default="")
    street = _address([word for word in words if word != best])
    if best and (doubts[best] == 0 or with_phone or street):
        return best, street
    return _cut_name(_address(words))


def _address(words: list[str]) -> str:
    """Words that speak of no place are no address."""
    street = _joined(words)
    return street if _PLACE_SIGN.search(street) or read_place(street).place != Place() else ""


def _joined(words: list[str]) -> str:
    """An address begins with its province or city, wherever that was written."""
    if words and read_place(words[0]).place == Place():
        words = sorted(words, key=lambda word: read_place(word).place == Place())
    return ("" if re.search(r"[一-鿿]", "".join(words)) else " ").join(words)


def _doubt_about_name(word: str) -> int | None:
    """0 surely a name, 1 perhaps, 2 hardly (路遥 or 张江路), None for what is none."""
    if len(word) > LONGEST_NAME or read_place(word).place != Place():
        return None
    if re.fullmatch(r"[A-Za-z][A-Za-z.' -]*", word):
        return 1
    if not re.fullmatch(r"[一-鿿·]{1,5}(?:\([^)]*\))?", word):
        return None
    is_surname = word[0] in _SURNAMES or word.endswith(_TITLES)
    if _PLACE_SIGN.search(word):
        return 2 if is_surname and len(word) <= LONGEST_USUAL_NAME else None
    is_usual = len(word) <= LONGEST_USUAL_NAME or word.endswith(_TITLES) or word.startswith(_DOUBLE_SURNAMES)
    return 0 if is_surname and is_usual and word not in _COURTESIES else 1


def _cut_name(street: str) -> tuple[str, str]:
    """安徽省芜湖市鸠江区长江路1号王小明: a surname after the last door sign begins a name."""
    found = _NAME_AT_THE_END.search(street)
    if found and not _PLACE_SIGN.search(found["name"]):
        return found["name"], street[: found.start()]
    return "", street
