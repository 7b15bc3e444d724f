"""Simulated days keep every promise; a day from the same seed is the same day; planted defects are found."""

from pathlib import Path

import pytest

from tests.simulation.day import simulate

SEEDS = range(5)
WITHIN_SEEDS = 10


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_on_which_everything_goes_wrong_breaks_no_promise(template: Path, seed: int) -> None:
    day = simulate(seed, template)
    assert list(day.broken) == [], "\n".join([*day.lines[-40:], f"again: python -m tests.simulation --seed {seed}"])
    assert (day.kills > 0, day.faults > 10, day.updates > 50) == (True, True, True)


def test_the_same_seed_is_the_same_day(template: Path) -> None:
    assert simulate(1, template).trace == simulate(1, template).trace


@pytest.mark.parametrize(
    ("plant", "told"),
    [
        ("no_dedupe", "times"),
        ("mark_before_send", "sent 0 of"),
        ("revision_not_checked", "card"),
        ("drop_on_error", "card"),
        ("done_before_effect", "wrote 1 to"),
        ("leftovers_forgotten", "not handled"),
        ("reminder_not_kept", "nobody was told"),
    ],
)
def test_a_planted_defect_is_found_within_ten_seeds(template: Path, plant: str, told: str) -> None:
    days = (simulate(seed, template, plant) for seed in range(WITHIN_SEEDS))
    assert any(told in broken for day in days for broken in day.broken)
