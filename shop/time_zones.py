"""Finding a shop's time zone from what people write: a city, "UTC+8" or the zone's own name."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from shop.errors import ShopError

_CLOSE_ENOUGH = 65
_MOST_SUGGESTIONS = 4
_SUGGESTED = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Tokyo", "Europe/London")

_CITIES: dict[str, str] = {
    "Asia/Shanghai": "北京 上海 中国 广州 深圳 杭州 义乌 莆田 泉州 温州 成都 重庆 武汉 南京 苏州 天津 东八区 "
    "china beijing peking guangzhou shenzhen hangzhou yiwu putian chengdu prc",
    "Asia/Urumqi": "乌鲁木齐 新疆 喀什 urumqi kashgar",
    "Asia/Hong_Kong": "香港 hongkong hk",
    "Asia/Macau": "澳门 中国澳门 macao",
    "Asia/Taipei": "台北 台湾 中国台湾 高雄 taiwan kaohsiung",
    "Asia/Tokyo": "东京 日本 大阪 京都 japan osaka kyoto",
    "Asia/Seoul": "首尔 韩国 釜山 korea busan",
    "Asia/Singapore": "新加坡",
    "Asia/Kuala_Lumpur": "吉隆坡 马来西亚 malaysia",
    "Asia/Bangkok": "曼谷 泰国 清迈 thailand",
    "Asia/Ho_Chi_Minh": "胡志明 胡志明市 河内 越南 vietnam hanoi",
    "Asia/Manila": "马尼拉 菲律宾 philippines",
    "Asia/Jakarta": "雅加达 印尼 印度尼西亚 indonesia",
    "Asia/Kolkata": "印度 孟买 新德里 加尔各答 india mumbai delhi bangalore",
    "Asia/Dubai": "迪拜 阿联酋 阿布扎比 uae abudhabi",
    "Asia/Almaty": "阿拉木图 哈萨克斯坦 kazakhstan",
    "Europe/Moscow": "莫斯科 俄罗斯 圣彼得堡 russia petersburg",
    "Europe/London": "伦敦 英国 uk britain manchester",
    "Europe/Paris": "巴黎 法国 france",
    "Europe/Berlin": "柏林 德国 法兰克福 慕尼黑 germany frankfurt munich",
    "Europe/Madrid": "马德里 西班牙 巴塞罗那 spain barcelona",
    "Europe/Rome": "罗马 意大利 米兰 普拉托 italy milan prato",
    "Europe/Amsterdam": "阿姆斯特丹 荷兰 netherlands",
    "Europe/Istanbul": "伊斯坦布尔 土耳其 turkey",
    "America/New_York": "纽约 波士顿 华盛顿 迈阿密 美东 nyc boston washington miami",
    "America/Chicago": "芝加哥 休斯顿 达拉斯 美中 houston dallas",
    "America/Denver": "丹佛",
    "America/Los_Angeles": "洛杉矶 旧金山 西雅图 拉斯维加斯 美西 la sanfrancisco seattle",
    "America/Toronto": "多伦多 蒙特利尔 montreal",
    "America/Vancouver": "温哥华",
    "America/Mexico_City": "墨西哥城 墨西哥 mexico",
    "America/Sao_Paulo": "圣保罗 巴西 brazil",
    "Australia/Sydney": "悉尼 墨尔本 堪培拉 melbourne canberra",
    "Australia/Perth": "珀斯",
    "Pacific/Auckland": "奥克兰 新西兰 newzealand",
    "Africa/Cairo": "开罗 埃及 egypt",
    "Africa/Johannesburg": "约翰内斯堡 南非 southafrica",
    "Africa/Lagos": "拉各斯 尼日利亚 nigeria",
}
_BY_OFFSET = {
    0: "Etc/UTC",
    210: "Asia/Tehran",
    240: "Asia/Dubai",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    420: "Asia/Bangkok",
    480: "Asia/Shanghai",
    540: "Asia/Tokyo",
    570: "Australia/Darwin",
}
_OFFSET = re.compile(r"(?:utc|gmt|z)?([+-])(\d{1,2})(?::?([0-5]\d))?|(?:utc|gmt)()()()")
_CONTINENTS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
_FURTHEST = {"+": 14, "-": 12}


@dataclass
class TimeZoneUnknown(ShopError):
    """No time zone goes by that name; the suggestions are zones that look closest."""

    said: str
    suggestions: tuple[str, ...]

    def cities(self, language: str) -> list[str]:
        """The suggestions as people know them."""
        return [city_of(zone, chinese=language == "zh_CN") for zone in self.suggestions]


def find_time_zone(text: str) -> str:
    """The IANA name of the zone; a bare offset gives a zone that never changes its clocks."""
    said = _plain(text)
    if zone := _by_word().get(said) or _by_offset(said):
        return zone
    raise TimeZoneUnknown(text.strip(), _closest(said))


def city_of(zone: str, *, chinese: bool) -> str:
    """The city by which people know the zone: 上海 or Shanghai; a zone without one keeps its name."""
    if chinese and zone in _CITIES:
        return _CITIES[zone].split()[0]
    return zone.rpartition("/")[2].replace("_", " ")


def offset_of(zone: str, at: datetime) -> str:
    """How far the zone is from Greenwich at that moment: UTC+8, UTC+5:30."""
    minutes = int((at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\N{MINUS SIGN}", "-")
    return re.sub(r"[\s_]|时间$|time$|市$", "", folded)


@cache
def _by_word() -> dict[str, str]:
    zones = sorted(available_timezones())
    cities = {_plain(zone.rpartition("/")[2]): zone for zone in zones if zone.startswith(_CONTINENTS)}
    ours = {_plain(word): zone for zone, words in _CITIES.items() for word in words.split()}
    ours |= {_plain(zone.rpartition("/")[2]): zone for zone in _CITIES}
    return cities | {_plain(zone): zone for zone in zones} | ours


def _by_offset(said: str) -> str | None:
    if not (found := _OFFSET.fullmatch(said)):
        return None
    sign, hours, minutes = found[1] or "+", int(found[2] or 0), int(found[3] or 0)
    if hours > _FURTHEST[sign]:
        return None
    if sign == "+" and (zone := _BY_OFFSET.get(hours * 60 + minutes)):
        return zone
    # "Etc/GMT-8" lies east of Greenwich: POSIX counts the other way round.
    return f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours and not minutes else None


def _closest(said: str) -> tuple[str, ...]:
    cities = {word: zone for word, zone in _by_word().items() if zone.startswith(_CONTINENTS)}
    likely = process.extract(said, list(cities), scorer=fuzz.ratio, limit=12, score_cutoff=_CLOSE_ENOUGH)
    zones = dict.fromkeys(cities[word] for word, _, _ in likely)
    return tuple(zones)[:_MOST_SUGGESTIONS] or _SUGGESTED
