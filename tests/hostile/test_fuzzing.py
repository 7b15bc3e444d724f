"""Two thousand invented updates: nothing is parked, refused or logged, nothing foreign is changed or read."""

import gc
from collections.abc import Iterator
from unittest.mock import patch

import pytest
import structlog

from bot import logs
from bot.hearing import Hearing
from shop.orders import Order
from shop.reading import Said, read
from shop.speakers import Permission, Speaker
from storage.orders import Orders
from storage.tables import metadata
from tests.hostile.books import MAY_CHANGE, NOT_BUSINESS, PERSONAL
from tests.hostile.fuzzing import BLOCK, Block
from tests.hostile.shapes import CONTENTS, KINDS
from tests.hostile.worlds import World

BLOCKS = range(2_000 // BLOCK)
SMALL = 50


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """A fifth of the time would go into looking for garbage."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()
    logs.set_up("CRITICAL", as_json=True)


@pytest.mark.parametrize("number", BLOCKS)
async def test_nothing_that_anybody_sends_does_harm(hostile: World, number: int) -> None:
    block = Block(hostile, seed=2026, number=number)
    await block.run(BLOCK)
    assert list(map(str, block.findings)) == []
    assert block.kinds.total() == BLOCK


async def test_the_same_seed_sends_the_same_updates(hostile: World) -> None:
    first, second = Block(hostile, seed=7, number=1), Block(hostile, seed=7, number=1)
    await first.run(60)
    await second.run(60)
    assert first.kinds == second.kinds
    assert first.sent == second.sent


def test_every_kind_of_update_and_every_content_of_a_message_is_among_them() -> None:
    assert {"callback_query", "my_chat_member", "poll_answer", "chat_join_request", "business_message"} <= set(KINDS)
    assert {"document", "contact", "web_app_data", "successful_payment", "story", "caption"} <= set(CONTENTS)


def test_every_table_is_known_to_be_of_the_business_or_not() -> None:
    assert {*MAY_CHANGE, *NOT_BUSINESS, *PERSONAL} == set(metadata.tables)


async def test_a_role_that_is_not_looked_at_is_found(hostile: World) -> None:
    """A fuzzer that finds nothing when something is wrong finds nothing."""
    may = Speaker.may

    def careless(speaker: Speaker, permission: Permission) -> bool:
        return may(speaker, permission) or (speaker.role is not None and permission is not Permission.BUYER)

    with patch.object(Speaker, "may", careless):
        assert "changed" in await _found(hostile)


async def test_an_order_that_any_shop_can_open_is_found(hostile: World) -> None:
    def of_anybody(self: Orders, order_id: int) -> Order:
        found = self._session.get(Order, order_id)
        assert found is not None
        return found

    with patch.object(Orders, "get", of_anybody):
        assert "reads" in await _found(hostile)


async def test_a_log_that_tells_what_somebody_wrote_is_found(hostile: World) -> None:
    def talkative(self: Hearing) -> Said:
        structlog.get_logger().info("heard", words=self.text)
        return read(self.text)

    with patch.object(Hearing, "said", property(talkative)):
        assert "the log holds" in await _found(hostile)


async def _found(hostile: World) -> str:
    blocks = [Block(hostile, seed=11, number=number) for number in range(20)]
    for block in blocks:
        await block.run(SMALL)
        if block.findings:
            break
    return " ".join(finding.what for block in blocks for finding in block.findings)
