"""What is remembered of buyers beside the orders and exchanges themselves, and which of these are due to be forgotten."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete, exists, literal_column, or_, select, update

from shop.drafts.draft import DraftKind
from shop.orders import OPEN, OrderStatus
from shop.questions import QuestionStatus
from storage.news import CardRef
from storage.tables.drafts import drafts
from storage.tables.imports import order_imports
from storage.tables.orders import orders
from storage.tables.parcels import parcel_events, parcels
from storage.tables.pipeline import cards, errands, inbox
from storage.tables.questions import buyers, questions
from storage.tables.shops import members, people, shops
from storage.work import Work

FINISHED = (OrderStatus.DELIVERED, OrderStatus.CLOSED, OrderStatus.CANCELLED)
PARKED_KEEP = timedelta(days=30)
"""How long an update that failed can still be handled again; after that its text goes."""
DONE_KEEP = timedelta(hours=48)


def shops_due(work: Work, left_by: Mapping[OrderStatus, datetime]) -> Sequence[int]:
    """Shops in which an order is to be closed or somebody is to be forgotten: one query, however many shops there are."""
    due = [_there(orders, _left(status, moment)) for status, moment in left_by.items()]
    for keep in work.connection.scalars(select(shops.c.keep_personal).distinct()).all():
        over = _there(orders, _finished(work.now - keep)) | _there(questions, _silent(work.now - keep))
        due.append((shops.c.keep_personal == keep) & over)
    return work.connection.scalars(select(shops.c.id).where(or_(*due)).order_by(shops.c.id)).all()


def left_before(work: Work, status: OrderStatus, moment: datetime, *, most: int) -> Sequence[int]:
    """Orders that came to this status, shipped or delivered, so long ago."""
    mine = orders.c.shop_id == work.shop_id
    query = select(orders.c.id).where(mine, _left(status, moment)).order_by(orders.c.settled_at).limit(most)
    return work.connection.scalars(query).all()


def orders_finished_before(work: Work, moment: datetime, *, most: int) -> Sequence[int]:
    """Orders that still know their buyer although nothing was to be done for them since then."""
    mine = orders.c.shop_id == work.shop_id
    query = select(orders.c.id).where(mine, _finished(moment)).order_by(orders.c.settled_at).limit(most)
    return work.connection.scalars(query).all()


def exchanges_before(work: Work, moment: datetime, *, most: int) -> Sequence[int]:
    """Exchanges in which nothing was said since then, and nobody waits."""
    mine = questions.c.shop_id == work.shop_id
    query = select(questions.c.id).where(mine, _silent(moment)).order_by(questions.c.id).limit(most)
    return work.connection.scalars(query).all()


def _left(status: OrderStatus, moment: datetime) -> ColumnElement[bool]:
    """In the words of its partial index, as the next two are."""
    on_its_way = orders.c.status.in_([literal_column("'shipped'"), literal_column("'delivered'")])
    return on_its_way & (orders.c.status == status) & (orders.c.settled_at <= moment)


def _finished(moment: datetime) -> ColumnElement[bool]:
    remembered = orders.c.settled_at.is_not(None) & orders.c.forgotten_at.is_(None)
    return remembered & (orders.c.settled_at <= moment) & orders.c.status.in_(FINISHED)


def _silent(moment: datetime) -> ColumnElement[bool]:
    called = questions.c.called_at.is_(None) | (questions.c.called_at <= moment)
    answered = questions.c.answered_at.is_(None) | (questions.c.answered_at <= moment)
    over = questions.c.forgotten_at.is_(None) & (questions.c.status != QuestionStatus.WAITING)
    return over & (questions.c.asked_at <= moment) & called & answered


def _there(table: Table, due: ColumnElement[bool]) -> ColumnElement[bool]:
    """The shop has such a row."""
    return exists().where(table.c.shop_id == shops.c.id, due)


def orders_of(work: Work, buyer_id: int) -> tuple[Sequence[int], int]:
    """This buyer's orders that need no recipient any more, and how many still do."""
    mine = (orders.c.shop_id == work.shop_id) & (orders.c.buyer_id == buyer_id) & orders.c.forgotten_at.is_(None)
    found = work.connection.execute(select(orders.c.id, orders.c.status).where(mine)).all()
    over = [row.id for row in found if row.status not in OPEN]
    return over, len(found) - len(over)


def exchanges_of(work: Work, buyer_id: int) -> Sequence[int]:
    mine = (questions.c.shop_id == work.shop_id) & (questions.c.buyer_id == buyer_id)
    return work.connection.scalars(select(questions.c.id).where(mine, questions.c.forgotten_at.is_(None))).all()


def drop_drafts(work: Work, kind: DraftKind, subject_id: int) -> None:
    """Whatever anybody was about to write about the thing."""
    here = (drafts.c.shop_id == work.shop_id) & (drafts.c.kind == kind) & (drafts.c.subject_id == subject_id)
    work.connection.execute(delete(drafts).where(here))


def forget_carriers_words(work: Work, order_id: int) -> int | None:
    """Carriers name who signed and where; states, moments and the number stay. Gives the parcel."""
    mine = (parcels.c.shop_id == work.shop_id) & (parcels.c.order_id == order_id)
    parcel_id: int | None = work.connection.scalar(select(parcels.c.id).where(mine))
    if parcel_id is not None:
        events = update(parcel_events).where(parcel_events.c.parcel_id == parcel_id)
        work.connection.execute(events.values(words="", place=""))
    return parcel_id


def forget_sheets(work: Work, before: datetime) -> None:
    """With its id Telegram would still give the whole sheet; what became of its rows stays."""
    old = (order_imports.c.shop_id == work.shop_id) & (order_imports.c.finished_at <= before)
    work.connection.execute(update(order_imports).where(old, order_imports.c.file_id != "").values(file_id=""))


def drop_unseen_cards(work: Work, card: CardRef) -> None:
    """Those in chats that we cannot reach: they would keep the old words for ever."""
    away = select(people.c.id).where(people.c.reachable.is_(False))
    here = (cards.c.kind == card.kind.value) & (cards.c.subject_id == card.subject_id)
    work.connection.execute(delete(cards).where(here, cards.c.chat_id.in_(away)))


def forget_name(work: Work, buyer_id: int) -> None:
    """The name of a buyer of whom no order or exchange is remembered; of the person too, who is nothing else to us."""
    order = exists().where(orders.c.buyer_id == buyers.c.id, orders.c.forgotten_at.is_(None))
    exchange = exists().where(questions.c.buyer_id == buyers.c.id, questions.c.forgotten_at.is_(None))
    mine = (buyers.c.shop_id == work.shop_id) & (buyers.c.id == buyer_id)
    nameless = update(buyers).where(mine, ~order, ~exchange).values(name="").returning(buyers.c.person_id)
    person_id = work.connection.scalar(nameless)
    if person_id is not None:
        elsewhere = exists().where(buyers.c.person_id == people.c.id, buyers.c.name != "")
        staff = exists().where(members.c.person_id == people.c.id)
        unknown = update(people).where(people.c.id == person_id, ~elsewhere, ~staff)
        work.connection.execute(unknown.values(name=""))


def forget_old_texts(work: Work) -> None:
    """Updates that failed and that nobody mended, and errands that are done."""
    parked = (inbox.c.state == "parked") & (inbox.c.done_at < work.now - PARKED_KEEP) & inbox.c.raw.is_not(None)
    work.connection.execute(update(inbox).where(parked).values(raw=None))
    done = (errands.c.state == "done") & (errands.c.done_at < work.now - DONE_KEEP)
    work.connection.execute(delete(errands).where(done))
