"""What handlers return: what to say, never how it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.callbacks import LiveButton
from bot.labels import Label
from shop.errors import ShopError
from storage.news import Attachment, CardRef


@dataclass(frozen=True)
class Link:
    """A button that opens an address."""

    url: str


@dataclass(frozen=True)
class CopyText:
    """A button that copies up to 256 characters."""

    text: str | Label


@dataclass(frozen=True)
class Button:
    label: Label
    press: LiveButton | Link | CopyText
    style: str | None = None
    """`primary`, `success` or `danger`; clients that know no colours show none."""


Row = tuple[Button, ...]
Keyboard = tuple[Row, ...]


@dataclass(frozen=True, init=False)
class Say:
    """A message of words. `ask` opens the reply field with that example in it."""

    template: str
    facts: Mapping[str, object]
    keyboard: Keyboard = ()
    ask: Label | None = None

    def __init__(self, template: str, *, keyboard: Keyboard = (), ask: Label | None = None, **facts: Any) -> None:
        _fill(self, template=template, facts=facts, keyboard=keyboard, ask=ask)


@dataclass(frozen=True, init=False)
class Toast:
    """The short answer to a tap, at most 200 characters; `alert` must be read and closed."""

    template: str
    facts: Mapping[str, object]
    alert: bool = False

    def __init__(self, template: str, *, alert: bool = False, **facts: Any) -> None:
        _fill(self, template=template, facts=facts, alert=alert)


@dataclass(frozen=True)
class Show:
    """The living card of a thing: edited in place after a tap, at the bottom of the chat after a message.

    `view` chooses among the faces of a card (a page, a question); None leaves it as it is. `anew` decides about the place by hand.
    """

    card: CardRef
    view: str | None = None
    anew: bool | None = None


@dataclass(frozen=True)
class Photos:
    """Pictures that Telegram or our own store holds, as one album; `caption` is a template."""

    attachments: tuple[Attachment, ...]
    caption: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A file from our store, by its hash, under the name that people see."""

    file_hash: str
    name: str
    caption: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """A plain Bot API call that is not a message, such as a commands menu. It waits in the lane of the chat that it concerns."""

    method: str
    payload: Mapping[str, Any]
    chat_id: int | None = None


@dataclass(frozen=True)
class Refuse:
    """A rule said no; its words are the template of the refusal."""

    error: ShopError


@dataclass(frozen=True)
class Remove:
    """The card is gone from this chat."""

    card: CardRef


Reply = Say | Toast | Show | Photos | Document | Call | Refuse | Remove
Replies = Reply | list[Reply] | None


def _fill(reply: object, **values: object) -> None:
    for name, value in values.items():
        object.__setattr__(reply, name, value)
