"""Everybody tries everything, on their own things and on those of another shop; `matrix.py` says who may, and nobody else does."""

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from inspect import isfunction
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from aiogram.types import TelegramObject

from bot import answering
from bot.routers import dispatcher
from bot.routing import Given, _Asked
from shop.errors import ShopError
from shop.speakers import Permission, Role
from tests.hostile.attempts import Attempt, Cell, FullWorld, make_full_world
from tests.hostile.books import MAY_CHANGE, Books, Rows, changed
from tests.hostile.fuzzing import MARK, Ears
from tests.hostile.matrix import TABLE, Row, Those, Who
from tests.hostile.worlds import SIDES, STRANGERS, Side
from tests.house.test_handlers import _handlers, _routers

A, B = SIDES
PEOPLE = {
    Who.STRANGER: STRANGERS[0],
    Who.BUYER: A.buyers[0],
    Who.FORMER: A.former,
    Who.FOREIGN: B.owner,
    **{Who(role.value): A.staff[role] for role in Role},
}
NOT_THERE = "message to edit not found"
"""The cards that people reply to here are in the books alone."""
SPOKEN = {table for table, needed in MAY_CHANGE.items() if Permission.BUYER in needed}
"""What the words of a buyer may change: whatever else they were meant for, to us they are a question."""


@dataclass
class Seen:
    """What became of one attempt: the handlers that went through, the refusal, what changed, and what was said."""

    ran: list[str] = field(default_factory=list)
    refused: list[ShopError] = field(default_factory=list)
    changes: set[tuple[str, int]] = field(default_factory=set)
    touched: bool = False
    wrong: list[str] = field(default_factory=list)
    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def done(self, handler: str) -> bool:
        return handler in self.ran and not self.refused

    def told(self, person_id: int) -> list[str]:
        mine = [each for each in self.said if int(each[1].get("chat_id") or person_id) == person_id]
        return [json.dumps(params, ensure_ascii=False) for _, params in mine]


@dataclass
class Stage:
    world: FullWorld
    ears: Ears
    books: Books

    async def tries(self, cell: Cell, attempt: Attempt, *, own: bool) -> Seen:
        self.world.lay_out(cell, attempt, own=own)
        telegram = self.world.house.telegram
        telegram.updates.push_raw(attempt.update(cell), telegram.clock.now())
        before, touches, seen = self._business(), self.books.touches(), Seen()
        with _watched(seen):
            await self.world.house.settle()
        assert [each for each in self.books.not_done() if each[1] == "parked"] == []
        seen.wrong = [each for each in self.ears.refused if NOT_THERE not in each]
        self.ears.refused.clear()
        seen.changes, seen.touched = changed(before, self._business()), self.books.touches() != touches
        seen.said = list(self.ears.calls)
        self.ears.calls.clear()
        return seen

    def _business(self) -> Rows:
        return self.books.business()


@contextmanager
def _watched(seen: Seen) -> Iterator[None]:
    """Which handlers went through, and whether a rule said no in the end."""
    call, explain = _Asked.__call__, answering.explain

    async def heard(asked: _Asked, event: TelegramObject, given: Given) -> Any:
        result = await call(asked, event, given)
        if isfunction(asked.call):  # filters are objects
            seen.ran.append(name_of(asked.call))
        return result

    def explained(work: Any, update: Any, error: ShopError) -> None:
        seen.refused.append(error)
        explain(work, update, error)

    with ExitStack() as stack:
        stack.enter_context(patch.object(_Asked, "__call__", heard))
        for module in [each for name, each in sys.modules.items() if name.startswith("bot.")]:
            if getattr(module, "explain", None) is explain:
                stack.enter_context(patch.object(module, "explain", explained))
        yield


def name_of(handler: Callable[..., Any]) -> str:
    return f"{handler.__module__.rpartition('.')[2]}.{handler.__name__}"


def registered() -> list[str]:
    names = {name_of(handler.callback) for router in _routers(dispatcher()) for handler in _handlers(router)}
    return sorted(names)


@pytest.fixture(scope="module")
def stage(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    world, ears = asyncio.run(make_full_world(template, tmp_path_factory.mktemp("matrix"))), Ears()
    ears.listen(world.house.telegram)
    return Stage(world, ears, Books(world.world.database))


def test_every_handler_stands_in_the_table() -> None:
    assert sorted(TABLE) == registered()


@pytest.mark.parametrize("handler", sorted(TABLE))
async def test_only_those_may_of_whom_the_table_says_so(stage: Stage, handler: str) -> None:
    stage.world.wake()
    wrong = [
        f"{number}: {who} with a thing of shop {side.letter}: {trouble}"
        for number, row in enumerate(TABLE[handler])
        for side, may in ((A, row.own), (B, row.foreign))
        if may is not None
        for who in Who
        for trouble in await _judge(
            stage, handler, row, who, Cell(PEOPLE[who], _home(row, who, side), stage.world), may
        )
    ]
    assert wrong == []


def _home(row: Row, who: Who, side: Side) -> Side:
    """Where no thing is named, everybody is in the middle of something of their own shop."""
    return B if row.foreign is None and who is Who.FOREIGN else side


async def _judge(stage: Stage, handler: str, row: Row, who: Who, cell: Cell, may: Those) -> list[str]:
    own = cell.side is A or who is Who.FOREIGN
    seen = await stage.tries(cell, row.attempt, own=own)
    if seen.wrong:
        return seen.wrong
    if who in may:
        return list(_held_up(seen, handler))
    return list(_got_through(seen, handler, who, cell, row))


def _held_up(seen: Seen, handler: str) -> Iterator[str]:
    """A positive control without any effect would prove nothing."""
    if not seen.done(handler):
        yield f"may, but {seen.refused or seen.ran or 'nothing'} came instead"
    if not seen.said and not seen.touched:
        yield "may, but nothing was said and nothing changed"


def _got_through(seen: Seen, handler: str, who: Who, cell: Cell, row: Row) -> Iterator[str]:
    if seen.done(handler) and not row.reports:
        yield "may not, and did"
    harm = {(table, key) for table, key in seen.changes if not (who is Who.BUYER and table in SPOKEN and key == 1)}
    if harm:
        yield f"may not, and changed {sorted(harm)}"
    told = seen.told(cell.person_id)
    if not told and not row.quiet:
        yield "was not answered"
    read = {
        found[0] for said in told for found in MARK.finditer(said) if found[1] == B.letter and who is not Who.FOREIGN
    }
    if read:
        yield f"read {sorted(read)}"
