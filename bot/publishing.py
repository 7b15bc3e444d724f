"""Turns replies and news into outbox rows and card states, in the words of whoever reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import singledispatch
from html import escape, unescape
from typing import Any

from bot.albums import albums, medium
from bot.cards import build
from bot.keyboards import markup
from bot.labels import Label
from bot.rendering import label, render
from bot.replies import (
    Call,
    Document,
    Photos,
    Refuse,
    Remove,
    Replies,
    Reply,
    Say,
    Show,
    Toast,
)
from shop.shops import Person
from storage.news import CardKind, CardRef, Level, Tell, Touch, Wake
from storage.people import Place
from storage.work import Work

TAP_LIVES = timedelta(seconds=60)
"""An answer to a tap that comes later than this is of no use to anybody."""
TOAST_LIMIT = 200


@dataclass(frozen=True)
class Listener:
    """Whom a reply goes to. `tap_id` is the tap that is answered; `tapped` the message whose button it was.

    `elsewhere` is the name of the shop that this is about, when the listener works in another one at present.
    """

    chat_id: int
    language: str
    tap_id: str | None = None
    tapped: int | None = None
    message_id: int | None = None
    elsewhere: str = ""

    def reading(self, language: str) -> "Listener":
        """The same one, in that language."""
        return self if self.language == language else replace(self, language=language)


NAMES_ITS_SHOP = frozenset({CardKind.HOME, CardKind.SHOP, CardKind.TEAM})


def respond(work: Work, listener: Listener, replies: Replies) -> None:
    """Everything that a handler returned; a tap is always answered."""
    answers = replies if isinstance(replies, list) else [] if replies is None else [replies]
    speech = _Speech(work, listener)
    for reply in answers:
        speech.give(reply)
    if listener.tap_id is not None and not speech.tap_answered:
        speech.answer_tap("")


def publish(work: Work) -> None:
    """The news of a piece of work, to everybody whom it concerns."""
    touched: dict[CardRef, Place | None] = {}
    while work.news:
        news, place = work.news.pop(0)
        work.be_in(place)
        match news:
            case Touch(card):
                touched[card] = place
            case Wake() as wake:
                _wake(work, wake)
                touched[wake.card] = place
            case Tell() as tell:
                _tell(work, tell)
    for place in {place.id: place for place in touched.values() if place is not None}.values():
        touched.setdefault(CardKind.HOME.of(place.id), place)
    for ref, place in touched.items():
        work.be_in(place)
        _refresh(work, ref)


def _wake(work: Work, wake: Wake) -> None:
    for person in work.people.staff(wake.to):
        show(work, _listener(work, person), Show(wake.card, view=wake.view, anew=True), level=wake.level)


def _tell(work: Work, tell: Tell) -> None:
    person = work.people.find(tell.person_id)
    if person is None or not person.reachable:
        return
    speech = _Speech(work, _listener(work, person), level=tell.level, about=tell.about)
    if tell.attachments:
        speech.give(Photos(tell.attachments, caption=tell.template, facts=tell.facts))
    else:
        speech.say(tell.template, tell.facts)


def _refresh(work: Work, ref: CardRef) -> None:
    """Every chat that shows the thing gets its present state, without a sound and in its place."""
    for shown in work.cards.showing(ref):
        person = work.people.find(shown.chat_id)
        if person is not None and person.reachable:
            show(work, _listener(work, person), Show(ref, anew=False), level=Level.P2)


def _listener(work: Work, person: Person) -> Listener:
    """The person, who may have to be told of which shop this is."""
    away = work.face is not None and person.staff_of not in (None, work.shop_id)
    return Listener(person.id, person.language, elsewhere=work.face.name if away and work.face else "")


def _headed(listener: Listener, words: str) -> str:
    return f"🏪 <b>{escape(listener.elsewhere, quote=False)}</b>\n{words}" if listener.elsewhere else words


def show(work: Work, listener: Listener, reply: Show, *, level: Level = Level.REPLY) -> None:
    """Say what the card ought to show in this chat from now on."""
    shown = work.cards.find(listener.chat_id, reply.card)
    view = reply.view if reply.view is not None else shown.view if shown else ""
    card = build(work, reply.card, view)
    words = _words(work, listener.language, card.template, card.facts)
    payload: dict[str, Any] = {"text": words if reply.card.kind in NAMES_ITS_SHOP else _headed(listener, words)}
    payload["reply_markup"] = markup(card.keyboard, listener.language)
    on_it = shown is not None and shown.message_id is not None and shown.message_id == listener.tapped
    anew = reply.anew if reply.anew is not None else not on_it
    work.cards.want(listener.chat_id, reply.card, payload, view=view, anew=anew, level=level)


def _words(work: Work, language: str, template: str, facts: Mapping[str, object]) -> str:
    return render(template, language, facts, shop=work.face, now=work.now)


class _Speech:
    """One listener being answered."""

    def __init__(
        self, work: Work, listener: Listener, level: Level = Level.REPLY, about: CardRef | None = None
    ) -> None:
        self.work = work
        self.listener = listener
        self.level = level
        self.about = about
        self.tap_answered = False

    def give(self, reply: Reply) -> None:
        _give(reply, self)

    def say(self, template: str, facts: Mapping[str, object], **face: Any) -> None:
        payload = {"text": _headed(self.listener, self.words(template, facts)), "parse_mode": "HTML"}
        self.post("sendMessage", payload | {"link_preview_options": {"is_disabled": True}} | face)

    def answer_tap(self, text: str, *, alert: bool = False) -> None:
        self.tap_answered = True
        payload = {"callback_query_id": self.listener.tap_id, "text": unescape(text)[:TOAST_LIMIT], "show_alert": alert}
        self.work.outbox.post(self.listener.chat_id, "answerCallbackQuery", payload, level=Level.TAP, lives=TAP_LIVES)

    def words(self, template: str, facts: Mapping[str, object]) -> str:
        return _words(self.work, self.listener.language, template, facts)

    def force_reply(self, example: Label) -> dict[str, Any]:
        return {"force_reply": True, "input_field_placeholder": label(example, self.listener.language)[:64]}

    def post(self, method: str, payload: Mapping[str, Any]) -> None:
        silent = {"disable_notification": True} if self.level.silent else {}
        chat_id = self.listener.chat_id
        whole = {"chat_id": chat_id} | dict(payload) | silent
        self.work.outbox.post(chat_id, method, whole, level=self.level, about=self.about)


@singledispatch
def _give(reply: Reply, speech: _Speech) -> None:  # noqa: ARG001 - the kinds that there are use it
    raise TypeError(f"a handler returned {reply!r}, which is no reply")


@_give.register
def _(reply: Say, speech: _Speech) -> None:
    face: dict[str, Any] = {}
    if reply.keyboard:
        face["reply_markup"] = markup(reply.keyboard, speech.listener.language)
    elif reply.ask is not None:
        face["reply_markup"] = speech.force_reply(reply.ask)
    speech.say(reply.template, reply.facts, **face)


@_give.register
def _(reply: Toast, speech: _Speech) -> None:
    if speech.listener.tap_id is None:
        speech.say(reply.template, reply.facts)
    else:
        speech.answer_tap(speech.words(reply.template, reply.facts), alert=reply.alert)


@_give.register
def _(reply: Show, speech: _Speech) -> None:
    show(speech.work, speech.listener, reply, level=speech.level)


@_give.register
def _(reply: Photos, speech: _Speech) -> None:
    caption = speech.words(reply.caption, reply.facts) if reply.caption else ""
    media = [medium(attachment) for attachment in reply.attachments]
    media[0] |= {"caption": caption, "parse_mode": "HTML"}
    for method, payload in albums(media):
        speech.post(method, payload)


@_give.register
def _(reply: Document, speech: _Speech) -> None:
    payload: dict[str, Any] = {"document": f"stored:{reply.file_hash}/{reply.name}", "parse_mode": "HTML"}
    if reply.caption:
        payload["caption"] = speech.words(reply.caption, reply.facts)
    speech.post("sendDocument", payload)


@_give.register
def _(reply: Call, speech: _Speech) -> None:
    chat_id = speech.listener.chat_id if reply.chat_id is None else reply.chat_id
    speech.work.outbox.post(chat_id, reply.method, reply.payload, level=Level.P3)


@_give.register
def _(reply: Refuse, speech: _Speech) -> None:
    words = speech.words(reply.error.template(), {"error": reply.error})
    if speech.listener.tap_id is not None and len(words) <= TOAST_LIMIT and "<" not in words:
        speech.answer_tap(words, alert=True)
    else:
        speech.post("sendMessage", {"text": words, "parse_mode": "HTML"})


@_give.register
def _(reply: Remove, speech: _Speech) -> None:
    shown = speech.work.cards.find(speech.listener.chat_id, reply.card)
    if shown is not None:
        speech.work.cards.remove_from(shown)
