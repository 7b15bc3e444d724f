"""The card of the shop's canned answers: the list, one of them, and what is being written."""

from bot.buttons.questions import QuickReplyButton, QuickReplyVerb
from bot.callbacks import whole
from bot.cards import Card, card
from bot.cards.closing import CLOSE
from bot.labels import L, Label, plain
from bot.replies import Button, Row
from shop.errors import NotFound
from shop.quick_replies import MOST_REPLIES, Blank
from storage.news import CardKind
from storage.work import Work

A_PAGE = 5


@card(CardKind.QUICK_REPLIES)
def quick_replies_card(work: Work, _shop_id: int, view: str) -> Card:
    """Faces: the list (`page:<n>`), `one:<id>`, `delete:<id>`, and `title` or `text` while one is being written."""
    face, _, arg = view.partition(":")
    number = whole(arg)
    match face:
        case "one" | "delete":
            return _one(work, number, deleting=face == "delete")
        case "title" | "text":
            back = (_button(L("Cancel"), QuickReplyVerb.CANCEL),)
            return Card("quick_replies/writing.html", {"part": face, "blanks": tuple(Blank)}, (back,))
    return _list(work, number)


def _list(work: Work, page: int) -> Card:
    replies = work.quick_replies.all()
    last = max(-(-len(replies) // A_PAGE), 1)
    page = min(max(page, 1), last)
    some = replies[(page - 1) * A_PAGE : page * A_PAGE]
    rows: list[Row] = [(_button(plain(reply.title), QuickReplyVerb.OPEN, reply.id),) for reply in some]
    before = (_button(plain("‹"), QuickReplyVerb.PAGE, arg=str(page - 1)),) if page > 1 else ()
    after = (_button(plain("›"), QuickReplyVerb.PAGE, arg=str(page + 1)),) if page < last else ()
    add = (_button(L("Add a quick reply"), QuickReplyVerb.ADD),) if len(replies) < MOST_REPLIES else ()
    facts = {"count": len(replies), "most": MOST_REPLIES, "page": page, "last": last}
    return Card("quick_replies/list.html", facts, (*rows, before + after, add, (CLOSE,)))


def _one(work: Work, reply_id: int, *, deleting: bool) -> Card:
    try:
        reply = work.quick_replies.get(reply_id)
    except NotFound:
        return _list(work, 1)
    if deleting:
        sure = _button(L("Delete “{title}”", title=reply.title), QuickReplyVerb.DELETE_NOW, reply.id, style="danger")
        rows: tuple[Row, ...] = ((sure,), (_button(L("Back"), QuickReplyVerb.OPEN, reply.id),))
    else:
        rows = (
            (
                _button(L("Change the title"), QuickReplyVerb.TITLE, reply.id),
                _button(L("Change the text"), QuickReplyVerb.TEXT, reply.id),
            ),
            (*_up(work, reply_id), _button(L("Delete …"), QuickReplyVerb.DELETE, reply.id)),
            (_button(L("Back"), QuickReplyVerb.PAGE, arg="1"),),
        )
    return Card("quick_replies/one.html", {"reply": reply, "deleting": deleting}, rows)


def _up(work: Work, reply_id: int) -> Row:
    """Nothing stands above the first one."""
    is_first = work.quick_replies.all()[0].id == reply_id
    return () if is_first else (_button(L("Move up"), QuickReplyVerb.UP, reply_id),)


def _button(
    label: Label, verb: QuickReplyVerb, reply_id: int = 0, *, arg: str = "", style: str | None = None
) -> Button:
    return Button(label, QuickReplyButton(verb=verb, id=reply_id, arg=arg), style=style)
