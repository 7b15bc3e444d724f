"""Work: one speaker, one shop, one moment, and that shop's collections."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from shop.errors import NotFound
from shop.shops import Shop
from shop.speakers import CLOCK, Permission, Speaker
from storage.buyers import Buyers
from storage.cards import Cards
from storage.catalog import Catalog
from storage.collection import insert_unless_there
from storage.drafts import Drafts
from storage.errands import Errands
from storage.files import Files
from storage.imports import OrderImports
from storage.inbox import Inbox
from storage.loading import Known
from storage.news import Attachment, CardRef, Level, News, Tell, Touch, Wake
from storage.orders import Orders
from storage.outbox import Outbox, Posted
from storage.parcels import Parcels
from storage.people import SHOP, People, Place
from storage.questions import Questions
from storage.quick_replies import QuickReplies
from storage.saving import save
from storage.sharing import take_turn
from storage.shops import Shops
from storage.tables.pipeline import told
from storage.team import Invitations, Members
from storage.today import Today

C = TypeVar("C")


class _Part(Generic[C]):
    """A collection, made when it is first asked for. A cached property takes a lock for this, which costs more than the rest."""

    def __init__(self, make: Callable[["Work"], C]) -> None:
        self._make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, work: "Work", owner: type) -> C:
        made = work.__dict__[self._name] = self._make(work)
        return made


class Work:
    """What a job at the desk works with. `now` is the only clock; only the desk commits.

    Collections hang below as properties; those of a shop see that shop alone. `enter` and `open` say who speaks, and for which
    shop. The session of entities is made when it is first needed; the pipeline's own tables are reached by `connection`.
    """

    def __init__(self, connection: Connection, now: datetime, *, patient: bool = True) -> None:
        """`patient`: it may wait for another worker that is in the same shop."""
        self.connection = connection
        self.now = now
        self._patient = patient
        self.speaker: Speaker = CLOCK
        self.news: list[tuple[News, Place | None]] = []
        self.posted: list[Posted] = []
        self.left_errands = False
        self.draft_open = False
        """The speaker had an open draft on arrival; most have none, and it need not be looked for."""
        self.known = Known()
        self._place: Place | None = None

    @cached_property
    def session(self) -> Session:
        session = Session(self.connection, join_transaction_mode="rollback_only", expire_on_commit=False)
        self.known.join(session)
        return session

    @cached_property
    def shop(self) -> Shop:
        """The shop of this work, to be read and changed."""
        shop = SHOP.find(self, self.shop_id)
        if shop is None:
            raise NotFound("shop", self.shop_id)
        return shop

    @property
    def face(self) -> Shop | Place | None:
        """The shop as templates see it: with the changes of this work, if there are any."""
        return self.__dict__.get("shop") or self._place

    @property
    def in_shop(self) -> bool:
        return self._place is not None

    @property
    def shop_id(self) -> int:
        if self._place is None:
            raise RuntimeError("this work belongs to no shop")
        return self._place.id

    def enter(self, *, speaker: Speaker, shop: Shop | None) -> None:
        """From here on this is the work of that speaker in that shop."""
        self.open(speaker, None if shop is None else Place.of(shop))
        if shop is not None:
            self.__dict__["shop"] = shop

    def open(self, speaker: Speaker, place: Place | None) -> None:
        """Like `enter`, for a shop that need not be loaded."""
        if place is not None and (self._place is None or place.id != self._place.id):
            take_turn(self.connection, place.id, patient=self._patient)
        self.speaker, self._place = speaker, place
        for name in [name for name in self.__dict__ if name in _PER_SHOP]:
            del self.__dict__[name]

    def be_in(self, place: Place | None) -> None:
        """Go on in that shop, for the same speaker."""
        if (self._place and self._place.id) != (place and place.id):
            self.open(self.speaker, place)

    @property
    def has_session(self) -> bool:
        """Some entity was asked for."""
        return "session" in self.__dict__

    def flush(self) -> None:
        """Write what has changed; rows of the database now have their ids and revisions."""
        if self.has_session:
            self._flush_session(self.session)
        else:
            self.known.save(self.connection)

    def _flush_session(self, session: Session) -> None:
        if session.new or session.deleted or not all(save(self.connection, entity) for entity in session.dirty):
            session.flush()

    def close(self) -> None:
        if self.has_session:
            self.session.close()

    # What others must see

    def touch(self, card: CardRef) -> None:
        """The thing has changed: its card is refreshed wherever it is shown."""
        self._announce(Touch(card))

    def wake(self, card: CardRef, *, to: Permission, level: Level, key: str | None = None, view: str = "") -> bool:
        """Show the card anew to the staff who may act on it. With a key it is told once for ever; False when it was told."""
        if key is not None and not self.first_time(key):
            return False
        self._announce(Wake(card=card, to=to, level=level, view=view))
        return True

    def tell(
        self,
        person_id: int,
        template: str,
        *,
        level: Level = Level.P1,
        attachments: tuple[Attachment, ...] = (),
        about: CardRef | None = None,
        **facts: object,
    ) -> None:
        """Say words to one person, in that person's language; a reply to them is taken as a reply to the card of `about`."""
        self._announce(
            Tell(person_id=person_id, template=template, facts=facts, level=level, attachments=attachments, about=about)
        )

    def _announce(self, news: News) -> None:
        """News belong to the shop in which they happened, also when this work goes on in another."""
        self.news.append((news, self._place))

    def first_time(self, key: str) -> bool:
        """True once for each key: the mark is kept with the rest of this work."""
        row = {"key": key, "at": self.now}
        return (
            self.session.execute(insert_unless_there(self.connection, told, [row]).returning(told.c.key)).first()
            is not None
        )

    # The collections

    inbox = _Part(Inbox)
    outbox = _Part(Outbox)
    cards = _Part(Cards)
    errands = _Part(Errands)
    files = _Part(Files)
    people = _Part(People)
    drafts = _Part(Drafts)
    buyers = _Part(Buyers)
    questions = _Part(Questions)
    quick_replies = _Part(QuickReplies)
    shops = _Part(Shops)
    members = _Part(Members)
    invitations = _Part(Invitations)
    today = _Part(Today)
    orders = _Part(Orders)
    catalog = _Part(Catalog)
    order_imports = _Part(OrderImports)
    parcels = _Part(Parcels)


_PER_SHOP = frozenset(name for name, value in vars(Work).items() if isinstance(value, _Part)) | {"shop"}
"""What is made anew when the shop changes."""
