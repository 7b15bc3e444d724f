"""What somebody tries, as the update that Telegram would bring, and the world in which everything is there to be tried on."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from bot.callbacks import LiveButton
from bot.cards.order_request import ASK_LINK
from bot.delivery import Delivery
from bot.pace import Pace
from playground.telegram import Tap
from services import address_edits, catalog, order_questions, orders, product_drafts, questions, quick_replies, tracking
from services import shops as shop_services
from services.shelf import ask_pieces
from shop.drafts.answer import AnswerDraft
from shop.drafts.draft import DraftKind
from shop.drafts.product import DraftPhoto
from shop.questions import Enclosure, Words
from shop.shop_rules import ShopRule
from shop.speakers import Role, Speaker, Standing
from storage.news import CardKind
from storage.work import Work
from tests.hostile.updates import Raw
from tests.hostile.worlds import SIDES, Side, World, make_world, order_of

SHEET = "单号,品名,尺寸,件数,收货人,电话,地址\n{number},球鞋,42,1,王小明,13800001000,浙江省杭州市西湖区文一路1号\n"
HELD_BACK, COMPLETE = "held back", "complete product"
"""Drafts in a particular state; the others are called by their kind."""
REPLIED_TO = 900_000_001
_TAPS = count(700_000)


@dataclass(frozen=True)
class Cell:
    """One person, and the shop whose thing is touched."""

    person_id: int
    side: Side
    world: "FullWorld"

    def id_of(self, thing: str) -> int:
        return self.world.ids[self.side.letter][thing]

    def fill_in(self, words: str) -> str:
        for number in range(1, 10):
            words = words.replace(f"{{number {number}}}", self.side.order_number(number))
        for name, code in self.world.codes[self.side.letter].items():
            words = words.replace(f"{{{name}}}", code)
        return words.replace("{mark}", self.side.mark(1))


@dataclass(frozen=True)
class Attempt:
    """`draft` is the conversation in which the person is, `card` the card that the person replies to."""

    content: Callable[[Cell], Raw]
    draft: str | None = None
    card: tuple[CardKind, str] | None = None
    kind: str = "message"

    def update(self, cell: Cell) -> Raw:
        content = self.content(cell)
        if self.kind == "callback_query":
            return {self.kind: _tap(cell, content["data"])}
        if self.kind == "my_chat_member":
            return {self.kind: content | {"from": _sender(cell), "chat": _chat(cell).as_json()}}
        if self.kind == "edited_message":
            mine = [each for each in _chat(cell).messages.values() if not each["from"]["is_bot"]]
            return {self.kind: mine[-1] | content | {"edit_date": 1_772_424_100}}
        if self.card is not None:
            content["reply_to_message"] = {"message_id": REPLIED_TO, "date": 1, "chat": _chat(cell).as_json()}
        chat = cell.world.house.telegram.chats[content.pop("in_chat", cell.person_id)]
        return {self.kind: cell.world.house.telegram.put(chat, {"from": _sender(cell)}, content)}


def says(words: str, *, draft: str | None = None, card: tuple[CardKind, str] | None = None) -> Attempt:
    """Words, with what stands in braces taken from the shop that is meant."""
    return Attempt(lambda cell: {"text": cell.fill_in(words)}, draft=draft, card=card)


def sends(
    *, draft: str | None = None, card: tuple[CardKind, str] | None = None, kind: str = "message", **content: Any
) -> Attempt:
    return Attempt(lambda _: dict(content), draft=draft, card=card, kind=kind)


def sends_photo(caption: str = "", *, draft: str | None = None, album: bool = False) -> Attempt:
    def content(cell: Cell) -> Raw:
        kept = next(each for each in cell.world.world.files if each.kind == "photo")
        said: Raw = {"photo": [kept.as_photo_size()]} | ({"caption": caption} if caption else {})
        return said | ({"media_group_id": cell.side.mark(90)} if album else {})

    return Attempt(content, draft=draft)


def sends_file(name: str, mime: str, *, draft: str | None = None, **more: Any) -> Attempt:
    def content(cell: Cell) -> Raw:
        kept = next(each for each in cell.world.world.files if each.kind == "document")
        return {"document": kept.as_json() | {"file_name": name, "mime_type": mime}} | more

    return Attempt(content, draft=draft)


def taps(button: type[LiveButton], verb: str, thing: str = "", arg: str = "", *, draft: str | None = None) -> Attempt:
    """A button about this thing whatever its state: revision 0 is never outdated."""

    def content(cell: Cell) -> Raw:
        words = arg.format_map(cell.world.ids[cell.side.letter])
        return {"data": f"{button.__prefix__}:{cell.id_of(thing) if thing else 0}:0:{words}:{verb}"}

    return Attempt(content, draft=draft, kind="callback_query")


def taps_draft(button: type[LiveButton], verb: str, draft: str, arg: str = "") -> Attempt:
    """A button about one's own draft, or about the one of the owner of another shop."""
    return taps(button, verb, f"draft {draft}", arg, draft=draft)


@dataclass
class FullWorld:
    """Two shops in which something is in every state; `lay_out` leads back to it within a millisecond or two."""

    world: World
    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _chats: dict[int, dict[int, Any]] = field(default_factory=dict)
    _kept: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:", check_same_thread=False))

    @property
    def house(self) -> Any:
        return self.world.house

    def keep(self) -> None:
        self._chats = {chat_id: dict(chat.messages) for chat_id, chat in self.house.telegram.chats.items()}
        importing = [(each["importing"],) for each in self.ids.values()]
        with closing(sqlite3.connect(self.world.database)) as books:
            books.executemany("UPDATE order_imports SET state = 'importing' WHERE id = ?", importing)
            books.commit()
            books.backup(self._kept)

    def wake(self) -> None:
        """A process of its own for the loop of this test; its errands wait."""
        self.house.app.desk.close()
        self.house.start()
        self.house.app.errands.run = _nothing

    def lay_out(self, cell: Cell, attempt: Attempt, *, own: bool) -> None:
        """The books are those of that moment again, and nothing is on its way."""
        app = self.house.app
        app.delivery = Delivery(app.bot, app.desk, self.house.clock, self.house.folder / "files", Pace(unlimited=True))
        for chat_id, messages in self._chats.items():
            self.house.telegram.chats[chat_id].messages = dict(messages)
        with closing(sqlite3.connect(self.world.database)) as books:
            books.execute("PRAGMA synchronous = OFF")
            self._kept.backup(books)
            books.execute("UPDATE drafts SET is_open = 0 WHERE person_id = ?", (cell.person_id,))
            if attempt.draft is not None:
                self._give_draft(books, cell, attempt.draft, own=own)
            if attempt.card is not None:
                _give_card(books, cell, attempt.card[0], cell.id_of(attempt.card[1]))
            books.commit()

    def _give_draft(self, books: sqlite3.Connection, cell: Cell, kind: str, *, own: bool) -> None:
        """The person is in the middle of this conversation, as if it had been allowed a moment ago."""
        template = self.ids[cell.side.letter][f"template {kind}"]
        shop = "(SELECT coalesce(staff_of, buyer_of) FROM people WHERE id = :person)"
        books.execute(
            "INSERT INTO drafts (kind, person_id, shop_id, subject_id, answers, is_open, opened_at, revision) "
            f"SELECT kind, :person, {shop if kind == DraftKind.OPEN_SHOP else 'shop_id'}, subject_id, answers, 1, "
            "opened_at, revision FROM drafts WHERE id = :template",
            {"person": cell.person_id, "template": template},
        )
        mine = books.execute("SELECT max(id) FROM drafts").fetchone()[0]
        self.ids[cell.side.letter][f"draft {kind}"] = mine if own else template


def _give_card(books: sqlite3.Connection, cell: Cell, kind: CardKind, subject_id: int) -> None:
    place = (cell.person_id, kind.value, subject_id)
    books.execute("DELETE FROM cards WHERE chat_id = ? AND kind = ? AND subject_id = ?", place)
    books.execute(
        "INSERT INTO cards (chat_id, kind, subject_id, shop_id, view, payload, wanted, shown, anew, silent, message_id) "
        "VALUES (?, ?, ?, ?, '', '{}', 1, 1, 0, 1, ?)",
        (*place, SIDES.index(cell.side) + 1, REPLIED_TO),
    )


def _chat(cell: Cell) -> Any:
    return cell.world.house.telegram.chats[cell.person_id]


def _sender(cell: Cell) -> Raw:
    sender: Raw = cell.world.house.telegram.people[cell.person_id].as_user()
    return sender


def _tap(cell: Cell, data: str) -> Raw:
    telegram, number = cell.world.house.telegram, str(next(_TAPS))
    message = {"message_id": REPLIED_TO, "chat": _chat(cell).as_json(), "date": 0}
    query = {"id": number, "from": _sender(cell), "chat_instance": "1", "data": data, "message": message}
    telegram.keep_tap(Tap(number, cell.person_id, cell.person_id, REPLIED_TO, telegram.clock.now(), query))
    return query


async def make_full_world(template: Path, folder: Path) -> FullWorld:
    whole = FullWorld(await make_world(template, folder))
    whole.world.put_back()
    house = whole.house
    for shop_id, side in enumerate(SIDES, 1):
        owner = house.person(side.owner, "")
        await owner.sends_document("订单.csv", SHEET.format(number=f"88{shop_id}0000001").encode())
        await owner.taps("各列没错")
        await owner.sends_document("又一份.csv", SHEET.format(number=f"88{shop_id}0000002").encode())
        await owner.sends_document("第三份.csv", SHEET.replace("电话", "手机").format(number="1").encode())
        await owner.sends_document("别的.csv", SHEET.replace("品名", "货名").format(number="1").encode())
        ids = dict(_things(whole.world.database, side, shop_id))
        code = house.app.desk.do_now(
            lambda work, s=side, i=shop_id, known=ids: _prepare(_as_owner(work, s, i), s, known)
        )
        await house.settle()
        whole.codes[side.letter] = code | {"invitation": whole.world.invitations[(shop_id - 1) * 2]}
        whole.ids[side.letter] = ids | dict(_templates(whole.world.database, side))
    whole.keep()
    return whole


async def _nothing(*, until_idle: bool) -> None:
    assert until_idle
    await asyncio.sleep(0)


def _as_owner(work: Work, side: Side, shop_id: int) -> Work:
    owner = Speaker(person_id=side.owner, name="owner", standing=Standing.STAFF, role=Role.OWNER)
    work.enter(speaker=owner, shop=work.people.find_shop(shop_id))
    return work


def _prepare(work: Work, side: Side, ids: dict[str, int]) -> dict[str, str]:
    """Something in every state, and a draft of every kind. Gives the codes of the shop's links."""
    orders.cancel_order(work, ids["cancelled"])
    order_questions.ask_buyer(work, ids["asked"])
    _ask_buyers(work, side, ids)
    catalog.pause_product(work, ids["paused"])
    album = Words(enclosed=Enclosure.PHOTO, file_id="a", album=side.mark(90))
    questions.answer_question(work, ids["closed"], album)
    questions.close_question(work, ids["closed"])
    ask_pieces(work, ids["variant"])
    tracking.begin_ship(work, ids["confirmed"])
    address_edits.begin_edit(work, ids["flawed"])
    work.drafts.start(DraftKind.ANSWER_BUYER, AnswerDraft(words=Words(text="好的")), subject_id=ids["question"])
    questions.begin_answer(work, ids["question"])
    quick_replies.begin_quick_reply(work)
    shop_services.ask_rule(work, ShopRule.WARN_AT)
    shop_services.ask_name(work)
    for line in ("Nike Dunk Low 白 42 43 各3双 原价699 售价599", "Nike Dunk Low 白 42 43 各3双 售价599"):
        draft = product_drafts.begin_product(work, line)
        product_drafts.add_photo(work, draft.id, DraftPhoto(source=line, unique_id=line))
        if "原价" in line:
            _complete(work, draft.id)
    work.session.flush()
    return {"link code": work.shop.link_code, "ask": f"{ASK_LINK}{work.orders.get(ids['asked']).ask_code}"}


def _complete(work: Work, draft_id: int) -> None:
    for number in range(2):
        product_drafts.add_photo(work, draft_id, DraftPhoto(source=f"{number}", unique_id=f"{number}"))
    product_drafts.hear_words(work, draft_id, "42 = 26.5cm，43 = 27cm")


def _ask_buyers(work: Work, side: Side, ids: dict[str, int]) -> None:
    """Two more orders: of one the buyer is asked something, of the other the buyer has answered."""
    buyer = work.buyers.find(side.buyers[0])
    assert buyer is not None
    for number, name in ((7, "waiting"), (8, "answered")):
        orders.accept_order(work, order_of(work, side, number))
        order = work.orders.find_by_number(side.order_number(number))
        assert order is not None
        ids[name], order.buyer_id = order.id, buyer.id
        order_questions.ask_buyer(work, order.id)
    order_questions.hear_answer(work, work.orders.get(ids["answered"]), "电话 13800001000")


def _things(database: Path, side: Side, shop_id: int) -> Iterator[tuple[str, int]]:
    """What there is of the shop, by name."""
    yield from (("shop", shop_id), ("member", side.staff[Role.SUPPORT]))
    with closing(sqlite3.connect(database)) as books:
        for number, name in enumerate(("order", "flawed", "cancelled", "confirmed", "shipped", "asked"), 1):
            query = "SELECT id FROM orders WHERE shop_id = ? AND number = ?"
            yield name, books.execute(query, (shop_id, side.order_number(number))).fetchone()[0]
        for name, query in _WHERE.items():
            yield name, int(books.execute(query, (shop_id,)).fetchone()[0])


def _templates(database: Path, side: Side) -> Iterator[tuple[str, int]]:
    """The owner's drafts, to be copied: the newest of each kind, and the answer that was held back."""
    with closing(sqlite3.connect(database)) as books:
        query = "SELECT kind, max(id), min(id) FROM drafts WHERE person_id = ? GROUP BY kind"
        for kind, newest, oldest in books.execute(query, (side.owner,)):
            yield f"template {kind}", newest
            if kind in _FIRST:
                yield f"template {_FIRST[kind]}", oldest


_FIRST = {DraftKind.ANSWER_BUYER: HELD_BACK, DraftKind.PRODUCT: COMPLETE}
_WHERE = {
    "product": "SELECT min(id) FROM products WHERE shop_id = ?",
    "paused": "SELECT max(id) FROM products WHERE shop_id = ?",
    "variant": "SELECT min(id) FROM variants WHERE shop_id = ?",
    "parcel": "SELECT max(id) FROM parcels WHERE shop_id = ?",
    "question": "SELECT min(id) FROM questions WHERE shop_id = ?",
    "closed": "SELECT max(id) FROM questions WHERE shop_id = ?",
    "canned": "SELECT max(id) FROM quick_replies WHERE shop_id = ?",
    "canned revision": "SELECT revision FROM quick_replies WHERE shop_id = ? ORDER BY id DESC",
    "invitation": "SELECT max(id) FROM invitations WHERE shop_id = ? AND used_at IS NULL",
    "preview": "SELECT min(id) FROM order_imports WHERE shop_id = ?",
    "importing": "SELECT min(id) + 1 FROM order_imports WHERE shop_id = ?",
    "guessed": "SELECT min(id) + 2 FROM order_imports WHERE shop_id = ?",
    "columns": "SELECT max(id) FROM order_imports WHERE shop_id = ?",
}
