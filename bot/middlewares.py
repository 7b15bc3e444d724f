"""Around every handler: who speaks (OpenWork), what was said (Understand), and what is answered (Respond)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from bot.callbacks import LiveButton, read_button
from bot.hearing import Hearing
from bot.publishing import Listener, respond
from bot.replies import Refuse, Replies, Show, Toast
from shop.errors import NotAllowed, NotFound, ShopError
from shop.shops import Member, Person, Shop, spoken_language
from shop.speakers import Speaker, Standing
from storage.news import CardRef
from storage.people import Arrival
from storage.revisions import revision_of
from storage.work import Work

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


def open_work(work: Work, update: Update) -> Listener | None:
    """Let the work be that of whoever caused the update, as the books know that person now. Gives whom to answer."""
    event = update.event
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
    return None if listener is None else replace(listener, language=arrival.language)


class OpenWork(BaseMiddleware):
    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)  # noqa: S101 - registered on updates only
        data["listener"] = open_work(data["work"], event)
        return await handler(event, data)


class Understand(BaseMiddleware):
    """Text is heard as `hearing`, a tap becomes `pressed`; the open draft is at hand as `open_draft`."""

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)  # noqa: S101 - registered on updates only
        work: Work = data["work"]
        match event.event:
            case Message() as message:
                data["hearing"] = Hearing(message.text or message.caption or "")
                data["open_draft"] = work.drafts.find_open() if work.draft_open else None
            case CallbackQuery() as tap:
                data["pressed"] = read_button(tap.data)
                data["open_draft"] = work.drafts.find_open() if work.draft_open else None
        return await handler(event, data)


class Respond(BaseMiddleware):
    """Renders what the handler returned. An outdated tap is not carried out: the present state is shown instead."""

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        work: Work = data["work"]
        listener: Listener | None = data["listener"]
        outdated = _outdated(work, data.get("pressed"))
        replies = outdated if outdated is not None else await handler(event, data)
        if listener is not None:
            respond(work, _in_present_language(work, listener), None if replies is UNHANDLED else replies)
        return replies


def _in_present_language(work: Work, listener: Listener) -> Listener:
    """The handler may just have changed it."""
    return replace(listener, language=work.speaker.language)


def explain(work: Work, update: Update, error: ShopError) -> None:
    """A rule said no and the work was undone: say why, and show the card as it stands."""
    listener = open_work(work, update)
    if listener is None:
        return
    replies: Replies = [Refuse(error)]
    pressed = read_button(update.callback_query.data) if update.callback_query else None
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
    return user.full_name[:128]


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
