"""Which handler speaks: the same that aiogram would ask."""

from typing import Any

import pytest
from aiogram import BaseMiddleware, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.filters import Filter
from aiogram.types import Chat, Message

from bot.answering import straight_through
from bot.routing import MiddlewareError, Routes


class Begins(Filter):
    """Gives `rest`, what stands behind the beginning."""

    def __init__(self, beginning: str) -> None:
        self.beginning = beginning

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        text = message.text or ""
        return {"rest": text.removeprefix(self.beginning)} if text.startswith(self.beginning) else False


class Never(Filter):
    async def __call__(self, _: Message) -> bool:
        return False


async def tell_rest(_: Message, rest: str = "nothing", work: str = "") -> str:
    return f"rest {rest} {work}".strip()


async def tell_all(_: Message, **given: Any) -> str:
    return f"all of {sorted(name for name in given if name in {'rest', 'work'})}"


async def tell_long(message: Message) -> str:
    return f"long {len(message.text or '')}"


@pytest.fixture
def routers() -> Router:
    root, guarded, open_to_all = Router(name="root"), Router(name="guarded"), Router(name="open")
    guarded.message.filter(Begins("/"))
    guarded.message(Begins("/no"), Never())(tell_long)
    guarded.message(Begins("/all"))(tell_all)
    guarded.message(Begins("/se"))(tell_rest)
    open_to_all.message(Begins("a"))(tell_rest)
    open_to_all.message(Begins("b"), Never())(tell_rest)
    open_to_all.message(Begins("b"))(tell_long)
    open_to_all.message(Begins("c"))(tell_all)
    open_to_all.edited_message()(tell_rest)
    root.include_routers(guarded, open_to_all)
    return root


SAID = ("/secret", "/no", "/all", "abc", "bcd", "cde", "nobody", "")


@pytest.mark.parametrize("text", SAID)
@pytest.mark.parametrize("kind", ["message", "edited_message", "channel_post"])
async def test_the_handler_is_the_one_that_aiogram_would_ask(routers: Router, kind: str, text: str) -> None:
    ours = straight_through(Routes(routers).ask(kind, said(text), {"work": "W"}))
    assert ours == await routers.propagate_event(kind, said(text), work="W")


def test_a_handler_hears_what_its_own_filters_gave(routers: Router) -> None:
    assert ask(routers, "/secret") == "rest cret W"
    assert ask(routers, "abc") == "rest bc W"
    assert ask(routers, "bcd") == "long 3"


def test_what_nobody_handles_is_told_apart_from_no_answer(routers: Router) -> None:
    assert ask(routers, "nobody") is UNHANDLED
    assert ask(routers, "/no") is UNHANDLED


def test_a_router_with_a_middleware_is_refused(routers: Router) -> None:
    routers.sub_routers[1].message.middleware(Idle())
    with pytest.raises(MiddlewareError):
        ask(routers, "abc")


class Idle(BaseMiddleware):
    """Does nothing, which is what would become of any other."""

    async def __call__(self, handler: Any, event: Any, data: dict[str, Any]) -> Any:
        return await handler(event, data)


def ask(routers: Router, text: str) -> Any:
    return straight_through(Routes(routers).ask("message", said(text), {"work": "W"}))


def said(text: str) -> Message:
    return Message.model_validate({"message_id": 1, "date": 0, "chat": Chat(id=1, type="private"), "text": text})
