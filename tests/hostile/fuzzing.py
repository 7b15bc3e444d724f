"""Blocks of invented updates against a world that is put back for each; whatever must never happen is a finding."""

import io
import json
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from random import Random
from typing import Any
from unittest.mock import patch

from bot import logs, metrics
from bot.errands import draw_pictures
from playground.faults import FaultKind
from playground.refusals import ApiError
from playground.serving import DOWNLOAD
from playground.telegram import Telegram
from shop.sample_shop import SAMPLE_PRODUCTS, SampleProduct
from shop.speakers import Permission
from storage.gauges import measure
from tests.bot.question_chats import picture
from tests.hostile.books import MAY_CHANGE, Books, Standing, changed
from tests.hostile.speakers import Scene
from tests.hostile.updates import Invented, invent
from tests.hostile.worlds import SIDES, World

BLOCK = 250
TICK_SHARE = 0.03
REPEATED_SHARE = 0.03
BROKEN_SHARE = 0.05
BREAKS = (FaultKind.SERVER_ERROR, FaultKind.BAD_GATEWAY, FaultKind.DROP_BEFORE, FaultKind.DROP_AFTER)
"""Downloads that break: the errors of the library hold the address of the file, and the address holds the token."""
LONGEST_BURST = 10
LOOK_EVERY = 5
AROUND = 300
"""So much of what stands around a word that should not be there is shown."""
MARK = re.compile(r"QX([AB])\d\d|(?<![\d.])139(65|66)\d{6}(?!\d)")
NO_MATTER = ("message is not modified", "message to delete not found", "query is too old")
"""What delivery takes for done."""


@dataclass(frozen=True)
class Finding:
    """`seed`, `block` and `number` say where: the same three lead there again."""

    seed: int
    block: int
    number: int
    what: str
    invented: str

    def __str__(self) -> str:
        again = f"python -m tests.hostile --seed {self.seed} --block {self.block}"
        return f"{self.what}\n  update {self.number}: {self.invented}\n  again: {again}"


@dataclass
class Ears:
    """Everything that the bot calls, and everything that the stand-in refuses."""

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def listen(self, telegram: Telegram) -> None:
        call = telegram.call

        async def heard(method: str, params: Mapping[str, Any], uploads: Any = None) -> Any:
            try:
                result = await call(method, params, uploads)
            except ApiError as error:
                if error.code != 403 and not any(words in str(error) for words in NO_MATTER):
                    self.refused.append(f"{method} {json.dumps(params, ensure_ascii=False)[:600]}: {error}")
                raise
            if method != "getUpdates":
                self.calls.append((method, dict(params)))
            return result

        telegram.call = heard  # type: ignore[method-assign]


@dataclass
class Block:
    """One world, so many updates. A burst of them by one person comes at once, and is judged as one."""

    world: World
    seed: int
    number: int
    bursts: int = 0
    typed: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    sent: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    async def run(self, updates: int) -> None:
        self.house, self.ears, self.said = self.world.put_back(), Ears(), io.StringIO()
        self.ears.listen(self.house.telegram)
        self.chance = Random(f"{self.seed}:{self.number}")
        self.scene = Scene(self.house, self.world, self.chance)
        self.books = Books(self.world.database)
        logs.set_up("DEBUG", as_json=True)
        dice = Random(self.seed)
        tokens = patch.object(secrets, "token_urlsafe", lambda size: f"{dice.getrandbits(8 * size):x}"[:size])
        with redirect_stderr(self.said), patch.object(draw_pictures, "_pictures", _drawn), tokens:
            while self.kinds.total() < updates:
                await self._one_more(updates)
            told = list(self._told())
        self.findings += [Finding(self.seed, self.number, updates, what, "all of them") for what in told]
        self.books.close()

    async def _one_more(self, updates: int) -> None:
        if self.bursts % LOOK_EVERY == 0:
            self.scene.look()
        self.bursts += 1
        if self.chance.random() < TICK_SHARE:
            await self._time_passes()
        if self.chance.random() < BROKEN_SHARE:
            self.house.telegram.faults.plan(self.chance.choice(BREAKS), DOWNLOAD)
        at, burst = self.kinds.total(), self._burst(updates)
        self.kinds.update(each.what for each in burst)
        for what in await self._trouble(burst):
            self.findings.append(Finding(self.seed, self.number, at, what, "\n    ".join(map(str, burst))))

    def _burst(self, updates: int) -> list[Invented]:
        """By one person. By which nobody may change anything, and what cannot be read, come among themselves."""
        person_id = self.scene.somebody()
        burst = [invent(self.scene, person_id)]
        for _ in range(self.chance.randint(1, min(LONGEST_BURST, updates - self.kinds.total())) - 1):
            made = invent(self.scene, person_id)
            if (made.noise, made.unreadable) != (burst[0].noise, burst[0].unreadable):
                break
            burst.append(made)
        return burst

    async def _time_passes(self) -> None:
        self.house.clock.move(timedelta(minutes=self.chance.choice((1, 30, 300))))
        await self.house.tick()

    async def _trouble(self, burst: list[Invented]) -> list[str]:
        """Send it, and look at everything."""
        speaker = burst[0].person_id
        before, held, stood = self.books.business(), self.books.belongings(), self.books.standing(speaker)
        visits = len(self.books.visits(speaker))
        for each in burst:
            said = json.dumps(each.raw, ensure_ascii=False)
            self.sent.append(said)
            self.typed |= {found[0] for found in MARK.finditer(said)}
            pushed = self.house.telegram.updates.push_raw(dict(each.raw), self.house.telegram.clock.now())
            if self.chance.random() < REPEATED_SHARE:
                self.house.telegram.updates.repeat(pushed)
        try:
            await self.house.settle()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            return [f"fell over: {error!r}"]
        passed = frozenset(self.books.visits(speaker)[visits:])
        rights = Rights(stood, self.books.standing(speaker), passed, noise=burst[0].noise)
        trouble = [*self._unfinished(burst), *self._complaints(burst), *self._leaks(speaker, stood)]
        trouble += rights.forbidden(changed(before, self.books.business()))
        return trouble + rights.meddling(speaker, changed(held, self.books.belongings()))

    def _unfinished(self, burst: list[Invented]) -> Iterator[str]:
        for inbox_id, state, error in self.books.not_done():
            if not (burst[0].unreadable and error == "ValidationError"):
                yield f"update {inbox_id} is {state}: {error}"
            self.house.app.desk.do_now(lambda work, which=inbox_id: work.inbox.finish(which))  # type: ignore[misc]

    def _complaints(self, burst: list[Invented]) -> Iterator[str]:
        """Errors in the log, and canaries: what only the people in the chats may ever read."""
        for line in self.said.getvalue().splitlines():
            if '"level": "error"' in line and not (burst[0].unreadable and '"error": "ValidationError"' in line):
                yield f"logged: {line}"
            yield from self._canaries("the log", line)
        self.said.seek(0)
        self.said.truncate()
        yield from (f"refused: {each}" for each in self.ears.refused)
        self.ears.refused.clear()

    def _told(self) -> Iterator[str]:
        """The same canaries wherever else a machine tells of its work."""
        house, clock = self.house, self.house.clock()
        gauges = house.app.desk.do_now(lambda work: measure(work.connection, work.now))
        yield from self._canaries("the metrics", metrics.exposition(gauges, clock).decode())
        yield from self._canaries("an error that is kept", " ".join(self.books.errors()))
        yield from self._canaries("a repr", repr((house.app, vars(house.app))))

    def _canaries(self, where: str, said: str) -> Iterator[str]:
        found = MARK.search(said)
        secrets_told = [each for each in (self.house.telegram.token, *self.world.invitations) if each in said]
        if found or secrets_told:
            word = found[0] if found else secrets_told[0]
            at = max(said.index(word) - AROUND, 0)
            yield f"{where} holds {word}: {said[at : at + 2 * AROUND]}"

    def _leaks(self, speaker: int, stood: Standing) -> Iterator[str]:
        """A word of a shop that the reader has nothing to do with, and that nobody has typed."""
        for method, params in self.ears.calls:
            said = json.dumps(params, ensure_ascii=False)
            reader = int(params.get("chat_id") or speaker)
            for found in MARK.finditer(said):
                side = 1 if (found[1] or chr(int(found[2] or 0))) == SIDES[0].letter else 2
                seen = {*self.books.standing(reader).shops, *(stood.shops if reader == speaker else ())}
                if found[0] not in self.typed and side not in seen:
                    yield f"{reader} of {sorted(seen)} reads {found[0]}: {method} {said[:400]}"
        self.ears.calls.clear()


@dataclass(frozen=True)
class Rights:
    """What somebody was before and is after, and the shops visited between; `noise`: nobody at all may have changed anything."""

    stood: Standing
    stands: Standing
    passed: frozenset[int]
    noise: bool

    def forbidden(self, rows: set[tuple[str, int]]) -> list[str]:
        changes = sorted(rows, key=str)
        if self.noise:
            return [f"noise changed {table} of {shop_id}" for table, shop_id in changes]
        return [f"{self.stood} changed {each[0]} of {each[1]}" for each in changes if not self._may(*each)]

    def meddling(self, speaker: int, rows: set[tuple[str, int]]) -> list[str]:
        """Other people's drafts and posts are for those who work for a shop."""
        if self.stood.roles or self.stands.roles:
            return []
        return [f"the {table} of {person} were changed" for table, person in rows if person != speaker]

    def _may(self, table: str, shop_id: int) -> bool:
        joins = (shop_id in self.stood.roles) != (shop_id in self.stands.roles)
        needed = MAY_CHANGE[table]
        if shop_id in self.passed and Permission.BUYER in needed:
            return True
        return joins or self.stood.may(shop_id, needed) or self.stands.may(shop_id, needed)


@cache
def _drawn(sample: SampleProduct) -> tuple[bytes, ...]:
    """The sample shop's pictures, without the art: each sample has shades of its own."""
    first = 3 * SAMPLE_PRODUCTS.index(sample)
    return tuple(picture(first + number) for number in range(3))
