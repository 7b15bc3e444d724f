"""Work: one speaker, one shop, one moment, and that shop's collections."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session

from shop.shops import Shop
from shop.speakers import CLOCK, Permission, Speaker
from storage.buyers import Buyers
from storage.cards import Cards
from storage.collection import insert_unless_there
from storage.drafts import Drafts
from storage.errands import Errands
from storage.files import Files
from storage.inbox import Inbox
from storage.news import Attachment, CardRef, Level, News, Tell, Touch, Wake
from storage.outbox import Outbox
from storage.people import People
from storage.questions import Questions
from storage.quick_replies import QuickReplies
from storage.shops import Shops
from storage.signals import Signal
from storage.tables.pipeline import told
from storage.team import Invitations, Members


@dataclass(eq=False)
class Work:
    """What a job at the desk works with. `now` is the only clock; only the desk commits.

    Collections hang below as properties; those of a shop see that shop alone. `enter` says who speaks, and for which shop.
    """

    session: Session
    now: datetime
    speaker: Speaker = CLOCK
    news: list[News] = field(default_factory=list)
    signals: set[Signal] = field(default_factory=set)
    _shop: Shop | None = None

    @property
    def shop(self) -> Shop:
        if self._shop is None:
            raise RuntimeError("this work belongs to no shop")
        return self._shop

    @property
    def in_shop(self) -> bool:
        return self._shop is not None

    @property
    def shop_id(self) -> int:
        return self.shop.id

    def enter(self, *, speaker: Speaker, shop: Shop | None) -> None:
        """From here on this is the work of that speaker in that shop."""
        self.speaker, self._shop = speaker, shop
        for name in [name for name, value in vars(type(self)).items() if isinstance(value, cached_property)]:
            vars(self).pop(name, None)

    # What others must see

    def touch(self, card: CardRef) -> None:
        """The thing has changed: its card is refreshed wherever it is shown."""
        self.news.append(Touch(card))

    def wake(self, card: CardRef, *, to: Permission, level: Level, key: str | None = None, view: str = "") -> bool:
        """Show the card anew to the staff who may act on it. With a key it is told once for ever; False when it was told."""
        if key is not None and not self.first_time(key):
            return False
        self.news.append(Wake(card=card, to=to, level=level, view=view))
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
        self.news.append(
            Tell(person_id=person_id, template=template, facts=facts, level=level, attachments=attachments, about=about)
        )

    def first_time(self, key: str) -> bool:
        """True once for each key: the mark is kept with the rest of this work."""
        row = {"key": key, "at": self.now}
        return (
            self.session.execute(insert_unless_there(self.session, told, [row]).returning(told.c.key)).first()
            is not None
        )

    # The collections

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self)

    @cached_property
    def cards(self) -> Cards:
        return Cards(self)

    @cached_property
    def errands(self) -> Errands:
        return Errands(self)

    @cached_property
    def files(self) -> Files:
        return Files(self)

    @cached_property
    def people(self) -> People:
        return People(self)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self)

    @cached_property
    def buyers(self) -> Buyers:
        return Buyers(self)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self)

    @cached_property
    def quick_replies(self) -> QuickReplies:
        return QuickReplies(self)

    @cached_property
    def shops(self) -> Shops:
        return Shops(self)

    @cached_property
    def members(self) -> Members:
        return Members(self)

    @cached_property
    def invitations(self) -> Invitations:
        return Invitations(self)
