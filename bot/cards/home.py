"""The home card: what waits today. Without a shop it is the door: open one, try one, or choose among several."""

from bot.buttons.home import HomeButton, HomeVerb, Look
from bot.buttons.shops import ShopButton, ShopVerb
from bot.cards import Card, card
from bot.cards.closing import CLOSE
from bot.labels import L, Label, plain
from bot.replies import Button, Row, Show
from shop.errors import NotFound
from shop.speakers import PERMISSIONS, Permission, Role
from storage.news import CardKind
from storage.today import Waiting
from storage.work import Work

DOOR = CardKind.HOME.of(0)
"""The card of somebody who is about to open a shop or to go to another one."""
JOINED = "joined"
MOST_SHOPS = 6


def home(work: Work, *, joined: bool = False) -> Show:
    """The speaker's home: the present shop, seen with the eyes of the present role, or the door."""
    if not work.in_shop or work.speaker.role is None:
        return Show(DOOR, view="")
    return Show(CardKind.HOME.of(work.shop_id), view=f"{work.speaker.role} {JOINED if joined else ''}".strip())


@card(CardKind.HOME)
def home_card(work: Work, shop_id: int, view: str) -> Card:
    """Faces: a role, perhaps with `joined`; for the door: "", `name` while a name is asked, `language`, `shops`."""
    if shop_id == 0:
        return _door(work, view)
    if not work.in_shop or work.shop_id != shop_id:
        raise NotFound("shop", shop_id)
    role, _, joined = view.partition(" ")
    return _today(work, Role(role) if role in list(Role) else None, joined=joined == JOINED)


def _today(work: Work, role: Role | None, *, joined: bool) -> Card:
    waiting = work.today.waiting()
    may = PERMISSIONS[role] if role is not None else frozenset()
    ways = _ways(waiting, may)
    facts = {"waiting": waiting, "may": may, "role": role, "joined": joined, "is_busy": bool(ways)}
    sample = work.shop.is_sample and role is Role.OWNER
    end = (_button(L("Throw the sample shop away"), HomeVerb.THROW_AWAY, style="danger"),) if sample else ()
    settings = Button(L("Settings"), ShopButton(verb=ShopVerb.OPEN, id=work.shop_id))
    return Card("home/today.html", facts, (*ways, end, (_button(L("My shops"), HomeVerb.SHOPS), settings), (CLOSE,)))


def _ways(waiting: Waiting, may: frozenset[Permission]) -> list[Row]:
    """A button for everything that waits and that this role may do."""
    ways: list[tuple[Permission, int, Label, Look]] = [
        (Permission.CHECK_ORDERS, waiting.to_check, L("Check orders: {n}", n=waiting.to_check), Look.TO_CHECK),
        (Permission.DISPATCH, waiting.to_dispatch, L("Ship orders: {n}", n=waiting.to_dispatch), Look.TO_DISPATCH),
        (Permission.ANSWER_BUYERS, waiting.questions, L("Answer buyers: {n}", n=waiting.questions), Look.QUESTIONS),
        (Permission.CATALOGUE, waiting.low_stock, L("Restock: {n}", n=waiting.low_stock), Look.LOW_STOCK),
        (Permission.DISPATCH, waiting.stalled, L("Look after parcels: {n}", n=waiting.stalled), Look.STALLED),
    ]
    return [
        (_button(label, HomeVerb.LOOK, arg=look),)
        for permission, count, label, look in ways
        if count and permission in may
    ]


def _door(work: Work, view: str) -> Card:
    match view:
        case "name":
            return Card("home/ask_name.html", {}, ((_button(L("Back"), HomeVerb.BACK),),))
        case "language":
            return Card("home/language.html", {}, (_languages(), (_button(L("Back"), HomeVerb.BACK),)))
        case "shops":
            return _shops(work)
    rows: tuple[Row, ...] = (
        (_button(L("Open a shop"), HomeVerb.OPEN_SHOP, style="success"),),
        (_button(L("Try a sample shop"), HomeVerb.SAMPLE),),
        _languages(),
    )
    return Card("home/welcome.html", {}, rows)


def _shops(work: Work) -> Card:
    posts = work.shops.posts(work.speaker.person_id)
    here = work.shop_id if work.in_shop else None
    rows: list[Row] = [
        (
            _button(
                plain(post.shop_name if post.shop_id != here else f"✓ {post.shop_name}"), HomeVerb.SWITCH, post.shop_id
            ),
        )
        for post in posts[-MOST_SHOPS:]
    ]
    new = (_button(L("Open another shop"), HomeVerb.OPEN_SHOP), _button(L("Try a sample shop"), HomeVerb.SAMPLE))
    return Card("home/shops.html", {"posts": posts, "here": here}, (*rows, new, (_button(L("Close"), HomeVerb.CLOSE),)))


def _languages() -> Row:
    return (
        _button(plain("中文"), HomeVerb.LANGUAGE, arg="zh_CN"),
        _button(plain("English"), HomeVerb.LANGUAGE, arg="en"),
    )


def _button(label: Label, verb: HomeVerb, shop_id: int = 0, *, arg: str = "", style: str | None = None) -> Button:
    return Button(label, HomeButton(verb=verb, id=shop_id, arg=arg), style=style)
