"""Conditions for handlers: who may, what was said, where a conversation stands. All async: a sync filter would hop to a thread."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.hearing import Hearing
from shop.drafts.draft import Draft, DraftKind
from shop.errors import NotAllowed, NotOnTeam
from shop.speakers import Permission, Standing
from storage.news import CardKind
from storage.work import Work


class May(Filter):
    """The speaker holds the permission; otherwise it is said that the role does not include this. Stands last among filters."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, _: TelegramObject, work: Work) -> bool:
        if work.speaker.may(self.permission):
            return True
        raise (NotAllowed if work.speaker.standing is Standing.STAFF else NotOnTeam)(self.permission.value)


class Is(Filter):
    """The speaker is such a person; otherwise the next handler is asked. For words that mean different things to different people."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, _: TelegramObject, work: Work) -> bool:
        return work.speaker.may(self.permission)


class Says(Filter):
    """The message was understood as one of these. Gives `said`."""

    def __init__(self, *kinds: type) -> None:
        self.kinds = kinds

    async def __call__(self, _: Message, hearing: Hearing | None = None) -> bool | dict[str, Any]:
        return {"said": hearing.said} if hearing is not None and isinstance(hearing.said, self.kinds) else False


class Drafting(Filter):
    """The speaker's open draft is of this kind. Gives `draft`."""

    def __init__(self, *kinds: DraftKind) -> None:
        self.kinds = kinds

    async def __call__(self, _: TelegramObject, open_draft: Draft | None = None) -> bool | dict[str, Any]:
        if open_draft is None or open_draft.kind not in self.kinds:
            return False
        return {"draft": open_draft}


class OnCard(Filter):
    """The message is a reply to a card of this kind, or to words about such a thing. Gives `subject_id`, the thing's id."""

    def __init__(self, *kinds: CardKind) -> None:
        self.kinds = kinds

    async def __call__(self, message: Message, work: Work) -> bool | dict[str, Any]:
        if message.reply_to_message is None:
            return False
        place = message.chat.id, message.reply_to_message.message_id
        card = work.cards.at_message(*place)
        ref = card.ref if card else work.outbox.about_message(*place)
        return {"subject_id": ref.subject_id} if ref and ref.kind in self.kinds else False


class OnNoCard(Filter):
    """The message is not meant for the thing on a card."""

    async def __call__(self, message: Message, work: Work) -> bool:
        replied = message.reply_to_message
        return replied is None or work.cards.at_message(message.chat.id, replied.message_id) is None


class Has(Filter):
    """The message carries this content, such as `photo` or `document`."""

    def __init__(self, *contents: str) -> None:
        self.contents = contents

    async def __call__(self, message: Message) -> bool:
        return any(getattr(message, content) is not None for content in self.contents)


class Commands(Filter):
    """The message is one of these commands. Gives `argument`, what stands behind it."""

    def __init__(self, *names: str) -> None:
        self.names = names

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        text = message.text or ""
        if not text.startswith("/"):
            return False
        head, _, argument = text[1:].partition(" ")
        name = head.partition("@")[0].lower()
        return {"argument": argument.strip()} if name in self.names else False


class AnyCommand(Filter):
    """The message is a command, known or not."""

    async def __call__(self, message: Message) -> bool:
        return (message.text or "").startswith("/")


class NoCommand(Filter):
    """The message is meant as words, pictures or files."""

    async def __call__(self, message: Message) -> bool:
        return not (message.text or "").startswith("/")


class InPrivate(Filter):
    """Only the two of us are in this chat: a person, and we."""

    async def __call__(self, event: Message | CallbackQuery) -> bool:
        message = event if isinstance(event, Message) else event.message
        sender = event.from_user
        if message is None or sender is None or sender.is_bot:
            return False
        return message.chat.type == "private"
