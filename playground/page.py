"""The page with the phones: a server-rendered shell, style sheets and plain ES modules, nothing from outside."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from aiohttp import hdrs, web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

HERE = Path(__file__).parent
STATIC = HERE / "static"
ROOT = "/phones/static/"
COOKIE = "phones_language"
STYLE_SHEETS = ("look.css", "phone.css", "chat.css", "input.css", "strip.css")

WORDS = {
    "zh-CN": {
        "title": "掌柜演练场",
        "waiting": "正在摆好两部手机…",
        "noscript": "请在浏览器里启用 JavaScript，两部手机才能开机。",
    },
    "en": {
        "title": "Zhanggui playground",
        "waiting": "Putting the phones on the table…",
        "noscript": "Please allow JavaScript: the phones need it.",
    },
}

# Whatever a bot sends to the page, the browser loads nothing from elsewhere and runs no script but ours.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}

_shells = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)


def routes() -> Iterable[web.AbstractRouteDef]:
    """The page at /phones/ and what it loads."""
    return [web.get("/phones", to_page), web.get("/phones/", show_page), web.get(ROOT + "{name}", send_static)]


async def to_page(_: web.Request) -> web.Response:
    raise web.HTTPFound("/phones/")


async def show_page(request: web.Request) -> web.Response:
    language = language_of(request)
    page = _shells.get_template("shell.html").render(
        language=language,
        root=ROOT,
        sheets=STYLE_SHEETS,
        modules=sorted(path.name for path in STATIC.glob("*.js")),
        words=_chinese(),
        **WORDS[language],
    )
    headers = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", hdrs.CACHE_CONTROL: "no-cache"}
    return web.Response(text=page, content_type="text/html", headers=headers)


async def send_static(request: web.Request) -> web.FileResponse:
    name = request.match_info["name"]
    path = STATIC / name
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+", name) is None or path.suffix not in TYPES or not path.is_file():
        raise web.HTTPNotFound
    headers = {
        hdrs.CONTENT_TYPE: TYPES[path.suffix],
        hdrs.CACHE_CONTROL: "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    return web.FileResponse(path, headers=headers)


def language_of(request: web.Request) -> str:
    """What was chosen on the page, else English when the browser prefers it to Chinese, else Chinese."""
    chosen = request.query.get("lang") or request.cookies.get(COOKIE)
    if chosen in {"zh", "en"}:
        return "zh-CN" if chosen == "zh" else "en"
    for wanted in re.split(r"\s*,\s*", request.headers.get(hdrs.ACCEPT_LANGUAGE, "").lower()):
        if wanted.startswith("zh"):
            return "zh-CN"
        if wanted.startswith("en"):
            return "en"
    return "zh-CN"


def _chinese() -> Markup:
    """The page's Chinese words as JSON that cannot end its script element."""
    words = json.loads((STATIC / "words.zh-CN.json").read_text(encoding="utf-8"))
    return Markup(json.dumps(words, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - made here, `<` is escaped
