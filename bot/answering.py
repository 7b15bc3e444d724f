"""One update from the words to the answer: who speaks, what was said, which handler fits, and what it says."""

from collections.abc import Coroutine
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import CallbackQuery, Message, TelegramObject, User

from bot.callbacks import LiveButton, read_button
from bot.hearing import Hearing
from bot.publishing import Listener, respond
from bot.replies import Refuse, Replies, Show, Toast
from bot.routing import Routes
from bot.updates import Incoming
from shop.errors import NotAllowed, NotFound, ShopError
from shop.names import can_be_seen
from shop.shops import Member, Person, Shop, spoken_language
from shop.speakers import Speaker, Standing
from storage.news import CardRef
from storage.people import Arrival
from storage.revisions import revision_of
from storage.work import Work

T = TypeVar("T")


class WaitedAtTheDeskError(RuntimeError):
    """A handler awaited something that really waits; nothing at the desk may."""


def answer(work: Work, incoming: Incoming, routers: Router, **tools: Any) -> None:
    """Find the handler, and render what it returned. An outdated tap is not carried out: the present state is shown instead."""
    kind, event = incoming
    if event is None:
        return
    listener = open_work(work, event)
    heard = _understand(work, event)
    replies = _outdated(work, heard.get("pressed")) if listener and listener.chat_id == work.speaker.person_id else None
    if replies is None:
        given = {"work": work, "listener": listener, **heard, **tools}
        replies = straight_through(_routes(routers).ask(kind, event, given))
    if listener is not None:
        # The handler may just have changed the language.
        respond(work, listener.reading(work.speaker.language), None if replies is UNHANDLED else replies)


@lru_cache(maxsize=16)
def _routes(routers: Router) -> Routes:
    return Routes(routers)


def straight_through(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise WaitedAtTheDeskError


def open_work(work: Work, event: TelegramObject) -> Listener | None:
    """Let the work be that of whoever caused it, as the books know that person now. Gives whom to answer."""
    user, listener = _origin(event)
    if user is None or user.is_bot:
        return listener
    arrival = _arrival(work, user)
    post = _post_of_card(work, user.id, arrival, event)
    if post is not None:
        member, shop = post
        work.enter(speaker=_speaker(user, arrival, Standing.STAFF, role=member.role), shop=shop)
        listener = None if listener is None else replace(listener, elsewhere=shop.name)
    elif arrival.role is not None:
        work.open(_speaker(user, arrival, Standing.STAFF, role=arrival.role), arrival.place)
    else:
        standing = Standing.STRANGER if arrival.place is None else Standing.BUYER
        work.open(_speaker(user, arrival, standing), arrival.place)
    return None if listener is None else listener.reading(arrival.language)


def _understand(work: Work, event: TelegramObject) -> dict[str, Any]:
    """Text is heard as `hearing`, a tap becomes `pressed`; the open draft is at hand as `open_draft`."""
    match event:
        case Message():
            heard: dict[str, Any] = {"hearing": Hearing(event.text or event.caption or "")}
        case CallbackQuery():
            heard = {"pressed": read_button(event.data)}
        case _:
            return {}
    return heard | {"open_draft": work.drafts.find_open() if work.draft_open else None}


def explain(work: Work, event: TelegramObject | None, error: ShopError) -> None:
    """A rule said no and the work was undone: say why, and show the card as it stands."""
    listener = None if event is None else open_work(work, event)
    if listener is None:
        return
    replies: Replies = [Refuse(error)]
    pressed = read_button(event.data) if isinstance(event, CallbackQuery) else None
    shown = work.cards.at_message(listener.chat_id, listener.tapped) if listener.tapped else None
    if pressed is not None and shown is not None and not isinstance(error, NotFound | NotAllowed):
        replies = [Refuse(error), Show(shown.ref)]
    respond(work, listener, replies)


def _outdated(work: Work, pressed: LiveButton | None) -> Replies:
    if pressed is None or pressed.card is None or not pressed.revision or work.speaker.standing is not Standing.STAFF:
        return None
    ref = CardRef(pressed.card, pressed.id)
    if revision_of(work, ref) == pressed.revision:
        return None
    return [Toast("errors/outdated.html"), Show(ref)]


def _origin(event: TelegramObject) -> tuple[User | None, Listener | None]:
    match event:
        case Message(chat=chat, from_user=user) as message:
            return user, Listener(chat.id, _language(user), message_id=message.message_id)
        case CallbackQuery(from_user=user, id=tap_id, message=message):
            chat_id = message.chat.id if message else user.id
            tapped = message.message_id if message else None
            return user, Listener(chat_id, _language(user), tap_id=tap_id, tapped=tapped)
        case event:
            return getattr(event, "from_user", None), None


def _arrival(work: Work, user: User) -> Arrival:
    """What the books know of this person, brought up to date with what Telegram says."""
    arrival = work.people.find_arrival(user.id)
    if arrival is None or not arrival.reachable or arrival.name != _name(user) or _language_changed(arrival, user):
        _welcome(work, user)
        arrival = work.people.find_arrival(user.id)
    assert arrival is not None  # noqa: S101 - just written
    return arrival


def _welcome(work: Work, user: User) -> None:
    person = work.people.find(user.id)
    if person is None:
        work.people.add(Person(id=user.id, name=_name(user), language=_language(user), seen_at=work.now))
        return
    person.reachable = True
    person.name = _name(user)
    person.follow_client(user.language_code)
    work.flush()


def _name(user: User) -> str:
    """Telegram lets people be called by signs that nobody sees; then the number must do."""
    name = user.full_name[:128]
    return name if can_be_seen(name) else str(user.id)


def _language_changed(arrival: Arrival, user: User) -> bool:
    return not arrival.language_chosen and user.language_code is not None and arrival.language != _language(user)


def _post_of_card(work: Work, person_id: int, arrival: Arrival, event: TelegramObject) -> tuple[Member, Shop] | None:
    """A tap on a card, or a reply to one, is meant for the shop of that card, wherever the person works otherwise."""
    match event:
        case CallbackQuery(message=pointed_at) | Message(reply_to_message=pointed_at) if pointed_at is not None:
            shown = work.cards.at_message(pointed_at.chat.id, pointed_at.message_id)
            if shown is None or shown.shop_id is None or (arrival.place and arrival.place.id == shown.shop_id):
                return None
            return work.people.find_post(person_id, shown.shop_id)
    return None


def _speaker(user: User, arrival: Arrival, standing: Standing, **role: Any) -> Speaker:
    return Speaker(person_id=user.id, name=arrival.name, language=arrival.language, standing=standing, **role)


def _language(user: User | None) -> str:
    return spoken_language(user.language_code if user else None)
