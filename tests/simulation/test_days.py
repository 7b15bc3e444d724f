"""Simulated days keep every promise; a day from the same seed is the same day; planted defects are found."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.day import simulate

SEEDS = range(20)
WITHIN_SEEDS = 10


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_on_which_everything_goes_wrong_breaks_no_promise(template: Path, seed: int) -> None:
    day = simulate(seed, template)
    assert list(day.broken) == [], "\n".join([*day.lines[-40:], f"again: python -m tests.simulation --seed {seed}"])
    assert (day.kills > 1, day.faults > 0, day.updates > 30) == (True, True, True)


def test_the_same_seed_is_the_same_day(template: Path) -> None:
    assert simulate(1, template).trace == simulate(1, template).trace


def test_the_same_seed_is_the_same_day_in_other_processes(template: Path) -> None:
    hash_seeds = {2: "0", 5: "4711"}
    here = {seed: simulate(seed, template).trace for seed in hash_seeds}
    assert {seed: _trace_elsewhere(seed, hash_seed) for seed, hash_seed in hash_seeds.items()} == here


def _trace_elsewhere(seed: int, hash_seed: str) -> str:
    told = subprocess.run(
        [sys.executable, "-m", "tests.simulation", "--seed", str(seed)],
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.partition("trace ")[2].split(",")[0]


@pytest.mark.parametrize(
    ("plant", "told", "hint"),
    [
        ("confirm_before_persist", "were not handled", 0),
        ("no_dedupe", "wrote 1 to", 1),
        ("send_inside_transaction", "although it was not in the books", 0),
        ("done_before_effect", "wrote 1 to", 7),
        ("drop_on_error", "card", 0),
        ("wrong_shop", "was shown", 0),
        ("stale_stock", "its ledger says", 1),
        ("mark_before_send", "sent 0 of", 0),
        ("ignore_retry_after", "although it was to wait", 0),
        ("unordered_chat", "was handled after a later one", 0),
        ("reminder_without_key", "was told of", 0),
        ("revision_not_checked", "card", 0),
        ("leftovers_forgotten", "still waits", 0),
    ],
)
def test_a_planted_defect_is_found_within_ten_seeds(template: Path, plant: str, told: str, hint: int) -> None:
    """The hint is only where it is found soonest."""
    seeds = sorted(range(WITHIN_SEEDS), key=lambda seed: seed != hint)
    days = (simulate(seed, template, plant) for seed in seeds)
    assert any(told in broken for day in days for broken in day.broken)
