"""Short names of divisions: what people write instead of the full name."""

import re

_NATIONS = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|"
    "畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|普米族|塔吉克|怒族|"
    "鄂温克族|保安族|裕固族|独龙族|鄂伦春族|各族"
)
_AUTONOMOUS = re.compile(rf"^(?P<base>.{{2,}}?)(?:{_NATIONS})+(?:自治区|自治州|自治县|自治旗)$")
_PLAIN = re.compile(r"^(?P<base>.{2,}?)(?:特别行政区|自治区|地区|林区|省|市|盟|区|县|旗)$")


def short_name(name: str) -> str:
    """延边朝鲜族自治州 -> 延边, 海淀区 -> 海淀; names that would become a single character stay whole."""
    for pattern in (_AUTONOMOUS, _PLAIN):
        if found := pattern.match(name):
            return found["base"]
    return name


def spellings(name: str) -> tuple[str, ...]:
    """Every way to write a division's name, the full one first."""
    short = short_name(name)
    match name[-2:]:
        case "治州" | "治县" | "治旗":
            return (name, f"{short}{name[-1]}", short)
        case "新区" if len(name) > len("新区") + 1:
            return (name, name.removesuffix("新区"))
        case _:
            return (name,) if short == name else (name, short)
