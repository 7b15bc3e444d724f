"""SIGKILL at random moments under load, on both databases: nothing is lost, nothing happens twice, everything is said."""

from pathlib import Path

import pytest

from tests.reliability.findings import Kind, findings
from tests.reliability.lives import bots_of
from tests.reliability.processes import Zygote

KILLS = 30
SEED = 20260302

pytestmark = pytest.mark.processes


async def test_kills_lose_nothing_and_double_nothing(warm: Zygote, empty_books: str, tmp_path: Path) -> None:
    async with bots_of(warm, empty_books, tmp_path, SEED) as bots:
        await bots.live_and_die(KILLS)
        toll = await bots.come_to_rest()
    assert (toll.found, toll.broken) == ((), ())
    assert toll.updates > KILLS * 5
    assert toll.answers > KILLS // 2
    assert toll.leaves > 1


async def test_a_telegram_that_forgets_what_it_gave_away_is_found_out(
    warm: Zygote, empty_books: str, tmp_path: Path
) -> None:
    """Each is killed when updates are on their way to it: what is not kept then nobody has."""
    async with bots_of(warm, empty_books, tmp_path, SEED, forgetful=True) as bots:
        for _ in range(3):
            process_id = await bots.start()
            await bots.world.until_served()
            bots.world.telegram.given_away.clear()
            bots.world.somebody_writes()
            await bots.world.telegram.given_away.wait()
            await bots.zygote.kill(process_id)
    assert Kind.LOST in {each.kind for each in findings(bots.world)}
